"""Values at the edge of a rule about reports, which a number one off or a turned sign would decide otherwise."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError
from django.urls import reverse

from p2emas import clock
from p2emas.ui.fields import LARGEST_KEY
from programs.framework.models import Indicator
from programs.models import DueDateChange, ProgressReport, ReportingPeriod
from programs.reporting.periods.opening import open_period
from programs.reporting.reading.approved import latest_approved_by_quarter, latest_approved_reports
from programs.reporting.reading.welfare import VillageResult
from programs.reporting.reports.access import LARGEST_VERSION
from programs.reporting.reports.due_dates import LATEST, change_due_date
from programs.reporting.reports.sheets import sheets_for
from programs.reporting.verification.finding_counts import count_findings
from programs.reporting.verification.findings import assess
from programs.reporting.verification.forms import read_keys
from tests.factories import (
    IndicatorFactory,
    IndicatorValueFactory,
    ProgressReportFactory,
    ReportCommentFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    TargetLocationFactory,
    UserFactory,
)
from tests.programs.reporting.helpers import figures_data, lines_of, report_with_lines, send_data, text_of

pytestmark = pytest.mark.django_db
Formula = Indicator.Formula


# --- Deadlines ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "reason", "moved"),
    [
        (date(2019, 9, 30) + LATEST, "Banjir", True),
        (date(2019, 9, 30) + LATEST + timedelta(days=1), "Banjir", False),
        (date(2019, 10, 1), "Banjir", True),
        (date(2019, 10, 14), "x" * 300, True),
        (date(2019, 10, 14), "x" * 301, False),
    ],
)
def test_last_day_and_last_letter_of_a_moved_deadline(client_as, new, reason, moved):
    report = ProgressReportFactory()
    data = {"jatuh_tempo": new.strftime("%d-%m-%Y"), "alasan": reason, f"semula-{report.pk}": report.due_on.isoformat()}

    response = client_as("coordinator").post(reverse("reporting:due-date-change", args=[report.pk]), data)

    report.refresh_from_db()
    assert (response.status_code == 302, report.due_on == new) == (moved, moved)


def test_a_deadline_whose_trace_cannot_be_written_is_not_moved(user_as):
    report = ProgressReportFactory(draft=True)
    before = report.due_on

    with pytest.raises(IntegrityError):
        change_due_date(report=report, actor=user_as("coordinator"), seen=before, new=date(2019, 10, 14), reason=None)

    report.refresh_from_db()
    assert (report.due_on, DueDateChange.objects.exists()) == (before, False)


def test_a_quarter_opens_on_its_first_day():
    with clock.at(date(2019, 10, 1)):
        period = open_period(year=2019, quarter=4, opened_by=UserFactory())

    assert period.starts == date(2019, 10, 1)


# --- Versions and keys that a page sends back -------------------------------------------------------------------


@pytest.mark.parametrize("version", [1_000_000_000, LARGEST_VERSION - 1])
def test_figures_of_a_report_with_a_long_version_are_saved(client_as, version):
    report = report_with_lines(1)
    ProgressReport.objects.filter(pk=report.pk).update(version=version)
    data = figures_data(report, {"money": "5.000", "physical": "10"})

    client_as("agency_operator", at=report.agency).post(reverse("reporting:report-figures", args=[report.pk]), data)

    assert lines_of(report)[0].spent_to_date == 5_000


def test_report_with_a_long_version_is_sent(client_as):
    report = report_with_lines(1, filled=True)
    ProgressReport.objects.filter(pk=report.pk).update(version=LARGEST_VERSION - 1)

    client = client_as("agency_operator", at=report.agency)
    client.post(reverse("reporting:report-check", args=[report.pk]), send_data(report))

    report.refresh_from_db()
    assert report.status == ProgressReport.Status.WAITING


def test_keys_are_read_up_to_the_largest():
    assert read_keys(f"{LARGEST_KEY},{LARGEST_KEY + 1},0,1") == [LARGEST_KEY, 1]


# --- What is said of a figure -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "value", "better", "change"),
    [
        (Formula.PERCENTAGE, "51", True, 2),
        (Formula.PERCENTAGE, "50", False, 0),
        (Formula.PERCENTAGE, "49", False, -2),
        (Formula.DECREASING, "51", False, 2),
        (Formula.DECREASING, "50", False, 0),
        (Formula.DECREASING, "49", True, -2),
        (Formula.PERCENTAGE, None, None, None),
    ],
)
def test_what_stayed_as_it_was_is_no_improvement(formula, value, better, change):
    known = None if value is None else Decimal(value)
    result = VillageResult(None, "Pendapatan", "%", formula, Decimal(50), 2018, None, False, {1: known})

    assert (result.improved, result.change) == (better, None if change is None else Fraction(change))


def test_hub_tells_a_part_that_is_begun_from_one_that_is_not(client_as):
    report = report_with_lines(1, filled=True)
    activity = lines_of(report)[0].plan_line.activity
    first, _second = IndicatorFactory(activity=activity), IndicatorFactory(activity=activity)
    client, address = (
        client_as("agency_operator", at=report.agency),
        reverse("reporting:report-detail", args=[report.pk]),
    )

    before = text_of(client.get(address))
    IndicatorValueFactory(report=report, indicator=first, value=3)
    after = text_of(client.get(address))

    assert "Lanjutkan isi nilai indikator" not in before and "2 nilai, 0 sudah diisi. Belum" in before
    assert "Lanjutkan isi nilai indikator" in after and "2 nilai, 1 sudah diisi. Belum" not in after


@pytest.mark.parametrize("commented", [True, False])
def test_what_was_said_of_a_whole_report_is_open_on_the_desk(client_as, commented):
    client = client_as("coordinator")
    report = ProgressReportFactory(sent=True, status=ProgressReport.Status.VERIFYING, claimed_by=client.user)
    if commented:
        ReportCommentFactory(report=report, text="Terima kasih")

    page = client.get(reverse("reporting:verification-decide", args=[report.pk])).text

    assert page.count("<details open>") == int(commented)


def test_absorption_on_the_desk_is_a_whole_number(client_as):
    report = ProgressReportFactory(sent=True, status=ProgressReport.Status.VERIFYING)
    ReportLineFactory(report=report, plan_line__amount=300_000_000, spent_to_date=100_000_000, physical_to_date=40)

    page = client_as("coordinator").get(reverse("reporting:verification-decide", args=[report.pk])).text

    assert "<td>33%</td>" in page.replace("\u00a0", "")
    assert "33,3" not in page


def test_only_what_was_returned_is_named_so_before_a_period_is_locked(client_as):
    period = ReportingPeriodFactory()
    for trait in ("draft", "approved"):
        ProgressReportFactory(period=period, **{trait: True})

    page = client_as("coordinator_head").get(reverse("reporting:period-lock", args=[period.pk])).text

    assert "dikembalikan" not in page


@pytest.mark.parametrize(
    ("spent", "physical", "idle"), [(1, "0", 0), (0, "0.01", 0), (None, "0.01", 0), (0, "0", 1), (None, None, 1)]
)
def test_the_first_rupiah_and_the_first_hundredth_of_a_percent_are_work_in_a_location(spent, physical, idle):
    report = ProgressReportFactory(sent=True)
    location = TargetLocationFactory()
    ReportLineFactory(
        report=report,
        plan_line__plan=report.plan,
        plan_line__target_location=location,
        spent_to_date=spent,
        physical_to_date=None if physical is None else Decimal(physical),
    )

    counted = count_findings([report])[report.pk].by_code["idle_location"]
    read = [finding.code for finding in assess(sheets_for([report])[report.pk]).findings]

    assert (counted, read.count("idle_location")) == (idle, idle)


def test_newest_approved_report_of_each_quarter_is_that_of_the_quarter_itself_or_before():
    first = ProgressReportFactory(approved=True, period=ReportingPeriodFactory(number=1))
    shared = {"agency": first.agency, "plan": first.plan}
    third = ProgressReportFactory(approved=True, period=ReportingPeriodFactory(number=3), **shared)
    ProgressReportFactory(sent=True, period=ReportingPeriodFactory(number=4), **shared)
    late = ProgressReportFactory(approved=True, period=ReportingPeriodFactory(number=2))

    found = latest_approved_by_quarter(2019, [1, 2, 4])

    here, there = first.agency_id, late.agency_id
    assert found == {
        1: {here: (first.pk, 1, False, False)},
        2: {here: (first.pk, 1, False, False), there: (late.pk, 2, False, False)},
        4: {here: (third.pk, 3, False, False), there: (late.pk, 2, False, False)},
    }
    assert found == {quarter: latest_approved_reports(2019, quarter) for quarter in found}


# --- Who sees what, and where ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("trait", "promised"), [("sent", True), ("verifying", True), ("draft", False)])
def test_day_of_verification_is_promised_for_what_lies_on_the_desk(client_as, trait, promised):
    report = ProgressReportFactory(**{trait: True})

    page = client_as("auditor").get(report.get_absolute_url())

    assert (page.context["verified_by"] is not None) == promised
    assert ("paling lambat Senin, 14 Oktober 2019" in text_of(page)) == promised


@pytest.mark.parametrize(
    ("step", "status"),
    [
        ("claim", "WAITING"),
        ("return", "VERIFYING"),
        ("approve", "VERIFYING"),
        ("undo", "APPROVED"),
        ("lock", "APPROVED"),
        ("unlock", "LOCKED"),
    ],
)
def test_step_that_has_its_own_page_is_not_taken_on_the_shared_one(client_as, step, status):
    """A report is unlocked with its period, never alone."""
    report = ProgressReportFactory(approved=True)
    ProgressReport.objects.filter(pk=report.pk).update(status=status)
    client, address = client_as("coordinator_head"), reverse("reporting:report-step", args=[report.pk, step])

    answers = [client.get(address), client.post(address, {"seen": status, "note": "Tidak lewat sini"})]

    report.refresh_from_db()
    assert ([answer.status_code for answer in answers], report.status) == ([404, 404], status)


def test_what_was_typed_too_late_is_shown_where_it_differs_and_only_there(client_as):
    report = ProgressReportFactory(sent=True, supporting_factor="Jalan kering", next_step="Tambah alat tenun")
    client, address = (
        client_as("agency_operator", at=report.agency),
        reverse("reporting:report-obstacles", args=[report.pk]),
    )
    typed = {"supporting_factor": "Jalan diaspal", "hindering_factor": "", "next_step": "Tambah alat tenun"}

    answer = client.post(address, {"version": "1", "no_obstacles": "on", **typed})

    assert answer.status_code == 409
    assert [row[1:] for row in answer.context["rows"]] == [("Jalan kering", "Jalan diaspal")]


@pytest.mark.parametrize("name", ["period-open", "period-lock", "period-reopen", "due-date-change"])
def test_pages_that_write_about_periods_take_no_other_verb(client_as, name):
    report = ProgressReportFactory(draft=True)
    keys = {"period-open": [], "due-date-change": [report.pk]}.get(name, [report.period_id])
    if name == "period-reopen":
        ReportingPeriod.objects.update(status=ReportingPeriod.Status.LOCKED)

    assert client_as("coordinator_head").delete(reverse(f"reporting:{name}", args=keys)).status_code == 405
