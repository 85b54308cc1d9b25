"""What a year's work came to: an agency's activities and indicators with target, quarters, and their Renstra.

The rows of E.81 and of the RKPD recap are made from this. All amounts are whole rupiah without village money; None is
"belum ada data", and anything that is computed from it is None too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from math import fsum
from operator import add
from typing import TypeVar

from p2emas.accounts.models import Agency
from p2emas.methods.achievement import achievement
from programs.framework.models import Activity, Indicator
from programs.planning.models import WorkPlan
from programs.reporting.reports.models import ProgressReport

Figure = Decimal | None
Money = int | None
QUARTERS = (1, 2, 3, 4)
Amount = TypeVar("Amount", int, Decimal)


def sum_known(values: Iterable[Amount | None]) -> Amount | None:
    """The sum of what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return reduce(add, known) if known else None


def sum_all(values: Sequence[Amount | None]) -> Amount | None:
    """The sum, or None as soon as one part is unknown."""
    return None if any(value is None for value in values) else sum_known(values)


def last_known(values: Iterable[Amount | None]) -> Amount | None:
    known = [value for value in values if value is not None]
    return known[-1] if known else None


def quotient(part: int | None, whole: int | None) -> float | None:
    """``part`` in per cent of ``whole``, unrounded."""
    return float(Fraction(part * 100, whole)) if part is not None and whole else None


@dataclass(frozen=True)
class MeasuredIndicator:
    """An indicator of an activity: ``quarters`` holds four values, None where nothing counts."""

    name: str
    unit: str
    formula: str
    target: Figure
    quarters: Sequence[Figure]
    renstra_target: Figure
    realised_before: Figure
    falling: str  # how the achievement of an indicator is computed that should fall
    told_target: Figure = None  # the part of the target that is of villages that said a value
    silent: int = 0  # villages that never said one

    @property
    def adds_up(self) -> bool:
        return self.formula == Indicator.Formula.INCREASING

    @property
    def realised(self) -> Figure:
        """Column 12: quarters of "tren positif" add up, of the other types the last value counts."""
        return sum_known(self.quarters) if self.adds_up else last_known(self.quarters)

    @property
    def renstra_realised(self) -> Figure:
        """Column 13: 6 + 12; of types that do not add up the last value."""
        if self.adds_up:
            return sum_all((self.realised_before, self.realised))
        return last_known((self.realised_before, self.realised))

    @property
    def achievement(self) -> float | None:
        """Of the Renja: column 12 of column 7, like with like: a village without a value is in neither."""
        return self._of(self.told_target, self.quarters)

    @property
    def renstra_achievement(self) -> float | None:
        """Column 14: 13 of 5; unknown while a village of what adds up is: the goal is not divided by villages."""
        if self.adds_up and self.silent:
            return None
        return self._of(self.renstra_target, [self.renstra_realised])

    def _of(self, target: Figure, values: Sequence[Figure]) -> float | None:
        if any(number is not None and number < 0 for number in (target, *values)):
            return None  # slipped in past the forms: it means nothing
        return achievement(self.formula, target, values, decreasing=self.falling)


@dataclass(frozen=True)
class MeasuredActivity:
    """An activity with its money: each rupiah is counted once, no matter how many indicators there are."""

    activity: Activity
    indicators: Sequence[MeasuredIndicator]
    budget: Money  # of the plan that the quarter follows; 0 where the plan no longer has it
    quarters: Sequence[Money]
    renstra_money: Money
    realised_before: Money
    told_budget: Money = None  # the part of the budget that is of lines that said what they cost
    is_whole: bool = True  # whether every line did
    missing: int = 0  # lines without a figure in the last report
    remarks: Sequence[str] = ()

    @property
    def realised(self) -> Money:
        return sum_known(self.quarters)

    @property
    def renstra_realised(self) -> Money:
        return sum_all((self.realised_before, self.realised))

    @property
    def absorption(self) -> float | None:
        """Like with like: a line without a figure is in neither."""
        return quotient(self.realised, self.told_budget)

    @property
    def renstra_absorption(self) -> float | None:
        """Unknown while a line is: what the Renstra plans is not divided by lines."""
        return None if not self.is_whole else quotient(self.renstra_realised, self.renstra_money)


@dataclass(frozen=True)
class MeasuredProgramme:
    """The activities of one programme of the agency, with sums."""

    name: str
    code: str
    activities: Sequence[MeasuredActivity]

    def total(self, name: str) -> Money:
        """A plan's column has a sum only where every activity has the amount."""
        return sum_all([getattr(each, name) for each in self.activities])

    def known(self, name: str) -> Money:
        return sum_known([getattr(each, name) for each in self.activities])

    @property
    def quarters(self) -> list[Money]:
        return [sum_known([each.quarters[n] for each in self.activities]) for n in range(4)]

    @property
    def renstra_realised(self) -> Money:
        return sum_all((self.total("realised_before"), self.known("realised")))

    @property
    def absorption(self) -> float | None:
        return quotient(self.known("realised"), self.known("told_budget"))

    @property
    def renstra_absorption(self) -> float | None:
        whole = all(each.is_whole and each.realised is not None for each in self.activities)
        return quotient(self.renstra_realised, self.total("renstra_money")) if whole else None

    @property
    def missing(self) -> int:
        return sum(each.missing for each in self.activities)


@dataclass(frozen=True)
class AgencyYear:
    """One agency in one year up to a quarter."""

    agency: Agency
    year: int
    quarter: int
    plan: WorkPlan | None
    reports: dict[int, ProgressReport]  # by quarter: those whose figures are shown
    programmes: Sequence[MeasuredProgramme]
    unverified: Sequence[int] = ()  # quarters whose figures were sent and nobody has verified
    corrected: Sequence[int] = ()  # quarters that are corrected, and count as they were approved

    @property
    def activities(self) -> list[MeasuredActivity]:
        return [each for programme in self.programmes for each in programme.activities]

    @property
    def indicators(self) -> list[MeasuredIndicator]:
        return [each for activity in self.activities for each in activity.indicators]

    @property
    def is_sample(self) -> bool:
        return bool(self.plan and self.plan.is_sample) or any(each.activity.is_sample for each in self.activities)


def mean(values: Sequence[float | None]) -> float | None:
    """The plain mean of what is known."""
    known = [value for value in values if value is not None]
    return fsum(known) / len(known) if known else None
