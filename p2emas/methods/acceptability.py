"""How sure is a place when the weights are a little uncertain? Ranks under many random weights near the agreed ones.

The same seed gives the same figures on every version of Python: of the random generator only ``random()`` is used,
the one method whose sequence is promised to stay, and the gamma variates are made from it here.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from p2emas.methods.inputs import (
    Number,
    checked_count,
    checked_directions,
    checked_float,
    checked_matrix,
    checked_weights,
)
from p2emas.methods.normalisation import Goalposts, normalised_rows
from p2emas.methods.ranks import ranks_in_order, weighted_sums


@dataclass(frozen=True)
class Acceptability:
    """``in_quota[i]``: share of the draws in which village i is inside the quota, 0 to 1.

    ``rank_shares[i][r]``: share of the draws in which it has rank r + 1; each list sums to 1.
    """

    in_quota: list[float]
    rank_shares: list[list[float]]


def rank_acceptability(
    matrix: Iterable[Iterable[Number]],
    weights: Iterable[Number],
    directions: Iterable[int],
    *,
    goalposts: Goalposts,
    quota: int,
    seed: int,
    draws: int = 1000,
    concentration: Number = 100,
    progress: Callable[[int], object] | None = None,
) -> Acceptability:
    """SAW on goalposts under ``draws`` random weightings, Dirichlet(concentration x weights) around the agreed one.

    At the concentration of 100 a weight of 25 % varies with a standard deviation of 4.3 points; higher stays nearer. A
    weight of 0 stays 0. ``seed`` is any whole number. Villages tied at the line all count as inside. ``progress`` is
    called with the number of draws done, about a hundred times at most. Villages below 0.7 are "sensitif" (a
    threshold of this programme).
    ValueError: dishonest input (as in ``saw``), a quota or number of draws below 1, a concentration not above 0.
    Source: Lahdelma, Hokkanen & Salminen (1998), SMAA; gamma variates by Marsaglia & Tsang (2000).
    """
    rows = checked_matrix(matrix)
    signs = checked_directions(directions, len(rows[0]))
    shares = checked_weights(weights, len(rows[0]))
    places = checked_count(quota, "Quota", least=1)
    total = checked_count(draws, "The number of draws", least=1)
    around = checked_float(concentration, "Concentration")
    if around <= 0:
        raise ValueError(f"Concentration must be above 0, not {concentration}.")
    if isinstance(seed, bool) or not isinstance(seed, int):
        raise ValueError(f"Seed must be a whole number, not {seed!r}.")
    normalised = normalised_rows(rows, signs, "goalposts", goalposts)
    random = Random(seed)  # noqa: S311 - it must repeat, not keep a secret
    counts = _counted(normalised, [around * share for share in shares], random, total, progress)
    return Acceptability(
        in_quota=[sum(row[:places]) / total for row in counts],
        rank_shares=[[count / total for count in row] for row in counts],
    )


def dirichlet(shapes: Sequence[float], random: Callable[[], float]) -> list[float]:
    """One draw of weights that sum to 1; a shape of 0 stays 0. ``random`` gives numbers of 0 to 1, 1 excluded.

    Works on logarithms, so that even shapes far below 1, whose gamma variates underflow, never sum to 0.
    """
    logs = [log_gamma_variate(shape, random) if shape else -math.inf for shape in shapes]
    greatest = max(logs)
    parts = [math.exp(value - greatest) for value in logs]
    total = math.fsum(parts)
    return [part / total for part in parts]


def _counted(
    normalised: list[list[float]],
    shapes: list[float],
    random: Random,
    draws: int,
    progress: Callable[[int], object] | None,
) -> list[list[int]]:
    """Per village how often it had each rank."""
    counts = [[0] * len(normalised) for _ in normalised]
    order = list(range(len(normalised)))
    step = max(draws // 100, 1)
    for done in range(1, draws + 1):
        scores = weighted_sums(normalised, dirichlet(shapes, random.random))
        order.sort(key=scores.__getitem__, reverse=True)  # from the last order, which is nearly this one
        for row, rank in zip(counts, ranks_in_order(scores, order), strict=True):
            row[rank - 1] += 1
        if progress and (done % step == 0 or done == draws):
            progress(done)
    return counts


def log_gamma_variate(shape: float, random: Callable[[], float]) -> float:
    """Logarithm of a Gamma(shape, 1) variate. Below 1 it is Gamma(shape + 1) x U^(1/shape)."""
    boost = 0.0
    if shape < 1:
        boost = math.log(1 - random()) / shape
        shape += 1
    d = shape - 1 / 3
    c = 1 / math.sqrt(9 * d)
    while True:
        # 1 - random() is above 0, so its logarithm exists
        normal = math.sqrt(-2 * math.log(1 - random())) * math.cos(2 * math.pi * random())
        root = 1 + c * normal
        if root <= 0:
            continue
        cube = root * root * root
        if math.log(1 - random()) < normal * normal / 2 + d * (1 - cube + math.log(cube)):
            return math.log(d * cube) + boost
