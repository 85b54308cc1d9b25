"""Work at a place: the agreed plan lines beside the newest approved figures of each.

What was spent on work that the plan in force no longer has is spent: it is shown, and counted, without a ceiling.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q

from p2emas.methods.averages import weighted_mean
from p2emas.ui import charts
from programs.planning.models import PlanLine, PlanLineQuerySet, WorkPlan
from programs.planning.versions import versions_named
from programs.reporting.reading.approved import approved_lines
from programs.reporting.reports.kept import KeptLine
from programs.reporting.reports.parts import ReportLine

Figures = ReportLine | KeptLine  # of a report, or of the copy that is read while it is corrected


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
    ended: bool = False  # the plan in force no longer has it
    carried: bool = False  # nor has the plan of the report that counts it: its ceiling is 0 there too

    @property
    def planned(self) -> int:
        """Its ceiling in the plan in force."""
        return 0 if self.ended else self.line.amount

    @property
    def is_sample(self) -> bool:
        return self.line.activity.is_sample or self.line.plan.is_sample or self.reported_sample

    @property
    def ceiling(self) -> int:
        if self.carried:
            return 0
        return self.counted.amount if self.counted else self.line.amount

    @property
    def version(self) -> WorkPlan:
        return self.counted.plan if self.counted else self.line.plan

    @property
    def other_version(self) -> str:
        """The version that its figures were reported on, where it is not the one in force."""
        return "" if self.ended or self.version.pk == self.line.plan_id else self.version.document_name

    @property
    def chart(self) -> charts.Chart:
        return charts.bar(self.physical)

    @property
    def is_village_money(self) -> bool:
        return self.line.is_village_money


@dataclass(frozen=True)
class WorkTotal:
    """Sums over works of the programme's own budget; village money (ADD, DD) is apart, in ``village_money``.

    ``spent`` is None when no figure is approved, else the sum of the known ones; ``known`` says of how many works,
    ``reported`` what their ceiling was in the versions that they were reported on (``versions``): a work without a
    figure is in neither side of ``absorption``. ``physical`` is weighted by that ceiling over works with a figure.
    Work that the plan in force no longer has is not among the ``works``; what was spent on it is in ``spent``.
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
    *("fund", "chain_link", "amount", "continues", "proposal_no", "proposal_text"),
    *("plan__agency__short_name", "plan__agency__code"),
    *(f"plan__{name}" for name in ("kind", "sequence", "is_sample", "year")),
    *(f"activity__{name}" for name in ("name", "code", "is_sample")),
    *(f"{place}__name" for place in PLACES),
)


def works_of(lines: PlanLineQuerySet, *, year: int, on: date) -> list[AgreedWork]:
    """Agreed ``lines`` of ``year`` in the versions in force on ``on``, with their approved figures.

    A figure that was reported on an earlier version of the plan is found through ``continues``. Last come the lines
    that were reported on and that no version in force continues. Four queries, one more where a line continues
    another, one more where a figure belongs to it, two where a figure belongs to none and one where a report is being
    corrected; only figures of these lines are read.
    """
    of_year = lines.filter(plan__year=year)
    found = of_year.in_force(on).with_fund().select_related("plan__agency", "activity", *PLACES)
    planned = list(found.only(*READ).order_by("-amount", "pk"))
    chains = _chains(planned, year)
    figures = _figures(of_year, chains, year)
    counted = _counted(planned, figures)
    works = []
    for line in planned:
        row = next((figures[pk] for pk in chains[line.pk] if pk in figures), None)
        works.append(_work(line, row, counted[row.plan_line_id] if row else None))
    shown = {pk for chain in chains.values() for pk in chain}
    return [*works, *_ended([row for pk, row in figures.items() if pk not in shown], counted, year, on)]


def _figures(of_year: PlanLineQuerySet, chains: dict[int, list[int]], year: int) -> dict[int, Figures]:
    """The approved figures by the key of the line that they were reported on: of the chains, and of all ``of_year``."""
    known = Q(plan_line__in={pk for chain in chains.values() for pk in chain})
    begun = Q(plan_line__in=of_year.order_by().values("pk")) & (Q(spent_to_date__gt=0) | Q(physical_to_date__gt=0))
    read = ("plan_line", "spent_to_date", "physical_to_date", "nil_reason", "carried", "report__is_sample")
    return {
        row.plan_line_id: row
        for lines in approved_lines(year)
        for row in lines.filter(known | begun).select_related("report").order_by().only(*read)
    }


def _counted(planned: list[PlanLine], figures: dict[int, Figures]) -> dict[int, PlanLine]:
    """The lines that figures were reported on; those of earlier versions of a plan are not at hand yet."""
    lines = {line.pk: line for line in planned}
    if earlier := figures.keys() - lines.keys():
        of_earlier = PlanLine.objects.filter(pk__in=earlier).with_fund()
        found = of_earlier.select_related("plan__agency", "activity", *PLACES).order_by()
        lines |= {line.pk: line for line in found.only(*READ)}
    return lines


def _ended(rows: list[Figures], counted: dict[int, PlanLine], year: int, on: date) -> list[AgreedWork]:
    """Of ``rows`` those whose work no version in force on ``on`` has: not here, nor at another place."""
    if not rows:
        return []
    agencies = {counted[row.plan_line_id].plan.agency_id for row in rows}
    of_agencies = PlanLine.objects.filter(plan__year=year, plan__agency__in=agencies).order_by()
    before = dict(of_agencies.values_list("pk", "continues"))
    continued: set[int] = set()
    for pk in of_agencies.in_force(on).values_list("pk", flat=True):
        continued.update(_back_from(pk, before))
    gone = [row for row in rows if row.plan_line_id not in continued]
    works = [
        replace(_work(counted[row.plan_line_id], row, counted[row.plan_line_id]), ended=True, carried=bool(row.carried))
        for row in gone
    ]
    return sorted(works, key=lambda work: (-(work.spent or 0), work.line.pk))


def _chains(planned: list[PlanLine], year: int) -> dict[int, list[int]]:
    """By the key of each line: its own key, and those of the lines of earlier versions that it continues."""
    before: dict[int, int | None] = {}
    if any(line.continues_id for line in planned):
        agencies = {line.plan.agency_id for line in planned}
        earlier = PlanLine.objects.filter(plan__year=year, plan__agency__in=agencies).exclude(continues=None)
        before = dict(earlier.order_by().values_list("pk", "continues_id"))
    return {line.pk: _back_from(line.pk, before) for line in planned}


def _back_from(line: int, before: Mapping[int, int | None]) -> list[int]:
    chain: list[int] = []
    at: int | None = line
    while at is not None and at not in chain:
        chain.append(at)
        at = before.get(at)
    return chain


def _work(line: PlanLine, row: Figures | None, counted: PlanLine | None) -> AgreedWork:
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
    current = _still_planned(own)
    return WorkTotal(
        works=len(current),
        known=len(_still_planned(known)),
        agencies=len({work.line.plan.agency_id for work in current}),
        planned=sum(work.planned for work in own),
        reported=sum(work.ceiling for work in known),
        spent=sum(work.spent or 0 for work in known) if known else None,
        physical=weighted_mean((work.ceiling, work.physical) for work in own),
        village_money=sum(work.planned for work in village),
        versions=_versions_of(known),
    )


def _still_planned(works: Iterable[AgreedWork]) -> list[AgreedWork]:
    return [work for work in works if not work.ended]


def _versions_of(works: Iterable[AgreedWork]) -> str:
    """The versions that figures with a ceiling were reported on."""
    return versions_named(work.version for work in works if not work.carried)
