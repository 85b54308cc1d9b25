"""The first ledger: money and work of villages against the target of the quarter, added by the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from typing import Any

from django.conf import settings
from django.db.models import BigIntegerField, Case, Count, F, Max, Q, Sum, Value, When
from django.db.models.functions import Cast, Round

from districts.regions.models import Village
from programs.framework.models import Activity
from programs.planning.measures import with_focus
from programs.planning.models import PlanLine, PlanLineQuerySet
from programs.planning.versions import keys_in_force
from programs.reporting.reading.approved import latest_approved_reports, published_lines
from programs.reporting.reports.parts import PLACE, LineFiguresQuerySet

SUM = BigIntegerField()
CEILING = Case(When(carried="", then=F("plan_line__amount")), default=Value(0), output_field=SUM)


def _weighed(percent: str) -> Sum:
    """Rupiah x hundredths of a percent, so that nothing is rounded when it is added."""
    return Sum(CEILING * Cast(Round(F(percent) * 100), SUM), output_field=SUM, default=0)


# A line counts when it says how much was spent and how far it is; of work that the plan no longer has the money counts.
KNOWN = Q(spent_to_date__isnull=False) & (Q(physical_to_date__isnull=False) | ~Q(carried=""))
BEGUN = Q(spent_to_date__gt=0) | Q(physical_to_date__gt=0)
PLANNED: Mapping[str, Any] = {
    "planned": Sum("amount", default=0),
    "works": Count("pk"),
    "fitting": Count("pk", filter=Q(on_competency=True)),
    "agencies": Count("plan__agency", distinct=True),
    "invented": Count("pk", filter=Q(activity__in=Activity.objects.invented()) | Q(plan__is_sample=True)),
}
REPORTED: Mapping[str, Any] = {
    "reported": Sum(CEILING, output_field=SUM, default=0),
    "spent": Sum("spent_to_date", default=0),
    "done": _weighed("physical_to_date"),
    "known": Count("pk"),
    "begun": Count("report__agency", distinct=True, filter=BEGUN),
    "quarter": Max("report__period__number"),
}
AIMED: Mapping[str, Any] = {
    "targeted": Sum(CEILING, output_field=SUM, default=0),
    "aimed_done": _weighed("physical_to_date"),
    "aim": _weighed("plan_line__targets__physical"),
    "aimed_spent": Sum("spent_to_date", default=0),
    "aim_money": Sum("plan_line__targets__money", default=0),
}


@dataclass(frozen=True)
class MoneyLedger:
    """Sums over the work of one village, or of several, in the programme's own budget; rupiah are whole.

    Of the plans in force: ``planned`` rupiah of ``works``, of which ``fitting`` are on the core competency of their
    kecamatan, by ``agencies``. Of the newest approved figures: ``reported`` is the ceiling of the ``known`` lines,
    ``spent`` their money, ``done`` their ceiling x hundredths of a percent of work; ``begun`` counts agencies whose
    work has begun, ``quarter`` is the newest that is approved. ``targeted`` is the ceiling of those that have a target
    for the quarter of their report: only they are held against ``aim`` and ``aim_money``.
    """

    planned: int = 0
    works: int = 0
    fitting: int = 0
    agencies: int = 0
    invented: int = 0
    reported: int = 0
    spent: int = 0
    done: int = 0
    known: int = 0
    begun: int = 0
    quarter: int = 0
    targeted: int = 0
    aimed_done: int = 0
    aim: int = 0
    aimed_spent: int = 0
    aim_money: int = 0

    def __add__(self, other: "MoneyLedger") -> "MoneyLedger":
        added = {each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)}
        return MoneyLedger(**added | {"quarter": max(self.quarter, other.quarter)})

    @property
    def physical(self) -> Fraction | None:
        """Percent of the work, weighed by its ceiling."""
        return Fraction(self.done, self.reported * 100) if self.reported else None

    @property
    def absorption(self) -> Fraction | None:
        return Fraction(self.spent * 100, self.reported) if self.reported else None

    @property
    def physical_target(self) -> Fraction | None:
        return Fraction(self.aim, self.targeted * 100) if self.targeted else None

    @property
    def money_target(self) -> Fraction | None:
        return Fraction(self.aim_money * 100, self.targeted) if self.targeted else None

    @property
    def physical_points(self) -> Fraction | None:
        """Points ahead of the target (below 0: behind), of the lines that have one."""
        return Fraction(self.aimed_done - self.aim, self.targeted * 100) if self.targeted else None

    @property
    def money_points(self) -> Fraction | None:
        return Fraction((self.aimed_spent - self.aim_money) * 100, self.targeted) if self.targeted else None

    @property
    def fitting_share(self) -> Fraction | None:
        return Fraction(self.fitting * 100, self.works) if self.works else None

    @property
    def is_green(self) -> bool | None:
        """Whether both work and money are as planned; None while nothing can be held against a target."""
        behind = [self.physical_points, self.money_points]
        if None in behind:
            return None
        return all(points is not None and points >= -settings.LEDGER_BEHIND_POINTS for points in behind)


def money_ledgers(year: int, on: date, *, village: Village | None = None) -> dict[int, MoneyLedger]:
    """Village id -> its ledger of ``year``, of ``village`` alone or of all that have work or figures.

    ``on`` chooses the versions of the plans. Seven queries, two more while a report is corrected; their number does
    not depend on the number of villages.
    """
    plan_lines = PlanLine.objects.filter(plan__in=keys_in_force(year, on)).in_program_budget()
    found: dict[int, dict[str, int]] = {}
    _keep(found, _by_place(with_focus(_of_village(plan_lines, village), on), "place_village", PLANNED))
    for lines in published_lines(latest_approved_reports(year).values()):
        here = lines.filter(KNOWN).in_program_budget()
        if village is not None:
            of_village = PlanLine.objects.filter(plan__year=year).in_village(village.pk)
            here = here.filter(plan_line__in=of_village.order_by().values("pk"))
        placed = here.annotate(place_village=PLACE)
        _keep(found, _by_place(placed, "place_village", REPORTED))
        _keep(found, _by_place(_with_target(placed), "place_village", AIMED))
    return {place: MoneyLedger(**sums) for place, sums in found.items()}


def total_money(ledgers: Iterable[MoneyLedger]) -> MoneyLedger:
    return sum(ledgers, MoneyLedger())


def _of_village(lines: PlanLineQuerySet, village: Village | None) -> PlanLineQuerySet:
    return lines if village is None else lines.in_village(village.pk)


def _with_target(lines: LineFiguresQuerySet) -> LineFiguresQuerySet:
    """Lines whose plan has a target for the quarter of their report, both of work and of money."""
    return lines.filter(
        carried="",
        plan_line__targets__quarter=F("report__period__number"),
        plan_line__targets__physical__isnull=False,
        plan_line__targets__money__isnull=False,
    )


def _by_place(lines: Any, place: str, sums: Mapping[str, Any]) -> list[dict[str, Any]]:
    return list(lines.filter(**{f"{place}__isnull": False}).order_by().values(village=F(place)).annotate(**sums))


def _keep(found: dict[int, dict[str, int]], rows: Iterable[dict[str, Any]]) -> None:
    """Reports and their copies are apart: what both have of a village is added, the newest quarter counts."""
    for row in rows:
        own = found.setdefault(row.pop("village"), {})
        for name, value in row.items():
            known = own.get(name, 0)
            own[name] = max(known, int(value)) if name == "quarter" else known + int(value)
