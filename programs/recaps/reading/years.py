"""Reads the work of agencies in a year: a constant number of queries for any number of agencies and activities.

Figures of a quarter count when its report was approved, or was sent and waits for the verifier ("belum diverifikasi").
A draft and a report that was sent back count nothing; one that is corrected counts as it was approved. Earlier years
count as they were approved.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q

from p2emas.accounts.models import Agency
from programs.framework.models import Activity, Indicator, IndicatorTarget
from programs.planning.models import WorkPlan
from programs.recaps.evaluation import (
    QUARTERS,
    AgencyYear,
    MeasuredActivity,
    MeasuredIndicator,
    MeasuredProgramme,
)
from programs.recaps.reading.earlier import EarlierYears
from programs.recaps.reading.figures import read_values, silent_villages, whole_of
from programs.recaps.reading.spending import ActivityBudget, LinesOfYear, Spending, read_spent
from programs.reporting.reading.approved import Published, is_corrected, published_plan
from programs.reporting.reports.kept import KeptReport
from programs.reporting.reports.models import ProgressReport


def measured(agencies: Sequence[Agency], year: int, quarter: int, *, falling: str = "ratio") -> list[AgencyYear]:
    """What each of ``agencies`` planned and did in ``year`` up to ``quarter``, in their order."""
    return _Reading(agencies, year, quarter, falling).years()


class _Reading:
    def __init__(self, agencies: Sequence[Agency], year: int, quarter: int, falling: str) -> None:
        self.agencies, self.year, self.quarter, self.falling = list(agencies), year, quarter, falling
        self.reports = self._reports()
        self.plans = self._plans()
        self.shown = self._shown()
        self.lines = LinesOfYear(self.agencies, [year])
        self.spent = read_spent([_source(report) for report in self.shown], self.lines)
        self.activities = self._activities()
        self.indicators = self._indicators()
        self.targets = self._targets()
        self.values = read_values(self.indicators_by_pk, [_source(report) for report in self.shown])
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

    def _activities(self) -> dict[int, list[Activity]]:
        """Agency -> the activities that its plan has, or that money was spent on; by code."""
        plans = {plan.pk for plan in self.plans.values()}
        wanted = {activity for plan, activity in self.lines.budgets if plan in plans}
        wanted |= {activity for _report, activity in self.spent}
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
        budget = self.lines.budgets.get((plan.pk if plan else 0, activity.pk), ActivityBudget())
        spending = Spending({n: self.spent.get((report.pk, activity.pk), {}) for n, report in shown.items()})
        renstra = activity.renstra
        return MeasuredActivity(
            activity=activity,
            indicators=[self._indicator(each, shown) for each in self.indicators.get(activity.pk, [])],
            budget=budget.amount,
            told_budget=budget.amount_of(spending.told),
            is_whole=not spending.silent and spending.told.issuperset(budget.own),
            missing=spending.missing,
            quarters=spending.quarters,
            renstra_money=renstra.money if renstra else None,
            realised_before=self.earlier.money(renstra) if renstra else None,
            remarks=_remarks(activity, budget, spending),
        )

    def _indicator(self, indicator: Indicator, shown: Mapping[int, ProgressReport]) -> MeasuredIndicator:
        targets = self.targets.get(indicator.pk, {})
        said = {n: self.values.get((report.pk, indicator.pk), {}) for n, report in shown.items()}
        silent = silent_villages(said.values(), targets)
        told = {place: figure for place, figure in targets.items() if place not in silent}
        goal = indicator.renstra_target
        return MeasuredIndicator(
            name=indicator.name,
            unit=indicator.unit,
            formula=indicator.formula,
            target=whole_of(indicator.formula, targets),
            told_target=whole_of(
                indicator.formula, told if indicator.formula == Indicator.Formula.INCREASING else targets
            ),
            silent=len(silent),
            quarters=[whole_of(indicator.formula, said[number]) if number in said else None for number in QUARTERS],
            renstra_target=goal.target if goal else None,
            realised_before=self.earlier.figure(goal, indicator.formula) if goal else None,
            falling=self.falling,
        )


def has_copy(report: ProgressReport) -> bool:
    """Whether it was approved and is open again; asked for with the report."""
    return hasattr(report, "kept") and report.kept is not None


def as_approved(report: ProgressReport | None) -> ProgressReport | KeptReport | None:
    """What papers print beside the figures: what it said when it was approved, while it is corrected."""
    return report.kept if report is not None and has_copy(report) and is_corrected(report) else report


def _source(report: ProgressReport) -> Published:
    """Where its figures are read: in the copy while it is corrected."""
    return Published(report.pk, report.period.number, has_copy(report) and is_corrected(report))


def is_public(report: ProgressReport) -> bool:
    return report.status in ProgressReport.APPROVED_STATES or has_copy(report)


def is_shown(report: ProgressReport) -> bool:
    return is_public(report) or report.status in ProgressReport.ON_DESK


def _remarks(activity: Activity, budget: ActivityBudget, spending: Spending) -> list[str]:
    found = []
    if not budget.lines:
        found.append("tidak ada lagi dalam rencana")
    elif budget.amount is None:
        found.append("dana desa, di luar serapan")
    if spending.missing:
        found.append(f"{spending.missing} baris belum ada data")
    told = len(spending.told.intersection(budget.own))
    if 0 < told < len(budget.own):
        found.append(f"keuangan dari {told} dari {len(budget.own)} baris")
    if activity.renstra_id is None:
        found.append("belum bertaut ke Renstra")
    return found
