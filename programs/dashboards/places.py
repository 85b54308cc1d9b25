"""Where: one tile a kecamatan with its competency, the stage of its target location, and physical progress."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from django.db.models import Sum

from districts.locations.decrees.lists import Decided, with_decisions
from districts.locations.models import TargetLocation
from districts.regions.boundaries import drawing_of
from districts.regions.models import District
from p2emas.ui import states
from p2emas.ui.tiles import Tile, TileMap, tile_map
from p2emas.workflow.models import last_notes
from programs.dashboards.answers import Shortened
from programs.dashboards.reachable import day_of, idle_villages
from programs.dashboards.readings import competencies, figures, locations, newest_reports
from programs.dashboards.scope import Scope
from programs.reporting.reading.approved import Published, latest_approved_reports, published_lines
from programs.reporting.reopening.public import UnderCorrection, under_correction
from programs.reporting.reports.parts import LineFiguresQuerySet
from programs.reporting.reports.weighing import CEILING, put_together, weighed


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
    fixed = locations(scope)
    known = _done_by_figures(scope)
    here = [row for row in fixed if scope.district in (None, row.village.district)]
    tiles = _tiles(scope, fixed, _rates((row.district, row) for row in known))
    return Places(
        tile_map(tiles, here=scope.district.code if scope.district else "", drawing=drawing_of(scope.districts)),
        _finding(scope, fixed, begun={row.village for row in known if row.done}),
        _waiting(scope, here),
        len(here),
    )


def _done_by_figures(scope: Scope) -> list["_Done"]:
    """What ``_done_in_locations`` says, from the lines that other indicators of the page read too."""
    sums: dict[tuple[int, int], list[int]] = {}
    lines = figures(scope)
    for report in newest_reports(scope)[scope.period.number].values():
        for village, district, in_target, is_outside, ceiling, _carried, _spent, physical, _goal in lines[report.pk]:
            if in_target and not is_outside and physical is not None and village is not None and district is not None:
                own = sums.setdefault((village, district), [0, 0])
                own[0] += ceiling
                own[1] += ceiling * physical
    return [_Done(*place, amount, Fraction(done, 100)) for place, (amount, done) in sums.items()]


def _tiles(scope: Scope, fixed: list[TargetLocation], rates: dict[int, Fraction]) -> list[Tile]:
    names = {row.district_id: row.commodity.name for row in competencies(scope) if row.is_in_force(scope.on)}
    by_district: dict[int, list[TargetLocation]] = {}
    for location in fixed:
        by_district.setdefault(location.village.district_id, []).append(location)
    return [
        tile_of(district, names.get(district.pk, ""), by_district.get(district.pk, ()), rates.get(district.pk))
        for district in scope.districts
    ]


def _finding(scope: Scope, fixed: list[TargetLocation], *, begun: set[int]) -> str:
    started = sum(location.village_id in begun for location in fixed)
    sentence = f"{started} dari {len(fixed)} lokasi sasaran punya kemajuan fisik yang disetujui"
    return f"{sentence}, menurut semua SKPD" if scope.agency else sentence


def _waiting(scope: Scope, here: list[TargetLocation]) -> list[TargetLocation]:
    """Locations that were postponed or where nothing has begun, each with its competency and the reason (``why``)."""
    found = [row for row in here if row.status in (TargetLocation.Status.POSTPONED, TargetLocation.Status.FIXED)]
    every = {row.pk: row for row in competencies(scope)}
    reasons = last_notes([row for row in found if row.status == TargetLocation.Status.POSTPONED], "postpone")
    idle = {row.location.pk: row.state(day_of(scope)) for row in idle_villages(scope)} if found else {}
    for row in found:
        row.core_competency = every[row.core_competency_id]
        known = idle.get(row.pk, "belum dinyatakan berjalan")
        row.why = reasons.get(row.pk, "").strip().rstrip(".") or known  # type: ignore[attr-defined]  # of this page
    return found


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
    """``rows``: each kecamatan with what decrees have set in it and its approved progress (percent or None)."""

    map: TileMap
    rows: list[tuple[District, Decided, Fraction | None]]
    has_sample: bool
    corrections: list[UnderCorrection]

    @property
    def finding(self) -> str:
        fixed = sum(1 for _district, decided, _rate in self.rows if decided.competency)
        places = sum(len(decided.locations) for _district, decided, _rate in self.rows)
        return f"{fixed} dari {len(self.rows)} kecamatan punya kompetensi inti; {places} desa menjadi lokasi sasaran"


def public_map(on: date) -> PublicMap:
    """What decrees have set and what approved reports say, kecamatan by kecamatan."""
    districts = list(District.objects.with_boundary())
    rows = with_decisions(districts, on)
    rates = physical_by_district(on.year)
    tiles = [
        tile_of(
            district,
            decided.competency.commodity.name if decided.competency else "",
            decided.locations,
            rates.get(district.pk),
        )
        for district, decided in rows
    ]
    return PublicMap(
        tile_map(tiles, drawing=drawing_of(districts)),
        [(district, decided, rates.get(district.pk)) for district, decided in rows],
        any(location.is_sample for _district, decided in rows for location in decided.locations),
        under_correction(on.year),
    )


def physical_by_district(year: int, quarter: int = 4) -> dict[int, Fraction]:
    """District id -> approved physical progress of its target locations (percent); two queries."""
    return _rates((row.district, row) for row in _done_in_locations(latest_approved_reports(year, quarter).values()))


def physical_by_village(year: int, quarter: int = 4) -> dict[int, Fraction]:
    """Village id -> the same, of the work in that target location alone; two queries."""
    return physical_of_reports(latest_approved_reports(year, quarter).values())


def physical_of_reports(reports: Iterable[Published]) -> dict[int, Fraction]:
    """Village id -> approved physical progress of the work in its target location, by these reports; one query."""
    return _rates((row.village, row) for row in _done_in_locations(reports))


class _Done(NamedTuple):
    """The work in a village's target location that says how far it is: rupiah, and rupiah x percent."""

    village: int
    district: int
    amount: int
    done: Fraction


def _done_in_locations(reports: Iterable[Published]) -> list[_Done]:
    """Village by village, without village money; one query, two where a report is being corrected."""
    return [done for lines in published_lines(reports) for done in _done(lines)]


def _done(lines: LineFiguresQuerySet) -> list[_Done]:
    rows = (
        lines.in_program_budget()
        .exclude(plan_line__target_location=None)
        .exclude(physical_to_date=None)
        .order_by()
        .values_list("plan_line__target_location__village_id", "plan_line__target_location__village__district_id")
        .annotate(amount=Sum(CEILING), **weighed("done", "physical_to_date"))
    )
    return [_Done(village, district, int(amount), put_together(*sums)) for village, district, amount, *sums in rows]


def _rates(rows: Iterable[tuple[int, _Done]]) -> dict[int, Fraction]:
    """The mean of each key, weighed with the rupiah; keys without any rupiah have none."""
    sums: dict[int, list[Any]] = {}
    for key, row in rows:
        own = sums.setdefault(key, [0, Fraction()])
        own[0] += row.amount
        own[1] += row.done
    return {key: done / amount for key, (amount, done) in sums.items() if amount}
