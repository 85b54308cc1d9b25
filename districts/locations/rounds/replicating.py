"""What a round that passes a success on asks of villages: four parts with their points, and the competency there."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings

from districts.evidence.models import Commodity, commodity_tree, descendants
from districts.locations.rounds.criteria import Criterion
from districts.locations.rounds.models import SelectionRound
from districts.regions.models import District


@dataclass(frozen=True)
class Part:
    """One part of the points, which is a criterion of the round too: a share from 0 to 100 percent."""

    name: str
    points: int
    source: str


def parts() -> tuple[Part, ...]:
    """In the order in which they are computed."""
    members, far, points = settings.REPLICATION_FULL_MEMBERS, settings.REPLICATION_FAR_KM, settings.REPLICATION_POINTS
    return (
        Part("Potensi", points["POTENTIAL"], f"Anggota usaha yang ada, penuh pada {members} orang"),
        Part("Kompetensi", points["COMPETENCY"], "Kompetensi inti yang berlaku di kecamatannya"),
        Part("Jarak", points["DISTANCE"], f"Antara pusat kecamatan, bukan jalan; habis pada {far} km"),
        Part("Kemampuan", points["CAPACITY"], "Kelompok, koperasi, dan BUM Desa yang tercatat"),
    )


def first_criteria(selection: SelectionRound) -> list[Criterion]:
    """What the first round of this kind begins with: its ranking then has the points of the parts."""
    return [
        Criterion(
            round=selection, name=part.name, unit="persen", weight=part.points, low=0, high=100, source=part.source
        )
        for part in parts()
    ]


def weights_of(criteria: list[Criterion]) -> list[Decimal]:
    """Points of the parts: what the round weighs them with, scaled to 100, where it weighs all four."""
    named = {criterion.name: criterion.weight for criterion in criteria}
    weights = [named.get(part.name) for part in parts()]
    known = [Decimal(weight) for weight in weights if weight is not None]
    if len(known) < len(weights) or not sum(known):
        return [Decimal(part.points) for part in parts()]
    return [weight * 100 / sum(known) for weight in known]


def refusal(
    selection: SelectionRound, district: District, commodity: Commodity, tree: dict[int, int | None] | None = None
) -> str:
    """Why the success is not passed on to ``district``, whose core competency is ``commodity``; "" where it fits."""
    if selection.source is None:
        return ""
    passed_on = selection.source.core_competency.commodity
    if passed_on.pk in descendants(commodity.pk, commodity_tree() if tree is None else tree):
        return ""
    return (
        f"Kompetensi inti Kecamatan {district} adalah {commodity}, jadi {passed_on} dari {selection.source.village} "
        "tidak ditularkan ke sana."
    )
