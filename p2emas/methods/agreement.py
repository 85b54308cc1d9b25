"""How far do the members of a panel agree? And their scores freed from how severe each of them is.

``ratings`` has one row per applicant (or option) and one column per panellist, any finite numbers of one scale; None
is a cell without a score (a conflict of interest, somebody absent), never 0. Sentences count rows and columns from 1.

Undefined is None: too little to judge by, or nothing that varies. The sums are exact (floats as the decimal number
that they print), so that "nothing varies" is a fact and not a matter of rounding, and the order changes nothing.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from p2emas.methods.inputs import Number, checked_count, exact, to_float

# Fewer scores say too little about how severe a panellist is, or how much applicants differ.
LEAST_RATINGS = 3

Ratings = Iterable[Sequence[Number | None]]


@dataclass(frozen=True)
class Icc:
    """Intraclass correlations of Shrout & Fleiss, at most 1; a negative one means less agreement than by chance.

    1: each applicant has other panellists; 2: the same panel for all, severity counts as disagreement; 3: the same,
    severity ignored. ``_1``: one panellist alone; ``_k``: the mean of all k, ``icc_2_k`` being what a panel decides
    on. ``n`` is the number of applicants with a score from everybody, on whom it rests.
    """

    icc_1_1: float
    icc_2_1: float
    icc_3_1: float
    icc_1_k: float
    icc_2_k: float | None
    icc_3_k: float
    n: int


def icc(ratings: Ratings) -> Icc | None:
    """Intraclass correlations of n applicants and k panellists, from the mean squares of a two-way ANOVA.

    Only rows without a missing cell count. None with fewer than 3 of them or fewer than 2 panellists, and when the
    applicants' means do not differ. ``icc_2_k`` alone is None when its denominator MSR + (MSC - MSE)/n is not above 0:
    more noise than applicants can show.
    Bands (Koo & Li 2016): below 0.5 poor, 0.5 moderate, 0.75 good, from 0.9 excellent.
    ValueError: rows of different length, a cell that is NaN, infinite or not a number.
    Source: Shrout & Fleiss (1979), checked against their table 2.
    """
    rows = [[value for value in row if value is not None] for row in _table(ratings) if None not in row]
    n, k = len(rows), len(rows[0]) if rows else 0
    if n < LEAST_RATINGS or k < 2:
        return None
    msr, msc, msw, mse = _mean_squares(rows)
    if not msr:
        return None
    panel = msr + (msc - mse) / n
    return Icc(
        icc_1_1=float((msr - msw) / (msr + (k - 1) * msw)),
        icc_2_1=float((msr - mse) / (msr + (k - 1) * mse + k * (msc - mse) / n)),
        icc_3_1=float((msr - mse) / (msr + (k - 1) * mse)),
        icc_1_k=float((msr - msw) / msr),
        icc_2_k=float((msr - mse) / panel) if panel > 0 else None,
        icc_3_k=float((msr - mse) / msr),
        n=n,
    )


def _mean_squares(rows: Sequence[Sequence[Fraction]]) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """Between the rows, between the columns, within the rows, and of the rest."""
    n, k = len(rows), len(rows[0])
    values = [value for row in rows for value in row]
    mean = _mean(values)
    between_rows = k * _squares([_mean(row) for row in rows], mean)
    between_columns = n * _squares([_mean(column) for column in zip(*rows, strict=True)], mean)
    total = _squares(values, mean)
    return (
        between_rows / (n - 1),
        between_columns / (k - 1),
        (total - between_rows) / (n * (k - 1)),
        (total - between_rows - between_columns) / ((n - 1) * (k - 1)),
    )


def fleiss_kappa(counts: Iterable[Sequence[int]]) -> float | None:
    """Fleiss' kappa: agreement of k raters on categories, beyond what chance would give; at most 1.

    ``counts[i][c]`` is the number of raters who put subject i into category c; each row sums to the same k.
    None without a subject, with fewer than 2 raters, and when all are in one category: report the share of agreement.
    ValueError: rows of different length or sum, a count that is negative or not whole.
    Source: Fleiss (1971), checked against the tests of statsmodels.
    """
    rows = [
        [checked_count(value, f"Row {number}, column {column}") for column, value in enumerate(row, start=1)]
        for number, row in enumerate(counts, start=1)
    ]
    _same_length(rows)
    for number, row in enumerate(rows, start=1):
        if sum(row) != sum(rows[0]):
            raise ValueError(f"Row {number} has {sum(row)} ratings, not {sum(rows[0])} as row 1 has.")
    raters = sum(rows[0]) if rows else 0
    if raters < 2:
        return None
    ratings = len(rows) * raters
    by_chance = sum((Fraction(sum(column), ratings) ** 2 for column in zip(*rows, strict=True)), Fraction())
    if by_chance == 1:
        return None
    pairs = sum(count * (count - 1) for row in rows for count in row)
    observed = Fraction(pairs, ratings * (raters - 1))
    return float((observed - by_chance) / (1 - by_chance))


def cohen_kappa(table: Iterable[Sequence[Number]], weights: str | None = None) -> float | None:
    """Cohen's kappa of two raters: 1 - sum w_ij O_ij / sum w_ij E_ij; at most 1.

    ``table[i][j]`` counts the subjects that the first rater put into category i and the second into j (square, over
    the whole list of categories: an unused one between used ones changes the weighted result). w is 0 on the diagonal
    and elsewhere 1, or for ordered categories |i - j| ("linear") or (i - j)^2 ("quadratic").
    None without a subject and when both put everything into one category: report the share of agreement.
    ValueError: a table that is not square, a count that is negative or dishonest, unknown weights.
    Source: Cohen (1960, 1968).
    """
    if weights not in _DISAGREEMENT:
        raise ValueError(f"Unknown weights {weights!r}: use None, linear or quadratic.")
    disagreement = _DISAGREEMENT[weights]
    rows = [
        [_count(value, f"Row {number}, column {column}") for column, value in enumerate(row, start=1)]
        for number, row in enumerate(table, start=1)
    ]
    _check_square(rows)
    first, second = [_sum(row) for row in rows], [_sum(column) for column in zip(*rows, strict=True)]
    cells = [(i, j) for i in range(len(rows)) for j in range(len(rows))]
    expected = _sum(disagreement(i, j) * first[i] * second[j] for i, j in cells)
    if not expected:
        return None
    observed = _sum(disagreement(i, j) * rows[i][j] for i, j in cells)
    return float(1 - observed * _sum(first) / expected)


def _check_square(rows: Sequence[Sequence[Fraction]]) -> None:
    _same_length(rows)
    if not rows or len(rows[0]) != len(rows):
        raise ValueError(f"The table has {len(rows)} rows and {len(rows[0]) if rows else 0} columns: make it square.")


def panel_z_scores(ratings: Ratings, ddof: int = 1) -> list[list[float | None]]:
    """Each score as standard deviations from its panellist's own mean: z = (q - mean_p) / sd_p, rows as they were.

    Without unit; each column has mean 0. ``ddof`` 1 (sample) or 0 (population). A missing cell stays None; a whole
    column is None when the panellist gave fewer than 3 scores, or the same to all.
    ValueError: rows of different length, a cell that is NaN, infinite or not a number, another ddof.
    Source: standard scores; a rule of this programme for panels that did not all see the same applicants.
    """
    if isinstance(ddof, bool) or ddof not in (0, 1):
        raise ValueError(f"ddof must be 0 or 1, not {ddof!r}.")
    rows = _table(ratings)
    columns = [_standardised(column, ddof) for column in zip(*rows, strict=True)]
    return [list(row) for row in zip(*columns, strict=True)] if columns else [[] for _ in rows]


def t_score(z_scores: Iterable[float | None]) -> float | None:
    """One applicant's z of all panellists as a mark for display: 50 + 10 x their mean; None when none is known.

    Ranges about 20 to 80. ValueError when a z is NaN, infinite or not a number. Source: McCall (1922).
    """
    known = [exact(z, f"z {place}") for place, z in enumerate(z_scores, start=1) if z is not None]
    return to_float(50 + 10 * _mean(known), "The scores") if known else None


_DISAGREEMENT: dict[str | None, Callable[[int, int], int]] = {
    None: lambda i, j: int(i != j),
    "linear": lambda i, j: abs(i - j),
    "quadratic": lambda i, j: (i - j) ** 2,
}


def _table(ratings: Ratings) -> list[list[Fraction | None]]:
    rows = [
        [
            None if value is None else exact(value, f"Row {number}, column {column}")
            for column, value in enumerate(row, start=1)
        ]
        for number, row in enumerate(ratings, start=1)
    ]
    _same_length(rows)
    return rows


def _same_length(rows: Sequence[Sequence[object]]) -> None:
    for number, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            raise ValueError(f"Row {number} has {len(row)} columns, not {len(rows[0])} as row 1 has.")


def _count(value: Number, name: str) -> Fraction:
    count = exact(value, name)
    if count < 0:
        raise ValueError(f"{name} is negative ({value}): a count starts at 0.")
    return count


def _standardised(column: Sequence[Fraction | None], ddof: int) -> list[float | None]:
    known = [value for value in column if value is not None]
    if len(known) < LEAST_RATINGS:
        return [None] * len(column)
    mean = _mean(known)
    variance = _squares(known, mean) / (len(known) - ddof)
    if not variance:
        return [None] * len(column)
    # the root of z squared: the quotient is exact, so that nothing overflows
    return [
        None if value is None else math.copysign(math.sqrt((value - mean) ** 2 / variance), value - mean)
        for value in column
    ]


def _sum(values: Iterable[Fraction]) -> Fraction:
    return sum(values, Fraction())


def _mean(values: Sequence[Fraction]) -> Fraction:
    return _sum(values) / len(values)


def _squares(values: Iterable[Fraction], mean: Fraction) -> Fraction:
    return _sum((value - mean) ** 2 for value in values)
