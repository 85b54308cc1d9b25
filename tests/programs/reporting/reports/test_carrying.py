"""Work that the plan no longer has: what was spent on it counts to the end of the year, against a ceiling of 0."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from p2emas import clock
from p2emas.workflow.editing import EditConflict
from programs.models import PlanLine, ProgressReport, ReportLine, WorkPlan
from programs.reporting.periods.opening import open_period
from programs.reporting.periods.plan_versions import change_version, version_change, version_choice
from programs.reporting.reports.carried_apart import carried_apart
from programs.reporting.reports.carrying import carry_over
from programs.reporting.reports.sheets import sheets_for
from programs.reporting.suspects import carried_apart_lines
from tests.factories import (
    AgencyFactory,
    PlanLineFactory,
    ProgressReportFactory,
    ReportCommentFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    UserFactory,
    WorkPlanFactory,
)
from tests.programs.reporting.helpers import text_of

CHANGED_ON = date(2019, 9, 20)


def later_version(plan: WorkPlan, *, effective_on: date = CHANGED_ON) -> WorkPlan:
    return WorkPlanFactory(
        agreed=True,
        agency=plan.agency,
        year=plan.year,
        kind=WorkPlan.Kind.PERUBAHAN,
        sequence=plan.sequence + 1,
        supersedes=plan,
        effective_on=effective_on,
    )


def continued(line: PlanLine, plan: WorkPlan, **fields) -> PlanLine:
    return PlanLineFactory(plan=plan, activity=line.activity, continues=line, **fields)


@pytest.fixture
def work(db):
    """A plan of three lines with unequal ceilings, and a change of it: one line kept, one gone, one new, one empty."""
    plan = WorkPlanFactory(agreed=True)
    kept, gone, empty = (PlanLineFactory(plan=plan, amount=amount) for amount in (300, 200, 70))
    changed = later_version(plan)
    follows = continued(kept, changed, amount=500)
    new = PlanLineFactory(plan=changed, amount=110)
    return {
        "plan": plan,
        "changed": changed,
        "kept": kept,
        "gone": gone,
        "empty": empty,
        "follows": follows,
        "new": new,
    }


def sent_report(work, number: int = 2, **figures) -> ProgressReport:
    """A sent report of an earlier quarter on the first version; ``figures`` are (money, physical) by line."""
    period = ReportingPeriodFactory(number=number)
    report = ProgressReportFactory(approved=True, period=period, plan=work["plan"], agency=work["plan"].agency)
    for name in ("kept", "gone", "empty"):
        spent, physical = figures.get(name, (None, None))
        ReportLineFactory(report=report, plan_line=work[name], spent_to_date=spent, physical_to_date=physical)
    return report


def draft_report(work, **figures) -> ProgressReport:
    report = ProgressReportFactory(draft=True, plan=work["plan"], agency=work["plan"].agency)
    for name in ("kept", "gone", "empty"):
        spent, physical = figures.get(name, (None, None))
        ReportLineFactory(report=report, plan_line=work[name], spent_to_date=spent, physical_to_date=physical)
    return report


def lines(report: ProgressReport) -> dict[PlanLine, tuple]:
    return {
        line.plan_line: (line.spent_to_date, line.physical_to_date and int(line.physical_to_date), line.carried)
        for line in report.lines.select_related("plan_line")
    }


def change(report: ProgressReport, plan: WorkPlan, **fields) -> None:
    report = ProgressReport.objects.for_page().get(pk=report.pk)
    change_version(**({"report": report, "plan": plan, "version": report.version, "actor": UserFactory()} | fields))


def test_opening_a_quarter_carries_what_was_spent_on_work_that_is_gone(work):
    AgencyFactory()  # the agency of the plan is a member too
    sent_report(work, 3, kept=(60, 20), gone=(45, 30), empty=(0, 0))

    with clock.at(date(2019, 12, 1)):
        period = open_period(year=2019, quarter=4, opened_by=UserFactory())

    report = period.reports.get(agency=work["plan"].agency)
    assert lines(report) == {
        work["follows"]: (None, None, ""),
        work["new"]: (None, None, ""),
        work["gone"]: (45, 30, "BEFORE"),
    }
    sheet = sheets_for([report])[report.pk]
    assert {(row.ceiling, row.is_carried) for row in sheet.rows} == {(500, False), (110, False), (0, True)}
    assert (sheet.total.amount, sheet.total.spent, sheet.total.spent_before) == (610, 45, 105)


def test_a_carried_line_counts_as_spent_and_weighs_nothing(work):
    report = sent_report(work, 3, kept=(150, 50), gone=(45, 90))
    ReportLine.objects.filter(plan_line=work["gone"]).update(carried="BEFORE")

    total = sheets_for([report])[report.pk].total

    assert (total.amount, total.spent, total.missing) == (370, 195, 1)
    assert total.absorption == Fraction(19500, 370)
    assert total.physical == 50
    assert all(row.over_budget is None for row in sheets_for([report])[report.pk].rows)


def test_a_report_takes_a_later_version_over_and_figures_follow_their_work(work):
    sent_report(work, 2, kept=(60, 20), gone=(45, 30), empty=(5, 0))
    report = draft_report(work, kept=(90, 35), gone=(48, 31))

    change(report, work["changed"])

    report.refresh_from_db()
    assert report.plan == work["changed"]
    assert lines(report) == {
        work["follows"]: (90, 35, ""),
        work["new"]: (None, None, ""),
        work["gone"]: (48, 31, "OWN"),
        work["empty"]: (5, 0, "BEFORE"),
    }


def test_the_way_back_restores_every_figure(work):
    sent_report(work, 2, kept=(60, 20), gone=(45, 30), empty=(5, 0))
    report = draft_report(work, kept=(90, 35), gone=(48, 31))
    before = lines(report)
    keys = {line.plan_line: line.pk for line in report.lines.all()}

    change(report, work["changed"])
    ReportLine.objects.filter(report=report, plan_line=work["new"]).update(spent_to_date=7, physical_to_date=3)
    change(report, work["plan"])

    assert lines(report) == before | {work["new"]: (7, 3, "OWN")}
    assert ReportLine.objects.get(report=report, plan_line=work["gone"]).pk == keys[work["gone"]]
    change(report, work["changed"])
    assert lines(report)[work["new"]] == (7, 3, "")


def test_what_was_said_of_a_line_that_leaves_stays_with_the_report(work):
    report = draft_report(work, kept=(90, 35))
    remark = ReportCommentFactory(report=report, line=report.lines.get(plan_line=work["gone"]))

    change(report, work["changed"])

    remark.refresh_from_db()
    assert remark.line is None and remark.report == report


@pytest.mark.parametrize(("effective_on", "offered"), [(date(2019, 9, 30), True), (date(2019, 10, 1), False)])
def test_only_a_version_in_effect_by_the_last_day_of_the_quarter_is_offered(work, effective_on, offered):
    WorkPlan.objects.filter(pk=work["changed"].pk).update(effective_on=effective_on)
    report = draft_report(work)

    assert (version_choice(report).later == work["changed"]) is offered


def test_a_report_never_passes_that_of_the_following_quarter(work):
    report = draft_report(work)
    later = ProgressReportFactory(
        draft=True, plan=work["plan"], agency=report.agency, period=ReportingPeriodFactory(number=4)
    )

    choice = version_choice(report)

    assert (choice.later, choice.held_up, choice.following) == (None, work["changed"], later)
    change(later, work["changed"])
    change(report, work["changed"])
    report.refresh_from_db()
    assert report.plan == work["changed"]
    later.refresh_from_db()
    assert version_choice(ProgressReport.objects.for_page().get(pk=later.pk)).earlier is None  # back, past this one


def test_opening_an_earlier_quarter_late_gives_no_later_version_than_the_following_report_has(work):
    with clock.at(date(2019, 12, 1)):
        ProgressReportFactory(
            draft=True,
            plan=work["plan"],
            agency=work["plan"].agency,
            period=ReportingPeriodFactory(number=4, starts=date(2019, 10, 1), ends=date(2019, 12, 31)),
        )
        WorkPlan.objects.filter(pk=work["changed"].pk).update(effective_on=date(2019, 6, 1))
        period = open_period(year=2019, quarter=3, opened_by=UserFactory())

    assert period.reports.get(agency=work["plan"].agency).plan == work["plan"]


def test_of_two_operators_the_second_is_told(work):
    report = draft_report(work, kept=(90, 35))
    seen = report.version
    change(report, work["changed"])

    with pytest.raises(EditConflict):
        change(report, work["changed"], version=seen)

    assert ReportLine.objects.filter(report=report).count() == 2


@pytest.mark.parametrize("status", ["WAITING", "VERIFYING", "APPROVED", "LOCKED"])
def test_a_sent_report_keeps_its_version(work, status):
    report = sent_report(work, 3)
    ProgressReport.objects.filter(pk=report.pk).update(status=status)
    report = ProgressReport.objects.for_page().get(pk=report.pk)

    assert version_choice(report).later is None
    with pytest.raises(EditConflict):
        change(report, work["changed"])


def test_carried_lines_follow_the_report_before(work):
    earlier = sent_report(work, 3, kept=(60, 20), gone=(45, 30))
    with clock.at(date(2019, 12, 1)):
        report = open_period(year=2019, quarter=4, opened_by=UserFactory()).reports.get(agency=earlier.agency)
    earlier.lines.filter(plan_line=work["gone"]).update(spent_to_date=52, physical_to_date=33)
    earlier.lines.filter(plan_line=work["empty"]).update(spent_to_date=9)

    carry_over(report, by=UserFactory())

    assert {line: found for line, found in lines(report).items() if found[2]} == {
        work["gone"]: (52, 33, "BEFORE"),
        work["empty"]: (9, None, "BEFORE"),
    }
    earlier.lines.filter(plan_line=work["empty"]).update(spent_to_date=0)
    carry_over(report, by=UserFactory())
    assert work["empty"] not in lines(report)


def test_the_page_shows_what_is_added_gone_and_changed(work):
    sent_report(work, 2, kept=(60, 20), gone=(45, 30))
    report = draft_report(work)

    found = version_change(report, work["changed"])

    assert found.found.added == [work["new"]]
    assert [(row.line, row.spent, row.is_carried) for row in found.gone] == [
        (work["gone"], 45, True),
        (work["empty"], None, False),
    ]
    assert [(row.old, row.new) for row in found.found.changed] == [(work["kept"], work["follows"])]
    assert found.summary == "1 ditambah, 2 tidak ada lagi, 1 diubah"


@pytest.mark.parametrize("wrong", [{"carried": "X"}, {"carried": "OWN", "spent_to_date": 0, "physical_to_date": None}])
def test_the_database_refuses_a_carried_line_that_is_none(work, wrong):
    report = draft_report(work, kept=(90, 35))

    with pytest.raises(IntegrityError), transaction.atomic():
        ReportLine.objects.filter(report=report, plan_line=work["kept"]).update(**wrong)


# --- Carried lines of sent reports do not follow a correction, and are named --------------------------------------


def corrected_earlier(work, *, later_state: str = "approved") -> tuple[ProgressReport, ProgressReport]:
    """TW II carried into TW III, which was sent; then TW II is corrected and waits for its decision."""
    earlier = sent_report(work, 2, kept=(150, 40), gone=(90, 45), empty=(None, None))
    later = ProgressReportFactory(plan=work["changed"], agency=work["plan"].agency, **{later_state: True})
    for line, spent in ((work["follows"], 210), (work["new"], 10)):
        ReportLineFactory(report=later, plan_line=line, spent_to_date=spent, physical_to_date=50)
    carry_over(later, by=None)
    ReportLine.objects.filter(report=earlier, plan_line=work["gone"]).update(spent_to_date=83, physical_to_date=41)
    ReportLine.objects.filter(report=earlier, plan_line=work["empty"]).update(spent_to_date=7, physical_to_date=3)
    ReportLine.objects.filter(report=earlier, plan_line=work["kept"]).update(spent_to_date=149)
    ProgressReport.objects.filter(pk=earlier.pk).update(status="VERIFYING")
    return ProgressReport.objects.get(pk=earlier.pk), later


@pytest.mark.parametrize("later_state", ["approved", "sent", "verifying"])
def test_lines_of_a_sent_report_that_do_not_follow_are_suspects(work, later_state):
    _earlier, later = corrected_earlier(work, later_state=later_state)

    found = {apart.plan_line: (str(apart.carried), str(apart.now)) for apart in carried_apart([later])}

    assert found == {
        work["gone"]: ("Rp\xa090 dan fisik 45%", "Rp\xa083 dan fisik 41%"),
        work["empty"]: ("tanpa realisasi", "Rp\xa07 dan fisik 3%"),
    }
    suspects = [str(each) for each in carried_apart_lines()]
    assert len(suspects) == 2 and all(later.number in each and "dibuka kembali" in each for each in suspects)


def test_a_report_that_its_agency_still_has_is_no_suspect(work):
    _earlier, later = corrected_earlier(work)
    ProgressReport.objects.filter(pk=later.pk).update(status="RETURNED")

    assert not list(carried_apart_lines())
    carry_over(ProgressReport.objects.get(pk=later.pk), by=None)
    ProgressReport.objects.filter(pk=later.pk).update(status="APPROVED")
    assert not list(carried_apart_lines())  # it was brought up to date


def test_a_line_whose_source_is_empty_now_is_a_suspect(work):
    earlier, later = corrected_earlier(work)
    ReportLine.objects.filter(report=earlier).update(spent_to_date=None, physical_to_date=None)

    (apart,) = carried_apart([later])

    assert (apart.plan_line, str(apart.now)) == (work["gone"], "tanpa realisasi")


def test_the_decision_on_the_correction_names_what_will_differ(work, client_as):
    earlier, later = corrected_earlier(work)
    other = ProgressReportFactory(verifying=True)
    coordinator = client_as("coordinator")

    page = text_of(coordinator.get(reverse("reporting:verification-decide", args=[earlier.pk])))

    assert "Laporan sesudahnya tidak ikut berubah" in page
    assert later.number in page and "dibawa Rp 90 dan fisik 45%, kini Rp 83 dan fisik 41%" in page
    page = text_of(coordinator.get(reverse("reporting:verification-decide", args=[other.pk])))
    assert "tidak ikut berubah" not in page
