"""What several indicators of one page read: each of these is one query, made once a page."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models.functions import Coalesce

from districts.competencies.models import CoreCompetency
from districts.evidence.models import commodity_tree, descendants
from districts.locations.models import TargetLocation
from programs.dashboards.scope import Scope
from programs.reporting.approved import latest_approved_by_quarter
from programs.reporting.models import ReportingPeriod
from programs.reporting.report_parts import PLACE, ReportLine


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
    rows = TargetLocation.objects.for_map().order_by("village__district__name", "pk")
    return [row for row in scope.once("locations", lambda: list(rows)) if row.is_in_force(day or scope.on)]


class ApprovedRow(NamedTuple):
    village: int | None
    district: int | None
    location: int | None  # the target location, where the work is in one
    agency: int
    fund: str
    amount: int
    spent: int | None
    physical: Decimal | None


class Approved(NamedTuple):
    """``agencies``: those with an approved report of the year by then; ``rows``: their newest figures by plan line."""

    agencies: set[int]
    rows: list[ApprovedRow]


def approved(scope: Scope, period: ReportingPeriod | None = None) -> Approved:
    """The newest approved figures of the year up to the quarter, or up to the one before it; two queries for both."""
    found = scope.once("approved", lambda: _read_approved(scope))
    return found[(period or scope.period).number]


def _read_approved(scope: Scope) -> dict[int, Approved]:
    quarters = [period.number for period in (scope.period, scope.earlier) if period]
    newest = latest_approved_by_quarter(scope.year, quarters)
    reports = {report for reports in newest.values() for report in reports.values()}
    lines = ReportLine.objects.filter(report__in=reports).order_by()
    rows: dict[int, list[ApprovedRow]] = {report: [] for report in reports}
    for report, *row in lines.values_list(
        "report_id",
        PLACE,
        Coalesce("plan_line__target_location__village__district_id", "plan_line__other_village__district_id"),
        "plan_line__target_location",
        "report__agency_id",
        "plan_line__fund",
        "plan_line__amount",
        "spent_to_date",
        "physical_to_date",
    ):
        rows[report].append(ApprovedRow._make(row))
    return {
        quarter: Approved(set(of), [row for report in of.values() for row in rows[report]])
        for quarter, of in newest.items()
    }
