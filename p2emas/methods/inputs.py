"""What every method asks of its numbers: finite, not negative, not a truth value, not missing."""

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

Number = int | float | Decimal | Fraction


def checked_number(value: object, name: str) -> Number:
    """``value`` unchanged when it is a finite number; else ValueError naming ``name``.

    True and False are refused although Python counts them as 1 and 0: a truth value among amounts is a mistake.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | Fraction):
        raise ValueError(f"{name} must be a number, not {value!r}.")
    try:
        finite = math.isfinite(value)
    except (OverflowError, ValueError) as error:  # an int beyond float's range; a signalling NaN
        raise ValueError(f"{name} is beyond the range of numbers that can be calculated with.") from error
    if not finite:
        raise ValueError(f"{name} must be finite, not {value!r}.")
    return value


def checked_amounts(values: Iterable[Number], name: str) -> list[float]:
    """The values as floats, or ValueError when one is missing, negative, not finite or not a number."""
    amounts = []
    for position, value in enumerate(values, start=1):
        where = f"{name} {position}"
        if value is None:
            raise ValueError(f"{where} is missing: leave it out and state the coverage, it is not 0.")
        amount = float(checked_number(value, where))
        if math.isinf(amount):
            raise ValueError(f"{where} is beyond the range of numbers that can be calculated with.")
        if amount < 0:
            raise ValueError(f"{where} is negative ({value}): net refunds per village first.")
        amounts.append(amount)
    return amounts


def checked_float(value: object, name: str) -> float:
    """``value`` as a finite float, or ValueError naming ``name``."""
    number = float(checked_number(value, name))
    if math.isinf(number):
        raise ValueError(f"{name} is beyond the range of numbers that can be calculated with.")
    return number


def checked_count(value: object, name: str, *, least: int = 0) -> int:
    """``value`` unchanged when it is an int of at least ``least``; else ValueError naming ``name``."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise ValueError(f"{name} must be a whole number of at least {least}, not {value!r}.")
    return value


def exact(value: Number, name: str) -> Fraction:
    """The number without rounding: ints and Decimals as they are, floats as the decimal number that they print."""
    number = checked_number(value, name)
    if isinstance(number, Decimal) and number and number.adjusted() < -400:  # its fraction would fill the memory
        raise ValueError(f"{name} is beyond the range of numbers that can be calculated with.")
    return Fraction(Decimal(str(float(number)))) if isinstance(number, float) else Fraction(number)


def to_float(value: Fraction, what: str) -> float:
    """The fraction rounded once, or ValueError saying that ``what`` cannot be calculated with."""
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if math.isinf(number):
        raise ValueError(f"{what} are too far apart to compare.")
    return number


def checked_matrix(matrix: Iterable[Iterable[Number]], *, least_rows: int = 1) -> list[list[float]]:
    """The rows as floats, all of one length, or ValueError naming the cell (row and column, counted from 1)."""
    rows = [list(row) for row in matrix]
    if len(rows) < least_rows or not rows[0]:
        raise ValueError(f"The matrix has {len(rows)} rows: it needs at least {least_rows}, and at least one column.")
    for number, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]):
            raise ValueError(f"Row {number} has {len(row)} columns, not {len(rows[0])} as row 1 has.")
    return [
        [_checked_cell(value, number, column) for column, value in enumerate(row, start=1)]
        for number, row in enumerate(rows, start=1)
    ]


def checked_weights(weights: Iterable[Number], criteria: int) -> list[float]:
    """One weight per criterion, scaled to sum 1; ValueError when one is dishonest or all are 0."""
    checked = [checked_float(weight, f"Weight {column}") for column, weight in enumerate(weights, start=1)]
    for column, weight in enumerate(checked, start=1):
        if weight < 0:
            raise ValueError(f"Weight {column} is negative ({weight}): a weight starts at 0.")
    if len(checked) != criteria:
        raise ValueError(f"There are {len(checked)} weights for {criteria} criteria: give one weight per criterion.")
    greatest = max(checked)
    if not greatest:
        raise ValueError("The weights sum to 0: at least one must be above 0.")
    shares = [weight / greatest for weight in checked]
    total = math.fsum(shares)
    return [share / total for share in shares]


def checked_directions(directions: Iterable[int], criteria: int) -> list[int]:
    """One direction per criterion: +1 benefit, -1 cost; else ValueError."""
    checked = list(directions)
    if len(checked) != criteria:
        raise ValueError(f"There are {len(checked)} directions for {criteria} criteria: give one per criterion.")
    for column, direction in enumerate(checked, start=1):
        if isinstance(direction, bool) or direction not in (1, -1):
            raise ValueError(f"Direction {column} must be 1 (benefit) or -1 (cost), not {direction!r}.")
    return [int(direction) for direction in checked]


def _checked_cell(value: Number | None, row: int, column: int) -> float:
    if type(value) is float and value - value == 0:  # finite; a matrix has thousands of cells
        return value
    where = f"Row {row}, column {column}"
    if value is None:
        raise ValueError(f"{where} is missing: rank complete rows only, a gap is not 0.")
    return checked_float(value, where)
