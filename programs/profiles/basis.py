"""The walk back: from a target location to its decree, its competency, and what that was decided on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from districts.competencies.models import CompetencyDetermination, CoreCompetency
from districts.evidence.models import CommunityGroup, commodity_tree, descendants
from districts.locations.models import DecreeItem, TargetLocation
from districts.regions.models import Village
from p2emas.documents.models import Decree


@dataclass(frozen=True)
class Basis:
    """What a village's place in the programme rests on. Every part can be missing, and the page says so."""

    village: Village
    location: TargetLocation | None
    competency: CoreCompetency | None
    determination: CompetencyDetermination | None
    decrees: list[Decree]
    groups: list[CommunityGroup]
    confirmed: Iterable[DecreeItem]  # decrees that repeated the competency; asked when they are shown

    @property
    def is_sample(self) -> bool:
        parts = (self.location, *self.groups)
        sample = self.determination is not None and self.determination.rests_on_sample
        return sample or any(part.is_sample for part in parts if part is not None)


def location_on(village: Village, on: date) -> TargetLocation | None:
    """The village's target location in force on ``on``, with all that the walk back needs."""
    return (
        TargetLocation.objects.filter(village=village)
        .in_force(on)
        .select_related(
            "decree",
            "core_competency__commodity",
            "core_competency__decree",
            "core_competency__determination__minutes",
            "core_competency__determination__chosen",
        )
        .first()
    )


def basis_of(village: Village, on: date) -> Basis:
    """Everything behind ``village`` on day ``on``; five queries at the most."""
    location = location_on(village, on)
    if location is None:
        competency = (
            CoreCompetency.objects.filter(district=village.district)
            .in_force(on)
            .select_related("commodity", "decree", "determination__minutes", "determination__chosen")
            .first()
        )
    else:
        competency = location.core_competency
    groups: list[CommunityGroup] = []
    if competency is not None:
        fitting = descendants(competency.commodity_id, commodity_tree())
        groups = list(village.groups.filter(active=True, commodity__in=fitting).select_related("commodity"))
    decrees = {}
    if location is not None:
        decrees[location.decree_id] = location.decree
    if competency is not None:
        decrees.setdefault(competency.decree_id, competency.decree)
    return Basis(
        village,
        location,
        competency,
        competency.determination if competency else None,
        list(decrees.values()),
        groups,
        competency.decree_items.confirmations() if competency else (),
    )
