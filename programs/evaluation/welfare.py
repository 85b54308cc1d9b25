"""The second ledger: measures of welfare, baseline beside the newest approved value."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.conf import settings

from programs.framework.models import Indicator
from programs.reporting.reading.welfare import VillageResult

Kept = tuple[str, str, str]  # name, unit, sex


@dataclass(frozen=True)
class MeasureRow:
    """One measure of one village, or of several: ``villages`` of ``asked`` know both figures.

    Persons and what adds up over the year are added over the villages, everything else is their mean: an income of two
    villages is not the sum of both. Only villages with a baseline and a value are in either figure.
    """

    name: str
    unit: str
    of_sex: str
    formula: str
    counts_people: bool
    baseline: Fraction | None
    value: Fraction | None
    asked: int = 1
    villages: int = 1
    baseline_year: int | None = None
    quarter: int | None = None
    hidden: int = 0  # villages whose figures are those of too few persons
    is_sample: bool = False

    @classmethod
    def of(cls, result: VillageResult) -> "MeasureRow":
        return cls(
            result.name, result.unit, result.of_sex, result.formula, result.counts_people, _exact(result.baseline),
            _exact(result.value), baseline_year=result.baseline_year, quarter=result.quarter, hidden=int(result.hidden),
            is_sample=result.is_sample,
        )  # fmt: skip

    @property
    def is_mean(self) -> bool:
        return self.asked > 1 and not self.adds_up

    @property
    def adds_up(self) -> bool:
        return self.counts_people or self.formula == Indicator.Formula.INCREASING

    @property
    def difference(self) -> Fraction | None:
        return None if self.baseline is None or self.value is None else self.value - self.baseline

    @property
    def change(self) -> Fraction | None:
        """Percent of the baseline; None where one is unknown or it starts at 0."""
        if self.difference is None or not self.baseline:
            return None
        return self.difference * 100 / self.baseline

    @property
    def gain(self) -> Fraction | None:
        """The change in the direction that is better for people."""
        change = self.change
        return -change if change is not None and self.formula == Indicator.Formula.DECREASING else change

    @property
    def has_risen(self) -> bool | None:
        """Whether it improved by what the setting asks for; None when that cannot be said."""
        return None if self.gain is None else self.gain >= settings.WELFARE_RISE_PERCENT


@dataclass(frozen=True)
class WelfareLedger:
    rows: list[MeasureRow]

    @cached_property
    def wholes(self) -> list[MeasureRow]:
        """Without the parts by sex, which would count the same persons again."""
        return [row for row in self.rows if not row.of_sex]

    @cached_property
    def judged(self) -> list[MeasureRow]:
        return [row for row in self.wholes if row.has_risen is not None]

    @property
    def risen(self) -> int:
        return sum(bool(row.has_risen) for row in self.judged)

    @property
    def is_flat(self) -> bool | None:
        """Whether fewer than half of the known measures improved enough; None while none is known."""
        return self.risen * 2 < len(self.judged) if self.judged else None

    @property
    def is_sample(self) -> bool:
        return any(row.is_sample for row in self.rows)


def _exact(figure: Decimal | None) -> Fraction | None:
    return None if figure is None else Fraction(figure)


def of_one(results: Iterable[VillageResult]) -> WelfareLedger:
    return WelfareLedger([MeasureRow.of(result) for result in results])


def of_several(results: Iterable[VillageResult]) -> WelfareLedger:
    """One row a measure over all villages."""
    found: dict[Kept, list[VillageResult]] = {}
    for result in results:
        found.setdefault((result.name, result.unit, result.of_sex), []).append(result)
    return WelfareLedger([_together(found[key]) for key in sorted(found)])


def _together(results: list[VillageResult]) -> MeasureRow:
    first = results[0]
    pairs = [
        (Fraction(result.baseline), Fraction(result.value))
        for result in results
        if result.baseline is not None and result.value is not None
    ]
    made = MeasureRow(
        first.name, first.unit, first.of_sex, first.formula, first.counts_people, None, None,
        asked=len(results), villages=len(pairs), hidden=sum(result.hidden for result in results),
        is_sample=any(result.is_sample for result in results),
    )  # fmt: skip
    if not pairs:
        return made
    divisor = 1 if made.adds_up else len(pairs)
    before, after = (sum(column, Fraction()) / divisor for column in zip(*pairs, strict=True))
    return MeasureRow(**vars(made) | {"baseline": before, "value": after})
