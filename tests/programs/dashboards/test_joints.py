"""Where stored rows meet the indicators: a locked quarter, what counts as begun, points, unequal values."""

from datetime import date
from fractions import Fraction

import pytest
from django.http import QueryDict

from programs.dashboards.answers import change_text
from programs.dashboards.board import INDICATORS
from programs.dashboards.places import tiles_for
from programs.dashboards.scope import Scope, read_scope
from programs.models import ReportingPeriod, ReportLine
from programs.reporting.periods.locking import lock_period
from tests.factories import (
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    PlanLineFactory,
    PlanLineTargetFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    TargetLocationFactory,
)

pytestmark = pytest.mark.django_db


def scope_of() -> Scope:
    return read_scope(QueryDict(), today=date(2019, 10, 8))[0]


def reported(*, spent: int | None = 61_000_000, physical: int | None = 70) -> ReportLine:
    """Approved work in a target location, in TW III 2019."""
    location = TargetLocationFactory()
    plan_line = PlanLineFactory(
        target_location=location, commodity=location.core_competency.commodity, amount=100_000_000
    )
    PlanLineTargetFactory(plan_line=plan_line, quarter=3, physical=75)
    report = ProgressReportFactory(plan=plan_line.plan, agency=plan_line.plan.agency, approved=True)
    reason = "" if spent or physical else "Menunggu benih"
    return ReportLineFactory(
        report=report, plan_line=plan_line, spent_to_date=spent, physical_to_date=physical, nil_reason=reason
    )


def tiles() -> dict[str, tuple]:
    scope = scope_of()
    answers = {key: make(scope) for key, make in INDICATORS.items()}
    found = {key: (each.value, each.finding, each.change, each.rows) for key, each in answers.items()}
    return found | {"map": (tiles_for(scope).finding,)}


def test_locking_a_quarter_changes_no_tile(user_as):
    line = reported()
    before = tiles()

    lock_period(period=line.report.period, actor=user_as("coordinator_head"), seen=ReportingPeriod.Status.OPEN)

    assert before["realisasi"][0] == "70%"
    assert before["serempak"][0] == "1 dari 1"
    after = tiles()
    # "Laporan tepat waktu" names the state of each report in words, which did change
    assert {key: found[:3] for key, found in after.items()} == {key: found[:3] for key, found in before.items()}
    assert {key: found for key, found in after.items() if key != "tepat-waktu"} == {
        key: found for key, found in before.items() if key != "tepat-waktu"
    }


# Money is spent before work shows (seedlings paid, not planted), and work shows before it is paid.
BEGUN = [
    (10_000_000, 0, True),
    (0, 5, True),
    (10_000_000, 5, True),
    (10_000_000, None, True),
    (None, 5, True),
    (0, 0, False),
    (None, None, False),
    (0, None, False),
    (None, 0, False),
]


@pytest.mark.parametrize(("spent", "physical", "begun"), BEGUN)
def test_work_has_begun_with_money_or_with_work(spent, physical, begun):
    reported(spent=spent, physical=physical)

    assert INDICATORS["serempak"](scope_of()).value == f"{int(begun)} dari 1"


POINTS = [
    ("61.5", "55.9", "Naik 6 poin dari TW II 2019"),
    ("61.5", "51.0", "Naik 11 poin dari TW II 2019"),  # 10.5: half a point counts up, as on every other page
    ("60.5", "51.0", "Naik 10 poin dari TW II 2019"),
    ("51.0", "61.6", "Turun 11 poin dari TW II 2019"),
    ("51.0", "61.5", "Turun 11 poin dari TW II 2019"),
    ("51.0", "51.5", "Turun 1 poin dari TW II 2019"),
    ("51.4", "51.0", "Tetap sejak TW II 2019"),
    ("51.0", "51.4", "Tetap sejak TW II 2019"),
    ("51.0", "51.0", "Tetap sejak TW II 2019"),
]


@pytest.mark.parametrize(("now", "before", "text"), POINTS)
def test_points_are_rounded_half_up_and_never_cut_off(now, before, text):
    assert change_text(Fraction(now), Fraction(before), "TW II 2019") == text


@pytest.mark.parametrize(("now", "before"), [(None, Fraction(1)), (Fraction(1), None), (None, None)])
def test_a_change_from_or_to_what_is_unknown_is_not_told(now, before):
    assert change_text(now, before, "TW II 2019") == ""


def test_change_of_progress_is_told_in_rounded_points():
    """67.8 after 61.0: seven points, not six."""
    line = reported(physical=68)
    other = ReportLineFactory(
        report=line.report,
        plan_line=PlanLineFactory(plan=line.plan_line.plan, amount=900_000_000),
        spent_to_date=1,
        physical_to_date="67.78",
    )
    earlier = ProgressReportFactory(
        period=ReportingPeriodFactory(number=2), agency=line.report.agency, plan=line.report.plan, approved=True
    )
    for each in (line, other):
        ReportLineFactory(report=earlier, plan_line=each.plan_line, spent_to_date=1, physical_to_date=61)

    assert INDICATORS["realisasi"](scope_of()).change == "Naik 7 poin dari TW II 2019"


def test_work_is_held_against_the_target_of_its_own_quarter():
    line = reported(physical=70)  # its target is 75 in the third quarter
    for quarter, physical in ((1, 10), (2, 30), (4, 100)):
        PlanLineTargetFactory(plan_line=line.plan_line, quarter=quarter, physical=physical)
    later = PlanLineFactory(plan=line.plan_line.plan, amount=300_000_000)
    PlanLineTargetFactory(plan_line=later, quarter=4, physical=100)
    ReportLineFactory(report=line.report, plan_line=later, spent_to_date=1, physical_to_date=20)

    answer = INDICATORS["realisasi"](scope_of())

    assert [row[1:] for row in answer.rows] == [
        [400_000_000, 61_000_001, Fraction(65, 2), Fraction(61_000_001, 4_000_000), 75, -5]
    ]


def test_year_and_quarter_of_an_outcome_are_names_and_no_quantities(client_as):
    line = reported()
    indicator = IndicatorFactory(activity=line.plan_line.activity, ledger="WELFARE", formula="end_value")
    village = line.plan_line.target_location.village
    IndicatorTargetFactory(indicator=indicator, village=village, baseline=800, baseline_year=2017)
    IndicatorValueFactory(report=line.report, indicator=indicator, village=village, value=1000)

    page = client_as("leader").get("/dasbor/hasil/").text
    rows = client_as("leader").get("/dasbor/hasil/?format=csv").text

    assert ">2017<" in page and "2.017" not in page
    assert ">TW III 2019<" in page
    assert ";2017;1000,000;TW III 2019;25;" in rows
