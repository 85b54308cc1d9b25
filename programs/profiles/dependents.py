"""Who depends on target locations now: agreed work of agencies, what they have reported of it, and facilitators."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from districts.locations.models import TargetLocation
from facilitators.placements.models import Placement
from p2emas.documents.models import Decree
from programs.planning.models import PlanLine, PlanLineQuerySet
from programs.reporting.reports.kept import KeptLine
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import ReportLine


@dataclass(frozen=True)
class Dependents:
    """``agencies``: short name, number of lines and rupiah of each; ``reports``: approved ones with such work.

    ``placements`` are those in force: who is placed where is public.
    """

    agencies: list[tuple[str, int, int]]
    reports: int
    placements: list[Placement]

    @property
    def lines(self) -> int:
        return sum(lines for _name, lines, _amount in self.agencies)

    @property
    def amount(self) -> int:
        return sum(amount for _name, _lines, amount in self.agencies)


def dependents_of(locations: QuerySet[TargetLocation], *, on: date) -> Dependents:
    """What depends on ``locations`` on ``on``; three queries."""
    lines = PlanLine.objects.filter(target_location__in=locations).in_force(on)
    # asked report by report, each stops at its first such line: there are far fewer reports than lines
    work = {"report": OuterRef("pk"), "plan_line__target_location__in": locations}
    own, copied = (Exists(model.objects.filter(**work).order_by()) for model in (ReportLine, KeptLine))
    approved = Q(status__in=ProgressReport.APPROVED_STATES)
    reports = ProgressReport.objects.filter((approved & own) | (~approved & copied))
    placements = Placement.objects.public(on).filter(target_location__in=locations).order_by("starts", "pk")
    return Dependents(_by_agency(lines), reports.count(), list(placements))


def _by_agency(lines: PlanLineQuerySet) -> list[tuple[str, int, int]]:
    """Added by the plans, whose index begins the statement, and here by agency."""
    found: dict[str, tuple[int, int]] = {}
    name = Max("plan__agency__short_name")
    for _plan, count, amount, agency in (
        lines.order_by().values_list("plan").annotate(lines=Count("pk"), rupiah=Sum("amount"), agency=name)
    ):
        known = found.get(agency, (0, 0))
        found[agency] = known[0] + count, known[1] + amount
    rows = [(agency, count, int(amount)) for agency, (count, amount) in found.items()]
    return sorted(rows, key=lambda row: (-row[2], row[0]))


def standing_on(decree: Decree) -> QuerySet[TargetLocation]:
    """Target locations that later decrees set on a competency of ``decree``: they fall when it falls."""
    return (
        TargetLocation.objects.filter(core_competency__decree=decree)
        .exclude(decree=decree)
        .for_table()
        .order_by("-valid_from", "village__name")
    )
