"""Criteria of different units on one scale, so that they can be weighted and added.

Everywhere in ranking: ``matrix`` has one row per village and one column per criterion, every cell a finite number of
the criterion's own unit; ``directions`` has +1 (benefit, more is better) or -1 (cost, less is better) per criterion.
"""

import math
from collections.abc import Callable, Iterable, Sequence

from p2emas.methods.inputs import Number, checked_directions, checked_float, checked_matrix

BENEFITS_ONLY = ("sum", "vector", "none")
NORMALISATIONS = ("goalposts", "max", "minmax", *BENEFITS_ONLY)

# Values this near to each other, relative to their size, differ by rounding alone: the criterion does not distinguish.
ROUNDING = 1e-14

Goalposts = Iterable[tuple[Number, Number]]
Column = Sequence[float]


def normalise(
    matrix: Iterable[Iterable[Number]],
    directions: Iterable[int],
    *,
    normalisation: str = "goalposts",
    goalposts: Goalposts | None = None,
) -> list[list[float]]:
    """The matrix on one scale, rows and columns as they were.

    - "goalposts": (x - low) / (high - low), cut to 0..1, costs mirrored; ``goalposts`` has (low, high) per criterion,
      low < high, fixed before the data arrive. A row's values then do not depend on the other rows.
    - "max": x / max, cost min / x; 0..1. Negative values, and 0 in a cost column, have no meaning here: ValueError.
    - "minmax": (x - min) / (max - min), costs mirrored; 0..1, and 1 for all where all are equal.
    - "sum": x / sum (no negative values), "vector": x / sqrt(sum x^2), "none": x itself. They know benefits only: a
      cost raises ValueError.

    A column of zeros gives 0 with "max", "sum" and "vector", which have nothing to divide by.
    ValueError: no row or column, rows of different length, a cell that is missing, NaN, infinite or not a number
    (named by row and column), directions or goalposts that do not fit, goalposts given but not used.
    Source: Hwang & Yoon (1981); Kusumadewi et al. (2006) for max and min / x; fixed goalposts as in UNDP's HDI.
    """
    rows = checked_matrix(matrix)
    signs = checked_directions(directions, len(rows[0]))
    return normalised_rows(rows, signs, normalisation, goalposts)


def normalised_rows(
    rows: list[list[float]], signs: list[int], normalisation: str, goalposts: Goalposts | None
) -> list[list[float]]:
    """``normalise`` for rows and directions that are checked already."""
    if normalisation == "goalposts":
        posts = checked_goalposts(goalposts, len(signs))
        columns = zip(*rows, strict=True)
        scaled = [_between(column, sign, post) for column, sign, post in zip(columns, signs, posts, strict=True)]
        return [list(row) for row in zip(*scaled, strict=True)]
    if normalisation not in NORMALISATIONS:
        raise ValueError(f"Unknown normalisation {normalisation!r}: use one of {', '.join(NORMALISATIONS)}.")
    if goalposts is not None:
        raise ValueError(f"Normalisation {normalisation!r} does not use goalposts: leave one of the two out.")
    if normalisation in BENEFITS_ONLY and -1 in signs:
        raise ValueError(
            f"Criterion {signs.index(-1) + 1} is a cost: normalisation {normalisation!r} knows benefits only."
        )
    columns = zip(*rows, strict=True)
    scaled = [
        _COLUMNS[normalisation](column, sign, place)
        for place, (column, sign) in enumerate(zip(columns, signs, strict=True), start=1)
    ]
    return [list(row) for row in zip(*scaled, strict=True)]


def checked_goalposts(goalposts: Goalposts | None, criteria: int) -> list[tuple[float, float]]:
    """One (low, high) per criterion, low < high; else ValueError."""
    if goalposts is None:
        raise ValueError("Normalisation 'goalposts' needs goalposts: give (low, high) per criterion.")
    pairs = [tuple(pair) for pair in goalposts]
    if len(pairs) != criteria or any(len(pair) != 2 for pair in pairs):
        raise ValueError(f"There are {len(pairs)} goalposts for {criteria} criteria: give (low, high) per criterion.")
    checked = []
    for column, pair in enumerate(pairs, start=1):
        low, high = (checked_float(value, f"Goalpost of criterion {column}") for value in pair)
        if low >= high or math.isinf(high - low):
            raise ValueError(f"Goalposts of criterion {column} must rise from low to high, not {pair[0]} to {pair[1]}.")
        checked.append((low, high))
    return checked


def steady(column: Column) -> list[float]:
    """The column scaled by a power of two to at most 1, with values that differ by rounding alone made equal."""
    _, exponent = math.frexp(max(map(abs, column)))
    scaled = [math.ldexp(value, -exponent) for value in column]
    low, high = min(scaled), max(scaled)
    return [low] * len(scaled) if high - low <= ROUNDING else scaled


def refuse_negatives(column: Column, place: int, method: str) -> None:
    """ValueError naming the first cell below 0."""
    for row, value in enumerate(column, start=1):
        if value < 0:
            raise ValueError(f"Row {row}, column {place} is negative ({value}): {method} has no meaning for it.")


def _between(column: Column, sign: int, post: tuple[float, float]) -> list[float]:
    low, high = post
    span = high - low
    if sign > 0:
        return [min(max((value - low) / span, 0.0), 1.0) for value in column]
    return [min(max((high - value) / span, 0.0), 1.0) for value in column]


def _by_max(column: Column, sign: int, place: int) -> list[float]:
    refuse_negatives(column, place, "normalisation 'max'")
    values = steady(column)
    if sign > 0:
        high = max(values)
        return [value / high if high else 0.0 for value in values]
    if 0 in values:
        row = values.index(0) + 1
        raise ValueError(f"Row {row}, column {place} is 0 in a cost: min / x is undefined, use goalposts or minmax.")
    low = min(values)
    return [low / value for value in values]


def _by_range(column: Column, sign: int, place: int) -> list[float]:
    values = steady(column)
    low, high = min(values), max(values)
    if low == high:
        return [1.0] * len(values)
    return [((value - low) if sign > 0 else (high - value)) / (high - low) for value in values]


def _by_sum(column: Column, sign: int, place: int) -> list[float]:
    refuse_negatives(column, place, "normalisation 'sum'")
    values = steady(column)
    total = math.fsum(values)
    return [value / total if total else 0.0 for value in values]


def _by_norm(column: Column, sign: int, place: int) -> list[float]:
    values = steady(column)
    norm = math.sqrt(math.fsum(value * value for value in values))
    return [value / norm if norm else 0.0 for value in values]


def _as_it_is(column: Column, sign: int, place: int) -> list[float]:
    return list(column)


_COLUMNS: dict[str, Callable[[Column, int, int], list[float]]] = {
    "max": _by_max,
    "minmax": _by_range,
    "sum": _by_sum,
    "vector": _by_norm,
    "none": _as_it_is,
}
