"""Reports of other agencies are in no list, and an address without a report is not found."""

import pytest
from django.urls import reverse

from p2emas.accounts.roles import Role
from tests.programs.reporting.helpers import report_with_lines


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
