"""Did places with support change more than places without? Differences of changes, and one place among the others.

Each place gives a figure of an earlier and of a later year, both measured in the same way and unit. What lacks one of
the two has no change and is left out before; how many were left out belongs beside the result.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from p2emas.methods.inputs import Number, checked_count, checked_float, exact, to_float
from p2emas.methods.student import quantile

# Below so many places on either side nothing can be said.
LEAST_PLACES = 5

Change = tuple[Number, Number]  # the figure of the earlier, and of the later year


@dataclass(frozen=True)
class Mean:
    """A mean of ``n`` places (at least 2) with its standard error, in the unit of the figure."""

    mean: float
    error: float
    n: int


@dataclass(frozen=True)
class ChangeDifference:
    """``value``: mean change with support minus mean change without, in the unit of the figure.

    ``low`` to ``high`` is Welch's interval, ``freedom`` its degrees of freedom by Satterthwaite, ``error`` the
    standard error. Both sides are kept, since a difference may come from a fall of the others.
    """

    value: float
    error: float
    low: float
    high: float
    freedom: float
    supported: Mean
    others: Mean


@dataclass(frozen=True)
class PlaceAmongOthers:
    """Where one change lies among the ``n`` changes of other places: how many are smaller, equal and larger."""

    change: float
    smaller: int
    equal: int
    larger: int
    n: int


def difference_of_changes(
    supported: Iterable[Change], others: Iterable[Change], *, confidence: float = 0.95, least: int = LEAST_PLACES
) -> ChangeDifference | None:
    """The difference in differences of two groups of places, with Welch's interval for unequal spread.

    None below ``least`` places (at least 2) on either side, and where no change differs from another within its group
    on both sides: the interval would have no width. ``confidence`` above 0, below 1.
    ValueError: a figure that is not a finite number, another confidence or ``least``.
    Source: Welch (1947); as used by Card and Krueger (1994), table 3.
    """
    checked_count(least, "The least number of places", least=2)
    with_support, without = _changes(supported, "Supported place"), _changes(others, "Other place")
    if min(len(with_support), len(without)) < least:
        return None
    return difference_of_means(_mean(with_support), _mean(without), confidence=confidence)


def difference_of_means(one: Mean, other: Mean, *, confidence: float = 0.95) -> ChangeDifference | None:
    """``one`` minus ``other`` with Welch's interval; None where both standard errors are 0.

    ValueError: fewer than 2 places, a standard error below 0, a confidence that is not between 0 and 1.
    """
    if not 0 < checked_float(confidence, "The confidence") < 1:
        raise ValueError(f"The confidence must lie between 0 and 1, not {confidence!r}.")
    for side in (one, other):
        checked_count(side.n, "The number of places", least=2)
        if checked_float(side.error, "The standard error") < 0:
            raise ValueError(f"A standard error starts at 0, it is not {side.error}.")
    error = math.hypot(one.error, other.error)
    if not error:
        return None
    # as shares of the error, so that very small or large figures do not leave the range of numbers
    parts = [(side.error / error) ** 4 / (side.n - 1) for side in (one, other)]
    freedom = 1 / math.fsum(parts)
    value = one.mean - other.mean
    reach = quantile((1 + confidence) / 2, freedom) * error
    return ChangeDifference(value, error, value - reach, value + reach, freedom, one, other)


def standing(change: Change, others: Iterable[Change], *, least: int = LEAST_PLACES) -> PlaceAmongOthers | None:
    """One place among ``others``; no interval, since one place has no spread. None below ``least`` others.

    ValueError: a figure that is not a finite number.
    """
    (mine,) = _changes([change], "Place")
    known = _changes(others, "Other place")
    if len(known) < checked_count(least, "The least number of places", least=1):
        return None
    smaller, equal = sum(each < mine for each in known), sum(each == mine for each in known)
    return PlaceAmongOthers(to_float(mine, "The figures"), smaller, equal, len(known) - smaller - equal, len(known))


def _changes(pairs: Iterable[Change], name: str) -> list[Fraction]:
    return [
        exact(after, f"Later figure of {name.lower()} {number}")
        - exact(before, f"Earlier figure of {name.lower()} {number}")
        for number, (before, after) in enumerate(pairs, start=1)
    ]


def _mean(changes: Sequence[Fraction]) -> Mean:
    n = len(changes)
    mean = sum(changes, Fraction()) / n
    spread = sum(((change - mean) ** 2 for change in changes), Fraction()) / (n - 1)
    return Mean(to_float(mean, "The changes"), math.sqrt(to_float(spread / n, "The changes")), n)
