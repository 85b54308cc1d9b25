"""What can a missing value change? The worst and the best case of villages that are "belum lengkap"."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from p2emas.methods.inputs import Number, checked_count, checked_directions, checked_matrix, checked_weights
from p2emas.methods.normalisation import Goalposts, normalised_rows
from p2emas.methods.ranks import DECIMALS, weighted_sums


@dataclass(frozen=True)
class Bounds:
    """``low`` and ``high`` score when every missing value turns out worst (0) or best (1) on its goalposts.

    ``best_rank`` and ``worst_rank``: between these the village's rank is, no matter what the missing values of all
    villages turn out to be. ``missing``: indices of the criteria without a value; empty where low == high.
    ``in_quota``: True or False where the quota line is decided in every case, None where the gaps matter.
    """

    low: float
    high: float
    best_rank: int
    worst_rank: int
    missing: list[int]
    in_quota: bool | None


def score_bounds(
    matrix: Iterable[Sequence[Number | None]],
    weights: Iterable[Number],
    directions: Iterable[int],
    *,
    goalposts: Goalposts,
    quota: int,
) -> list[Bounds]:
    """Bounds of the SAW score on goalposts of each village, in input order; None in the matrix is a missing value.

    Scores are 0 to 1 as in ``ranking.saw``, whose score a complete village has as both bounds. A village's best rank
    counts those whose worst is above its best, its worst rank those whose best is above its worst (after rounding to
    1e-9; ties share a rank, and all tied at the line count as inside).
    ValueError: dishonest input as in ``saw``, except that None is allowed; a quota below 1.
    Source: interval dominance, as in Weber (1987); a rule of this programme.
    """
    rows = [list(row) for row in matrix]
    gaps = [[column for column, value in enumerate(row) if value is None] for row in rows]
    filled = checked_matrix([0 if value is None else value for value in row] for row in rows)
    signs = checked_directions(directions, len(filled[0]))
    shares = checked_weights(weights, len(signs))
    places = checked_count(quota, "Quota", least=1)
    normalised = normalised_rows(filled, signs, "goalposts", goalposts)
    lows = weighted_sums(_with_gaps_at(normalised, gaps, 0.0), shares)
    highs = weighted_sums(_with_gaps_at(normalised, gaps, 1.0), shares)
    ranks = _rank_bounds(lows, highs)
    return [
        Bounds(low, high, best, worst, missing, True if worst <= places else False if best > places else None)
        for low, high, (best, worst), missing in zip(lows, highs, ranks, gaps, strict=True)
    ]


def _rank_bounds(lows: Sequence[float], highs: Sequence[float]) -> list[tuple[int, int]]:
    """Best and worst rank of each village, after rounding."""
    low_ends = [round(score, DECIMALS) for score in lows]
    high_ends = [round(score, DECIMALS) for score in highs]
    sorted_lows, sorted_highs, count = sorted(low_ends), sorted(high_ends), len(lows)
    ranks = []
    for low, high in zip(low_ends, high_ends, strict=True):
        surely_above = count - bisect_right(sorted_lows, high)
        maybe_above = count - bisect_right(sorted_highs, low) - (high > low)
        ranks.append((1 + surely_above, 1 + maybe_above))
    return ranks


def _with_gaps_at(normalised: list[list[float]], gaps: list[list[int]], value: float) -> list[list[float]]:
    return [
        [value if column in missing else known for column, known in enumerate(row)] if missing else row
        for row, missing in zip(normalised, gaps, strict=True)
    ]
