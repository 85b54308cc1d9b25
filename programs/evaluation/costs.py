"""What the work of a target location cost, line by line, and per unit: from plans in force and approved reports."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from districts.locations.models import TargetLocation
from programs.planning.models import PlanLine
from programs.planning.versions import counting_on, set_versions
from programs.reporting.reading.approved import approved_lines


@dataclass(frozen=True)
class CostLine:
    """One line of a year, in plain values that can be stored; ``line`` is its key, by which one walks back to it.

    ``volume`` is a decimal as text; ``spent`` is None where no approved report says it. Money is in whole rupiah.
    """

    line: int
    year: int
    agency: str
    activity: str
    link: str
    volume: str | None
    unit: str
    amount: int
    spent: int | None
    is_sample: bool

    @property
    def quantity(self) -> Decimal | None:
        return None if self.volume is None else Decimal(self.volume)

    @property
    def unit_cost(self) -> Fraction | None:
        """What was spent, or while that is not known what was planned, per unit; None without a volume."""
        if not self.quantity:
            return None
        return Fraction(self.amount if self.spent is None else self.spent) / Fraction(self.quantity)

    @property
    def basis(self) -> str:
        return "menurut pagu" if self.spent is None else "menurut realisasi"


def cost_lines(location: TargetLocation, on: date) -> list[CostLine]:
    """Of the agencies' budget, in the versions in force on ``on``, since the location began; year by year.

    Two queries, and at most three more for each year in which there are lines.
    """
    years = range(location.valid_from.year, on.year + 1)
    versions = set_versions(years)
    plans = [plan for year in years for plan in counting_on(versions, year, on).values()]
    here = PlanLine.objects.filter(plan__in=plans, target_location=location).in_program_budget()
    rows = list(here.select_related("plan__agency", "activity").order_by("plan__year", "activity__code", "pk"))
    spent: dict[int, int] = {}
    for year in {row.plan.year for row in rows}:
        spent |= _spent(year, [row.pk for row in rows if row.plan.year == year])
    return [_line(row, spent.get(row.pk)) for row in rows]


def _spent(year: int, lines: list[int]) -> dict[int, int]:
    known = [rows.filter(plan_line__in=lines, spent_to_date__isnull=False) for rows in approved_lines(year)]
    return {line: money for rows in known for line, money in rows.order_by().values_list("plan_line", "spent_to_date")}


def _line(row: PlanLine, spent: int | None) -> CostLine:
    volume = None if row.volume is None else str(row.volume)
    return CostLine(
        row.pk, row.plan.year, row.plan.agency.short_name, row.activity.name, row.get_chain_link_display(), volume,
        row.unit, row.amount, spent, row.plan.is_sample,
    )  # fmt: skip
