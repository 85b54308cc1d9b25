"""Averages of percentages that do not count alike: physical progress weighs as much as the money behind it."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

Value = int | Decimal | Fraction


def weighted_mean(pairs: Iterable[tuple[int, Value | None]]) -> Fraction | None:
    """Pairs (weight, value) -> exact mean; unknown values drop out with their weight. None when no weight is left."""
    weights: dict[Value, int] = {}  # by value first: thousands of lines have a few dozen percentages
    for weight, value in pairs:
        if value is not None:
            weights[value] = weights.get(value, 0) + weight
    whole = sum(weights.values())
    return sum((weight * Fraction(value) for value, weight in weights.items()), Fraction()) / whole if whole else None
