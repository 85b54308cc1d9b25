"""Where: one tile a kecamatan with its competency, the stage of its target location, and physical progress."""

from dataclasses import dataclass
from fractions import Fraction

from districts.locations.models import TargetLocation
from p2emas.methods.averages import weighted_means
from p2emas.ui.tiles import Tile, TileMap, tile_map
from programs.dashboards.readings import approved_rows, competencies, locations
from programs.dashboards.scope import Scope
from programs.planning.models import PlanLine
from programs.reporting.approved import approved_lines


@dataclass(frozen=True)
class Places:
    map: TileMap
    finding: str
    attention: list[TargetLocation]
    running: int
    locations: int


def tiles_for(scope: Scope) -> Places:
    names = {row.district_id: row.commodity.name for row in competencies(scope) if row.is_in_force(scope.on)}
    fixed = locations(scope)
    by_district: dict[int, list[TargetLocation]] = {}
    for location in fixed:
        by_district.setdefault(location.village.district_id, []).append(location)
    rates = weighted_means(
        (row.district, row.amount, row.physical)
        for row in approved_rows(scope)
        if row.is_target and row.fund not in PlanLine.VILLAGE_FUNDS
    )
    tiles = []
    for district in scope.districts:
        own = by_district.get(district.pk, [])
        rate = rates.get(district.pk)
        tiles.append(
            Tile(
                district.code,
                district.name,
                district.get_absolute_url(),
                word=names.get(district.pk, "").capitalize(),
                stage=own[0].status if own else "",
                stage_word=own[0].get_status_display() if own else "",
                rate=rate,
                lat=district.lat,
                lng=district.lng,
            )
        )
    started = [location for location in fixed if rates.get(location.village.district_id)]
    attention = [row for row in fixed if row.status in (TargetLocation.Status.POSTPONED, TargetLocation.Status.FIXED)]
    return Places(
        tile_map(tiles, here=scope.district.code if scope.district else ""),
        f"{len(started)} dari {len(fixed)} desa lokus punya kemajuan fisik yang disetujui",
        attention,
        len(started),
        len(fixed),
    )


def physical_by_district(year: int, quarter: int = 4) -> dict[int, Fraction]:
    """District id -> approved physical progress of its target locations (percent); two queries."""
    rows = (
        approved_lines(year, quarter)
        .exclude(plan_line__fund__in=PlanLine.VILLAGE_FUNDS)
        .exclude(plan_line__target_location=None)
        .exclude(physical_to_date=None)
        .order_by()
        .values_list("plan_line__target_location__village__district_id", "plan_line__amount", "physical_to_date")
    )
    return weighted_means(rows)
