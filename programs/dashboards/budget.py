"""Budget and approved spending of every agency: what is planned now, and what was spent of the lines that report it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import Count, Q, Sum

from p2emas.ui import charts
from programs.planning.models import PlanLine, PlanLineQuerySet, WorkPlan
from programs.planning.versions import plans_in_force, versions_named
from programs.reporting.reading.approved import Published, latest_approved_reports, published_lines, published_plan
from programs.reporting.reopening.public import UnderCorrection, under_correction
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from programs.reporting.reports.parts import LineFiguresQuerySet
from programs.reporting.reports.sheets import percent_of
from programs.reporting.reports.weighing import CEILING

BUDGET_HEADER = [
    "Kode SKPD",
    "SKPD",
    "Pagu (Rp)",
    "Realisasi (Rp)",
    "Serapan (%)",
    "Kegiatan berangka",
    "Kegiatan",
    "Pagu berangka (Rp)",
    "Triwulan terakhir disetujui",
    "Versi rencana",
    "Versi rencana yang dilaporkan",
    "Data contoh",
]
NOTHING = [0, 0, 0]  # rupiah, lines, and invented ones of a plan without lines


@dataclass(frozen=True)
class BudgetRow:
    """``planned`` is the ceiling of ``plan``, the version in force; ``spent`` the sum of the approved figures.

    ``known`` of the ``works`` planned now have a figure. ``reported`` is the ceiling of what was reported with one, in
    the version of ``report``: an activity with a reason instead is unknown and not zero, so it is in neither side
    of ``absorption`` (as on the dashboard).
    """

    plan: WorkPlan
    planned: int
    spent: int | None
    reported: int
    known: int
    works: int
    report: ProgressReport | None
    is_sample: bool

    @property
    def agency(self):
        return self.plan.agency

    @property
    def quarter(self) -> ReportingPeriod | None:
        return self.report.period if self.report else None

    @property
    def reported_plan(self) -> WorkPlan | None:
        return published_plan(self.report) if self.report else None

    @property
    def other_version(self) -> str:
        """The version that was reported on, where it is not the one in force."""
        plan = self.reported_plan
        return plan.document_name if plan is not None and plan.pk != self.plan.pk else ""

    @property
    def absorption(self) -> Fraction | None:
        return percent_of(self.spent, self.reported)

    @property
    def chart(self) -> charts.Chart:
        return charts.bar(self.absorption)


@dataclass(frozen=True)
class BudgetPage:
    """The rows, and their sums: of money spent over the agencies that have an approved figure."""

    rows: list[BudgetRow]
    corrections: list[UnderCorrection] = field(default_factory=list)
    plans: list[int] = field(default_factory=list)  # keys of the versions in force

    @property
    def _told(self) -> list[BudgetRow]:
        return [row for row in self.rows if row.spent is not None]

    @property
    def told(self) -> int:
        return len(self._told)

    @property
    def planned(self) -> int:
        return sum(row.planned for row in self.rows)

    @property
    def spent(self) -> int | None:
        known = [row.spent for row in self.rows if row.spent is not None]
        return sum(known) if known else None

    @property
    def reported(self) -> int:
        return sum(row.reported for row in self._told)

    @property
    def absorption(self) -> Fraction | None:
        return percent_of(self.spent, self.reported)

    @property
    def known(self) -> int:
        return sum(row.known for row in self.rows)

    @property
    def works(self) -> int:
        return sum(row.works for row in self.rows)

    @property
    def versions(self) -> str:
        return versions_named(row.reported_plan for row in self._told if row.reported_plan)

    @property
    def has_sample(self) -> bool:
        return any(row.is_sample for row in self.rows)


def agency_budgets(year: int, on: date, published: Mapping[int, Published] | None = None) -> BudgetPage:
    """Budget and approved spending of every agency with a plan, summed by the database; seven queries.

    One more while a report is being corrected; two more where a line continues one of an earlier version and has no
    figure of its own; one less where the newest ``published`` reports are at hand.
    """
    plans = plans_in_force(year, on)
    keys = [plan.pk for plan in plans.values()]
    lines = PlanLine.objects.filter(plan__in=keys).in_program_budget().order_by()
    published = latest_approved_reports(year) if published is None else published
    newest = _reports_of(published)
    figures = [_with_money(lines) for lines in published_lines(published.values())]
    spent = {
        agency: sums
        for each in figures
        for agency, *sums in each.values_list("report__agency").annotate(
            spent=Sum("spent_to_date"), reported=Sum(CEILING)
        )
    }
    untold = _untold(lines, figures, year)
    planned = {
        agency: sums
        for agency, *sums in lines.values_list("plan__agency").annotate(
            Sum("amount"), Count("pk"), invented=Count("pk", filter=Q(activity__is_sample=True))
        )
    }
    rows = [
        _row(plan, planned.get(agency, NOTHING), spent.get(agency), untold.get(agency, 0), newest.get(agency))
        for agency, plan in plans.items()
        if agency in planned or agency in spent  # what was spent counts, also where the plan in force has no line left
    ]
    rows.sort(key=lambda row: (-row.planned, row.agency.short_name))
    return BudgetPage(rows, under_correction(year), keys)


def _reports_of(published: Mapping[int, Published]) -> dict[int, ProgressReport]:
    """Agency id -> its newest approved report, with what the page says of it."""
    plans = [f"{path}plan__{name}" for path in ("", "kept__") for name in ("kind", "budget_doc_no", "budget_doc_date")]
    of_plans = [f"{path}plan__sequence" for path in ("", "kept__")]
    reports = ProgressReport.objects.filter(pk__in=[report.pk for report in published.values()]).order_by()
    reports = reports.select_related("period", "plan", "kept__plan")
    shown = reports.only("agency", "status", "is_sample", "period__year", "period__number", *plans, *of_plans)
    return {report.agency_id: report for report in shown}


def _with_money(lines: LineFiguresQuerySet) -> LineFiguresQuerySet:
    """Those of the agencies' own budget that say what was spent."""
    return lines.filter(spent_to_date__isnull=False).in_program_budget().order_by()


def _untold(lines: PlanLineQuerySet, figures: list[LineFiguresQuerySet], year: int) -> dict[int, int]:
    """Agency id -> how many of its lines have no figure, nor has one of an earlier version that they continue."""
    for each in figures:
        lines = lines.exclude(pk__in=each.values("plan_line"))
    without = list(lines.values_list("plan__agency", "continues"))
    known: Collection[int] = ()
    before: dict[int, int | None] = {}
    if any(earlier for _agency, earlier in without):
        known = {line for each in figures for line in each.values_list("plan_line", flat=True)}
        chain = PlanLine.objects.filter(plan__year=year).exclude(continues=None).order_by()
        before = dict(chain.values_list("pk", "continues"))
    found: dict[int, int] = {}
    for agency, earlier in without:
        if not _was_told(earlier, known, before):
            found[agency] = found.get(agency, 0) + 1
    return found


def _was_told(line: int | None, known: Collection[int], before: Mapping[int, int | None]) -> bool:
    """Whether the line, or one of an earlier version that it continues, has a figure."""
    while line is not None and line not in known:
        line = before.get(line)
    return line is not None


def _row(plan: WorkPlan, sums: list[int], spent: list[int] | None, untold: int, report: ProgressReport | None):
    planned, works, invented = sums
    return BudgetRow(
        plan,
        planned=planned,
        spent=spent[0] if spent else None,
        reported=spent[1] if spent else 0,
        known=works - untold,
        works=works,
        report=report,
        is_sample=bool(invented) or bool(report and report.is_sample),
    )


def budget_rows(page: BudgetPage) -> list[list[object]]:
    return [
        [
            row.agency.code,
            row.agency.short_name,
            row.planned,
            row.spent,
            row.absorption,
            row.known,
            row.works,
            row.reported,
            str(row.quarter or ""),
            row.plan.document_name,
            row.reported_plan.document_name if row.reported_plan else "",
            row.is_sample,
        ]
        for row in page.rows
    ]
