"""Which villages come first? Weighted scores that explain themselves, and TOPSIS beside them as a check.

``matrix`` has one row per village and one column per criterion, complete: a village with a missing value is "belum
lengkap" and is not ranked (``bounds.score_bounds`` says what its gap can change). ``weights`` are 0 or more, of any
sum above 0, and are scaled to sum 1. ``directions`` are +1 benefit, -1 cost. Ranks count from 1, ties after rounding
to 1e-9 share the best rank and the next one skips (1, 1, 3). Villages and criteria are named by their index from 0 in
results, by row and column from 1 in sentences.

What needs many rankings is in ``sensitivity`` and ``acceptability`` and can be imported from here.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from p2emas.methods.acceptability import Acceptability, rank_acceptability
from p2emas.methods.inputs import Number, checked_directions, checked_matrix, checked_weights
from p2emas.methods.normalisation import Goalposts, normalised_rows
from p2emas.methods.ranks import competition_ranks, weighted_sums
from p2emas.methods.sensitivity import WeightChange, critical_weight_changes, leave_one_out, weight_changes

__all__ = [
    "Acceptability",
    "Ranking",
    "WeightChange",
    "critical_weight_changes",
    "leave_one_out",
    "rank_acceptability",
    "saw",
    "topsis",
    "weight_changes",
]


@dataclass(frozen=True)
class Ranking:
    """Scores and ranks of the villages in input order.

    ``scores[i]`` is None where the method has no answer. ``contributions[i][j]`` is what criterion j gives to village
    i; they add up to its score. None where the method does not add up.
    """

    scores: list[float | None]
    ranks: list[int]
    contributions: list[list[float]] | None


def saw(
    matrix: Iterable[Iterable[Number]],
    weights: Iterable[Number],
    directions: Iterable[int],
    *,
    normalisation: str = "goalposts",
    goalposts: Goalposts | None = None,
) -> Ranking:
    """Simple additive weighting: score = sum of weight x normalised value. The main score.

    Scores are without unit, 0 to 1 (with "none" in the unit of the values; with "vector" down to -1). With fixed
    goalposts a score does not depend on who else applies: one more village never reorders the others, and a single
    village has an honest score. See ``normalisation.normalise`` for the normalisations and their edge cases.

    ValueError: what ``normalise`` refuses; weights that are negative, not finite, all 0, or not one per criterion.
    Source: Fishburn (1967); MacCrimmon (1968); checked against Kusumadewi et al. (2006) and pymcdm.
    """
    rows = checked_matrix(matrix)
    signs = checked_directions(directions, len(rows[0]))
    shares = checked_weights(weights, len(rows[0]))
    normalised = normalised_rows(rows, signs, normalisation, goalposts)
    scores = weighted_sums(normalised, shares)
    contributions = [[share * value for share, value in zip(shares, row, strict=True)] for row in normalised]
    return Ranking([*scores], competition_ranks(scores), contributions)


def topsis(
    matrix: Iterable[Iterable[Number]],
    weights: Iterable[Number],
    directions: Iterable[int],
    *,
    normalisation: str = "vector",
) -> Ranking:
    """TOPSIS: nearness to the best and distance from the worst value of each criterion, D- / (D+ + D-).

    Scores are without unit, 0 (the worst in everything) to 1 (the best in everything). With "vector" the best of a
    cost is its lowest value; with "minmax" costs are mirrored first and all are benefits from there on. The choice
    can change the winner: name it beside the result. Contributions are None: the score does not add up.

    When no criterion that counts distinguishes the villages, all scores are None and all ranks 1.
    ValueError: fewer than two rows, a normalisation other than "vector" and "minmax", dishonest cells, weights or
    directions (as in ``saw``).
    Source: Hwang & Yoon (1981); checked against Tzeng & Huang (2011), Opricovic & Tzeng (2004) and pymcdm.
    """
    rows = checked_matrix(matrix, least_rows=2)
    signs = checked_directions(directions, len(rows[0]))
    shares = checked_weights(weights, len(rows[0]))
    if normalisation not in ("vector", "minmax"):
        raise ValueError(f"Unknown normalisation {normalisation!r} for TOPSIS: use vector or minmax.")
    if normalisation == "minmax":
        normalised, signs = normalised_rows(rows, signs, "minmax", None), [1] * len(signs)
    else:
        normalised = normalised_rows(rows, [1] * len(signs), "vector", None)
    weighted = [[share * value for share, value in zip(shares, row, strict=True)] for row in normalised]
    best, worst = _best_and_worst(weighted, signs)
    if best == worst:
        return Ranking([None] * len(rows), [1] * len(rows), None)
    distances = [(_distance(row, best), _distance(row, worst)) for row in weighted]
    scores = [to_worst / (to_best + to_worst) for to_best, to_worst in distances]
    return Ranking([*scores], competition_ranks(scores), None)


def _best_and_worst(weighted: list[list[float]], signs: Sequence[int]) -> tuple[list[float], list[float]]:
    ends = [(max(column), min(column)) for column in zip(*weighted, strict=True)]
    best = [end[0] if sign > 0 else end[1] for end, sign in zip(ends, signs, strict=True)]
    worst = [end[1] if sign > 0 else end[0] for end, sign in zip(ends, signs, strict=True)]
    return best, worst


def _distance(row: Sequence[float], end: Sequence[float]) -> float:
    return math.sqrt(math.fsum((value - other) * (value - other) for value, other in zip(row, end, strict=True)))
