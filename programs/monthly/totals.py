"""Sums over the lines of a month: money in rupiah and in per cent of the budget, work weighed with the budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from p2emas.methods.averages import weighted_mean
from p2emas.methods.curves import is_critical, point_deviation, relative_deviation, value_of_work
from programs.monthly.figures import AgencyMonth, CarriedWork, LineMonth


@dataclass(frozen=True)
class MonthTotal:
    """Of one agency, one programme or all. Lines without a figure are left out of the sums and counted beside them.

    Percentages are of ``amount``, the budget of the lines (DPA); work that has gone from the plan adds its money.
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

    @property
    def spent_percent(self) -> Fraction | None:
        return self._percent(self.spent)

    @property
    def planned_percent(self) -> Fraction | None:
        return self._percent(self.planned_money)

    @cached_property
    def physical(self) -> Fraction | None:
        return weighted_mean((row.amount, row.actual.physical) for row in self.rows)

    @cached_property
    def planned_physical(self) -> Fraction | None:
        return weighted_mean((row.amount, row.planned.physical) for row in self.rows)

    @cached_property
    def value_of_work(self) -> int | None:
        """Nilai fisik, rupiah."""
        return value_of_work((row.amount, row.actual.physical) for row in self.rows)

    @property
    def relative_deviation(self) -> Fraction | None:
        """Deviasi of RFK: per cent of the cash plan."""
        return relative_deviation(self.planned_percent, self.spent_percent)

    @property
    def point_deviation(self) -> Fraction | None:
        """Deviasi of the S-curve: percentage points, negative where money is behind."""
        return point_deviation(self.planned_percent, self.spent_percent)

    @property
    def is_critical(self) -> bool | None:
        return is_critical(self.planned_percent, self.spent_percent)

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

    def _percent(self, money: int | None) -> Fraction | None:
        return Fraction(money * 100, self.amount) if money is not None and self.amount else None


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
