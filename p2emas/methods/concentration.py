"""Is the aid spread thin or piled up? Measures of how a total divides among villages.

``values`` is one amount per village (rupiah of one year, or any other unit that adds up), 0 for a village that
received nothing. Which villages are listed decides the answer, so the caller states N: all eligible villages
including zeros is the main figure, recipients only the second. Amounts are ints, floats or Decimals, never negative.

Undefined is None: no village, or a total of 0 ("belum ada bantuan"). ValueError is for input that is not an honest
amount: negative, NaN, infinite, missing, a truth value, lists of different length.

The measures have no unit and do not change when all amounts are multiplied by the same number.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from p2emas.methods.inputs import Number, checked_amounts


def hhi(values: Iterable[Number]) -> float | None:
    """Herfindahl-Hirschman index: the sum of squared shares.

    Range 1/N (all equal) to 1 (one village has everything); times 10,000 gives the "points" of the literature.
    The cuts of competition law (1,500 and 2,500 points) are not meant for aid. None when the total is 0.
    Source: Hirschman (1945), Herfindahl (1950); checked against Doersam (2004).
    """
    return _hhi(_scaled(checked_amounts(values, "Value")))


def normalised_hhi(values: Iterable[Number]) -> float | None:
    """HHI freed from the number of villages: (HHI - 1/N) / (1 - 1/N).

    Range 0 (all equal) to 1 (one village has everything). None when the total is 0 or there is one village only.
    Source: as implemented in CRAN package REAT, ``herf``.
    """
    amounts = _scaled(checked_amounts(values, "Value"))
    index = _hhi(amounts)
    if index is None or len(amounts) == 1:
        return None
    even = 1 / len(amounts)
    return (index - even) / (1 - even)


def effective_number(values: Iterable[Number]) -> float | None:
    """How many equal shares would be as concentrated as these: 1 / HHI, in villages.

    Range 1 to N. None when the total is 0. Source: Laakso & Taagepera (1979); Hill number of order 2.
    """
    index = hhi(values)
    return None if index is None else 1 / index


def gini(values: Iterable[Number], weights: Iterable[Number] | None = None) -> float | None:
    """Gini coefficient of the amounts, optionally weighted.

    With ``weights`` (one per value, such as households) ``values`` are amounts per unit of weight and a village
    counts as often as its weight; a weight of 0 leaves it out. Half the mean absolute difference over the mean.
    Range 0 (all equal) to (N-1)/N without weights, below 1 with them. None when the total, or the sum of the
    weights, is 0. ValueError also when there is not one weight per value.
    Source: Gini (1912); checked against Doersam (2004) and REAT's ``gini``.
    """
    amounts = _scaled(checked_amounts(values, "Value"))
    if weights is None:
        counts = [1.0] * len(amounts)
    else:
        counts = _scaled(checked_amounts(weights, "Weight"))
        if len(counts) != len(amounts):
            raise ValueError(f"There are {len(amounts)} values but {len(counts)} weights: give one weight per value.")
    pairs = sorted(pair for pair in zip(amounts, counts, strict=True) if pair[1])
    population = math.fsum(count for _, count in pairs)
    total = math.fsum(amount * count for amount, count in pairs)
    if not total:
        return None
    below, differences = 0.0, []
    for amount, count in pairs:
        differences.append(amount * count * (2 * below + count - population))
        below += count
    return min(max(math.fsum(differences) / (population * total), 0.0), 1.0)


def normalised_gini(values: Iterable[Number]) -> float | None:
    """Gini coefficient corrected for a small number of villages: N / (N-1) x Gini.

    Range 0 to 1 (one village has everything). None when the total is 0 or there is one village only.
    Source: Doersam (2004); REAT's ``gini(..., coefnorm = TRUE)``.
    """
    amounts = checked_amounts(values, "Value")
    coefficient = gini(amounts)
    if coefficient is None or len(amounts) == 1:
        return None
    return min(coefficient * len(amounts) / (len(amounts) - 1), 1.0)


def theil_t(values: Iterable[Number]) -> float | None:
    """Theil's T: mean of (x/mu) ln(x/mu), in nats; a village with 0 contributes 0.

    Range 0 (all equal) to ln N (one village has everything). None when the total is 0.
    Source: Theil (1967); checked against the tests of pysal/inequality.
    """
    return _theil_t(_scaled(checked_amounts(values, "Value")))


def theil_l(values: Iterable[Number]) -> float | None:
    """Theil's L (mean logarithmic deviation): mean of ln(mu/x), in nats.

    Range 0 (all equal) upwards without bound. None when the total is 0, and as soon as one village has nothing,
    where the logarithm has no value: measure the recipients only, or use T. Source: Theil (1967).
    """
    amounts = _scaled(checked_amounts(values, "Value"))
    if not amounts or 0 in amounts:
        return None
    mean = math.fsum(amounts) / len(amounts)
    return max(math.fsum(math.log(mean / amount) for amount in amounts) / len(amounts), 0.0)


def theil_decomposition(values: Iterable[Number], groups: Sequence[Hashable]) -> tuple[float | None, float | None]:
    """Theil's T in two parts that add up to it: between the groups (kecamatan) and within them, in nats.

    ``groups`` names the group of each value. Between = sum S_g ln(mu_g/mu), within = sum S_g T_g, with S_g the
    group's share of the total; a group without aid contributes 0 to both. Both parts are >= 0, and (None, None)
    when the total is 0. ValueError also when a value has no group.
    Source: Theil (1967), Shorrocks (1980); checked against the tests of pysal/inequality.
    """
    amounts = _scaled(checked_amounts(values, "Value"))
    labels = list(groups)
    if len(labels) != len(amounts):
        raise ValueError(f"There are {len(amounts)} values but {len(labels)} groups: name one group per value.")
    if any(label is None for label in labels):
        raise ValueError("A value has no group: name the group of every value.")
    total = math.fsum(amounts)
    if not total:
        return None, None
    members: dict[Hashable, list[float]] = defaultdict(list)
    for label, amount in zip(labels, amounts, strict=True):
        members[label].append(amount)
    between, within = [], []
    for group in members.values():
        share = math.fsum(group) / total
        if share:
            between.append(share * math.log(share * len(amounts) / len(group)))
            within.append(share * (_theil_t(group) or 0.0))
    return max(math.fsum(between), 0.0), math.fsum(within)


def _scaled(amounts: list[float]) -> list[float]:
    """The amounts with the greatest between 0.5 and 1, by a power of two: exact, and no square can overflow."""
    _, exponent = math.frexp(max(amounts, default=0.0))
    return [math.ldexp(amount, -exponent) for amount in amounts]


def _hhi(amounts: list[float]) -> float | None:
    total = math.fsum(amounts)
    if not total:
        return None
    index = math.fsum(amount * amount for amount in amounts) / (total * total)
    return min(max(index, 1 / len(amounts)), 1.0)  # rounding may leave the range by one unit in the last place


def _theil_t(amounts: list[float]) -> float | None:
    total = math.fsum(amounts)
    if not total:
        return None
    mean = total / len(amounts)
    ratios = [amount / mean for amount in amounts]
    index = math.fsum(ratio * math.log(ratio) for ratio in ratios if ratio) / len(amounts)
    return min(max(index, 0.0), math.log(len(amounts)))
