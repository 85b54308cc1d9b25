"""What the checks find in indicator values: each with a case in which it is found and one in which it is not."""

import pytest

from programs.models import Indicator, PlanLine
from programs.reporting.verification.desk import FoundInReport
from programs.reporting.verification.finding_counts import count_findings
from tests.factories import (
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    PlanLineFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    TargetLocationFactory,
    WorkPlanFactory,
)

pytestmark = pytest.mark.django_db
F = Indicator.Formula


@pytest.fixture
def found():
    """``found(value, before=..., ...)``: codes of the indicator's findings, as the page and the queue say them."""

    def ask(
        value,
        before=None,
        *,
        formula=F.INCREASING,
        bound=None,
        target=20,
        baseline=0,
        physical=75,
        physical_before=30,
        ledger="PROGRESS",
        elsewhere=None,
    ):
        plan = WorkPlanFactory(agreed=True)
        line = PlanLineFactory(plan=plan, target_location=TargetLocationFactory())
        village = line.village if elsewhere is not None else None
        indicator = IndicatorFactory(
            activity=line.activity, formula=formula, largest_change=bound, unit="hektare", ledger=ledger
        )
        IndicatorTargetFactory(indicator=indicator, target=target, baseline=baseline, village=village)
        for number, trait, given, work in ((2, "approved", before, physical_before), (3, "verifying", value, physical)):
            report = ProgressReportFactory(
                agency=plan.agency, plan=plan, period=ReportingPeriodFactory(number=number), **{trait: True}
            )
            ReportLineFactory(report=report, plan_line=line, spent_to_date=60_000_000, physical_to_date=work)
            IndicatorValueFactory(report=report, indicator=indicator, value=given, village=village)
        if elsewhere is not None:
            other = PlanLineFactory(plan=plan, activity=line.activity, target_location=TargetLocationFactory())
            ReportLineFactory(report=report, plan_line=other, physical_to_date=elsewhere)
        codes = [each.code for each in FoundInReport.of(report).findings.assessment.findings if each.indicator]
        counted = count_findings([report])[report.pk].by_code
        assert sorted(codes) == sorted(counted[code] and code for code in codes)
        return codes

    return ask


def test_ordinary_values_have_no_findings(found):
    assert found(6, 6) == []


@pytest.mark.parametrize(
    ("formula", "value", "before", "codes"),
    [
        (F.END_VALUE, 14, 15, ["indicator_worse"]),
        (F.END_VALUE, 15, 15, []),
        (F.PERCENTAGE, 14, 15, ["indicator_worse"]),
        (F.PERCENTAGE, 16, 15, []),
        (F.DECREASING, 16, 15, ["indicator_worse"]),
        (F.DECREASING, 14, 15, []),
        (F.INCREASING, 5, 10, []),  # the quarter's own amount may be smaller than that of the quarter before
        (F.END_VALUE, 15, None, []),
    ],
)
def test_value_that_is_worse_than_the_one_before(found, formula, value, before, codes):
    assert found(value, before, formula=formula) == codes


@pytest.mark.parametrize(
    ("formula", "value", "before", "bound", "codes"),
    [
        (F.INCREASING, 10, 5, 10, []),
        (F.INCREASING, "10.001", 5, 10, ["indicator_jumps"]),
        (F.END_VALUE, 25, 15, 10, []),
        (F.END_VALUE, 26, 15, 10, ["indicator_jumps"]),
        (F.DECREASING, 4, 15, 10, ["indicator_jumps"]),
        (F.END_VALUE, 26, 15, None, []),
        (F.END_VALUE, 26, None, 10, []),
    ],
)
def test_value_that_changes_beyond_the_bound_of_its_indicator(found, formula, value, before, bound, codes):
    assert found(value, before, formula=formula, bound=bound) == codes


@pytest.mark.parametrize(
    ("formula", "value", "before", "target", "codes"),
    [
        (F.INCREASING, 15, 15, 20, []),  # 150 %
        (F.INCREASING, "15.001", 15, 20, ["over_target"]),
        (F.END_VALUE, 31, 30, 20, ["over_target"]),
        (F.DECREASING, 29, 31, 20, []),
        (F.END_VALUE, 31, 30, 0, []),
        (F.END_VALUE, 31, 30, None, []),
    ],
)
def test_value_far_over_its_target(found, formula, value, before, target, codes):
    assert found(value, before, formula=formula, target=target) == codes


def test_limit_over_the_target_is_a_setting(found, settings):
    settings.FINDING_OVER_TARGET_PERCENT = 100

    assert found(11, 10) == ["over_target"]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"value": 1}, ["output_without_work"]),
        ({"value": 0}, []),
        ({"value": 1, "physical": 21}, []),
        ({"value": 1, "physical": None}, []),
        ({"value": 1, "ledger": "WELFARE"}, []),
        ({"value": 1, "physical": 100, "physical_before": 100, "before": 19}, []),  # finished before: fruit may follow
        ({"value": 16, "before": 15, "formula": F.END_VALUE}, ["output_without_work"]),
        ({"value": 5, "baseline": 5, "formula": F.END_VALUE}, []),
        ({"value": 6, "baseline": 5, "formula": F.END_VALUE}, ["output_without_work"]),
    ],
)
def test_output_without_work(found, fields, codes):
    assert found(**({"before": None, "physical": 20, "physical_before": 20} | fields)) == codes


def test_output_is_compared_with_the_work_in_its_village(found):
    assert found(1, physical=30, elsewhere=80) == ["output_without_work"]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"value": 6, "before": 4}, []),  # 50 % of the target, work at 75 %
        ({"value": 6, "before": "3.999"}, ["work_ahead"]),
        ({"value": None, "before": None}, []),  # nothing known is not nothing done
        ({"value": 6, "before": "3.999", "target": None}, []),
        ({"value": 6, "before": "3.999", "ledger": "WELFARE"}, []),
        ({"value": 15, "before": 20, "target": 20, "formula": F.DECREASING}, []),
    ],
)
def test_work_far_ahead_of_its_output(found, fields, codes):
    assert found(**fields) == codes


def test_limit_of_work_ahead_is_a_setting(found, settings):
    settings.FINDING_WORK_AHEAD_POINTS = 24

    assert found(6, 4) == ["work_ahead"]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"value": 0}, ["finished_without_output"]),
        ({"value": None}, ["finished_without_output"]),
        ({"value": 15, "before": 5}, []),
        ({"value": 0, "physical": 99, "target": None}, []),
        ({"value": 0, "ledger": "WELFARE"}, []),
    ],
)
def test_finished_work_without_any_output(found, fields, codes):
    assert found(**({"physical": 100} | fields)) == codes


def test_findings_of_indicators_say_their_figures(found, client_as):
    line = PlanLineFactory(plan=WorkPlanFactory(agreed=True), chain_link=PlanLine.ChainLink.TRAINING)
    report = ProgressReportFactory(verifying=True, plan=line.plan, agency=line.plan.agency)
    ReportLineFactory(report=report, plan_line=line, physical_to_date=75, spent_to_date=70_000_000)
    indicator = IndicatorFactory(activity=line.activity, name="Luas tertanam", unit="hektare")
    IndicatorTargetFactory(indicator=indicator, target=20)
    IndicatorValueFactory(report=report, indicator=indicator, value=6)

    (group,) = FoundInReport.of(report).findings.groups

    assert group.title == "Fisik jauh di atas keluaran Luas tertanam"
    assert group.listed[0].detail == "Luas tertanam: Fisik 75%, keluaran 6 dari 20 hektare (30%)."
    assert group.requests == [
        ("Fisik jauh di atas keluaran. Luas tertanam: Fisik 75%, keluaran 6 dari 20 hektare (30%).", None)
    ]
