"""Student's distribution, which the intervals of small groups need: its quantile for any degrees of freedom."""

import math

from p2emas.methods.inputs import Number, checked_float

CLOSE = 1e-15
STEPS = 1000


def quantile(share: float, freedom: Number) -> float:
    """The t below which ``share`` (above 0, below 1) of the distribution lies; ``freedom`` above 0, broken ones too.

    Found by halving over the distribution function, which is the regularised incomplete beta function (Abramowitz and
    Stegun 26.5.27 and 26.7.1), by its continued fraction. Exact to 1e-9 of the value from 0.6 on, else to 1e-7.
    ValueError: a share or degrees of freedom outside these bounds.
    """
    wanted, degrees = checked_float(share, "The share"), checked_float(freedom, "The degrees of freedom")
    if not 0 < wanted < 1:
        raise ValueError(f"The share must lie between 0 and 1, not {share!r}.")
    if degrees <= 0:
        raise ValueError(f"The degrees of freedom must be above 0, not {freedom!r}.")
    if wanted == 0.5:
        return 0.0
    if wanted < 0.5:
        return -quantile(1 - wanted, degrees)
    tail, low, high = 1 - wanted, 0.0, 1.0
    while _upper_tail(high, degrees) > tail:
        low, high = high, high * 2
        if math.isinf(high):
            raise ValueError("The share is too near to 1 for these degrees of freedom.")
    while high - low > 1e-12 * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if _upper_tail(middle, degrees) > tail else (low, middle)
    return (low + high) / 2


def _upper_tail(t: float, freedom: float) -> float:
    """The share above ``t``, which is not negative."""
    return _incomplete_beta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2


def _incomplete_beta(x: float, a: float, b: float) -> float:
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1) / (a + b + 2):  # where the fraction comes to its end soon
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction, from its front (the method of Lentz)."""
    tiny = 1e-300
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1), tiny)
    value = d
    for m in range(1, STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for part in (even, odd):
            d = 1 / _away_from_zero(1 + part * d, tiny)
            c = _away_from_zero(1 + part / c, tiny)
            value *= c * d
        if abs(c * d - 1) < CLOSE:
            break
    return value


def _away_from_zero(value: float, tiny: float) -> float:
    return value if abs(value) > tiny else tiny
