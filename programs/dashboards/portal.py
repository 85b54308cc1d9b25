"""Figures for the public: agreed plans and approved reports, nothing else, and no person's name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

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

BUDGET_HEADER = [
    "SKPD",
    "Pagu (Rp)",
    "Realisasi (Rp)",
    "Serapan (%)",
    "Kegiatan berangka",
    "Kegiatan",
    "Pagu berangka (Rp)",
    "Triwulan terakhir disetujui",
    "Data contoh",
]


@dataclass(frozen=True)
class BudgetRow:
    """``spent`` is the sum of the approved figures, None while there is none.

    ``known`` of the ``works`` planned now have a figure. ``reported`` is the ceiling of what was reported with one, in
    the version it was reported on: an activity with a reason instead is unknown and not zero, so it is in neither side
    of ``percent`` (as on the dashboard).
    """

    agency: Agency
    planned: int
    spent: int | None
    reported: int
    known: int
    works: int
    quarter: ReportingPeriod | None
    is_sample: bool

    @property
    def percent(self) -> Fraction | None:
        return _share(self.spent, self.reported)

    @property
    def chart(self) -> charts.Chart:
        return charts.bar(self.percent)


def budget(year: int, on: date) -> dict[str, object]:
    """Budget and approved spending of every agency with a plan; six queries."""
    lines = PlanLine.objects.filter(plan__year=year)
    in_force = list(
        lines.in_force(on)
        .in_program_budget()
        .order_by()
        .values_list("plan__agency", "pk", "amount", "activity__is_sample")
    )
    before = dict(lines.exclude(continues=None).order_by().values_list("pk", "continues_id"))
    own = approved_lines(year).exclude(plan_line__fund__in=PlanLine.VILLAGE_FUNDS).order_by()
    reported = list(own.values_list("report__agency", "plan_line_id", "plan_line__amount", "spent_to_date"))
    known = {line for _agency, line, _amount, spent in reported if spent is not None}
    newest = {
        report.agency_id: report
        for report in ProgressReport.objects.filter(pk__in=latest_approved_reports(year).values()).select_related(
            "period"
        )
    }
    rows = []
    for agency in Agency.objects.filter(pk__in={agency for agency, *_line in in_force}):
        lines_here = [line for of, *line in in_force if of == agency.pk]
        figures = [(amount, spent) for of, _line, amount, spent in reported if of == agency.pk and spent is not None]
        report = newest.get(agency.pk)
        rows.append(
            BudgetRow(
                agency,
                planned=sum(amount for _pk, amount, _sample in lines_here),
                spent=sum(spent for _amount, spent in figures) if figures else None,
                reported=sum(amount for amount, _spent in figures),
                known=sum(_was_told(pk, known, before) for pk, _amount, _sample in lines_here),
                works=len(lines_here),
                quarter=report.period if report else None,
                is_sample=any(sample for _pk, _amount, sample in lines_here) or bool(report and report.is_sample),
            )
        )
    rows.sort(key=lambda row: (-row.planned, row.agency.short_name))
    told = [row for row in rows if row.spent is not None]
    used = sum(row.spent for row in told) if told else None
    return {
        "rows": rows,
        "planned": sum(row.planned for row in rows),
        "spent": used,
        "percent": _share(used, sum(row.reported for row in rows)),
        "known": sum(row.known for row in rows),
        "works": sum(row.works for row in rows),
        "told": len(told),
        "has_sample": any(row.is_sample for row in rows),
    }


def _was_told(line: int, known: Collection[int], before: Mapping[int, int]) -> bool:
    """Whether the line, or one of an earlier version that it continues, has a figure."""
    at: int | None = line
    while at is not None and at not in known:
        at = before.get(at)
    return at is not None


def _share(spent: int | None, of: int) -> Fraction | None:
    return Fraction(spent * 100, of) if spent is not None and of else None


def budget_rows(context: dict[str, object]) -> list[list[object]]:
    return [
        [
            row.agency.short_name,
            row.planned,
            row.spent,
            row.percent,
            row.known,
            row.works,
            row.reported,
            str(row.quarter or ""),
            row.is_sample,
        ]
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
