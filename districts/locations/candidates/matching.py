"""How well candidates fit to receive a success: points of four parts, each with its reason, and what refuses one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.conf import settings

from districts.competencies.models import CoreCompetency
from districts.evidence.models import CommunityGroup, commodity_tree
from districts.locations.candidates.models import Candidate
from districts.locations.rounds.criteria import Criterion
from districts.locations.rounds.models import SelectionRound
from districts.locations.rounds.replicating import parts, refusal, weights_of
from districts.regions.models import District
from p2emas import clock
from p2emas.methods.matching import MatchPoints, distance_km, match_points, nearness, share_of
from p2emas.ui import charts
from p2emas.ui.formats import number

UNKNOWN = "belum ada data"
UNIONS = (CommunityGroup.Kind.KOPERASI, CommunityGroup.Kind.BUMDES)
Found = tuple[float | None, str]  # a share from 0 to 1, None where it is not known, and the reason


@dataclass(frozen=True)
class CandidateMatch:
    """``found``: share and reason of each part; ``refused``: why nothing can be passed on there, or ""."""

    candidate: Candidate
    found: tuple[Found, ...]
    weights: Sequence[Decimal]
    refused: str
    other: str = ""  # the competency that refuses it

    @cached_property
    def match(self) -> MatchPoints:
        return match_points([share for share, _reason in self.found], self.weights)

    @property
    def total(self) -> float | None:
        return None if self.refused else self.match.total

    @property
    def lines(self) -> list[str]:
        """ "Potensi 30 dari 40: 15 anggota", a line a part."""
        if self.refused:
            return [self.refused]
        made = zip(parts(), self.weights, self.match.points, self.found, strict=True)
        return [f"{part.name} {_said(points, most)}: {reason}" for part, most, points, (_share, reason) in made]

    @property
    def sign(self) -> tuple[str, str]:
        """Class and words of what the points say; the round decides."""
        if self.refused:
            return "none", f"Ditolak: {self.other}" if self.other else "Ditolak"
        if self.match.unknown:
            return "none", "Data kurang"
        fits = (self.match.total or 0) >= settings.REPLICATION_FITS
        return ("good", "Cocok") if fits else ("watch", "Kurang cocok")

    @cached_property
    def chart(self) -> charts.Chart:
        words = [part.name for part in parts()]
        return charts.stacked(list(zip(words, self.match.points, strict=True)), label="", maximum=100, height=14)

    @property
    def legend(self) -> list[tuple[str, str, str]]:
        """Colour, name and most points of each part, for the line above the table."""
        words = [(part.name, float(most)) for part, most in zip(parts(), self.weights, strict=True)]
        return charts.stacked(words, label="", maximum=100).legend

    def value_of(self, name: str) -> Decimal | None:
        """The percent that the criterion ``name`` of the round would be given; None where it is not known."""
        found = {part.name: share for part, (share, _reason) in zip(parts(), self.found, strict=True)}
        share = None if self.refused else found.get(name)
        return None if share is None else round(Decimal(repr(share)) * 100, 4)


def _said(points: float | None, most: Decimal) -> str:
    return "tanpa nilai" if points is None else f"{number(points, 0)} dari {number(most, 0)}"


def candidate_matches(
    selection: SelectionRound, candidates: Iterable[Candidate], criteria: list[Criterion]
) -> list[CandidateMatch]:
    """Of a round that passes a success on; the number of queries does not depend on theirs."""
    rows, tree, weights = list(candidates), commodity_tree(), weights_of(criteria)
    districts = {row.village.district_id for row in rows}
    in_force = CoreCompetency.objects.in_force(clock.today()).filter(district__in=districts)
    there = {row.district_id: row for row in in_force.select_related("commodity")}
    groups: dict[int, list[CommunityGroup]] = {}
    for group in CommunityGroup.objects.filter(village__in=[row.village_id for row in rows], active=True):
        groups.setdefault(group.village_id, []).append(group)
    assert selection.source is not None  # districts_selectionround_replication_has_source
    centre = selection.source.village.district
    made = []
    for row in rows:
        district, competency = row.village.district, there.get(row.village.district_id)
        refused = refusal(selection, district, competency.commodity, tree) if competency else ""
        found = (
            _potential(row),
            (1, f"{competency.commodity}, berlaku di kecamatannya") if competency else (None, "belum ditetapkan"),
            _distance(centre, district),
            _capacity(row, groups.get(row.village_id, [])),
        )
        other = str(competency.commodity) if competency and refused else ""
        made.append(CandidateMatch(row, found, weights, refused, other))
    return made


def _potential(candidate: Candidate) -> Found:
    """Members of what is done already."""
    share = share_of(candidate.members, settings.REPLICATION_FULL_MEMBERS)
    return share, UNKNOWN if share is None else f"{number(candidate.members)} anggota"


def _distance(here: District, there: District) -> Found:
    """Between the centres of both kecamatan; no road is as short."""
    if here.pk == there.pk:
        return 1, "satu kecamatan"
    if here.lat is None or here.lng is None or there.lat is None or there.lng is None:
        return None, f"{UNKNOWN} titik pusat kecamatan"
    km = distance_km((here.lat, here.lng), (there.lat, there.lng))
    return nearness(km, settings.REPLICATION_FAR_KM), f"{number(km, 0)} km antarpusat kecamatan"


def _capacity(candidate: Candidate, groups: list[CommunityGroup]) -> Found:
    """Half for a group that does the work, half for a cooperative or village enterprise that continues it."""
    if not groups:
        return None, f"{UNKNOWN} kelompok"
    union = next((group for group in groups if group.kind in UNIONS), None)
    worker = candidate.group is not None and candidate.group.active
    words = ["kelompok sudah ada" if worker else "belum ada kelompok usaha ini"]
    words.append(f"{union.get_kind_display()} ada" if union else "belum ada koperasi atau BUM Desa")
    return (worker + (union is not None)) / 2, "; ".join(words)
