"""From weighted values to scores, from scores to ranks, and how far two rank orders agree."""

import math
from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from operator import mul

# Scores are equal when they are so after rounding to this many decimals. Rounding looks at one score at a time, so
# whether two villages tie never depends on a third.
DECIMALS = 9


def weighted_sums(rows: Iterable[Sequence[float]], weights: Sequence[float]) -> list[float]:
    """Sum of weight x value of each row, rounded once."""
    try:
        return [math.fsum(map(mul, row, weights)) for row in rows]
    except OverflowError as error:
        raise ValueError("The values are too large to add up: give them in a larger unit.") from error


def competition_ranks(scores: Sequence[float]) -> list[int]:
    """Rank of each score, the highest first; ties share the best rank and the next one skips (1, 1, 3).

    Scores tie when they are equal after rounding to 1e-9.
    """
    return ranks_in_order(scores, sorted(range(len(scores)), key=scores.__getitem__, reverse=True))


def ranks_in_order(scores: Sequence[float], order: Sequence[int]) -> list[int]:
    """``competition_ranks`` for positions that are sorted already, the highest score first."""
    ranks = [0] * len(scores)
    rank, before = 0, math.inf
    for position, row in enumerate(order, start=1):
        score = scores[row]
        # only scores this near can be equal after rounding, which costs more than all the rest
        if before - score > 2e-9 or round(before, DECIMALS) != round(score, DECIMALS):
            rank = position
        ranks[row] = rank
        before = score
    return ranks


def kendall_tau(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Kendall's tau-b of two rank lists of the same villages; ties are allowed for.

    Range -1 (reversed) to 1 (the same order). None when one of the lists has no order at all: all tied, or fewer than
    two villages. ValueError when the lists differ in length. Source: Kendall (1945), by Knight's (1966) counting.
    """
    if len(one) != len(other):
        raise ValueError(f"There are {len(one)} and {len(other)} ranks: give two lists of the same villages.")
    pairs = _pairs(len(one))
    tied_one, tied_other = _tied(one), _tied(other)
    if pairs in (tied_one, tied_other):
        return None
    discordant, seen = 0, list[float]()
    for _, rank in sorted(zip(one, other, strict=True)):
        discordant += len(seen) - bisect_right(seen, rank)
        insort(seen, rank)
    tied_both = _tied(list(zip(one, other, strict=True)))
    concordant = pairs - tied_one - tied_other + tied_both - discordant
    if tied_one == tied_other:  # no root, so that equal orders give exactly 1
        return (concordant - discordant) / (pairs - tied_one)
    return (concordant - discordant) / math.sqrt((pairs - tied_one) * (pairs - tied_other))


def _tied(ranks: Sequence[object]) -> int:
    return sum(_pairs(count) for count in Counter(ranks).values())


def _pairs(count: int) -> int:
    return count * (count - 1) // 2
