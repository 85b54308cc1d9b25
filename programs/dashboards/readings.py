"""What several indicators of one page read: each of these is one query, made once a page."""

from datetime import date
from typing import NamedTuple

from districts.competencies.models import CoreCompetency
from districts.evidence.models import commodity_tree, descendants
from districts.locations.models import TargetLocation
from programs.dashboards.scope import Scope
from programs.planning.versions import versions_on
from programs.reporting.reading.approved import Published, latest_approved_by_quarter, published_lines
from programs.reporting.reports.models import ReportingPeriod
from programs.reporting.reports.parts import PLACE


def competencies(scope: Scope) -> list[CoreCompetency]:
    """Every core competency there was; there are few, and two days of them are asked for."""
    rows = CoreCompetency.objects.select_related("commodity").order_by("pk")
    return scope.once("competencies", lambda: list(rows))


def core_on(scope: Scope, day: date) -> dict[int, frozenset[int]]:
    """District id -> ids of the commodities that count as its core competency on ``day``."""
    tree = scope.once("tree", commodity_tree)
    return {
        row.district_id: frozenset(descendants(row.commodity_id, tree))
        for row in competencies(scope)
        if row.is_in_force(day)
    }


def locations(scope: Scope, day: date | None = None) -> list[TargetLocation]:
    """Target locations in force on ``day`` (else the scope's), in all kecamatan, ordered by kecamatan."""
    return [row for row in scope.once("locations", lambda: _locations(scope)) if row.is_in_force(day or scope.on)]


def _locations(scope: Scope) -> list[TargetLocation]:
    """The kecamatan are at hand already: one object for all villages of each."""
    order = {district.pk: (number, district) for number, district in enumerate(scope.districts)}
    rows = list(TargetLocation.objects.for_matrix().order_by("pk"))
    for row in rows:
        row.village.district = order[row.village.district_id][1]
    return sorted(rows, key=lambda row: order[row.village.district_id][0])


def same_plans(scope: Scope, day: date) -> bool:
    """Whether plans and target locations were on ``day`` what they are on the scope's own day; one query.

    Mostly they were: what was read for the one day is then used for the other.
    """
    if day.year != scope.year:
        return False
    here, there = scope.once(f"versions {day}", lambda: versions_on(scope.year, [scope.on, day]))
    return here == there and _villages(scope, day) == _villages(scope, scope.on)


def _villages(scope: Scope, day: date) -> set[int]:
    return {location.village_id for location in locations(scope, day)}


class Approved(NamedTuple):
    """``agencies``: those with an approved report of the year by then; ``begun``: (village, agency) of their work."""

    agencies: set[int]
    begun: set[tuple[int, int]]


def approved(scope: Scope, period: ReportingPeriod | None = None) -> Approved:
    """What the newest approved reports of the year say by the quarter, or by the one before it.

    Two queries for both, three while a report is being corrected.

    Work has begun where money or physical progress is above zero.
    """
    found = scope.once("approved", lambda: _read_approved(scope))
    return found[(period or scope.period).number]


def newest_reports(scope: Scope) -> dict[int, dict[int, Published]]:
    """Quarter -> agency id -> its newest approved report of the year, for the quarter and the one before it."""
    quarters = [period.number for period in (scope.period, scope.earlier) if period]
    return scope.once("newest reports", lambda: latest_approved_by_quarter(scope.year, quarters))


def _read_approved(scope: Scope) -> dict[int, Approved]:
    newest = newest_reports(scope)
    reports = {report for of in newest.values() for report in of.values()}
    villages: dict[int, set[int]] = {report.pk: set() for report in reports}
    for lines in published_lines(reports):
        for report, village in lines.begun().order_by().values_list("report_id", PLACE):
            villages[report].add(village)
    return {
        quarter: Approved(
            set(of), {(village, agency) for agency, report in of.items() for village in villages[report.pk] if village}
        )
        for quarter, of in newest.items()
    }
