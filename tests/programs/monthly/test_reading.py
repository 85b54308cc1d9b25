"""Which version and which source a month has, and what becomes of work that a later version drops."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from programs.models import ProgressReport, ReportLine, WorkPlan
from programs.monthly.figures import Figures, Origin
from programs.monthly.reading import MonthReader
from programs.monthly.totals import MonthTotal
from programs.reporting.reopening.keeping import keep_approved
from tests.factories import (
    MonthlyPlanFactory,
    MonthlyProgressFactory,
    PlanLineFactory,
    PlanLineTargetFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    WorkPlanFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(db) -> WorkPlan:
    return WorkPlanFactory(agreed=True)


def changed(plan: WorkPlan, since: date) -> WorkPlan:
    return WorkPlanFactory(
        agreed=True, agency=plan.agency, kind="PERUBAHAN", sequence=2, supersedes=plan, effective_on=since
    )


def report_of(plan: WorkPlan, quarter: int, **state):
    return ProgressReportFactory(
        agency=plan.agency, plan=plan, period=ReportingPeriodFactory(year=plan.year, number=quarter), **state
    )


def read(plan: WorkPlan, month: int, *others: int):
    return MonthReader(plan.year, [month, *others], plan.agency_id).of(plan.agency_id, month)


def test_month_between_reports_has_what_was_typed_and_its_plan(plan):
    line = PlanLineFactory(plan=plan)
    MonthlyProgressFactory(line=line, month=8, money=5, physical=Decimal("1.5"))
    MonthlyProgressFactory(line=line, month=7, money=4, physical=1)
    MonthlyPlanFactory(line=line, month=8, money=6, physical=2)

    month = read(plan, 8)

    assert (month.plan, month.origin) == (plan.pk, Origin.TYPED)
    assert [(row.line, row.actual, row.planned) for row in month.rows] == [
        (line.pk, Figures(5, Decimal("1.5")), Figures(6, 2))
    ]


def test_month_that_nobody_typed_is_unknown_and_not_zero(plan):
    PlanLineFactory(plan=plan)

    month = read(plan, 8)

    total = MonthTotal.of(month)
    assert [(row.actual, row.planned) for row in month.rows] == [(Figures(), Figures())]
    assert (total.spent, total.planned_money, total.physical, total.value_of_work) == (None, None, None, None)
    assert (total.missing, total.unplanned) == (1, 1)
    assert (total.money.relative, total.money.points, total.money.is_critical) == (None, None, None)


@pytest.mark.parametrize(
    ("state", "origin", "figures"),
    [
        ({"approved": True}, Origin.APPROVED, Figures(7, 70)),
        ({"approved": True, "status": "LOCKED"}, Origin.APPROVED, Figures(7, 70)),
        ({"sent": True}, Origin.UNVERIFIED, Figures(7, 70)),
        ({"verifying": True}, Origin.UNVERIFIED, Figures(7, 70)),
        ({"sent": True, "status": "RETURNED"}, Origin.AWAITED, Figures()),  # to be improved
        ({"draft": True}, Origin.AWAITED, Figures()),
        ({"sent": True, "status": "DRAFT"}, Origin.AWAITED, Figures()),  # withdrawn
        ({}, Origin.AWAITED, Figures()),
    ],
)
def test_last_month_of_a_quarter_comes_from_the_report_once_it_was_sent(plan, state, origin, figures):
    report = report_of(plan, 3, **state)
    line = ReportLineFactory(report=report, spent_to_date=7, physical_to_date=70).plan_line

    month = read(plan, 9)

    assert month.origin is origin
    assert [(row.line, row.actual) for row in month.rows] == [(line.pk, figures)]


@pytest.mark.parametrize("status", ["RETURNED", "WAITING"])
def test_report_that_is_corrected_counts_as_it_was_approved(plan, status):
    old = PlanLineFactory(plan=plan)
    report = report_of(plan, 3, approved=True)
    row = ReportLineFactory(report=report, plan_line=old, spent_to_date=7, physical_to_date=70)
    keep_approved(report)
    later = changed(plan, date(2019, 7, 1))
    new = PlanLineFactory(plan=later, activity=old.activity, continues=old)
    ProgressReport.objects.filter(pk=report.pk).update(status=status, plan=later)
    ReportLine.objects.filter(pk=row.pk).update(plan_line=new, spent_to_date=91, physical_to_date=93)

    month = read(plan, 9, 10)

    assert (month.plan, month.origin) == (plan.pk, Origin.CORRECTED)
    assert [(each.line, each.actual) for each in month.rows] == [(old.pk, Figures(7, 70))]
    assert MonthReader(plan.year, [9], plan.agency_id).approved(old.pk)[9] == Figures(7, 70)


def test_target_of_the_quarter_stands_where_no_plan_of_its_last_month_was_given(plan):
    target = PlanLineTargetFactory(plan_line__plan=plan, quarter=3, money=75, physical=80)
    MonthlyPlanFactory(line=target.plan_line, month=9, money=70, physical=None)
    other = PlanLineTargetFactory(plan_line__plan=plan, quarter=3, money=20, physical=None)

    planned = {row.line: row.planned for row in read(plan, 9).rows}

    assert planned == {target.plan_line_id: Figures(70, 80), other.plan_line_id: Figures(20, None)}
    assert {row.planned for row in read(plan, 8).rows} == {Figures()}


def test_version_is_that_of_the_first_day_of_the_month(plan):
    old = PlanLineFactory(plan=plan)
    later = changed(plan, date(2019, 9, 20))
    new = PlanLineFactory(plan=later, activity=old.activity, continues=old)

    versions = {month: read(plan, month).plan for month in (8, 9, 10)}

    assert versions == {8: plan.pk, 9: plan.pk, 10: later.pk}
    assert [row.line for row in read(plan, 10).rows] == [new.pk]


def test_month_filled_before_its_version_was_set_keeps_its_figures(plan):
    old = PlanLineFactory(plan=plan)
    MonthlyProgressFactory(line=old, month=8, money=5, physical=1, note="Lelang diulang")
    new = PlanLineFactory(plan=changed(plan, date(2019, 8, 1)), activity=old.activity, continues=old)

    (row,) = read(plan, 8).rows

    assert (row.line, row.actual, row.note) == (new.pk, Figures(5, 1), "Lelang diulang")


def test_report_on_a_later_version_brings_its_lines_along(plan):
    old = PlanLineFactory(plan=plan)
    later = changed(plan, date(2019, 9, 20))
    new = PlanLineFactory(plan=later, activity=old.activity, continues=old)
    report = report_of(later, 3, approved=True)
    ReportLineFactory(report=report, plan_line=new, spent_to_date=9, physical_to_date=90)

    month = read(plan, 9)

    assert (month.plan, [(row.line, row.actual) for row in month.rows]) == (later.pk, [(new.pk, Figures(9, 90))])


def test_money_of_dropped_work_stays_spent_against_no_budget(plan):
    kept, dropped = (PlanLineFactory(plan=plan, amount=100) for _ in range(2))
    MonthlyProgressFactory(line=dropped, month=7, money=30, physical=40)
    MonthlyProgressFactory(line=dropped, month=8, money=35, physical=50)
    MonthlyProgressFactory(line=kept, month=8, money=10, physical=20)
    later = changed(plan, date(2019, 9, 20))
    new = PlanLineFactory(plan=later, activity=kept.activity, continues=kept, amount=150)
    MonthlyProgressFactory(line=new, month=10, money=60, physical=50)

    total = MonthTotal.of(read(plan, 10))

    assert [(work.line, work.actual) for work in read(plan, 10).carried] == [(dropped.pk, Figures(35, 50))]
    assert (total.amount, total.spent, total.physical) == (150, 95, 50)
    assert read(plan, 8).carried == []


def test_report_before_tells_of_dropped_work_too(plan):
    dropped = PlanLineFactory(plan=plan, amount=100)
    ReportLineFactory(report=report_of(plan, 3, approved=True), plan_line=dropped, spent_to_date=30)
    later = changed(plan, date(2019, 9, 20))
    PlanLineFactory(plan=later, amount=150)

    month = read(plan, 10)

    assert [(work.line, work.actual.money) for work in month.carried] == [(dropped.pk, 30)]
    assert MonthTotal.of(month).spent == 30


def test_village_money_is_read_and_stays_outside_the_sums(plan):
    own = PlanLineFactory(plan=plan, amount=200)
    village = PlanLineFactory(plan=plan, amount=100, fund="DD")
    for line, money in ((own, 50), (village, 100)):
        MonthlyProgressFactory(line=line, month=8, money=money, physical=25)
        MonthlyPlanFactory(line=line, month=8, money=money, physical=25)

    month = read(plan, 8)

    total = MonthTotal.of(month)
    assert {row.line: row.counts for row in month.rows} == {own.pk: True, village.pk: False}
    assert (total.amount, total.spent, total.planned_money, total.value_of_work) == (200, 50, 50, 50)


def test_totals_weigh_work_by_the_budget_and_count_what_is_missing(plan):
    rows = [(100, 40, 50, 60), (300, 60, 10, 90), (50, None, None, None)]
    for amount, money, physical, planned in rows:
        line = PlanLineFactory(plan=plan, amount=amount)
        if money is not None:
            MonthlyProgressFactory(line=line, month=8, money=money, physical=physical)
            MonthlyPlanFactory(line=line, month=8, money=planned, physical=None)

    total = MonthTotal.of(read(plan, 8))

    assert (total.amount, total.spent, total.planned_money) == (450, 100, 150)
    assert total.physical == Fraction(100 * 50 + 300 * 10, 400)
    assert total.value_of_work == 80
    assert (total.missing, total.unplanned, total.filled) == (1, 1, 2)
    assert (total.money.reached, total.money.planned) == (25, Fraction(75, 2))  # of the 400 that say it
    assert total.money.relative == Fraction(100, 3)
    assert total.money.points == Fraction(-25, 2)
    assert total.money.is_critical is None  # the third line could decide it


def test_agencies_do_not_mix(plan):
    PlanLineFactory(plan=plan)
    stranger = MonthlyProgressFactory(line__plan=WorkPlanFactory(agreed=True), month=8)
    reader = MonthReader(plan.year, [8])

    assert reader.agencies == {plan.agency_id, stranger.line.plan.agency_id}
    assert [row.line for row in reader.of(stranger.line.plan.agency_id, 8).rows] == [stranger.line_id]


def test_agency_without_a_set_plan_has_no_rows():
    draft = WorkPlanFactory()

    month = MonthReader(draft.year, [8]).of(draft.agency_id, 8)

    assert (month.plan, month.rows, month.carried) == (None, [], [])


def test_reading_takes_as_many_queries_for_many_lines(plan, django_assert_num_queries):
    for _line in range(5):
        MonthlyProgressFactory(line=PlanLineFactory(plan=plan), month=8)

    with django_assert_num_queries(
        8
    ):  # versions, plans, reports and their lines, lines, budget, months, plans of the month
        MonthReader(plan.year, [8], plan.agency_id).of(plan.agency_id, 8)
