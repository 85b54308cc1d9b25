"""What a frozen set says: changes of both sides, from figures that are recorded for both years; nothing is stored."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from districts.locations.models import TargetLocation
from districts.regions.figures import AreaFigure
from districts.regions.models import Village
from p2emas.methods.comparison import Change, ChangeDifference, PlaceAmongOthers, difference_of_changes, standing
from programs.evaluation.comparison.models import ComparisonSet, ComparisonVillage
from programs.evaluation.comparison.places import untouched

Side = ComparisonVillage.Side


@dataclass(frozen=True)
class ComparedVillage:
    """One village of a set with its figures; ``touched``: it became a target location, or the neighbour of one."""

    village: Village
    side: str
    reason: str
    earlier: Decimal | None
    later: Decimal | None
    touched: bool = False
    is_sample: bool = False

    @property
    def change(self) -> Decimal | None:
        return None if self.earlier is None or self.later is None else self.later - self.earlier

    @property
    def counts(self) -> bool:
        return self.change is not None and not self.touched and self.side != Side.SPILLOVER

    @property
    def side_word(self) -> str:
        return Side(self.side).label

    @property
    def pair(self) -> Change:
        return self.earlier or 0, self.later or 0


@dataclass(frozen=True)
class ComparisonResult:
    comparison: ComparisonSet
    villages: list[ComparedVillage]

    def of_side(self, side: str) -> list[ComparedVillage]:
        return [each for each in self.villages if each.side == side]

    def counted(self, side: str) -> list[ComparedVillage]:
        return [each for each in self.of_side(side) if each.counts]

    @cached_property
    def supported(self) -> list[ComparedVillage]:
        return self.counted(Side.SUPPORTED)

    @cached_property
    def compared(self) -> list[ComparedVillage]:
        return self.counted(Side.COMPARED)

    @property
    def asked(self) -> tuple[int, int]:
        """How many villages the set has on either side, with figures or without."""
        return len(self.of_side(Side.SUPPORTED)), len(self.of_side(Side.COMPARED))

    @property
    def unknown(self) -> int:
        """Villages of both sides without a figure of one of the years, in the unit of the set."""
        return sum(each.change is None for each in self.villages if each.side != Side.SPILLOVER)

    @property
    def touched(self) -> int:
        return sum(each.touched and each.change is not None for each in self.of_side(Side.COMPARED))

    @cached_property
    def difference(self) -> ChangeDifference | None:
        """Of the mean changes; None where it cannot be said."""
        return difference_of_changes((each.pair for each in self.supported), (each.pair for each in self.compared))

    def place_of(self, village: Village) -> PlaceAmongOthers | None:
        """The change of one village among those of the comparison villages; None where it cannot be said."""
        own = next((each for each in self.supported if each.village.pk == village.pk), None)
        return standing(own.pair, (each.pair for each in self.compared)) if own else None

    @property
    def is_sample(self) -> bool:
        return self.comparison.is_sample or any(each.is_sample for each in self.villages)


def comparison_results(sets: Iterable[ComparisonSet]) -> list[ComparisonResult]:
    """Of each set in its order; three queries for any number of them."""
    sets = list(sets)
    members = _members(sets)
    if not members:
        return [ComparisonResult(each, []) for each in sets]
    figures = _figures(sets, members)
    targets = _targets(max(each.later_year for each in sets))
    return [_result(each, [m for m in members if m.comparison_set_id == each.pk], figures, targets) for each in sets]


def _members(sets: Sequence[ComparisonSet]) -> list[ComparisonVillage]:
    rows = ComparisonVillage.objects.filter(comparison_set__in=[each.pk for each in sets])
    return list(rows.select_related("village__district"))


def _figures(sets: Sequence[ComparisonSet], members: Sequence[ComparisonVillage]) -> dict[tuple, AreaFigure]:
    """By village, kind, unit and year."""
    years = {year for each in sets for year in (each.earlier_year, each.later_year)}
    rows = AreaFigure.objects.filter(
        village__in={member.village_id for member in members}, kind__in={each.kind for each in sets}, year__in=years
    )
    return {(row.village_id, row.kind, row.unit.casefold(), row.year): row for row in rows.order_by()}


def _targets(until: int) -> list[tuple[Village, date]]:
    """Villages that became a target location up to the end of a year, each with its first day."""
    begun = TargetLocation.objects.filter(valid_from__lte=date(until, 12, 31)).select_related("village")
    return [(each.village, each.valid_from) for each in begun.order_by("valid_from", "pk")]


def _result(
    chosen: ComparisonSet, members: Sequence[ComparisonVillage], figures: dict[tuple, AreaFigure], targets: list
) -> ComparisonResult:
    begun = [village for village, since in targets if since.year <= chosen.later_year]
    free = {village.pk for village in untouched([m.village for m in members if m.side == Side.COMPARED], begun)}
    rows = []
    for member in members:
        key = (member.village_id, chosen.kind, chosen.unit.casefold())
        before, after = (figures.get((*key, year)) for year in (chosen.earlier_year, chosen.later_year))
        rows.append(
            ComparedVillage(
                member.village, member.side, member.reason, before.value if before else None,
                after.value if after else None, member.side == Side.COMPARED and member.village_id not in free,
                any(each.is_sample for each in (before, after) if each),
            )
        )  # fmt: skip
    return ComparisonResult(chosen, rows)
