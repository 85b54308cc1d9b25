"""Does what was handed over still live, or is it in use? A life table over packages of goods at fixed check months.

A package holds a quantity (12 goats, 1 loom). At each check month somebody counts what is left of it. Two other answers
are possible: the check is not due yet, which says nothing, or it was due and nobody could count, which is lost.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from p2emas.methods.inputs import Number, checked_count, checked_number, exact, to_float
from p2emas.methods.student import quantile

# From so many packages on the spread between them says something.
LEAST_PACKAGES = 5


@dataclass(frozen=True)
class Package:
    """What was handed over and what was left of it at the check months, in their order.

    ``left`` may be shorter than the list of months: what is not there is not due yet. None is a check that was due and
    was not made.
    """

    quantity: Number
    left: Sequence[Number | None] = ()


@dataclass(frozen=True)
class Survival:
    """Shares from 0 to 1 at one check month.

    ``share``: of all that was handed over, what is left, by the packages that were counted before and now; None while
    no package was, or none is due. ``low``, ``high``: its interval, None below 5 packages. ``worst``, ``best``: with
    lost ones counted as gone, and as there. ``packages``: those whose check is due; ``counted``: of these with a count
    now and before; ``lost``: of these without a count now.
    """

    month: int
    share: float | None
    low: float | None
    high: float | None
    worst: float | None
    best: float | None
    packages: int
    counted: int
    lost: int


# The quantity, then the count at each month whose check is due; None where nobody counted.
Counts = Sequence[Fraction | None]


def life_table(months: Sequence[int], packages: Iterable[Package], *, confidence: float = 0.95) -> list[Survival]:
    """The share that is left at each of ``months`` (whole, above 0, rising), weighted by quantity.

    Between two neighbouring months the share is what was left at the later one over what was left at the earlier one,
    of the packages that were counted at both; the shares of all steps so far are multiplied. With packages of one item
    each this is the estimate of Kaplan and Meier (1958), where those not yet due are its censored ones.

    The interval is the jackknife's (Tukey 1958): each package is left out once, and the spread of these results gives
    the standard error, with Student's distribution of n-1 degrees of freedom; kept within 0 and 1. Packages, not items,
    are left out, because the items of one group live and die together.

    The band from ``worst`` to ``best`` fills lost counts in the ways that give the smallest and the largest share at
    that month. What was there later was there earlier, so that a lost count lies between the counts around it, or
    below the last one down to 0.

    ValueError: a quantity that is not above 0; a count below 0 or above the one before it; more counts than months;
    months or a confidence that make no sense.
    """
    checked = _months(months)
    rows = [_followed(package, number, len(checked)) for number, package in enumerate(packages, start=1)]
    if not 0 < confidence < 1:
        raise ValueError(f"The confidence must lie between 0 and 1, not {confidence!r}.")
    return [_at(step, month, rows, confidence) for step, month in enumerate(checked, start=1)]


def _months(months: Sequence[int]) -> list[int]:
    checked = [checked_count(month, f"Month {number}", least=1) for number, month in enumerate(months, start=1)]
    if any(later <= earlier for earlier, later in pairwise(checked)):
        raise ValueError(f"The check months must rise: {', '.join(map(str, checked))}.")
    return checked


def _followed(package: Package, number: int, steps: int) -> Counts:
    if checked_number(package.quantity, f"Quantity of package {number}") <= 0:
        raise ValueError(f"Package {number} has the quantity {package.quantity}: it must be above 0.")
    if len(package.left) > steps:
        raise ValueError(f"Package {number} has {len(package.left)} counts for {steps} check months.")
    most = exact(package.quantity, f"Quantity of package {number}")
    known: list[Fraction | None] = [most]
    for place, left in enumerate(package.left, start=1):
        count = None if left is None else exact(left, f"Count {place} of package {number}")
        if count is not None and not 0 <= count <= most:
            raise ValueError(f"Count {place} of package {number} is {left}: between 0 and the {most} before it.")
        known.append(count)
        most = most if count is None else count
    return known


def _at(step: int, month: int, rows: Sequence[Counts], confidence: float) -> Survival:
    due = [row for row in rows if len(row) > step]
    if not due:
        return Survival(month, None, None, None, None, None, packages=0, counted=0, lost=0)
    share = _share(rows, step)
    low, high = _interval(rows, step, confidence) or (None, None)
    worst, best = _band(rows, step)
    return Survival(
        month=month,
        share=_float(share),
        low=low,
        high=high,
        worst=_float(worst),
        best=_float(best),
        packages=len(due),
        counted=sum(1 for row in due if _is_counted(row, step)),
        lost=sum(1 for row in due if row[step] is None),
    )


def _band(rows: Sequence[Counts], step: int) -> tuple[Fraction | None, Fraction | None]:
    """Nothing where the last that could be counted may have been gone before."""
    worst, best = (_share([way(row, step) for row in rows], step) for way in (_worst, _best))
    return (None, None) if worst is None or best is None else (worst, best)


def _float(share: Fraction | None) -> float | None:
    return None if share is None else to_float(share, "The counts")


def _is_counted(row: Counts, step: int) -> bool:
    return len(row) > step and row[step] is not None and row[step - 1] is not None


def _share(rows: Sequence[Counts], last: int) -> Fraction | None:
    """Multiplied over the steps up to ``last``; None as soon as one of them has nothing that was counted twice."""
    product = Fraction(1)
    for step in range(1, last + 1):
        counted = [row for row in rows if _is_counted(row, step)]
        before = sum((row[step - 1] or Fraction() for row in counted), Fraction())
        if not before:  # all gone earlier, which stays so, or nobody counted
            return Fraction() if not product else None
        product *= sum((row[step] or Fraction() for row in counted), Fraction()) / before
    return product


def _worst(row: Counts, last: int) -> Counts:
    """Counts up to ``last`` that make the share at ``last`` as small as it can be.

    A lost count is as large as it can be, since it only makes the next step begin with more; but the last of the
    package is as small as it can be.
    """
    end = min(last, len(row) - 1)
    if row[end] is None:
        later = next((count for count in row[end + 1 :] if count is not None), Fraction())
        return [*(_up_to(row, place) for place in range(end)), later]
    return [_up_to(row, place) for place in range(end + 1)]


def _best(row: Counts, last: int) -> Counts:
    """Counts up to ``last`` that make the share at ``last`` as large as it can be.

    A lost count before one that is known is as small as it can be, which is that one; one without is as large.
    """
    kept = row[: last + 1]
    return [
        next((count for count in kept[place:] if count is not None), _up_to(row, place)) for place in range(len(kept))
    ]


def _up_to(row: Counts, place: int) -> Fraction | None:
    """The last count that is known up to ``place``."""
    return next(count for count in reversed(row[: place + 1]) if count is not None)


def _interval(rows: Sequence[Counts], step: int, confidence: float) -> tuple[float, float] | None:
    """Over the packages that had a say in the share; None below 5, and where a step rests on one of them alone."""
    saying = [row for row in rows if any(_is_counted(row, each) for each in range(1, step + 1))]
    whole = _share(saying, step)
    without = [_share(saying[:place] + saying[place + 1 :], step) for place in range(len(saying))]
    known = [share for share in without if share is not None]
    if whole is None or len(known) < max(LEAST_PACKAGES, len(saying)):
        return None
    share = to_float(whole, "The counts")
    reach = quantile((1 + confidence) / 2, len(known) - 1) * _jackknife_error(known)
    return max(0.0, share - reach), min(1.0, share + reach)


def _jackknife_error(without: Sequence[Fraction]) -> float:
    n = len(without)
    mean = sum(without, Fraction()) / n
    return math.sqrt(sum(((share - mean) ** 2 for share in without), Fraction()) * (n - 1) / n)
