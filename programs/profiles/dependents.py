"""Who depends on target locations now: agreed work of agencies, what they have reported of it, and facilitators."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from districts.locations.models import TargetLocation
from facilitators.placements.models import Placement
from p2emas.documents.models import Decree
from programs.planning.models import PlanLine
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
    agencies = (
        lines.order_by()
        .values("plan__agency__short_name")
        .annotate(lines=Count("pk"), amount=Sum("amount"))
        .order_by("-amount", "plan__agency__short_name")
        .values_list("plan__agency__short_name", "lines", "amount")
    )
    # asked report by report, each stops at its first such line: there are far fewer reports than lines
    work = {"report": OuterRef("pk"), "plan_line__target_location__in": locations}
    own, copied = (Exists(model.objects.filter(**work).order_by()) for model in (ReportLine, KeptLine))
    approved = Q(status__in=ProgressReport.APPROVED_STATES)
    reports = ProgressReport.objects.filter((approved & own) | (~approved & copied))
    placements = Placement.objects.public(on).filter(target_location__in=locations).order_by("starts", "pk")
    return Dependents(list(agencies), reports.count(), list(placements))


def standing_on(decree: Decree) -> QuerySet[TargetLocation]:
    """Target locations that later decrees set on a competency of ``decree``: they fall when it falls."""
    return (
        TargetLocation.objects.filter(core_competency__decree=decree)
        .exclude(decree=decree)
        .for_table()
        .order_by("-valid_from", "village__name")
    )
