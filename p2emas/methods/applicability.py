"""What comes first where a criterion does not apply to every option: weaving has no hectares and is ranked too.

"Tidak berlaku" is neither a gap nor a nought: somebody said, with a reason, that the criterion says nothing of this
option. Its weight goes to the option's other criteria in their proportions; the worst case is given beside, in which
it counts as the worst value. Where the two ranks of an option differ, its rank rests on that statement: "sensitif".
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from p2emas.methods.inputs import Number, checked_directions, checked_matrix, checked_weights
from p2emas.methods.normalisation import Goalposts, normalised_rows
from p2emas.methods.ranking import Ranking
from p2emas.methods.ranks import competition_ranks
from p2emas.methods.sensitivity import CHANGES, WeightChange, changed_ranks, moved


@dataclass(frozen=True)
class ApplicableRanking:
    """Both rankings, in input order.

    ``weights[i][j]`` is the weight that criterion j has for option i once the others were spread, None where it does
    not apply; those of an option add up to 1. ``sensitive[i]``: the ranks of ``spread`` and ``worst`` differ.
    """

    spread: Ranking
    worst: Ranking
    weights: list[list[float | None]]
    sensitive: list[bool]


def saw_where_applicable(
    matrix: Iterable[Iterable[Number | None]],
    weights: Iterable[Number],
    directions: Iterable[int],
    *,
    goalposts: Goalposts,
) -> ApplicableRanking:
    """Simple additive weighting on fixed goalposts; None in ``matrix`` is "tidak berlaku".

    Scores are without unit, 0 to 1, and the worst case is never above the spread one. Contributions add up to the
    score; a criterion that does not apply gives 0. Without a None both are ``ranking.saw`` with the same goalposts.

    ValueError: what ``saw`` refuses; an option to which no criterion of weight above 0 applies.
    Source: own; spreading is the renormalised weighted mean over what is there, the worst case its lower bound.
    """
    rows = [list(row) for row in matrix]
    signs = checked_directions(directions, len(rows[0]) if rows else 0)
    shares = checked_weights(weights, len(signs))
    normalised = normalised_rows(checked_matrix(_filled(rows, signs, goalposts)), signs, "goalposts", goalposts)
    spread = [_spread(row, shares, number) for number, row in enumerate(rows, start=1)]
    best = _ranked(normalised, [[weight or 0.0 for weight in row] for row in spread])
    worst = _ranked(normalised, [shares] * len(rows))
    differ = [one != other for one, other in zip(best.ranks, worst.ranks, strict=True)]
    return ApplicableRanking(best, worst, spread, differ)


def weight_changes_where_applicable(
    matrix: Iterable[Iterable[Number | None]],
    weights: Iterable[Number],
    directions: Iterable[int],
    *,
    goalposts: Goalposts,
    changes: Iterable[float] = CHANGES,
) -> list[WeightChange]:
    """``sensitivity.weight_changes`` with a quota of 1, spreading again after each change of a weight.

    A change that leaves an option without any weight (the one criterion that takes all does not apply to it) is left
    out. ValueError as in ``saw_where_applicable``. Without a None it is ``weight_changes``.
    """
    rows = [list(row) for row in matrix]
    signs = checked_directions(directions, len(rows[0]) if rows else 0)
    shares, steps = checked_weights(weights, len(signs)), list(changes)
    before = saw_where_applicable(rows, shares, signs, goalposts=goalposts).spread.ranks
    found = []
    for criterion in range(len(shares)):
        for change in steps:
            new = moved(shares, criterion, change)
            if all(_has_weight(row, new) for row in rows):
                ranks = saw_where_applicable(rows, new, signs, goalposts=goalposts).spread.ranks
                found.append(changed_ranks(before, ranks, 1, criterion=criterion, change=change))
    return found


def _has_weight(row: list[Number | None], weights: list[float]) -> bool:
    return any(weight for value, weight in zip(row, weights, strict=True) if value is not None)


def _filled(rows: list[list[Number | None]], signs: list[int], goalposts: Goalposts) -> list[list[Number]]:
    """With the worst value where a criterion does not apply."""
    ends = [low if sign > 0 else high for (low, high), sign in zip(goalposts, signs, strict=True)]
    return [[end if value is None else value for value, end in zip(row, ends, strict=False)] for row in rows]


def _spread(row: list[Number | None], shares: list[float], number: int) -> list[float | None]:
    whole = math.fsum(share for value, share in zip(row, shares, strict=True) if value is not None)
    if not whole:
        raise ValueError(f"No criterion with a weight applies to row {number}: it cannot be ranked.")
    return [None if value is None else share / whole for value, share in zip(row, shares, strict=True)]


def _ranked(normalised: list[list[float]], weights: list[list[float]]) -> Ranking:
    contributions = [
        [weight * value for weight, value in zip(own, row, strict=True)]
        for own, row in zip(weights, normalised, strict=True)
    ]
    scores = [math.fsum(row) for row in contributions]
    return Ranking([*scores], competition_ranks(scores), contributions)
