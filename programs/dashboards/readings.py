"""What several indicators of one page read: each of these is read once a page, most in one query.

The measures of a page are sums over the same lines of plans and reports. They are added here from one reading of the
lines, where every sum of its own would go through all of them again.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Case, F, FilteredRelation, IntegerField, Q, Value, When
from django.db.models.functions import Cast, Round

from districts.competencies.models import CoreCompetency
from districts.evidence.models import commodity_tree, descendants
from districts.locations.models import TargetLocation
from districts.regions.models import Village
from p2emas.accounts.models import Holiday
from programs.dashboards.scope import Scope
from programs.nomenclature.funds import Fund
from programs.planning.measures import DISTRICT, Work
from programs.planning.models import PlanLine
from programs.planning.versions import counting_on, set_versions
from programs.reporting.reading.approved import Published, latest_approved_by_quarter, published_lines
from programs.reporting.reports.models import ReportingPeriod


class _AsSent:
    """A whole number as the database sends it: Django passes each through ``int`` again, ten thousands of them."""

    def get_db_converters(self, connection):
        return []


class _SentCase(_AsSent, Case):
    pass


class _SentCast(_AsSent, Cast):
    pass


INVENTED = _SentCase(When(activity__is_sample=True, then=Value(1)), default=Value(0), output_field=IntegerField())

# Plain tuples, as ``Work`` is.
#
# A line of an approved report: village and kecamatan; whether it was planned for a target location; whether it is
# village money; its ceiling, 0 where the plan no longer has the work; how it is carried then; rupiah spent; physical
# progress and its goal of the quarter in hundredths of a percent.
Figure = tuple[int | None, int | None, bool, bool, int, str, int | None, int | None, int | None]


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


def holidays(scope: Scope) -> frozenset[date]:
    """All that are known: some twenty a year."""
    return scope.once("holidays", lambda: frozenset(Holiday.objects.values_list("date", flat=True)))


def locations(scope: Scope, day: date | None = None) -> list[TargetLocation]:
    """Target locations in force on ``day`` (else the scope's), in all kecamatan, ordered by kecamatan."""
    on = day or scope.on
    return scope.once(f"locations {on}", lambda: [row for row in every_location(scope) if row.is_in_force(on)])


def every_location(scope: Scope) -> list[TargetLocation]:
    """All there ever were, in the same order; one query."""
    return scope.once("locations", lambda: _locations(scope))


def _locations(scope: Scope) -> list[TargetLocation]:
    """The kecamatan are at hand already: one object for all villages of each."""
    order = {district.pk: (number, district) for number, district in enumerate(scope.districts)}
    rows = list(TargetLocation.objects.for_matrix().order_by("pk"))
    for row in rows:
        row.village.district = order[row.village.district_id][1]
    return sorted(rows, key=lambda row: order[row.village.district_id][0])


def target_villages(scope: Scope, day: date) -> frozenset[int]:
    """The villages that are target locations on ``day``."""
    return scope.once(f"villages {day}", lambda: frozenset(row.village_id for row in locations(scope, day)))


def newest_reports(scope: Scope) -> dict[int, dict[int, Published]]:
    """Quarter -> agency id -> its newest approved report of the year, for the quarter and the one before it."""
    quarters = [period.number for period in (scope.period, scope.earlier) if period]
    return scope.once("newest reports", lambda: latest_approved_by_quarter(scope.year, quarters))


class Villages(NamedTuple):
    """Keys of the active ones, and village id -> kecamatan of all."""

    active: list[int]
    district_of: dict[int | None, int]


def villages(scope: Scope) -> Villages:
    return scope.once("all villages", _read_villages)


def _read_villages() -> Villages:
    rows = list(Village.objects.order_by().values_list("pk", "district_id", "active"))
    return Villages([pk for pk, _at, active in rows if active], {pk: district for pk, district, _active in rows})


def _outside(scope: Scope) -> frozenset[str]:
    """The codes of funds that stay outside the budget."""
    codes = Fund.objects.outside_budget().order_by().values_list("code", flat=True)
    return scope.once("outside", lambda: frozenset(codes))


Spot = tuple[int | None, int | None]  # village and kecamatan
NOWHERE: Spot = (None, None)  # for the whole regency


def _spots(scope: Scope) -> Mapping[int, Spot]:
    """Target location id -> where it is, of all that ever were."""
    rows = every_location(scope)
    return scope.once("spots", lambda: {row.pk: (row.village_id, row.village.district_id) for row in rows})


def _spots_of_villages(scope: Scope) -> Mapping[int | None, Spot]:
    """Village id -> where it is."""
    known = villages(scope).district_of.items()
    return scope.once("spots of villages", lambda: {pk: (pk, district) for pk, district in known})


def plans_on(scope: Scope, year: int, day: date) -> dict[int, int]:
    """Agency id -> the version of its plan of ``year`` that counts on ``day``; of the chosen agency alone, if any."""
    years = {scope.year, scope.year - 1, *([scope.previous.year] if scope.previous else ())}
    counting = counting_on(scope.once("set versions", lambda: set_versions(years)), year, day)
    if scope.agency is None:
        return counting
    return {agency: plan for agency, plan in counting.items() if agency == scope.agency.pk}


def read_works(scope: Scope, *plans: Mapping[int, int]) -> None:
    """Read the lines of these plans in one query, those that were not read yet."""
    read: dict[int, list[Work]] = scope.once("works", dict)
    missing = {plan: agency for of in plans for agency, plan in of.items() if plan not in read}
    if not missing:
        return
    found: dict[int, list[Work]] = {plan: [] for plan in missing}
    at_location, at_village, outside = _spots(scope), _spots_of_villages(scope), _outside(scope)
    rows = PlanLine.objects.filter(plan__in=missing).order_by()
    for pk, plan, target, other, commodity, amount, fund, reason, invented in rows.values_list(
        "pk", "plan_id", "target_location_id", "other_village_id", "commodity_id", "amount", "fund",
        "exception_reason", INVENTED,
    ):  # fmt: skip
        village, district = at_village.get(other, NOWHERE) if target is None else at_location.get(target, NOWHERE)
        found[plan].append(
            (pk, missing[plan], village, district, commodity, amount, fund in outside, bool(invented), bool(reason))
        )
    read.update(found)


def same_plans(scope: Scope, day: date) -> bool:
    """Whether plans and target locations were on ``day`` what they are on the scope's own day.

    Mostly they were: what was read for the one day is then used for the other.
    """
    if day.year != scope.year or target_villages(scope, day) != target_villages(scope, scope.on):
        return False
    return plans_on(scope, scope.year, day) == plans_on(scope, scope.year, scope.on)


def works_in(scope: Scope, year: int, day: date) -> Iterator[Work]:
    """The agreed lines of ``year`` on ``day`` inside the scope's kecamatan and SKPD."""
    plans = plans_on(scope, year, day)
    read_works(scope, plans)
    rows = (work for plan in plans.values() for work in scope.once("works", dict)[plan])
    if scope.district is None:
        return rows
    here = scope.district.pk
    return (work for work in rows if work[DISTRICT] == here)


def figures(scope: Scope) -> dict[int, list[Figure]]:
    """Report id -> the lines of the newest approved reports, of the quarter and of the one before it.

    One query, two while a report is being corrected.
    """
    return scope.once("figures", lambda: _read_figures(scope))


def _read_figures(scope: Scope) -> dict[int, list[Figure]]:
    reports = {report for of in newest_reports(scope).values() for report in of.values()}
    found: dict[int, list[Figure]] = {report.pk: [] for report in reports}
    at_location, at_village, outside = _spots(scope), _spots_of_villages(scope), _outside(scope)
    for lines in published_lines(reports):
        # a relation of its own for each of both tables: Django notes in it where it was used
        goal = FilteredRelation("plan_line__targets", condition=Q(plan_line__targets__quarter=scope.period.number))
        rows = lines.annotate(goal=goal).order_by()
        for report, target, other, fund, amount, carried, spent, physical, aimed in rows.values_list(
            "report_id", "plan_line__target_location_id", "plan_line__other_village_id", "plan_line__fund",
            "plan_line__amount", "carried", "spent_to_date", _hundredths("physical_to_date"),
            _hundredths("goal__physical"),
        ):  # fmt: skip
            village, district = at_village.get(other, NOWHERE) if target is None else at_location.get(target, NOWHERE)
            found[report].append(
                (village, district, target is not None, fund in outside, 0 if carried else amount, carried, spent,
                 physical, aimed)
            )  # fmt: skip
    return found


def _hundredths(percent: str) -> _SentCast:
    """A percentage as a whole number, so that nothing is rounded when it is added."""
    return _SentCast(Round(F(percent) * 100), IntegerField())


class Approved(NamedTuple):
    """``agencies``: those with an approved report of the year by then; ``begun``: (village, agency) of their work."""

    agencies: set[int]
    begun: set[tuple[int, int]]


def approved(scope: Scope, period: ReportingPeriod | None = None) -> Approved:
    """What the newest approved reports of the year say by the quarter, or by the one before it.

    Work has begun where money or physical progress is above zero.
    """
    asked = period or scope.period
    return scope.once(f"approved {asked.number}", lambda: _approved(scope, asked))


def _approved(scope: Scope, period: ReportingPeriod) -> Approved:
    lines, of_agency = figures(scope), newest_reports(scope)[period.number]
    begun = {
        (village, agency)
        for agency, report in of_agency.items()
        for village, _district, _in_target, _is_outside, _ceiling, _carried, spent, physical, _goal in lines[report.pk]
        if village is not None and (spent or physical)
    }
    return Approved(set(of_agency), begun)
