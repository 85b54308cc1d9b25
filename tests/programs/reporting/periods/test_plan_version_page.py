"""The page on which an operator takes another version of the plan over."""

from datetime import date

import pytest
from django.urls import reverse

from programs.models import ProgressReport, ReportLine, WorkPlan
from tests.factories import (
    IndicatorFactory,
    IndicatorTargetFactory,
    PlanLineFactory,
    ProgressReportFactory,
    ReceiptFactory,
    ReopenRequestFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    WorkPlanFactory,
)
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    """A draft of three lines, and a change of its plan that drops the second, which has cost 12,4 million."""
    plan = WorkPlanFactory(agreed=True)
    report = ProgressReportFactory(draft=True, plan=plan, agency=plan.agency)
    lines = [
        PlanLineFactory(plan=plan, activity__name=name, amount=amount)
        for name, amount in (("Bibit lada", 210_000_000), ("Bibit pala", 60_000_000), ("Bibit kopi", 150_000_000))
    ]
    for line, spent in zip(lines, (70_000_000, 12_400_000, None), strict=True):
        ReportLineFactory(
            report=report, plan_line=line, spent_to_date=spent, physical_to_date=None if spent is None else 35
        )
    changed = change_of(plan)
    PlanLineFactory(plan=changed, activity=lines[0].activity, amount=250_000_000, continues=lines[0])
    PlanLineFactory(plan=changed, activity=lines[2].activity, amount=150_000_000, continues=lines[2])
    PlanLineFactory(plan=changed, activity__name="Mesin pengering lada", amount=95_000_000)
    return report


def change_of(plan: WorkPlan, sequence: int = 2, effective_on: date = date(2019, 9, 20)) -> WorkPlan:
    return WorkPlanFactory(
        agreed=True,
        agency=plan.agency,
        kind=WorkPlan.Kind.PERUBAHAN,
        sequence=sequence,
        supersedes=plan,
        effective_on=effective_on,
    )


def url_of(report: ProgressReport) -> str:
    return reverse("reporting:report-take-plan", args=[report.pk])


def sent(report: ProgressReport, plan: WorkPlan) -> dict:
    return {"plan": plan.pk, "version": ProgressReport.objects.get(pk=report.pk).version}


NAMED = "DPA nomor 1.05/2019, tanggal 28 Desember 2018, berlaku 2 Januari 2019"
FILLED = ["detail", "figures", "indicators", "obstacles", "files", "photos", "check", "take-plan", "history"]


def assert_named(client, *pages: str) -> None:
    for page in pages:
        assert NAMED in text_of(client.get(page)), page


def pages_of(report: ProgressReport, names: list[str]) -> list[str]:
    return [reverse(f"reporting:report-{name}", args=[report.pk]) for name in names]


def test_every_page_of_a_report_names_its_version(report, client_as):
    indicator = IndicatorFactory(activity=report.lines.first().plan_line.activity)
    IndicatorTargetFactory(indicator=indicator)
    lane = reverse("imports:lane", args=["laporan", report.pk])

    client = client_as("agency_operator", at=report.agency)
    difference = client.post(lane, {"tempelan": f"b{report.lines.first().pk}\tBibit lada\t\t71.000.000\t36"})

    assert_named(client, *pages_of(report, FILLED), lane, difference.url)


def test_pages_after_sending_name_its_version(client_as):
    plan = WorkPlanFactory(agreed=True)
    sent = ProgressReportFactory(approved=True, plan=plan, agency=plan.agency)
    ReceiptFactory(number=sent.number, record=sent)
    asked = ReopenRequestFactory(report=sent)
    verified = ProgressReportFactory(
        verifying=True, plan=plan, agency=plan.agency, period=ReportingPeriodFactory(number=2)
    )
    due, desk = (
        reverse(f"reporting:{name}", args=[verified.pk]) for name in ("due-date-change", "verification-decide")
    )
    steps = [reverse("reporting:reopen-step", args=[asked.pk, name]) for name in ("open", "refuse")]

    agency = client_as("agency_operator", at=plan.agency)
    assert_named(agency, *pages_of(sent, ["detail", "letter", "receipt", "ask-reopen", "history"]))
    assert_named(client_as("coordinator"), desk)
    assert_named(client_as("coordinator_head"), *steps, due)


def test_the_hub_leads_to_what_a_later_version_changes(report, client_as):
    client = client_as("agency_operator", at=report.agency)

    assert url_of(report) in client.get(report.get_absolute_url()).content.decode()
    page = text_of(client.get(url_of(report)))

    assert "Pakai DPPA versi 2: 1 ditambah, 1 tidak ada lagi, 1 diubah" in page
    assert "Mesin pengering lada" in page and "12.400.000 dibawa sampai akhir tahun" in page
    assert "420.000.000 495.000.000" in page


def test_taking_it_over_and_back(report, client_as):
    client, old = client_as("agency_operator", at=report.agency), report.plan
    new = WorkPlan.objects.get(sequence=2)

    assert client.post(url_of(report), sent(report, new)).url == report.get_absolute_url()
    figures = text_of(client.get(reverse("reporting:report-figures", args=[report.pk])))
    history = text_of(client.get(reverse("reporting:report-history", args=[report.pk])))

    assert "dibawa sampai akhir tahun" in figures
    carried = ReportLine.objects.get(report=report, carried="OWN")
    assert f"b{carried.pk}-spent_to_date" not in figures
    assert "Versi rencana diganti: DPPA nomor 1.05/2019, tanggal 28 Desember 2018, berlaku 20 September 2019" in history
    assert "Kembali ke DPA" in text_of(client.get(url_of(report)))
    client.post(url_of(report), sent(report, old))
    assert set(report.lines.values_list("spent_to_date", "carried")) == {
        (70_000_000, ""),
        (12_400_000, ""),
        (None, ""),
    }


def test_a_second_click_is_no_error_and_an_old_page_is_told(report, client_as):
    client, new = client_as("agency_operator", at=report.agency), WorkPlan.objects.get(sequence=2)
    old_page = sent(report, new)
    ProgressReport.objects.filter(pk=report.pk).update(version=7)

    refused = client.post(url_of(report), old_page)

    assert refused.status_code == 409 and "menyimpan laporan ini lebih dahulu" in text_of(refused)
    assert client.post(url_of(report), sent(report, new)).status_code == 302
    assert client.post(url_of(report), sent(report, new)).status_code == 302  # the same click again


def test_a_version_that_was_set_in_between_is_shown_first(report, client_as):
    client, new = client_as("agency_operator", at=report.agency), WorkPlan.objects.get(sequence=2)
    old_page = sent(report, new)
    change_of(new, sequence=3, effective_on=date(2019, 9, 25))

    refused = client.post(url_of(report), old_page)

    assert refused.status_code == 409 and "tidak dapat lagi dipakai" in text_of(refused)
    assert "DPPA versi 3" in text_of(refused)
    report.refresh_from_db()
    assert report.plan.sequence == 1


@pytest.mark.parametrize("typed", ["", "x", "0", "999999999999", "-1", "٣"])
def test_nonsense_changes_nothing(report, client_as, typed):
    answer = client_as("agency_operator", at=report.agency).post(url_of(report), {"plan": typed, "version": "1"})

    report.refresh_from_db()
    assert answer.status_code == 409 and report.plan.sequence == 1
