"""The page of one piece of work: what everybody reads, what only those with a right to its reports do."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from programs.models import PlanLine, ReopenRequest, ReportAttachment, WorkPlan
from programs.profiles.activity_page import ActivityPage
from programs.reporting.reopening.services import open_for_correction
from tests.factories import (
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    NomenclatureEntryFactory,
    NomenclatureVersionFactory,
    PlanLineFactory,
    PlanLineTargetFactory,
    ProgressReportFactory,
    ReceiptFactory,
    ReopenRequestFactory,
    ReportCommentFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    TargetLocationFactory,
    TreasuryEntryFactory,
    WorkPlanFactory,
)
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    return PlanLineFactory(plan=WorkPlanFactory(agreed=True), target_location=TargetLocationFactory())


def page(line):
    return reverse("profiles:activity-detail", args=[line.pk])


def report_of(line, number, trait="approved", spent=20_000_000, physical=30, **fields):
    report = ProgressReportFactory(
        agency=line.plan.agency, plan=line.plan, period=ReportingPeriodFactory(number=number), **{trait: True}
    )
    ReportLineFactory(report=report, plan_line=line, spent_to_date=spent, physical_to_date=physical, **fields)
    return report


def attach(report):
    return ReportAttachment.objects.create(
        report=report,
        line=report.lines.get(),
        file="ab/x",
        original_name="x.jpg",
        content_type="image/jpeg",
        size=10,
        sha256="0" * 64,
    )


def test_everybody_reads_plan_decree_approved_quarters_and_photos(client, line):
    PlanLineTargetFactory(plan_line=line, quarter=1, money=25_000_000, physical=35)
    indicator = IndicatorFactory(activity=line.activity, name="Luas tertanam")
    IndicatorTargetFactory(indicator=indicator, target=20)
    report = report_of(line, 1)
    IndicatorValueFactory(report=report, indicator=indicator, value=6)
    photo = attach(report)

    shown = client.get(page(line))

    words = text_of(shown)
    for said in (line.activity.name, "DPA", "TW I", "target 35%", "Luas tertanam", report.number):
        assert said in words, said
    assert [each.absorption for each in shown.context["shown"].quarters] == [20, None, None, None]
    assert line.target_location.decree.get_absolute_url() in shown.text
    assert photo.get_absolute_url() in shown.text
    assert report.get_absolute_url() not in shown.text  # the report itself is not public


def test_what_waits_is_read_by_those_who_may_open_the_report(client, client_as, line):
    report = report_of(line, 3, trait="sent", nil_reason="Menunggu bibit", over_budget_reason="Pergeseran")
    ReceiptFactory(number=report.number, record=report)
    ReportCommentFactory(report=report, line=report.lines.get(), text="Lantai belum terlihat")
    photo = attach(report)
    secrets = (report.number, "Menunggu bibit", "Pergeseran", "Lantai belum terlihat", photo.get_absolute_url())

    public, other = client.get(page(line)), client_as("agency_operator").get(page(line))
    own = client_as("agency_operator", at=line.plan.agency).get(page(line))

    for secret in secrets:
        assert secret not in public.text and secret not in other.text
        assert secret in own.text
    assert reverse("reporting:report-receipt", args=[report.pk]) in own.text
    assert report.get_absolute_url() in own.text


def test_internal_remarks_stay_in_the_office(client_as, line):
    report = report_of(line, 3, trait="sent")
    ReportCommentFactory(report=report, line=report.lines.get(), text="Antar kita", internal=True)

    assert "Antar kita" not in client_as("agency_operator", at=line.plan.agency).get(page(line)).text
    assert "Antar kita" in client_as("coordinator").get(page(line)).text


def test_every_version_leads_to_the_same_work_and_names_the_newest_that_is_set(client, line):
    report_of(line, 1)
    changed = WorkPlanFactory(
        agreed=True, agency=line.plan.agency, kind=WorkPlan.Kind.PERUBAHAN, sequence=2, supersedes=line.plan
    )
    later = PlanLineFactory(plan=changed, activity=line.activity, continues=line, amount=77_000_000)
    report_of(later, 3, spent=70_000_000, physical=80)

    pages = [client.get(page(each)) for each in (line, later)]

    for shown in pages:
        assert shown.context["line"] == later
        assert [version.pk for version in shown.context["shown"].versions] == [line.pk, later.pk]
        assert [each.line is not None for each in shown.context["shown"].quarters] == [True, False, True, False]
        assert "DPPA nomor 1.05/2019" in text_of(shown)


def test_draft_of_a_plan_is_no_page_for_others(client, client_as):
    draft = PlanLineFactory(plan=WorkPlanFactory())

    assert client.get(page(draft)).status_code == 404
    assert client_as("agency_operator").get(page(draft)).status_code == 404
    assert client_as("agency_operator", at=draft.plan.agency).get(page(draft)).status_code == 200


def test_draft_of_a_change_is_not_named_to_others(client, line):
    plan = WorkPlanFactory(agency=line.plan.agency, kind=WorkPlan.Kind.PERUBAHAN, sequence=2, supersedes=line.plan)
    PlanLineFactory(plan=plan, activity=line.activity, continues=line, amount=77_000_000)

    shown = client.get(page(line))

    assert [version.pk for version in shown.context["shown"].versions] == [line.pk]
    assert "Perubahan" not in text_of(shown).split("Apa yang berubah")[0].split("Dari SK")[1]


@pytest.mark.parametrize("pk", [0, 2**63 - 1, 10**30])
def test_missing_line_is_not_found(client, pk):
    assert client.get(f"/kegiatan/{pk}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_quarter_and_three(client_as, line, count, django_assert_max_num_queries):
    client = client_as("coordinator")
    for number in range(1, count + 1):
        report = report_of(line, number)
        attach(report)
        ReportCommentFactory(report=report, line=report.lines.get())
    client.get(page(line))

    with django_assert_max_num_queries(22):
        client.get(page(line))


def test_everybody_reads_that_a_quarter_is_being_corrected(client, client_as, user_as, line, django_assert_num_queries):
    report, others = report_of(line, 2), ProgressReportFactory(approved=True)
    for each in (report, others):
        asked = ReopenRequestFactory(report=each)
        open_for_correction(asked, seen="ASKED", actor=user_as("coordinator_head"))
        ReopenRequest.objects.filter(pk=asked.pk).update(decided_at=datetime(2019, 10, 12, 2, tzinfo=UTC))
    told = f"{line.plan.agency.short_name} TW II 2019 sedang dikoreksi sejak 12 Oktober 2019"

    words = text_of(client.get(page(line)))

    assert told in words and words.count("dikoreksi sejak") == 1
    agency = client_as("agency_operator", at=report.agency)
    assert "sedang dikoreksi" not in text_of(agency.get(page(line)))  # the corrected figures themselves are there
    with django_assert_num_queries(4):  # the requests; the versions of the line and their reports
        shown = ActivityPage(line, AnonymousUser())
        assert len(shown.reopened) == 1


def test_rows_of_village_report_plan_and_desk_lead_to_it(client, client_as, line):
    report = report_of(line, 3, trait="verifying")
    coordinator = client_as("coordinator")
    link = f'href="{page(line)}"'

    assert link in client.get(line.village.get_absolute_url()).text
    assert link in client.get(reverse("profiles:village-basis", args=[line.village.slug])).text
    for address in (
        report.get_absolute_url(),
        reverse("reporting:verification-decide", args=[report.pk]),
        reverse("planning:line-list"),
        line.plan.get_absolute_url(),
    ):
        assert link in coordinator.get(address).text, address
    assert PlanLine.objects.count() == 1


def test_rows_of_payments_codes_and_versions_lead_to_it(client_as, line):
    TreasuryEntryFactory(activity=line.activity)
    activity = line.activity
    version = NomenclatureVersionFactory(code=activity.nomenclature)
    entry = NomenclatureEntryFactory(
        version=version, level=activity.level, code=activity.code, parent_code=activity.code.rpartition(".")[0]
    )
    unlisted = PlanLineFactory(plan=line.plan)
    report = report_of(line, 3, trait="draft", spent=line.amount + 1)
    changed = WorkPlanFactory(
        agreed=True,
        agency=line.plan.agency,
        kind=WorkPlan.Kind.PERUBAHAN,
        sequence=2,
        supersedes=line.plan,
        effective_on=date(2019, 9, 20),
    )
    kept = PlanLineFactory(plan=changed, activity=line.activity, continues=line, amount=77_000_000)
    added = PlanLineFactory(plan=changed)
    agency = client_as("agency_operator", at=line.plan.agency)

    for address, *shown in (
        (reverse("treasury:payment-list"), kept),
        (entry.get_absolute_url(), kept),
        (reverse("framework:unlisted-list"), unlisted, added),
        (reverse("reporting:report-take-plan", args=[report.pk]), kept, added),
        (reverse("reporting:report-check", args=[report.pk]), line),
    ):
        text = agency.get(address).text
        assert all(f'href="{page(each)}"' in text for each in shown), address
    assert agency.get(reverse("reporting:report-check", args=[report.pk])).text.count(f'href="{page(line)}"') == 3


def test_rows_of_a_month_lead_to_it_where_they_are_read(client_as, line):
    address = reverse("monthly:month-plan", args=[line.plan.pk, 10])
    link = f'href="{page(line)}"'

    assert link in client_as("coordinator").get(address).text
    typed = client_as("agency_operator", at=line.plan.agency).get(address).text
    assert "<input" in typed and link not in typed  # a link is one more stop of the Tab key between the boxes


def test_activity_that_only_a_draft_has_leads_nowhere(client_as):
    draft = PlanLineFactory(plan=WorkPlanFactory())
    text = client_as("coordinator").get(reverse("framework:unlisted-list")).text

    assert draft.activity.name in text and "/kegiatan/" not in text


def test_budget_of_an_agency_leads_its_readers_to_its_lines(client, client_as, line):
    link = f"{reverse('planning:line-list')}?tahun=2019&amp;skpd={line.plan.agency.code}"
    address = reverse("dashboards:budget")

    readers = [client_as("coordinator"), client_as("agency_operator"), client_as("district_admin")]
    assert all(link in each.get(address).text for each in readers)
    assert all(link not in each.get(address).text for each in (client, client_as("facilitator")))
