"""Reads the work of agencies in a year: a constant number of queries for any number of agencies and activities.

Figures of a quarter count when its report was approved, or was sent and waits for the verifier ("belum diverifikasi").
A draft and a report that was sent back count nothing; one that is corrected counts as it was approved. Earlier years
count as they were approved.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

from p2emas.accounts.models import Agency
from programs.framework.models import Activity, Indicator, IndicatorTarget
from programs.framework.renstra import RenstraActivity, RenstraTarget
from programs.nomenclature.funds import outside_budget
from programs.planning.models import PlanLine, WorkPlan
from programs.recaps.evaluation import (
    QUARTERS,
    AgencyYear,
    MeasuredActivity,
    MeasuredIndicator,
    MeasuredProgramme,
    last_known,
    sum_all,
    sum_known,
)
from programs.reporting.reading.approved import Published, is_corrected, published_lines, published_plan
from programs.reporting.reports.kept import KeptValue
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import IndicatorValue

Spent = dict[tuple[int, int], "Paid"]  # by report and activity


@dataclass(frozen=True)
class Paid:
    """What the lines of one activity say in one report, cumulative since January."""

    amount: int | None
    lines: int
    known: int


def measured(agencies: Sequence[Agency], year: int, quarter: int, *, falling: str = "ratio") -> list[AgencyYear]:
    """What each of ``agencies`` planned and did in ``year`` up to ``quarter``, in their order."""
    return _Reading(agencies, year, quarter, falling).years()


class _Reading:
    def __init__(self, agencies: Sequence[Agency], year: int, quarter: int, falling: str) -> None:
        self.agencies, self.year, self.quarter, self.falling = list(agencies), year, quarter, falling
        self.reports = self._reports()
        self.plans = self._plans()
        self.shown = self._shown()
        self.spent = _spent(_source(report) for report in self.shown)
        self.budgets = self._budgets()
        self.activities = self._activities()
        self.indicators = self._indicators()
        self.targets = self._targets()
        self.values = _values(self.indicators_by_pk, [_source(report) for report in self.shown])
        self.earlier = EarlierYears([each for rows in self.activities.values() for each in rows], year)

    def years(self) -> list[AgencyYear]:
        return [self._year(agency) for agency in self.agencies]

    # --- What is read ---

    def _reports(self) -> dict[int, dict[int, ProgressReport]]:
        """Agency -> quarter -> its report, in any state."""
        found: dict[int, dict[int, ProgressReport]] = defaultdict(dict)
        rows = ProgressReport.objects.filter(
            agency__in=self.agencies, period__year=self.year, period__number__lte=self.quarter
        )
        for report in rows.select_related("period", "plan", "kept__plan").order_by("period__number"):
            found[report.agency_id][report.period.number] = report
        return found

    def _shown(self) -> list[ProgressReport]:
        return [each for of in self.reports.values() for each in of.values() if is_shown(each)]

    def _plans(self) -> dict[int, WorkPlan]:
        """The version that the report of the quarter follows, else the one in force on its first day."""
        plans = WorkPlan.objects.filter(agency__in=self.agencies, year=self.year)
        in_force = plans.in_force(date(self.year, 3 * self.quarter - 2, 1))
        found = {plan.agency_id: plan for plan in in_force}
        for agency, reports in self.reports.items():
            report = reports.get(self.quarter)
            plan = None if report is None else published_plan(report) if has_copy(report) else report.plan
            if plan is not None:
                found[agency] = plan
        return found

    def _budgets(self) -> dict[tuple[int, int], tuple[int | None, int]]:
        """By plan and activity: the agency's own money, None where there is only village money, and the lines."""
        own = ~outside_budget()
        rows = PlanLine.objects.filter(plan__in=[plan.pk for plan in self.plans.values()]).order_by()
        sums = rows.values_list("plan", "activity").annotate(budget=Sum("amount", filter=own), lines=Count("pk"))
        return {(plan, activity): (amount, lines) for plan, activity, amount, lines in sums}

    def _activities(self) -> dict[int, list[Activity]]:
        """Agency -> the activities that its plan has, or that money was spent on; by code."""
        wanted = {activity for _plan, activity in self.budgets} | {activity for _report, activity in self.spent}
        rows = Activity.objects.filter(agency__in=self.agencies, year=self.year).select_related("outcome", "renstra")
        found: dict[int, list[Activity]] = defaultdict(list)
        for activity in rows.order_by("code", "pk"):
            if activity.pk in wanted:
                found[activity.agency_id].append(activity)
        return found

    def _indicators(self) -> dict[int, list[Indicator]]:
        rows = Indicator.objects.filter(activity__agency__in=self.agencies, activity__year=self.year)
        found: dict[int, list[Indicator]] = defaultdict(list)
        for indicator in rows.select_related("renstra_target").order_by("pk"):
            found[indicator.activity_id or 0].append(indicator)
        return found

    @property
    def indicators_by_pk(self) -> dict[int, Indicator]:
        return {each.pk: each for rows in self.indicators.values() for each in rows}

    def _targets(self) -> dict[int, dict[int | None, Decimal | None]]:
        """Indicator -> village (None: everywhere) -> target of the year."""
        of_agencies = Q(indicator__activity__agency__in=self.agencies, indicator__activity__year=self.year)
        rows = IndicatorTarget.objects.filter(of_agencies, year=self.year).order_by("pk")
        found: dict[int, dict[int | None, Decimal | None]] = defaultdict(dict)
        for indicator, village, target in rows.values_list("indicator", "village", "target"):
            found[indicator][village] = target
        return found

    # --- What is made of it ---

    def _year(self, agency: Agency) -> AgencyYear:
        reports = self.reports.get(agency.pk, {})
        shown = {number: report for number, report in reports.items() if is_shown(report)}
        plan = self.plans.get(agency.pk)
        return AgencyYear(
            agency=agency,
            year=self.year,
            quarter=self.quarter,
            plan=plan,
            reports=shown,
            unverified=[n for n, report in shown.items() if not is_public(report)],
            corrected=[n for n, report in shown.items() if is_corrected(report) and has_copy(report)],
            programmes=self._programmes(self.activities.get(agency.pk, []), plan, shown),
        )

    def _programmes(
        self, activities: Iterable[Activity], plan: WorkPlan | None, shown: Mapping[int, ProgressReport]
    ) -> list[MeasuredProgramme]:
        found: dict[tuple[str, str], list[MeasuredActivity]] = {}
        for activity in activities:
            key = (activity.code.rpartition(".")[0], activity.programme_name)
            found.setdefault(key, []).append(self._activity(activity, plan, shown))
        return [MeasuredProgramme(name or "Program belum disebut", code, rows) for (code, name), rows in found.items()]

    def _activity(
        self, activity: Activity, plan: WorkPlan | None, shown: Mapping[int, ProgressReport]
    ) -> MeasuredActivity:
        budget, lines = self.budgets.get((plan.pk if plan else 0, activity.pk), (0, 0))
        paid = {number: self.spent.get((report.pk, activity.pk)) for number, report in shown.items()}
        renstra = activity.renstra
        return MeasuredActivity(
            activity=activity,
            indicators=[self._indicator(each, shown) for each in self.indicators.get(activity.pk, [])],
            budget=budget,
            quarters=_in_quarters(paid),
            renstra_money=renstra.money if renstra else None,
            realised_before=self.earlier.money(renstra) if renstra else None,
            remarks=_remarks(activity, budget, lines, paid),
        )

    def _indicator(self, indicator: Indicator, shown: Mapping[int, ProgressReport]) -> MeasuredIndicator:
        targets = self.targets.get(indicator.pk, {})
        quarters = [
            _whole(indicator, self.values.get((shown[number].pk, indicator.pk), {})) if number in shown else None
            for number in QUARTERS
        ]
        goal = indicator.renstra_target
        return MeasuredIndicator(
            name=indicator.name,
            unit=indicator.unit,
            formula=indicator.formula,
            target=_whole(indicator, targets),
            quarters=quarters,
            renstra_target=goal.target if goal else None,
            realised_before=self.earlier.figure(goal, indicator.formula) if goal else None,
            falling=self.falling,
        )


class EarlierYears:
    """What the years before came to that are in this system, added to what the Renstra says of those before them."""

    def __init__(self, activities: Sequence[Activity], year: int) -> None:
        renstra = {each.renstra_id for each in activities if each.renstra_id}
        rows = Activity.objects.filter(renstra__in=renstra, year__lt=year).select_related("renstra").order_by("year")
        self.activities = [row for row in rows if row.renstra and row.year > row.renstra.realised_until]
        self.of_renstra: dict[int | None, list[Activity]] = defaultdict(list)
        for each in self.activities:
            self.of_renstra[each.renstra_id].append(each)
        self.reports = self._approved()
        published = [report for reports in self.reports.values() for report in reports]
        self.spent = _spent(published)
        rows_of = Indicator.objects.filter(activity__in=self.activities, renstra_target__isnull=False)
        self.indicators = list(rows_of.select_related("activity").order_by("activity__year", "pk"))
        self.of_target: dict[int | None, list[Indicator]] = defaultdict(list)
        for indicator in self.indicators:
            self.of_target[indicator.renstra_target_id].append(indicator)
        by_pk = {each.pk: each for each in self.indicators}
        self.values = _values(by_pk, published)

    def _approved(self) -> dict[tuple[int, int], list[Published]]:
        """Agency and year -> its approved reports, quarter by quarter."""
        found: dict[tuple[int, int], list[Published]] = defaultdict(list)
        if not self.activities:
            return found
        years, agencies = {each.year for each in self.activities}, {each.agency_id for each in self.activities}
        rows = ProgressReport.objects.published().filter(agency__in=agencies, period__year__in=years)
        for report in rows.select_related("period").order_by("period__number"):
            found[report.agency_id, report.period.year].append(Published.of(report))
        return found

    def money(self, renstra: RenstraActivity) -> int | None:
        """Unknown as soon as one year is: an activity of that year without an approved figure."""
        parts: list[int | None] = [renstra.realised_money]
        for activity in self.of_renstra[renstra.pk]:
            reports = self.reports.get((activity.agency_id, activity.year), [])
            said = [self.spent.get((report.pk, activity.pk)) for report in reports]
            amounts = [paid.amount for paid in said if paid is not None and paid.amount is not None]
            parts.append(amounts[-1] if amounts else None)
        return sum_all(parts)

    def figure(self, goal: RenstraTarget, formula: str) -> Decimal | None:
        parts: list[Decimal | None] = [goal.realised]
        adds_up = formula == Indicator.Formula.INCREASING
        for indicator in self.of_target[goal.pk]:
            activity = indicator.activity
            assert activity is not None  # asked by the query
            reports = self.reports.get((activity.agency_id, activity.year), [])
            said = [_whole(indicator, self.values.get((report.pk, indicator.pk), {})) for report in reports]
            parts.append(sum_known(said) if adds_up else last_known(said))
        return sum_all(parts) if adds_up else last_known(parts)


def has_copy(report: ProgressReport) -> bool:
    """Whether it was approved and is open again; asked for with the report."""
    return hasattr(report, "kept") and report.kept is not None


def _source(report: ProgressReport) -> Published:
    """Where its figures are read: in the copy while it is corrected."""
    return Published(report.pk, report.period.number, has_copy(report) and is_corrected(report))


def is_public(report: ProgressReport) -> bool:
    return report.status in ProgressReport.APPROVED_STATES or has_copy(report)


def is_shown(report: ProgressReport) -> bool:
    return is_public(report) or report.status in ProgressReport.ON_DESK


def _spent(reports: Iterable[Published]) -> Spent:
    """The agency's own money by report and activity; a query, and one more where there are copies."""
    found: Spent = {}
    for lines in published_lines(reports):
        rows = lines.in_program_budget().order_by().values_list("report", "plan_line__activity")
        sums = rows.annotate(paid=Sum("spent_to_date"), said=Count("pk"), known=Count("spent_to_date"))
        for report, activity, amount, said, known in sums:
            found[report, activity] = Paid(amount, said, known)
    return found


def _values(
    indicators: Mapping[int, Indicator], reports: Sequence[Published]
) -> dict[tuple[int, int], dict[int | None, Decimal | None]]:
    """By report and indicator: village (None: everywhere) -> value."""
    found: dict[tuple[int, int], dict[int | None, Decimal | None]] = defaultdict(dict)
    own = [report.pk for report in reports if not report.kept]
    copied = [report.pk for report in reports if report.kept]
    sources: list[QuerySet] = [IndicatorValue.objects.filter(report__in=own)]
    if copied:
        sources.append(KeptValue.objects.filter(report__in=copied))
    for rows in sources:
        for report, indicator, village, value in rows.order_by().values_list("report", "indicator", "village", "value"):
            if indicator in indicators:
                found[report, indicator][village] = value
    return found


def _whole(indicator: Indicator, by_village: Mapping[int | None, Decimal | None]) -> Decimal | None:
    """One figure for the whole: as it is given, or the sum over villages of what adds up. A percentage is no sum."""
    if None in by_village:
        return by_village[None]
    values = list(by_village.values())
    if indicator.formula == Indicator.Formula.INCREASING:
        return sum_known(values)
    return values[0] if len(values) == 1 else None


def _in_quarters(paid: Mapping[int, Paid | None]) -> list[int | None]:
    """What each quarter alone has cost: cumulative figures less those of the last quarter that said one."""
    found: list[int | None] = []
    before = 0
    for number in QUARTERS:
        said = paid.get(number)
        if said is None or said.amount is None:
            found.append(None)
        else:
            found.append(said.amount - before)
            before = said.amount
    return found


def _remarks(activity: Activity, budget: int | None, lines: int, paid: Mapping[int, Paid | None]) -> list[str]:
    found = []
    if lines == 0:
        found.append("tidak ada lagi dalam rencana")
    elif budget is None:
        found.append("dana desa, di luar serapan")
    last = next((said for number in reversed(QUARTERS) if (said := paid.get(number)) is not None), None)
    if last is not None and last.known < last.lines:
        found.append(f"{last.lines - last.known} baris belum ada data")
    if activity.renstra_id is None:
        found.append("belum bertaut ke Renstra")
    return found
