"""Work at a place: the agreed plan lines beside the newest approved figures of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from p2emas.methods.averages import weighted_mean
from p2emas.ui import charts
from programs.planning.models import PlanLine, PlanLineQuerySet, WorkPlan
from programs.planning.versions import versions_named
from programs.reporting.reading.approved import approved_lines
from programs.reporting.reports.parts import ReportLine


@dataclass(frozen=True)
class AgreedWork:
    """One agreed piece of work. ``spent`` (rupiah) and ``physical`` (percent) are None while nothing is approved.

    ``counted`` is the line that was reported on, of this version of the plan or of an earlier one: its ceiling is what
    the figures are divided by.
    """

    line: PlanLine
    spent: int | None = None
    physical: Decimal | None = None
    nil_reason: str = ""
    reported_sample: bool = False  # its figures come from a report that is a sample
    counted: PlanLine | None = None

    @property
    def is_sample(self) -> bool:
        return self.line.activity.is_sample or self.line.plan.is_sample or self.reported_sample

    @property
    def ceiling(self) -> int:
        return self.counted.amount if self.counted else self.line.amount

    @property
    def version(self) -> WorkPlan:
        return self.counted.plan if self.counted else self.line.plan

    @property
    def other_version(self) -> str:
        """The version that its figures were reported on, where it is not the one in force."""
        return "" if self.version.pk == self.line.plan_id else self.version.version_name

    @property
    def chart(self) -> charts.Chart:
        return charts.bar(self.physical)

    @property
    def is_village_money(self) -> bool:
        return self.line.fund in PlanLine.VILLAGE_FUNDS


@dataclass(frozen=True)
class WorkTotal:
    """Sums over works of the programme's own budget; village money (ADD, DD) is apart, in ``village_money``.

    ``spent`` is None when no figure is approved, else the sum of the known ones; ``known`` says of how many works,
    ``reported`` what their ceiling was in the versions that they were reported on (``versions``): a work without a
    figure is in neither side of ``absorption``. ``physical`` is weighted by that ceiling over works with a figure.
    """

    works: int
    known: int
    agencies: int
    planned: int
    reported: int
    spent: int | None
    physical: Fraction | None
    village_money: int
    versions: str

    @property
    def absorption(self) -> Fraction | None:
        return Fraction(self.spent * 100, self.reported) if self.spent is not None and self.reported else None


PLACES = ("target_location__village", "other_village")
# what pages and files show of a piece of work; a kecamatan of a big regency has three hundred
READ = (
    *("fund", "chain_link", "amount", "continues", "plan__agency__short_name", "plan__agency__code"),
    *(f"plan__{name}" for name in ("kind", "sequence", "is_sample", "year")),
    *(f"activity__{name}" for name in ("name", "code", "is_sample")),
    *(f"{place}__name" for place in PLACES),
)


def works_of(lines: PlanLineQuerySet, *, year: int, on: date) -> list[AgreedWork]:
    """Agreed ``lines`` of ``year`` in the versions in force on ``on``, with their approved figures.

    A figure that was reported on an earlier version of the plan is found through ``continues``. Three queries, one more
    where a line continues another and one more where a figure belongs to it; only figures of these lines are read.
    """
    found = lines.filter(plan__year=year).in_force(on).select_related("plan__agency", "activity", *PLACES)
    planned = list(found.only(*READ).order_by("-amount", "pk"))
    if not planned:
        return []
    chains = _chains(planned, year)
    figures = _figures(planned, chains, year)
    counted = _counted(planned, figures)
    works = []
    for line in planned:
        row = next((figures[pk] for pk in chains[line.pk] if pk in figures), None)
        works.append(_work(line, row, counted[row.plan_line_id] if row else None))
    return works


def _figures(planned: list[PlanLine], chains: dict[int, list[int]], year: int) -> dict[int, ReportLine]:
    """The approved figures by the key of the line that they were reported on."""
    agencies = {line.plan.agency_id for line in planned}
    reported = approved_lines(year).filter(
        report__agency__in=agencies, plan_line__in={pk for chain in chains.values() for pk in chain}
    )
    rows = reported.select_related("report").order_by()
    read = ("plan_line", "spent_to_date", "physical_to_date", "nil_reason", "report__is_sample")
    return {row.plan_line_id: row for row in rows.only(*read)}


def _counted(planned: list[PlanLine], figures: dict[int, ReportLine]) -> dict[int, PlanLine]:
    """The lines that figures were reported on; those of earlier versions of a plan are not at hand yet."""
    lines = {line.pk: line for line in planned}
    if earlier := figures.keys() - lines.keys():
        found = PlanLine.objects.filter(pk__in=earlier).select_related("plan").order_by()
        lines |= {line.pk: line for line in found}
    return lines


def _chains(planned: list[PlanLine], year: int) -> dict[int, list[int]]:
    """By the key of each line: its own key, and those of the lines of earlier versions that it continues."""
    before: dict[int, int | None] = {}
    if any(line.continues_id for line in planned):
        agencies = {line.plan.agency_id for line in planned}
        earlier = PlanLine.objects.filter(plan__year=year, plan__agency__in=agencies).exclude(continues=None)
        before = dict(earlier.order_by().values_list("pk", "continues_id"))
    chains = {}
    for line in planned:
        chain: list[int] = []
        at: int | None = line.pk
        while at is not None and at not in chain:
            chain.append(at)
            at = before.get(at)
        chains[line.pk] = chain
    return chains


def _work(line: PlanLine, row: ReportLine | None, counted: PlanLine | None) -> AgreedWork:
    if row is None:
        return AgreedWork(line)
    return AgreedWork(
        line, row.spent_to_date, row.physical_to_date, row.nil_reason, row.report.is_sample, counted=counted
    )


def total_of(works: Iterable[AgreedWork]) -> WorkTotal:
    own: list[AgreedWork] = []
    village: list[AgreedWork] = []
    for work in works:
        (village if work.is_village_money else own).append(work)
    known = [work for work in own if work.spent is not None]
    spent = [work.spent for work in own if work.spent is not None]
    return WorkTotal(
        works=len(own),
        known=len(known),
        agencies=len({work.line.plan.agency_id for work in own}),
        planned=sum(work.line.amount for work in own),
        reported=sum(work.ceiling for work in known),
        spent=sum(spent) if spent else None,
        physical=weighted_mean((work.ceiling, work.physical) for work in own),
        village_money=sum(work.line.amount for work in village),
        versions=versions_named(work.version for work in known),
    )
