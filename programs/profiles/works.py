"""Work at a place: the agreed plan lines beside the newest approved figures of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from p2emas.methods.averages import weighted_mean
from p2emas.ui import charts
from programs.planning.models import PlanLine, PlanLineQuerySet
from programs.reporting.approved import approved_lines


@dataclass(frozen=True)
class Work:
    """One agreed piece of work. ``spent`` (rupiah) and ``physical`` (percent) are None while nothing is approved."""

    line: PlanLine
    spent: int | None
    physical: Decimal | None
    nil_reason: str = ""
    reported_sample: bool = False  # its figures come from a report that is a sample

    @property
    def is_sample(self) -> bool:
        return self.line.activity.is_sample or self.line.plan.is_sample or self.reported_sample

    @property
    def chart(self) -> charts.Chart:
        return charts.bar(self.physical)

    @property
    def is_village_money(self) -> bool:
        return self.line.fund in PlanLine.VILLAGE_FUNDS


@dataclass(frozen=True)
class WorkTotal:
    """Sums over works of the programme's own budget; village money (ADD, DD) stands beside in ``village_money``.

    ``spent`` is None when no figure is approved, else the sum of the known ones; ``known`` says of how many works,
    ``reported`` what their ceiling is: a work without a figure is in neither side of ``spent_percent``.
    ``physical`` is weighted by the ceiling over works with a figure.
    """

    works: int
    known: int
    agencies: int
    planned: int
    reported: int
    spent: int | None
    physical: Fraction | None
    village_money: int

    @property
    def spent_percent(self) -> Fraction | None:
        return Fraction(self.spent * 100, self.reported) if self.spent is not None and self.reported else None


def works_of(lines: PlanLineQuerySet, *, year: int, on: date) -> list[Work]:
    """Agreed ``lines`` of ``year`` in the versions in force on ``on``, with their approved figures; four queries.

    A figure that was reported on an earlier version of the plan is found through ``continues``.
    """
    planned = list(lines.filter(plan__year=year).in_force(on).for_table().order_by("-amount", "pk"))
    if not planned:
        return []
    agencies = {line.plan.agency_id for line in planned}
    before = dict(
        PlanLine.objects.filter(plan__year=year, plan__agency__in=agencies)
        .exclude(continues=None)
        .values_list("pk", "continues_id")
    )
    reported = {
        plan_line: figures
        for plan_line, *figures in approved_lines(year)
        .filter(report__agency__in=agencies)
        .values_list("plan_line_id", "spent_to_date", "physical_to_date", "nil_reason", "report__is_sample")
    }
    return [Work(line, *_figures(line.pk, reported, before)) for line in planned]


def _figures(pk: int, reported: dict, before: dict[int, int]) -> Sequence:
    """Figures of a line, or of the line of an earlier version that it continues."""
    at: int | None = pk
    while at is not None:
        if at in reported:
            return reported[at]
        at = before.get(at)
    return None, None


def total_of(works: Iterable[Work]) -> WorkTotal:
    works = list(works)
    own = [work for work in works if not work.is_village_money]
    known = [work for work in own if work.spent is not None]
    return WorkTotal(
        works=len(own),
        known=len(known),
        agencies=len({work.line.plan.agency_id for work in own}),
        planned=sum(work.line.amount for work in own),
        reported=sum(work.line.amount for work in known),
        spent=sum(work.spent for work in known) if known else None,
        physical=weighted_mean((work.line.amount, work.physical) for work in own),
        village_money=sum(work.line.amount for work in works if work.is_village_money),
    )
