"""Plan and result of some lines, like with like: a line that says nothing is in no share, and is never a nought.

A share is taken over the budget of the lines that say it, a difference over those that say both. Whether a delay is
critical is only said where it is certain, be what the silent lines have reached nothing or all of their budget.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from p2emas.methods.curves import is_critical, point_deviation, relative_deviation

Hundredths = int | Decimal | None  # rupiah x per cent: exact for money (x 100) and for work (budget x per cent)


class BothSides(NamedTuple):
    """A line: its budget in rupiah, and what was planned and reached of it. None is "belum ada data"."""

    amount: int
    planned: Hundredths
    reached: Hundredths


@dataclass(frozen=True)
class LineComparison:
    """``carried`` is what work came to that is no longer planned: reached, against no budget; None is unknown."""

    lines: Sequence[BothSides]
    carried: Sequence[Hundredths] = ()

    @cached_property
    def told(self) -> list[BothSides]:
        """The lines that say what they have reached."""
        return [line for line in self.lines if line.reached is not None]

    @cached_property
    def planned_lines(self) -> list[BothSides]:
        return [line for line in self.lines if line.planned is not None]

    @cached_property
    def both(self) -> list[BothSides]:
        return [line for line in self.told if line.planned is not None]

    @property
    def is_whole(self) -> bool:
        """Whether every line says what it has reached."""
        return len(self.told) == len(self.lines) and None not in self.carried

    @property
    def is_like(self) -> bool:
        """Whether the shares can be compared as they are: both are of the same lines."""
        return len(self.told) == len(self.planned_lines) == len(self.both)

    @cached_property
    def reached(self) -> Fraction | None:
        """Per cent of the budget of those lines."""
        return _share([line.reached for line in self.told], self.told, self.carried)

    @cached_property
    def planned(self) -> Fraction | None:
        return _share([line.planned for line in self.planned_lines], self.planned_lines)

    @property
    def points(self) -> Fraction | None:
        """Deviasi of the S-curve, of the lines that say both."""
        return point_deviation(*self._compared)

    @property
    def relative(self) -> Fraction | None:
        """Deviasi of RFK, of the lines that say both."""
        return relative_deviation(*self._compared)

    @property
    def is_critical(self) -> bool | None:
        """None where a silent line could decide it, or a line has no plan."""
        amount = sum(line.amount for line in self.lines)
        if not amount or not self.told or len(self.planned_lines) < len(self.lines):
            return None
        least = _total([*(line.reached for line in self.told), *self.carried])
        silent = sum(line.amount for line in self.lines if line.reached is None)
        at_best = is_critical(self.planned, (least + 100 * silent) / amount)
        at_worst = is_critical(self.planned, least / amount)
        return at_best if at_best == at_worst and None not in self.carried else None

    @property
    def _compared(self) -> tuple[Fraction | None, Fraction | None]:
        planned, reached = ([line[side] for line in self.both] for side in (1, 2))
        return _share(planned, self.both), _share(reached, self.both, self.carried)


def _share(
    parts: Iterable[Hundredths], lines: Sequence[BothSides], carried: Iterable[Hundredths] = ()
) -> Fraction | None:
    """In per cent of the budget of ``lines``; what was spent on work that is no longer planned counts in any case."""
    amount = sum(line.amount for line in lines)
    return _total([*parts, *carried]) / amount if amount else None


def _total(values: Iterable[Hundredths]) -> Fraction:
    return Fraction(sum(value for value in values if value is not None))
