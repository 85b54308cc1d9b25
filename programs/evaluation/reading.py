"""What the criteria of readiness are computed from, as one value that can be stored: figures, days, thresholds."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Max, Q

from districts.regions.models import Village
from p2emas.methods.achievement import achievement
from programs.evaluation import other_rooms
from programs.framework.models import Indicator, IndicatorTarget
from programs.nomenclature.funds import outside_budget
from programs.planning.models import PlanLine, PlanLineTarget
from programs.planning.versions import keys_in_force
from programs.reporting.reading.approved import approved_lines
from programs.reporting.reading.welfare import village_results
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from programs.reporting.reports.parts import IndicatorValue

Inputs = dict[str, Any]
QUARTERS_READ = 4  # of reports: a year
OWN_MONEY = "SWADAYA"


def thresholds() -> dict[str, int]:
    return {
        "output": settings.READINESS_OUTPUT_PERCENT,
        "quarters": settings.READINESS_QUARTERS,
        "aid": settings.READINESS_AID_PERCENT,
        "sales": settings.READINESS_SALES_MONTHS,
        "needed": settings.READINESS_NEEDED,
    }


def readiness_inputs(village: Village, on: date) -> Inputs:
    """Everything that the six criteria read of ``village`` on ``on``, in plain values."""
    periods = _ended_periods(on)
    aid, visits = other_rooms.aid_alive(village, on), other_rooms.visits_made(village, on)
    return {
        "thresholds": thresholds(),
        "output": _outputs(village, periods),
        "aid": list(aid) if aid else None,
        "members": _members(village, on),
        "sales": other_rooms.months_sold_outside(village, on),
        "contribution": _contribution(village, on),
        "reports": _reports(village, periods),
        "visits": list(visits) if visits else None,
    }


def _ended_periods(on: date) -> list[ReportingPeriod]:
    """The last quarters whose reports are due by now, oldest first."""
    due = ReportingPeriod.objects.filter(due_on__lte=on, ends__lte=on).order_by("-year", "-number")
    return list(due[:QUARTERS_READ])[::-1]


def _lines(village: Village, years: Iterable[int]) -> Any:
    return PlanLine.objects.agreed().filter(plan__year__in=list(years)).in_village(village.pk)


def _outputs(village: Village, periods: list[ReportingPeriod]) -> list[list[Any]]:
    """A row a quarter: its name, and for each output its name and percent of what was planned by then, or None."""
    years = {period.year for period in periods}
    lines = _lines(village, years).in_program_budget()
    activities = list(lines.order_by().values_list("activity", flat=True).distinct())
    here = Q(village=None) | Q(village=village)
    targets = IndicatorTarget.objects.filter(
        here, indicator__activity__in=activities, indicator__ledger=Indicator.Ledger.PROGRESS, target__gt=0
    ).select_related("indicator")
    values = _values(here, activities)
    planned = _planned(activities, lines)
    found: list[list[Any]] = []
    for period in periods:
        rows = [
            [target.indicator.name, _percent(target, period.number, values, planned)]
            for target in targets
            if target.year == period.year
        ]
        found.append([period.short, sorted(rows, key=str)])
    return found


def _values(here: Q, activities: list[int]) -> dict[tuple[int, int], Decimal | None]:
    """(indicator, quarter) -> approved value: an indicator belongs to one activity, and that to one year."""
    approved = Q(report__status__in=ProgressReport.APPROVED_STATES)
    rows = IndicatorValue.objects.filter(here & approved, indicator__activity__in=activities).order_by("village")
    return {
        (indicator, number): value
        for indicator, number, value in rows.values_list("indicator", "report__period__number", "value")
    }


def _planned(activities: list[int], lines: Any) -> dict[tuple[int, int], Decimal]:
    """(activity, quarter) -> planned percent of the work; of several lines the last that should be done."""
    targets = PlanLineTarget.objects.filter(plan_line__in=lines.order_by().values("pk"), physical__isnull=False)
    rows = targets.order_by().values_list("plan_line__activity", "quarter").annotate(most=Max("physical"))
    return {(activity, quarter): most for activity, quarter, most in rows}


def _percent(target: IndicatorTarget, quarter: int, values: Any, planned: Any) -> float | None:
    """Of what should be there by the quarter: what adds up over the year as far as its work was planned by then."""
    indicator = target.indicator
    actuals = [values.get((indicator.pk, number)) for number in range(1, quarter + 1)]
    if actuals[-1] is None:
        return None
    goal: Decimal | None = target.target
    if indicator.formula == Indicator.Formula.INCREASING and goal is not None:
        share = planned.get((indicator.activity_id, quarter))
        if share == 0:
            return 100.0  # nothing was planned by then
        goal = None if share is None else goal * share / 100
    return achievement(indicator.formula, goal, actuals)


def _members(village: Village, on: date) -> list[list[Any]]:
    """Measures of welfare that count persons: name, baseline, newest value."""
    results = village_results(on.year, villages=[village], exact=True)
    return [[row.name, _float(row.baseline), _float(row.value)] for row in results if row.counts_people]


def _contribution(village: Village, on: date) -> dict[str, int | None]:
    """Money of the village or its groups: lines of the plans in force, their rupiah, and what was spent of them."""
    plans = keys_in_force(on.year, on)
    own = PlanLine.objects.filter(outside_budget() | Q(fund=OWN_MONEY), plan__in=plans).in_village(village.pk)
    lines = dict(own.order_by().values_list("pk", "amount"))
    known = [rows.filter(plan_line__in=lines, spent_to_date__isnull=False) for rows in approved_lines(on.year)]
    spent = [value for rows in known for value in rows.values_list("spent_to_date", flat=True)]
    planned = PlanLine.objects.filter(plan__in=plans).in_village(village.pk).exists()
    return {
        "lines": len(lines) if planned else None,
        "amount": sum(lines.values()),
        "spent": sum(spent) if spent else None,
    }


def _reports(village: Village, periods: list[ReportingPeriod]) -> list[list[Any]]:
    """Reports of the agencies that work here: quarter, agency, whether it was received."""
    pairs = set(_lines(village, {period.year for period in periods}).values_list("plan__year", "plan__agency"))
    reports = ProgressReport.objects.filter(period__in=periods).select_related("period", "agency")
    return [
        [report.period.short, report.agency.short_name, report.received_on is not None]
        for report in reports.order_by("period__year", "period__number", "agency__short_name", "pk")
        if (report.period.year, report.agency_id) in pairs
    ]


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
