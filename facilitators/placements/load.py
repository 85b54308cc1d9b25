"""The load: target locations without a facilitator, facilitators over the cap, both on the map and in a table."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from django.conf import settings
from django.db.models import QuerySet

from districts.locations.models import TargetLocation
from districts.regions.boundaries import drawing_of
from districts.regions.models import District
from facilitators.placements.models import Placement
from facilitators.recruitment.result.people import Facilitator
from p2emas.ui.tiles import Tile, TileMap, tile_map

SHOWN = 12  # empty villages above the table
READ = ("village__name", "village__slug", "village__district", "core_competency__commodity__name")


@dataclass
class Load:
    """``rows``: each target location in force with its current placements."""

    rows: list[tuple[TargetLocation, list[Placement]]]
    over: list[tuple[Facilitator, list[Placement]]]
    consultants: list[Placement]
    outlived: list[Placement]  # whose target location a decree has ended meanwhile
    map: TileMap
    cap: int = field(default_factory=lambda: settings.FACILITATOR_VILLAGE_CAP)

    @cached_property
    def empty(self) -> list[TargetLocation]:
        return [location for location, placements in self.rows if not placements]

    @property
    def empty_shown(self) -> list[TargetLocation]:
        """The first ones; the table of all begins with those without anybody."""
        return self.empty[:SHOWN]

    @property
    def empty_further(self) -> int:
        return len(self.empty) - len(self.empty_shown)

    @property
    def finding(self) -> str:
        words = {"filled": len(self.rows) - len(self.empty), "all": len(self.rows)}
        return "{filled} dari {all} lokasi sasaran punya pendamping".format(**words)


def without_facilitator(on: date) -> QuerySet[TargetLocation]:
    """Target locations in force on ``on`` in which nobody is placed that day."""
    filled = Placement.objects.in_force(on).in_villages().values("target_location")
    return TargetLocation.objects.in_force(on).exclude(pk__in=filled)


def load_on(on: date) -> Load:
    """Everything of the page, in a constant number of queries."""
    held = list(Placement.objects.in_force(on).for_table().order_by("starts", "pk"))
    districts = list(District.objects.with_boundary())
    locations = _locations(districts, on)
    by_place: dict[int | None, list[Placement]] = defaultdict(list)
    by_person: dict[int, list[Placement]] = defaultdict(list)
    for placement in held:
        by_place[placement.target_location_id].append(placement)
        if not placement.is_consultant:
            by_person[placement.facilitator_id].append(placement)
    rows = [(location, by_place[location.pk]) for location in locations]
    rows.sort(key=lambda row: (bool(row[1]), row[0].village.district.name, row[0].village.name))
    return Load(
        rows=rows,
        over=[
            (placements[0].facilitator, placements)
            for placements in by_person.values()
            if len(placements) > settings.FACILITATOR_VILLAGE_CAP
        ],
        consultants=by_place[None],
        outlived=list(Placement.objects.outlived(on).for_table().order_by("starts", "pk")),
        map=_map(districts, rows),
    )


def _locations(districts: list[District], on: date) -> list[TargetLocation]:
    """Those in force; the kecamatan are at hand already, one object for all villages of each."""
    known = {district.pk: district for district in districts}
    in_force = TargetLocation.objects.in_force(on).select_related("village", "core_competency__commodity")
    locations = list(in_force.only(*READ))
    for location in locations:
        location.village.district = known[location.village.district_id]
    return locations


def _map(districts: list[District], rows: list[tuple[TargetLocation, list[Placement]]]) -> TileMap:
    found: dict[int, list[bool]] = defaultdict(list)
    for location, placements in rows:
        found[location.village.district_id].append(bool(placements))
    return tile_map([_tile(row, found.get(row.pk, [])) for row in districts], drawing=drawing_of(districts))


def _tile(district: District, filled: list[bool]) -> Tile:
    """``filled``: for each target location of the kecamatan whether somebody is there."""
    missing = filled.count(False)
    stage, word = ("", "Belum ada lokasi sasaran")
    if filled:
        stage = "postponed" if missing else "ready"
        word = f"{missing} desa kosong" if missing else "Terisi"
    return Tile(
        district.code,
        district.name,
        district.get_absolute_url(),
        word=f"{len(filled)} lokasi sasaran" if filled else "Belum ada lokasi sasaran",
        stage=stage,
        stage_word=word,
        rate=Fraction(100 * filled.count(True), len(filled)) if filled else None,
        lat=district.lat,
        lng=district.lng,
    )
