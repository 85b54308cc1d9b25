"""Does the order of the villages depend on one weight, or on one competitor?

Arguments as in ``ranking``; ``quota`` is the number of places. Villages tied at the line all count as inside it.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from p2emas.methods.inputs import (
    Number,
    checked_count,
    checked_directions,
    checked_float,
    checked_matrix,
    checked_weights,
)
from p2emas.methods.normalisation import Goalposts, normalised_rows
from p2emas.methods.ranks import competition_ranks, kendall_tau, weighted_sums

CHANGES = (-0.5, -0.25, -0.1, 0.1, 0.25, 0.5)


@dataclass(frozen=True)
class WeightChange:
    """What happens when the weight of one criterion moves by the fraction ``change`` and the others make room.

    ``criterion`` is an index from 0. ``ranks`` of all villages afterwards; ``enters`` and ``leaves`` are the indices
    of those that cross the quota line. ``kendall_tau`` (tau-b, -1 to 1) compares with the ranks before, None where
    one of both orders has no order (all tied, or a single village).
    """

    criterion: int
    change: float
    ranks: list[int]
    enters: list[int]
    leaves: list[int]
    kendall_tau: float | None


def weight_changes(
    matrix: Iterable[Iterable[Number]],
    weights: Iterable[Number],
    directions: Iterable[int],
    *,
    goalposts: Goalposts,
    quota: int,
    changes: Iterable[Number] = CHANGES,
) -> list[WeightChange]:
    """One weight at a time: SAW on goalposts again for each criterion and each change, criterion by criterion.

    w_k becomes w_k (1 + d), at most 1, and the others are scaled by (1 - w_k') / (1 - w_k); a single weight of 1 has
    nobody to make room and stays. ``changes`` are fractions from -1 (0.25 is +25 %).
    ValueError: dishonest input (as in ``saw``), a quota below 1, a change below -1 or not finite.
    Source: one-at-a-time analysis as in Chen, Yu & Khan (2010).
    """
    rows = checked_matrix(matrix)
    signs = checked_directions(directions, len(rows[0]))
    shares = checked_weights(weights, len(rows[0]))
    places = checked_count(quota, "Quota", least=1)
    steps = [_checked_change(change) for change in changes]
    normalised = normalised_rows(rows, signs, "goalposts", goalposts)
    before = competition_ranks(weighted_sums(normalised, shares))
    return [
        _changed(normalised, shares, before, places, criterion=criterion, change=change)
        for criterion in range(len(shares))
        for change in steps
    ]


def moved(weights: Sequence[float], criterion: int, change: float) -> list[float]:
    """Weights of sum 1 after one of them moved by the fraction ``change``; the others keep their proportions."""
    own = weights[criterion]
    rest = math.fsum(weight for place, weight in enumerate(weights) if place != criterion)
    if not rest:
        return list(weights)
    new = min(own * (1 + change), 1.0)
    return [new if place == criterion else weight * (1 - new) / rest for place, weight in enumerate(weights)]


def critical_weight_changes(
    normalised: Iterable[Iterable[Number]], weights: Iterable[Number], a: int, b: int
) -> list[float | None]:
    """For each criterion the change of its weight at which villages ``a`` and ``b`` tie, the other weights fixed.

    ``normalised`` is the matrix after ``normalise`` (or any values that SAW adds up), ``a`` and ``b`` are row indices
    from 0. The change is (S_b - S_a) / (r_ak - r_bk), in points of a total weight of 1 and without scaling the others;
    it may be more than the weight can give (then no change of this weight makes them tie). None where both villages
    are equal in the criterion. ValueError: dishonest cells or weights, an index that is no row.
    Source: Triantaphyllou & Sanchez (1997).
    """
    rows = checked_matrix(normalised)
    shares = checked_weights(weights, len(rows[0]))
    for name, row in (("a", a), ("b", b)):
        if checked_count(row, f"Row {name}") >= len(rows):
            raise ValueError(f"Row {name} is {row}, but the last of {len(rows)} rows is {len(rows) - 1}.")
    score_a, score_b = weighted_sums((rows[a], rows[b]), shares)
    return [_critical(score_b - score_a, one, other) for one, other in zip(rows[a], rows[b], strict=True)]


def leave_one_out(
    matrix: Iterable[Iterable[Number]],
    weights: Iterable[Number],
    directions: Iterable[int],
    *,
    normalisation: str = "goalposts",
    goalposts: Goalposts | None = None,
) -> list[list[int]]:
    """SAW without each village in turn: entry i has the ranks of all others, in input order, when village i is away.

    With fixed goalposts the others keep their order; with normalisations that look at all rows they may not (rank
    reversal). The list of a single village is empty. ValueError as in ``saw``.
    Source: Belton & Gear (1983) for rank reversal.
    """
    rows = checked_matrix(matrix)
    signs = checked_directions(directions, len(rows[0]))
    shares = checked_weights(weights, len(rows[0]))
    scores = weighted_sums(normalised_rows(rows, signs, normalisation, goalposts), shares)
    if normalisation == "goalposts":  # a score does not depend on the other rows
        return [competition_ranks(scores[:row] + scores[row + 1 :]) for row in range(len(rows))]
    return [_ranks(rows[:row] + rows[row + 1 :], signs, shares, normalisation) for row in range(len(rows))]


def _ranks(rows: list[list[float]], signs: list[int], shares: list[float], normalisation: str) -> list[int]:
    return competition_ranks(weighted_sums(normalised_rows(rows, signs, normalisation, None), shares)) if rows else []


def _changed(
    normalised: list[list[float]], shares: list[float], before: list[int], quota: int, *, criterion: int, change: float
) -> WeightChange:
    ranks = competition_ranks(weighted_sums(normalised, moved(shares, criterion, change)))
    return changed_ranks(before, ranks, quota, criterion=criterion, change=change)


def changed_ranks(
    before: Sequence[int], ranks: list[int], quota: int, *, criterion: int, change: float
) -> WeightChange:
    """What the ranks after a change say beside those before; see ``WeightChange``."""
    both = list(enumerate(zip(before, ranks, strict=True)))
    return WeightChange(
        criterion=criterion,
        change=change,
        ranks=ranks,
        enters=[row for row, (old, new) in both if new <= quota < old],
        leaves=[row for row, (old, new) in both if old <= quota < new],
        kendall_tau=kendall_tau(before, ranks),
    )


def _checked_change(change: Number) -> float:
    fraction = checked_float(change, "A change of weight")
    if fraction < -1:
        raise ValueError(f"A change of weight is below -1 ({change}): a weight cannot lose more than all of it.")
    return fraction


def _critical(gap: float, one: float, other: float) -> float | None:
    if math.isclose(one, other, rel_tol=1e-12):
        return None
    change = gap / (one - other)
    return change if math.isfinite(change) else None
