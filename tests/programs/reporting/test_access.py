"""Who reaches which page of a report: own, foreign, everything, nobody."""

import pytest
from django.urls import reverse

from p2emas.accounts.roles import Role
from programs.models import ReportingPeriod
from tests.factories import ReceiptFactory, ReportingPeriodFactory
from tests.programs.reporting.helpers import report_with_lines

READ = {
    "anonymous": 302,
    "agency_operator": 200,
    "agency_head": 200,
    "agency_operator of another agency": 404,
    "coordinator": 200,
    "coordinator_head": 200,
    "leader": 200,
    "auditor": 200,
    "admin": 200,
    "district_admin": 404,
    "facilitator": 404,
    "panelist": 404,
}
FILL = READ | dict.fromkeys(("coordinator", "coordinator_head", "leader", "auditor", "admin"), 403)
PAGES = {
    "report-detail": READ,
    "report-history": READ,
    "report-receipt": READ,
    "report-figures": FILL,
    "report-indicators": FILL,
    "report-obstacles": FILL,
    "report-files": FILL,
    "report-check": FILL,
}
CASES = [(name, who, status) for name, table in PAGES.items() for who, status in table.items()]


@pytest.mark.parametrize(("name", "who", "expected"), CASES)
def test_page_of_report_permission(client_as, name, who, expected):
    report = report_with_lines(filled=True)
    ReceiptFactory(record=report)

    response = client_as(who, at=report.agency).get(reverse(f"reporting:{name}", args=[report.pk]))

    assert response.status_code == expected


@pytest.mark.parametrize(("who", "expected"), FILL.items())
def test_taking_a_plan_over_permission(client_as, who, expected):
    report = report_with_lines()
    url = reverse("reporting:report-take-plan", args=[report.pk])

    response = client_as(who, at=report.agency).post(url)

    assert response.status_code == (302 if expected == 200 else expected)


STEP = FILL | {"admin": 403}


@pytest.mark.parametrize(("who", "expected"), STEP.items())
def test_withdraw_page_permission(client_as, who, expected):
    report = report_with_lines(filled=True, draft=False, sent=True)

    response = client_as(who, at=report.agency).get(reverse("reporting:report-step", args=[report.pk, "withdraw"]))

    assert response.status_code == expected


LISTS = dict.fromkeys(READ, 200) | {"anonymous": 302}
OPEN = dict.fromkeys(READ, 403) | {"anonymous": 302, "coordinator": 200, "coordinator_head": 200}


@pytest.mark.parametrize(("who", "expected"), LISTS.items())
@pytest.mark.parametrize("name", ["report-list", "period-list", "period-detail"])
def test_list_permission(client_as, name, who, expected):
    args = [ReportingPeriodFactory().pk] if name == "period-detail" else []

    assert client_as(who).get(reverse(f"reporting:{name}", args=args)).status_code == expected


@pytest.mark.parametrize(("who", "expected"), OPEN.items())
def test_opening_a_quarter_permission(client_as, who, expected):
    client, url = client_as(who), reverse("reporting:period-open")

    assert client.get(url).status_code == expected
    client.post(url, {"triwulan": "2019-T3"})
    assert ReportingPeriod.objects.exists() == (expected == 200)


def test_lists_show_only_own_reports(client_as):
    own, foreign = report_with_lines(), report_with_lines()
    client = client_as(Role.AGENCY_OPERATOR, at=own.agency)

    for url in (reverse("reporting:report-list"), reverse("reporting:period-detail", args=[own.period_id])):
        page = client.get(url).content.decode()
        assert own.get_absolute_url() in page
        assert foreign.get_absolute_url() not in page and foreign.agency.short_name not in page


def test_foreign_agency_in_the_filter_finds_nothing_and_is_not_offered(client_as):
    own, foreign = report_with_lines(), report_with_lines()

    page = client_as(Role.AGENCY_OPERATOR, at=own.agency).get(
        reverse("reporting:report-list"), {"skpd": foreign.agency.code, "nomor": foreign.number}
    )

    assert page.status_code == 200
    assert page.context["page"].rows == []


@pytest.mark.parametrize("name", ["report-detail", "report-figures", "report-check", "report-receipt", "period-detail"])
def test_missing_and_huge_ids_are_not_found(client_as, name):
    client = client_as("agency_operator")

    for pk in (999_999, 10**30):
        assert client.get(reverse(f"reporting:{name}", args=[pk])).status_code == 404


@pytest.mark.parametrize(
    ("name", "verb"),
    [("report-list", "post"), ("report-detail", "post"), ("report-take-plan", "get"), ("report-figures", "delete")],
)
def test_wrong_verb_is_refused(client_as, name, verb):
    report = report_with_lines()
    url = reverse(f"reporting:{name}", args=[] if name == "report-list" else [report.pk])

    assert getattr(client_as("agency_operator", at=report.agency), verb)(url).status_code == 405
