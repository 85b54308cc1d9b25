"""What several indicators of one page read: each of these is one query, made once a page."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from districts.competencies.models import CoreCompetency
from districts.evidence.models import commodity_tree, descendants
from districts.locations.models import TargetLocation
from programs.dashboards.scope import Scope
from programs.planning.models import PlanLine
from programs.reporting.approved import approved_lines


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


def locations(scope: Scope) -> list[TargetLocation]:
    """Target locations in force on the scope's day, in all kecamatan, ordered by kecamatan."""
    rows = TargetLocation.objects.in_force(scope.on).for_table().order_by("village__district__name", "pk")
    return scope.once("locations", lambda: list(rows))


class ApprovedRow(NamedTuple):
    village: int | None
    district: int | None
    is_target: bool
    agency: int
    fund: str
    amount: int
    spent: int | None
    physical: Decimal | None


def approved_rows(scope: Scope) -> list[ApprovedRow]:
    """The newest approved figures of the year up to the quarter, a row a plan line; two queries."""
    return scope.once("approved", lambda: _read_approved(scope))


def _read_approved(scope: Scope) -> list[ApprovedRow]:
    rows = approved_lines(scope.year, scope.period.number).order_by()
    return [
        ApprovedRow(target or other, target_district or other_district, target is not None, *rest)
        for target, other, target_district, other_district, *rest in rows.values_list(
            "plan_line__target_location__village_id",
            "plan_line__other_village_id",
            "plan_line__target_location__village__district_id",
            "plan_line__other_village__district_id",
            "report__agency_id",
            "plan_line__fund",
            "plan_line__amount",
            "spent_to_date",
            "physical_to_date",
        )
    ]


def has_sample_lines(scope: Scope) -> bool:
    """Whether anything computed from the year's plans rests on an invented figure."""
    lines = PlanLine.objects.filter(plan__year=scope.year, activity__is_sample=True)
    return scope.once("sample", lines.exists)
