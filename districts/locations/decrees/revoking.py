"""What revoking a decree does, and what it does not do: facts for the page on which it is decided."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from districts.competencies.models import CoreCompetency
from districts.locations.decrees.services import last_day_if_revoked, standing_refusal
from districts.locations.models import TargetLocation
from districts.locations.rounds.models import SelectionRound
from p2emas.documents.models import Decree


@dataclass(frozen=True)
class Revocation:
    """``standing`` rows forbid it; ``ended`` ones a later decree closed; ``closed`` ones this decree closed itself."""

    last_day: date
    standing: list[CoreCompetency | TargetLocation]
    ended: list[CoreCompetency | TargetLocation]
    closed: list[CoreCompetency | TargetLocation]
    rounds: list[SelectionRound]
    amendments: list[Decree]
    appoints: bool
    locations: QuerySet[TargetLocation]  # those that depend on it on that day, also through its competencies

    @property
    def refusal(self) -> str:
        return standing_refusal(len(self.standing)) if self.standing else ""


def revocation_of(decree: Decree, *, on: date) -> Revocation:
    """What revoking ``decree`` on ``on`` would do; seven queries no matter how large it is."""
    opened: list[CoreCompetency | TargetLocation] = [*_competencies(decree=decree), *_locations(decree=decree)]
    return Revocation(
        last_day=last_day_if_revoked(decree, on),
        standing=[row for row in opened if row.valid_until is None],
        ended=[row for row in opened if row.valid_until is not None],
        closed=[*_competencies(closed_by=decree), *_locations(closed_by=decree)],
        rounds=list(decree.rounds.filter(status=SelectionRound.Status.ENACTED)),
        amendments=list(decree.amendments.filter(status=Decree.Status.IN_FORCE).order_by("dated", "pk")),
        appoints=decree.recruitments.exists(),
        locations=TargetLocation.objects.filter(Q(decree=decree) | Q(core_competency__decree=decree)).in_force(on),
    )


def _competencies(**which: Decree) -> QuerySet[CoreCompetency]:
    return (
        CoreCompetency.objects.filter(**which)
        .select_related("district", "commodity", "decree", "closed_by")
        .order_by("district__name", "pk")
    )


def _locations(**which: Decree) -> QuerySet[TargetLocation]:
    return (
        TargetLocation.objects.filter(**which).for_table().select_related("closed_by").order_by("village__name", "pk")
    )
