"""Where: one tile a kecamatan with its competency, the stage of its target location, and physical progress."""

from dataclasses import dataclass
from fractions import Fraction

from districts.competencies.models import CoreCompetency
from districts.locations.models import TargetLocation
from districts.regions.models import District
from p2emas.ui.tiles import Tile, TileMap, tile_map
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
    rows: list[list[object]]


def tiles_for(scope: Scope) -> Places:
    """Four queries, whatever the number of rows."""
    competencies = {
        row.district_id: row.commodity.name
        for row in CoreCompetency.objects.in_force(scope.on).select_related("commodity")
    }
    locations = list(TargetLocation.objects.in_force(scope.on).for_table())
    by_district: dict[int, list[TargetLocation]] = {}
    for location in locations:
        by_district.setdefault(location.village.district_id, []).append(location)
    rates = physical_by_district(scope.year, scope.period.number)
    tiles, rows = [], []
    for district in District.objects.order_by("name"):
        own = by_district.get(district.pk, [])
        rate = rates.get(district.pk)
        tiles.append(
            Tile(
                district.code,
                district.name,
                district.get_absolute_url(),
                word=competencies.get(district.pk, "").capitalize(),
                stage=own[0].status if own else "",
                stage_word=own[0].get_status_display() if own else "",
                rate=rate,
                lat=district.lat,
                lng=district.lng,
            )
        )
        rows.append([district, competencies.get(district.pk, ""), own, rate])
    started = [location for location in locations if rates.get(location.village.district_id)]
    attention = [
        row for row in locations if row.status in (TargetLocation.Status.POSTPONED, TargetLocation.Status.FIXED)
    ]
    return Places(
        tile_map(tiles, here=scope.district.code if scope.district else ""),
        f"{len(started)} dari {len(locations)} desa lokus punya kemajuan fisik yang disetujui",
        attention,
        len(started),
        len(locations),
        rows,
    )


def physical_by_district(year: int, quarter: int = 4) -> dict[int, Fraction]:
    """District id -> approved physical progress in percent of its target locations, weighted by the ceiling; two queries."""
    rows = (
        approved_lines(year, quarter)
        .exclude(plan_line__fund__in=PlanLine.VILLAGE_FUNDS)
        .exclude(plan_line__target_location=None)
        .exclude(physical_to_date=None)
        .order_by()
        .values_list("plan_line__target_location__village__district_id", "plan_line__amount", "physical_to_date")
    )
    weight: dict[int, int] = {}
    done: dict[int, Fraction] = {}
    for district, amount, physical in rows:
        weight[district] = weight.get(district, 0) + amount
        done[district] = done.get(district, Fraction(0)) + Fraction(physical) * amount
    return {district: done[district] / weight[district] for district in weight if weight[district]}
