"""How much does each criterion weigh? From pairwise comparison, and from the data as a cross-check.

Weights sum to 1. Those of ``entropy_weights`` and ``critic_weights`` measure how much a criterion spreads, not how
important it is: a cross-check of weights that people have set, never a replacement.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from p2emas.methods.inputs import Number, checked_directions, checked_matrix
from p2emas.methods.normalisation import normalised_rows, refuse_negatives, steady

# Mean consistency index of random matrices of n = 1, 2, ... items (Saaty 1980, the table of Indonesian texts). Other
# tables differ, and with them the verdict on a borderline matrix: print the name of this one beside the ratio.
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
ACCEPTED_RATIO = 0.10

# Far beyond Saaty's scale of 9, which forms keep to; here it only keeps the arithmetic from overflowing.
GREATEST_JUDGMENT = 1e9

# A judgment and its reverse may be typed with this relative error (0.333333 for 1/3).
RECIPROCAL = 1e-5


@dataclass(frozen=True)
class Ahp:
    """Weights from pairwise comparison, and whether the judgments agree with each other.

    ``worst_triad`` has the indices (i, j, k) of the three items whose judgments contradict each other most, that is
    with the greatest ``triad_deviation``; None when no three do. ``accepted`` is consistency_ratio <= 0.10.
    """

    weights: list[float]
    lambda_max: float
    consistency_index: float
    consistency_ratio: float
    accepted: bool
    worst_triad: tuple[int, int, int] | None


def ahp(matrix: Iterable[Iterable[Number]]) -> Ahp:
    """Weights of n items from their pairwise comparison, by the principal eigenvector.

    ``matrix[i][j]`` says how many times item i matters as much as item j (1/9 to 9 on Saaty's scale): square, 1 on
    the diagonal, above 0, and ``matrix[j][i]`` its reverse. Weights are 0 to 1 and sum to 1. With lambda_max the
    principal eigenvalue (n or more), CI = (lambda_max - n) / (n - 1) and CR = CI / RI_n with ``RANDOM_INDEX``; one or
    two items cannot contradict each other, CI and CR are 0.

    ValueError: not square, more than 10 items, a missing, negative, zero or not finite judgment, a diagonal that is
    not 1, a pair that is not reciprocal to 1e-5 (the sentence names the cell).
    Source: Saaty (1980); checked against Saaty (2008), Wang & Chin (2011) and pymcdm.
    """
    judgments = _reciprocal(matrix)
    size = len(judgments)
    if size > len(RANDOM_INDEX):
        raise ValueError(f"There are {size} items to compare: at most {len(RANDOM_INDEX)} can be judged in pairs.")
    weights = _principal(judgments)
    products = [_product(row, weights) / weight for row, weight in zip(judgments, weights, strict=True)]
    lambda_max = max(math.fsum(products) / size, float(size))  # below n is rounding alone
    if size < 3:
        return Ahp(weights, float(size), 0.0, 0.0, accepted=True, worst_triad=None)
    index = (lambda_max - size) / (size - 1)
    ratio = index / RANDOM_INDEX[size - 1]
    return Ahp(weights, lambda_max, index, ratio, ratio <= ACCEPTED_RATIO, _worst_triad(judgments))


def triad_deviation(matrix: Iterable[Iterable[Number]], triad: Sequence[int]) -> float:
    """How far three judgments contradict each other: |ln(a_ij a_jk a_ki)|, 0 when they agree, without unit.

    e to this power is the factor by which one of the three judgments had to change. ``triad`` has three indices from
    0. ValueError as in ``ahp``, and when an index is no item.
    """
    judgments = _reciprocal(matrix)
    if len(set(triad)) != 3 or not set(triad) <= set(range(len(judgments))):
        raise ValueError(f"A triad is three different items of {len(judgments)}, not {tuple(triad)}.")
    return _deviation(judgments, *triad)


def group_judgments(matrices: Iterable[Iterable[Iterable[Number]]]) -> list[list[float]]:
    """One matrix of a group for ``ahp``: the geometric mean of the members' judgments, cell by cell.

    It is reciprocal again, and the order of the members changes nothing. Show each member's own ratio beside it.
    ValueError: no member, members who compare different numbers of items, and what ``ahp`` refuses.
    Source: Aczel & Saaty (1983).
    """
    members = [_reciprocal(matrix) for matrix in matrices]
    if not members:
        raise ValueError("There is no member's matrix: give at least one.")
    size = len(members[0])
    for number, member in enumerate(members, start=1):
        if len(member) != size:
            raise ValueError(f"Member {number} compares {len(member)} items, not {size} as member 1 does.")
    logs = [
        [math.fsum(math.log(member[row][column]) for member in members) / len(members) for column in range(size)]
        for row in range(size)
    ]
    return [[math.exp(value) for value in row] for row in logs]


def entropy_weights(matrix: Iterable[Iterable[Number]]) -> list[float]:
    """Weight of each criterion by how unevenly it is spread over the rows: (1 - e_j) / sum (1 - e_j).

    With p_ij the row's share of the column, e_j = -(1 / ln m) sum p ln p (0 ln 0 = 0). Weights are 0 to 1 and sum to
    1. A column whose values are all equal, zeros too, weighs 0; when all are such, the weights are equal.
    ValueError: fewer than two rows, negative values, dishonest cells.
    Source: Shannon (1948); Zeleny (1982); checked against Xu (2004) and pymcdm.
    """
    rows = checked_matrix(matrix, least_rows=2)
    divergences = []
    for place, column in enumerate(zip(*rows, strict=True), start=1):
        refuse_negatives(column, place, "entropy")
        divergences.append(_divergence(steady(column)))
    return _shares(divergences, [value > 0 for value in divergences])


def critic_weights(matrix: Iterable[Iterable[Number]], directions: Iterable[int]) -> list[float]:
    """CRITIC weight of each criterion: its spread times how little it repeats the others, C_j / sum C.

    C_j = sd_j x sum_k (1 - r_jk), of the min-max values with costs mirrored, r Pearson's correlation. Weights are 0
    to 1 and sum to 1. A column whose values are all equal weighs 0 and is left out of the others' sums. When no two
    of the rest differ (one alone, or all perfectly correlated), these weigh the same; when all columns are constant,
    all weigh the same.
    ValueError: fewer than two rows, dishonest cells, directions that do not fit.
    Source: Diakoulaki, Mavrotas & Papayannakis (1995); checked against Tus & Aytac Adali (2019) and pymcdm.
    """
    rows = checked_matrix(matrix, least_rows=2)
    signs = checked_directions(directions, len(rows[0]))
    columns = [_centred(column) for column in zip(*normalised_rows(rows, signs, "minmax", None), strict=True)]
    spreads = [math.sqrt(_product(column, column)) for column in columns]
    varying = [spread > 0 for spread in spreads]
    information = [
        spread
        * math.fsum(
            _dissimilarity(column, spread, other, other_spread)
            for other, other_spread in zip(columns, spreads, strict=True)
            if spread and other_spread
        )
        for column, spread in zip(columns, spreads, strict=True)
    ]
    return _shares(information, varying)


def _reciprocal(matrix: Iterable[Iterable[Number]]) -> list[list[float]]:
    """The checked judgments; the lower triangle is the exact reverse of the upper."""
    rows = checked_matrix(matrix)
    for row, judgments in enumerate(rows):
        if len(judgments) != len(rows):
            raise ValueError(f"The comparison has {len(rows)} rows but {len(judgments)} columns: it must be square.")
        for column in range(len(judgments)):
            _check_judgment(rows, row, column)
    size = range(len(rows))
    return [[1.0 if i == j else rows[i][j] if i < j else 1 / rows[j][i] for j in size] for i in size]


def _check_judgment(rows: Sequence[Sequence[float]], row: int, column: int) -> None:
    where, value, reverse = f"Row {row + 1}, column {column + 1}", rows[row][column], rows[column][row]
    if not 1 / GREATEST_JUDGMENT <= value <= GREATEST_JUDGMENT:
        raise ValueError(f"{where} is {value}: a judgment is above 0 (1/9 to 9 on Saaty's scale).")
    if row == column and not math.isclose(value, 1, rel_tol=RECIPROCAL):
        raise ValueError(f"{where} is {value}: an item matters 1 time as much as itself.")
    if column < row and not math.isclose(value * reverse, 1, rel_tol=RECIPROCAL):
        raise ValueError(f"{where} is {value}, but its reverse is {reverse}: their product must be 1.")


def _principal(matrix: list[list[float]]) -> list[float]:
    """Principal eigenvector, summing to 1, by power iteration (all cells are above 0, so it converges)."""
    weights = [1 / len(matrix)] * len(matrix)
    for _ in range(10_000):
        products = [_product(row, weights) for row in matrix]
        total = math.fsum(products)
        after = [product / total for product in products]
        moved = max(abs(new - old) for new, old in zip(after, weights, strict=True))
        weights = after
        if moved < 1e-15:
            break
    return weights


def _worst_triad(judgments: list[list[float]]) -> tuple[int, int, int] | None:
    worst, found = 1e-9, None
    for triad in combinations(range(len(judgments)), 3):
        deviation = _deviation(judgments, *triad)
        if deviation > worst + 1e-9:
            worst, found = deviation, triad
    return found


def _deviation(judgments: list[list[float]], i: int, j: int, k: int) -> float:
    return abs(math.fsum(map(math.log, (judgments[i][j], judgments[j][k], judgments[k][i]))))


def _divergence(column: Sequence[float]) -> float:
    """1 - e_j as a sum of terms that are never negative: with q = m p, (q ln q - q + 1) / (m ln m).

    The sum of q - 1 is 0, so this is the same; and no difference of nearly equal numbers turns into a weight.
    """
    total = math.fsum(column)
    if min(column) == max(column):
        return 0.0
    ratios = [len(column) * value / total for value in column]
    terms = [ratio * math.log(ratio) - ratio + 1 if ratio else 1.0 for ratio in ratios]
    return max(math.fsum(terms), 0.0) / (len(column) * math.log(len(column)))


def _dissimilarity(one: Sequence[float], spread: float, other: Sequence[float], other_spread: float) -> float:
    """1 - r of two centred columns, 0 to 2; what only rounding keeps from 0 is 0."""
    difference = 1 - _product(one, other) / (spread * other_spread)
    return min(difference, 2.0) if difference > 1e-12 else 0.0


def _centred(column: Sequence[float]) -> list[float]:
    mean = math.fsum(column) / len(column)
    low, high = min(column), max(column)
    return [0.0 if low == high else value - mean for value in column]


def _product(one: Iterable[float], other: Iterable[float]) -> float:
    return math.fsum(a * b for a, b in zip(one, other, strict=True))


def _shares(parts: list[float], varying: list[bool]) -> list[float]:
    """The parts scaled to sum 1; without any, equal for all that vary, or for all."""
    if not any(parts):
        parts = [float(varies) for varies in varying] if any(varying) else [1.0] * len(parts)
    total = math.fsum(parts)
    return [part / total for part in parts]
