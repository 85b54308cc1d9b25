"""Does the money go where the decisions went? The focus measure and the spread of the plans.

Everything is counted over the agreed lines of the plan versions in force on a day (``versions``), in whole rupiah,
summed by the database. Village money (ADD, DD) belongs to the villages' own budget: it is given beside, never inside.
What is in force (target locations, core competencies) is asked on the same day.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Case, Count, Q, Sum, Value, When
from django.db.models.fields import BooleanField

from districts.competencies.models import CoreCompetency
from districts.evidence.models import commodity_tree, descendants
from districts.locations.models import TargetLocation
from p2emas.accounts.models import Agency
from programs.framework.models import Activity, Program
from programs.planning.models import PlanLine, PlanLineQuerySet, WorkPlan
from programs.planning.versions import keys_in_force

# A line of a plan: its key, agency, village and kecamatan (None for the whole regency), commodity, amount; whether it
# is village money, beside the budget; whether it is invented; whether it says why it is outside the target locations.
# A plain tuple: of any other objects the garbage collector looks through all ten thousands again and again.
Work = tuple[int, int, int | None, int | None, int | None, int, bool, bool, bool]
DISTRICT = 3


@dataclass(frozen=True)
class Focus:
    """Rupiah of a plan's lines and of what is focused. Shares are fractions from 0 to 1, None when the total is 0.

    ``total``: the programme's own budget. ``place``: of it in target locations in force. ``competency``: of it whose
    commodity is, or descends from, the core competency in force in its kecamatan (wherever the village).
    ``both``: in a target location AND on the competency. ``village_money``: ADD and DD, outside the total.
    ``sample_lines``: how many of the lines are invented, so that the page which shows the measure says so.
    """

    total: int = 0
    place: int = 0
    competency: int = 0
    both: int = 0
    village_money: int = 0
    sample_lines: int = 0

    @property
    def share(self) -> Fraction | None:
        """The focus measure itself: both conditions over the total."""
        return self._of_total(self.both)

    @property
    def place_share(self) -> Fraction | None:
        return self._of_total(self.place)

    @property
    def competency_share(self) -> Fraction | None:
        return self._of_total(self.competency)

    def _of_total(self, part: int) -> Fraction | None:
        return Fraction(part, self.total) if self.total else None

    def __add__(self, other: "Focus") -> "Focus":
        return Focus(
            self.total + other.total,
            self.place + other.place,
            self.competency + other.competency,
            self.both + other.both,
            self.village_money + other.village_money,
            self.sample_lines + other.sample_lines,
        )


def core_competencies(on: date) -> dict[int, frozenset[int]]:
    """District id -> ids of the commodities that count as its core competency in force on ``on`` (two queries)."""
    tree = commodity_tree()
    rows = CoreCompetency.objects.in_force(on).order_by().values_list("district_id", "commodity_id")
    return {district: frozenset(descendants(commodity, tree)) for district, commodity in rows}


def with_focus(lines: PlanLineQuerySet, on: date, core: Mapping[int, frozenset[int]] | None = None) -> PlanLineQuerySet:
    """``lines`` with two truth values each: ``in_place`` and ``on_competency``, as of day ``on``.

    The village decides, not the row that the line points to: when a decree closes a target location and another
    opens it again, its lines stay in place. A line for the whole regency has neither: no decree fixed its place,
    no kecamatan decided its competency.
    """
    core = core_competencies(on) if core is None else core
    of_goods: dict[frozenset[int], list[int]] = {}  # several kecamatan have one competency: fewer conditions a line
    for district, ids in core.items():
        of_goods.setdefault(ids, []).append(district)
    on_competency = [
        When(commodity__in=ids, place_district__in=districts, then=Value(True)) for ids, districts in of_goods.items()
    ]
    targets = TargetLocation.objects.in_force(on).order_by().values("village")
    in_place = When(place_village__in=targets, then=Value(True))
    no, truth = Value(False), BooleanField()
    return lines.placed().annotate(
        in_place=Case(in_place, default=no, output_field=truth),
        on_competency=Case(*on_competency, default=no, output_field=truth),
    )


def focus_by(
    lines: PlanLineQuerySet, field: str, *, on: date, core: Mapping[int, frozenset[int]] | None = None
) -> dict[int, Focus]:
    """Focus of ``lines`` for each value of ``field``, such as "plan__agency" or "plan__year".

    ``lines`` decides which lines count (``in_force``); three queries, no matter how many rows, one when ``core``
    (``core_competencies(on)``) is at hand.
    """
    rows = (
        with_focus(lines, on, core)
        .with_fund()
        .order_by()
        .values_list(field, "outside", "in_place", "on_competency")
        .annotate(rupiah=Sum("amount"), sample_lines=Count("pk", filter=Q(activity__in=Activity.objects.invented())))
    )
    sums: dict[int, list[int]] = {}
    for key, is_outside, in_place, on_competency, rupiah, sample_lines in rows:
        own = sums.setdefault(key, [0] * 6)
        own[5] += sample_lines
        for at, counts in enumerate((True, in_place, on_competency, in_place and on_competency)):
            own[at] += rupiah if counts and not is_outside else 0
        own[4] += rupiah if is_outside else 0
    return {key: Focus(*(int(part) for part in own)) for key, own in sums.items()}


def focus_of(works: Iterable[Work], targets: Collection[int], core: Mapping[int, frozenset[int]]) -> dict[int, Focus]:
    """Agency id -> focus of its lines, as ``focus_by`` adds it in the database.

    ``targets``: villages that are target locations; ``core``: kecamatan -> commodities of its core competency.
    """
    sums: dict[int, list[int]] = {}
    nothing: frozenset[int] = frozenset()
    for _pk, agency, village, district, commodity, amount, is_outside, is_invented, _is_reasoned in works:
        own = sums.get(agency)
        if own is None:
            own = sums[agency] = [0] * 6
        own[5] += is_invented
        if is_outside:
            own[4] += amount
            continue
        own[0] += amount
        in_place = village in targets
        if in_place:
            own[1] += amount
        if commodity in core.get(district, nothing):  # type: ignore[arg-type]
            own[2] += amount
            if in_place:
                own[3] += amount
    return {agency: Focus(*own) for agency, own in sums.items()}


def focus_of_plan(plan: WorkPlan, *, on: date | None = None) -> Focus:
    """Focus of ONE version's lines, agreed or not: a draft sees it while it is written."""
    return focus_by(PlanLine.objects.filter(plan=plan), "plan", on=on or plan.day).get(plan.pk, Focus())


def focus_by_agency(year: int, *, on: date) -> dict[int, Focus]:
    """Agency id -> focus of its plan of ``year`` in force on ``on``; agencies without a set plan are absent."""
    lines = PlanLine.objects.filter(plan__in=keys_in_force(year, on))
    return focus_by(lines, "plan__agency", on=on)


def focus_of_agency(agency: Agency, year: int, *, on: date) -> Focus:
    lines = PlanLine.objects.filter(plan__year=year, plan__agency=agency).in_force(on)
    return focus_by(lines, "plan__agency", on=on).get(agency.pk, Focus())


def focus_of_program(program: Program, year: int, *, on: date) -> Focus:
    """Focus over all agencies' lines of the activities that serve an outcome of ``program``."""
    lines = PlanLine.objects.filter(plan__year=year, activity__outcome__program=program).in_force(on)
    return focus_by(lines, "activity__outcome__program", on=on).get(program.pk, Focus())


def focus_of_year(year: int, *, on: date) -> Focus:
    """Focus over the lines of every agency's plan of ``year`` in force on ``on``."""
    return focus_of_plans(keys_in_force(year, on), on=on)


def focus_of_plans(plans: Collection[int], *, on: date) -> Focus:
    """Focus over the lines of the plans with these keys."""
    lines = PlanLine.objects.filter(plan__in=plans)
    return sum(focus_by(lines, "plan", on=on).values(), Focus())
