"""How far an indicator came: one formula type each, and the performance category of the result.

Formulas and examples: form E.81 of Permendagri 86/2017 as practised; the categories are the interval table of
Permendagri 54/2010 (the annex was not at hand; checked against LKjIP Inspektorat Kab. Sampang 2019, table 3.1).
"""

from collections.abc import Iterable
from fractions import Fraction

from p2emas.methods.inputs import Number, checked_number, exact, to_float

FORMULAS = ("increasing", "decreasing", "percentage", "end_value")
DECREASING = ("ratio", "gap")

# Lower bounds in per cent, highest first. The printed table (91-100, 76-90, 66-75, 51-65, up to 50) leaves gaps,
# such as 90.5, and is silent above 100: the unrounded value is compared with the lower bounds, above 100 stays highest.
CATEGORY_BOUNDS = (("very_high", 91), ("high", 76), ("moderate", 66), ("low", 51))
LOWEST_CATEGORY = "very_low"
Bounds = tuple[tuple[str, Number], ...]


def achievement(
    formula: str, target: Number | None, actuals: Iterable[Number | None], *, decreasing: str = "ratio"
) -> float | None:
    """Achievement of an indicator in per cent of its target, unrounded; above 100 is possible and kept.

    ``actuals`` holds one value per quarter in order, None where there is no data yet ("belum ada data", never 0).

    - "increasing": quarters add up; the sum of the known values / target x 100.
    - "decreasing" (lower is better), by the last known value R and target T: T/R x 100 with ``decreasing="ratio"``,
      (2T-R)/T x 100 with "gap" (100 at the target, 0 at twice the target, negative beyond).
    - "percentage" and "end_value": the last known value / target x 100. They differ in what may happen between the
      quarters (a percentage must not fall), which the report checks, not this function.

    None when there is no target, a target of 0, or no known value; and with "ratio" when the last value is 0: the
    best possible result has no quotient, so the page says so (and "gap" gives 200) instead of inventing a number.
    ValueError: unknown formula or setting; a target or value that is negative, NaN, infinite or not a number.

    The arithmetic is exact, so that 91 per cent of a target cannot turn into 90.99999999999999 and lose its category:
    ints and Decimals are taken as they are, floats as the decimal number that they print.
    """
    if formula not in FORMULAS:
        raise ValueError(f"Unknown formula {formula!r}: use one of {', '.join(FORMULAS)}.")
    if decreasing not in DECREASING:
        raise ValueError(f"Unknown setting {decreasing!r} for decreasing indicators: use ratio or gap.")
    goal = None if target is None else _exact(target, "Target")
    known = [_exact(actual, f"Value {n}") for n, actual in enumerate(actuals, start=1) if actual is not None]
    if not goal or not known:
        return None
    if formula == "increasing":
        return _percent(sum(known, Fraction()), goal)
    last = known[-1]
    if formula != "decreasing":
        return _percent(last, goal)
    if decreasing == "gap":
        return _percent(2 * goal - last, goal)
    return _percent(goal, last) if last else None


def performance_category(percent: Number | None, bounds: Bounds = CATEGORY_BOUNDS) -> str | None:
    """The category of an achievement in per cent: "very_high", "high", "moderate", "low" or "very_low".

    Compares the unrounded value with ``bounds`` (code and lower bound, highest first), so 90.5 is "high"; everything
    above 100 is "very_high", a negative achievement (possible with "gap") "very_low". None for None: no achievement,
    no category.
    ValueError when ``percent`` is NaN, infinite or not a number.
    """
    if percent is None:
        return None
    value = checked_number(percent, "Achievement")
    return next((code for code, bound in bounds if value >= bound), LOWEST_CATEGORY)


def _exact(value: Number, name: str) -> Fraction:
    number = exact(value, name)
    if number < 0:
        raise ValueError(f"{name} is negative ({value}): an indicator's target and values start at 0.")
    return number


def _percent(part: Fraction, whole: Fraction) -> float:
    return to_float(100 * part / whole, "Value and target")
