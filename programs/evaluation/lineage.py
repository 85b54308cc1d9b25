"""Who received the success of whom, by which decree, and how parent and child were at the same age."""

from dataclasses import dataclass, field
from fractions import Fraction

from districts.locations.models import TargetLocation
from districts.regions.models import Village
from p2emas.ui import formats
from programs.evaluation.welfare import MeasureRow, WelfareLedger
from programs.framework.models import Indicator
from programs.reporting.reading.welfare import VillageResult, village_results

SHOWN = 25  # children on the overview


@dataclass(frozen=True)
class Family:
    """A source with those that received its success, the first one first."""

    parent: TargetLocation
    children: list[TargetLocation] = field(default_factory=list)


def families(*, of: Village | None = None, most: int | None = SHOWN) -> list[Family]:
    """Sources by name, each with its children; one query. ``of``: those in which a village is parent or child."""
    children = TargetLocation.objects.received().order_by("replicated_from__village__name", "valid_from", "pk")
    if of is not None:
        children = children.in_family_of(of)
    found: dict[int, Family] = {}
    for child in children[:most]:
        assert child.replicated_from is not None  # asked for above
        family = found.setdefault(child.replicated_from.pk, Family(child.replicated_from))
        family.children.append(child)
    return list(found.values())


@dataclass(frozen=True)
class AgePair:
    """One measure of parent and child in the same year of age; None is not known, or of too few persons."""

    child: MeasureRow
    parent: VillageResult | None

    @property
    def before(self) -> Fraction | None:
        value = self.parent.value if self.parent else None
        return None if value is None else Fraction(value)

    @property
    def difference(self) -> Fraction | None:
        """Child less parent; None where one is not known, or both are not from one quarter of the year."""
        if self.child.value is None or self.before is None or self.parent is None:
            return None
        return self.child.value - self.before if self.child.quarter == self.parent.quarter else None

    @property
    def is_sample(self) -> bool:
        return self.child.is_sample or bool(self.parent and self.parent.is_sample)

    @property
    def sign(self) -> tuple[str, str]:
        """Class and words; two villages are compared, which proves no cause."""
        if self.child.value is None or self.before is None:
            return "none", "Belum diketahui"
        if self.difference is None:
            return "none", "Triwulan berbeda"
        if self.difference == 0:
            return "none", "Sama"
        falls = self.child.formula == Indicator.Formula.DECREASING
        good = (self.difference < 0) == falls
        return ("good" if good else "watch"), "Lebih tinggi" if self.difference > 0 else "Lebih rendah"


@dataclass(frozen=True)
class EqualAge:
    """Child in ``year``, parent in the year in which it was as old; years are counted from the first day in force."""

    parent: TargetLocation
    child: TargetLocation
    age: int
    year: int
    parent_year: int
    pairs: list[AgePair]

    @classmethod
    def of(cls, child: TargetLocation, year: int, welfare: WelfareLedger) -> "EqualAge | None":
        """None before the child began. ``welfare``: its measures of ``year``."""
        parent, age = child.replicated_from, year - child.valid_from.year
        if parent is None or age < 0:
            return None
        then = parent.valid_from.year + age
        results = village_results(then, villages=[parent.village], by_sex=True)
        there = {(result.name, result.unit, result.of_sex): result for result in results}
        pairs = [_pair(row, there.get((row.name, row.unit, row.of_sex))) for row in welfare.rows]
        return cls(parent, child, age, year, then, pairs)

    @property
    def rows(self) -> list[tuple[AgePair, str, str]]:
        """Each pair with where its two figures come from: the quarter of the approved report."""
        return [
            (
                pair,
                _source(self.parent_year, pair.parent.quarter if pair.parent else None),
                _source(self.year, pair.child.quarter),
            )
            for pair in self.pairs
        ]


def _pair(child: MeasureRow, parent: VillageResult | None) -> AgePair:
    """The parent up to the child's quarter: what adds up over the year has had as long."""
    return AgePair(child, parent.up_to(child.quarter) if parent and child.quarter else parent)


def _source(year: int, quarter: int | None) -> str:
    return f"laporan {formats.quarter_short(year, quarter)}" if quarter else "belum ada data"


def equal_ages(village: Village, year: int, welfare: WelfareLedger, of: list[Family]) -> list[EqualAge]:
    """Of the newest location of ``village`` that received a success; two queries where there is one."""
    own = [child for family in of for child in family.children if child.village_id == village.pk]
    newest = sorted(own, key=lambda child: child.valid_from)[-1:]
    found = [EqualAge.of(child, year, welfare) for child in newest]
    return [each for each in found if each is not None]
