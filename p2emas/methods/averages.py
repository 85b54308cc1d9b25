"""Averages of percentages that do not count alike: physical progress weighs as much as the money behind it."""

from collections.abc import Hashable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

Value = int | Decimal | Fraction


def weighted_mean(pairs: Iterable[tuple[int, Value | None]]) -> Fraction | None:
    """Pairs (weight, value) -> exact mean; unknown values drop out with their weight. None when no weight is left."""
    weights: dict[Value, int] = {}  # by value first: thousands of lines stand at a few dozen percentages
    for weight, value in pairs:
        if value is not None:
            weights[value] = weights.get(value, 0) + weight
    whole = sum(weights.values())
    return sum((weight * Fraction(value) for value, weight in weights.items()), Fraction()) / whole if whole else None


def weighted_means(rows: Iterable[tuple[Hashable, int, Value | None]]) -> dict[Any, Fraction]:
    """Rows (key, weight, value) -> the weighted mean of each key that has one."""
    pairs: dict[Hashable, list[tuple[int, Value | None]]] = {}
    for key, weight, value in rows:
        pairs.setdefault(key, []).append((weight, value))
    return {key: mean for key, own in pairs.items() if (mean := weighted_mean(own)) is not None}
