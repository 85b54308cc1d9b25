"""Sums over the lines of a month: money in rupiah and in per cent of the budget, work weighed with the budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from p2emas.methods.curves import value_of_work
from programs.monthly.comparing import BothSides, LineComparison
from programs.monthly.figures import AgencyMonth, CarriedWork, LineMonth


@dataclass(frozen=True)
class MonthTotal:
    """Of one agency, one programme or all. Lines without a figure are left out of the sums and counted beside them.

    Shares are over the lines that say something (``LineComparison``); work that has gone from the plan adds its money.
    """

    rows: Sequence[LineMonth]
    carried: Sequence[CarriedWork] = ()

    @classmethod
    def of(cls, *months: AgencyMonth) -> "MonthTotal":
        """Of the agencies' own budget: village money is left out."""
        return cls(
            [row for month in months for row in month.rows if row.counts],
            [work for month in months for work in month.carried if work.counts],
        )

    def of_activities(self, activities: set[int]) -> "MonthTotal":
        return MonthTotal(
            [row for row in self.rows if row.activity in activities],
            [work for work in self.carried if work.activity in activities],
        )

    @cached_property
    def amount(self) -> int:
        return sum(row.amount for row in self.rows)

    @cached_property
    def spent(self) -> int | None:
        return _sum([row.actual.money for row in self.rows] + [work.actual.money for work in self.carried])

    @cached_property
    def planned_money(self) -> int | None:
        return _sum([row.planned.money for row in self.rows])

    @cached_property
    def money(self) -> LineComparison:
        """Money against the cash plan (RAK)."""
        rows = [BothSides(row.amount, _hundred(row.planned.money), _hundred(row.actual.money)) for row in self.rows]
        return LineComparison(rows, [_hundred(work.actual.money) for work in self.carried])

    @cached_property
    def work(self) -> LineComparison:
        """Work against its plan, each line weighed with its budget; what is no longer planned weighs nothing."""
        return LineComparison(
            [
                BothSides(row.amount, *(_weighed(row.amount, each.physical) for each in (row.planned, row.actual)))
                for row in self.rows
            ]
        )

    @property
    def physical(self) -> Fraction | None:
        return self.work.reached

    @property
    def planned_physical(self) -> Fraction | None:
        return self.work.planned

    @cached_property
    def value_of_work(self) -> int | None:
        """Nilai fisik, rupiah."""
        return value_of_work((row.amount, row.actual.physical) for row in self.rows)

    @cached_property
    def missing(self) -> int:
        """Lines of which money or work is not known."""
        return sum(row.actual.money is None or row.actual.physical is None for row in self.rows)

    @cached_property
    def unplanned(self) -> int:
        """Lines without RAK for the month."""
        return sum(row.planned.money is None for row in self.rows)

    @property
    def filled(self) -> int:
        return len(self.rows) - self.missing


def _hundred(money: int | None) -> int | None:
    return None if money is None else 100 * money


def _weighed(amount: int, percent: Decimal | None) -> Decimal | None:
    return None if percent is None else amount * percent


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
