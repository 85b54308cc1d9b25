"""Where: one tile a kecamatan with its competency, the stage of its target location, and physical progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from districts.locations.lists import with_decisions
from districts.locations.models import TargetLocation
from districts.regions.boundaries import drawing_of
from districts.regions.models import District
from p2emas.methods.averages import weighted_means
from p2emas.ui import states
from p2emas.ui.tiles import Tile, TileMap, tile_map
from programs.dashboards.answers import Shortened
from programs.dashboards.readings import approved, competencies, locations
from programs.dashboards.scope import Scope
from programs.planning.models import PlanLine
from programs.reporting.approved import approved_lines


@dataclass(frozen=True)
class Places:
    """The map shows all kecamatan; ``attention`` and ``here`` (how many target locations) follow the filter."""

    map: TileMap
    finding: str
    attention: list[TargetLocation]  # all of them; ``shown`` are the first
    here: int

    @property
    def shown(self) -> Shortened:
        return Shortened(self.attention)


def tiles_for(scope: Scope) -> Places:
    names = {row.district_id: row.commodity.name for row in competencies(scope) if row.is_in_force(scope.on)}
    fixed = locations(scope)
    by_district: dict[int, list[TargetLocation]] = {}
    for location in fixed:
        by_district.setdefault(location.village.district_id, []).append(location)
    known = [row for row in approved(scope).rows if row.location and row.fund not in PlanLine.VILLAGE_FUNDS]
    rates = weighted_means((row.district, row.amount, row.physical) for row in known)
    begun = {row.village for row in known if row.physical}
    tiles = [
        tile_of(district, names.get(district.pk, ""), by_district.get(district.pk, ()), rates.get(district.pk))
        for district in scope.districts
    ]
    started = [location for location in fixed if location.village_id in begun]
    here = [row for row in fixed if scope.district in (None, row.village.district)]
    attention = [row for row in here if row.status in (TargetLocation.Status.POSTPONED, TargetLocation.Status.FIXED)]
    return Places(
        tile_map(tiles, here=scope.district.code if scope.district else "", drawing=drawing_of(scope.districts)),
        f"{len(started)} dari {len(fixed)} lokasi sasaran punya kemajuan fisik yang disetujui"
        + (", menurut semua SKPD" if scope.agency else ""),
        attention,
        len(here),
    )


def tile_of(district: District, competency: str, locations: Sequence[TargetLocation], rate: Fraction | None) -> Tile:
    return Tile(
        district.code,
        district.name,
        district.get_absolute_url(),
        word=competency.capitalize(),
        stage=locations[0].status if locations else "",
        stage_word=states.word_of(locations[0]) if locations else "",
        rate=rate,
        lat=district.lat,
        lng=district.lng,
    )


@dataclass(frozen=True)
class PublicMap:
    """``rows``: each kecamatan with ``competency``, ``locations`` and its approved progress (percent or None)."""

    map: TileMap
    rows: list[tuple[District, Fraction | None]]
    has_sample: bool

    @property
    def finding(self) -> str:
        fixed = sum(1 for district, _rate in self.rows if district.competency)
        places = sum(len(district.locations) for district, _rate in self.rows)
        return f"{fixed} dari {len(self.rows)} kecamatan punya kompetensi inti; {places} desa menjadi lokasi sasaran"


def public_map(on: date) -> PublicMap:
    """What decrees have set and what approved reports say, kecamatan by kecamatan."""
    districts = with_decisions(District.objects.with_boundary(), on)
    rates = physical_by_district(on.year)
    tiles = [
        tile_of(row, row.competency.commodity.name if row.competency else "", row.locations, rates.get(row.pk))
        for row in districts
    ]
    return PublicMap(
        tile_map(tiles, drawing=drawing_of(districts)),
        [(row, rates.get(row.pk)) for row in districts],
        any(location.is_sample for row in districts for location in row.locations),
    )


def physical_by_district(year: int, quarter: int = 4) -> dict[int, Fraction]:
    """District id -> approved physical progress of its target locations (percent); two queries."""
    return _physical_by("plan_line__target_location__village__district_id", year, quarter)


def physical_by_village(year: int, quarter: int = 4) -> dict[int, Fraction]:
    """Village id -> the same, of the work in that target location alone; two queries."""
    return _physical_by("plan_line__target_location__village_id", year, quarter)


def _physical_by(place: str, year: int, quarter: int) -> dict[int, Fraction]:
    rows = (
        approved_lines(year, quarter)
        .exclude(plan_line__fund__in=PlanLine.VILLAGE_FUNDS)
        .exclude(plan_line__target_location=None)
        .exclude(physical_to_date=None)
        .order_by()
        .values_list(place, "plan_line__amount", "physical_to_date")
    )
    return weighted_means(rows)
