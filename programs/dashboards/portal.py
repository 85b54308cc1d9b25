"""Figures for the public: agreed plans and approved reports, nothing else, and no person's name."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Sum

from districts.locations.models import TargetLocation
from facilitators.recruitment.rounds import RecruitmentRound
from p2emas import clock
from p2emas.accounts.models import Agency
from p2emas.ui import charts
from programs.dashboards.places import physical_by_village
from programs.planning.measures import focus_of_year
from programs.planning.models import PlanLine
from programs.reporting.approved import approved_lines, latest_approved_reports
from programs.reporting.models import ProgressReport, ReportingPeriod
from programs.reporting.welfare import village_results

BUDGET_HEADER = ["SKPD", "Pagu (Rp)", "Realisasi (Rp)", "Serapan (%)", "Triwulan terakhir disetujui", "Data contoh"]


@dataclass(frozen=True)
class BudgetRow:
    """``spent`` is None while no report of the agency is approved in that year."""

    agency: Agency
    planned: int
    spent: int | None
    quarter: ReportingPeriod | None
    is_sample: bool

    @property
    def percent(self) -> Fraction | None:
        return Fraction(self.spent * 100, self.planned) if self.spent is not None and self.planned else None

    @property
    def chart(self) -> charts.Chart:
        return charts.bar(self.percent)


def budget(year: int, on: date) -> dict[str, object]:
    """Budget and approved spending of every agency with a plan; five queries."""
    lines = PlanLine.objects.filter(plan__year=year).in_force(on).in_program_budget().order_by()
    planned = dict(lines.values_list("plan__agency").annotate(Sum("amount")))
    samples = set(lines.filter(activity__is_sample=True).values_list("plan__agency", flat=True))
    own = approved_lines(year).exclude(plan_line__fund__in=PlanLine.VILLAGE_FUNDS).order_by()
    spent = dict(own.values_list("report__agency").annotate(Sum("spent_to_date")))
    newest = {
        report.agency_id: report.period
        for report in ProgressReport.objects.filter(pk__in=latest_approved_reports(year).values()).select_related(
            "period"
        )
    }
    rows = [
        BudgetRow(agency, planned[agency.pk], spent.get(agency.pk), newest.get(agency.pk), agency.pk in samples)
        for agency in Agency.objects.filter(pk__in=planned)
    ]
    rows.sort(key=lambda row: (-row.planned, row.agency.short_name))
    known = [row for row in rows if row.spent is not None]
    total, used = sum(row.planned for row in rows), sum(row.spent for row in known)
    return {
        "rows": rows,
        "planned": total,
        "spent": used if known else None,
        "percent": Fraction(used * 100, total) if known and total else None,
        "known": len(known),
        "has_sample": bool(samples),
    }


def budget_rows(context: dict[str, object]) -> list[list[object]]:
    return [
        [row.agency.short_name, row.planned, row.spent, row.percent, str(row.quarter or ""), row.is_sample]
        for row in context["rows"]
    ]


def front_page(on: date) -> dict[str, object]:
    """Four numbers, each with its sentence, the newest results, and rounds that take applications now."""
    money = budget(on.year, on)
    focus = focus_of_year(on.year, on=on)
    locations = list(TargetLocation.objects.in_force(on).for_table().order_by("village__name"))
    rates = physical_by_village(on.year)
    results = [result for result in village_results(on.year) if result.improved is not None]
    better = [result for result in results if result.improved]
    return {
        "year": on.year,
        "today": on,
        "money": money,
        "focus": focus.share * 100 if focus.share is not None else None,
        "locations": [(row, rates.get(row.village_id)) for row in locations],
        "districts": len({row.village.district_id for row in locations}),
        "results": len(results),
        "better": len(better),
        "best": sorted(better, key=lambda row: -(row.change or 0))[:3],
        "has_sample": bool(money["has_sample"]) or any(row.is_sample for row in locations),
        "vacancies": list(RecruitmentRound.objects.accepting(clock.now()).for_table().order_by("closes_at")),
    }
