"""How far money and work are behind their plan: the deviations of RFK and of the S-curve, and when a delay is critical.

RFK and the S-curve both say "deviasi" and mean two things, so the functions have two names and pages label each.
"""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

Percent = int | Decimal | Fraction

LATE_STAGE = 70  # per cent of the plan from which less delay is borne
MOST_LATE = {False: 10, True: 5}  # percentage points: before and after that stage


def relative_deviation(planned: Percent | None, actual: Percent | None) -> Fraction | None:
    """Deviasi of RFK: what is lacking, in per cent of the plan: (planned - actual) / planned x 100.

    Both in per cent of one budget (0 to 100, above 100 possible). Positive: behind the plan; negative: ahead. None
    when either is unknown, or the plan is 0: of nothing there is no share. ValueError: a negative plan or actual.
    Source: column 8 of the regency recap RFK, as in the working code of several regional governments.
    """
    if planned is None or actual is None:
        return None
    plan, got = _checked(planned), _checked(actual)
    return (plan - got) / plan * 100 if plan else None


def point_deviation(planned: Percent | None, actual: Percent | None) -> Fraction | None:
    """Deviasi of the S-curve: actual - planned, in percentage points. Negative: behind the plan.

    Both in per cent of one budget. None when either is unknown. ValueError: a negative plan or actual.
    """
    if planned is None or actual is None:
        return None
    return _checked(actual) - _checked(planned)


def is_critical(planned: Percent | None, actual: Percent | None) -> bool | None:
    """Whether a delay is "kritis": more than 10 points while the plan is 0 to 70 %, more than 5 points above 70 %.

    Both in per cent; a plan of exactly 70 belongs to the first stage. A delay of exactly 10 (or 5) points is not yet
    critical. None when either is unknown. ValueError: a negative plan or actual.
    Source: the rule for critical contracts of public works (Permen PU 43/PRT/M/2007), as S-curves of offices use it.
    """
    behind = point_deviation(planned, actual)
    if behind is None or planned is None:
        return None
    return -behind > MOST_LATE[planned > LATE_STAGE]


def value_of_work(pairs: Iterable[tuple[int, Percent | None]]) -> int | None:
    """Rupiah of work done: the sum of amount x per cent / 100 over pairs (amount in rupiah, per cent), half up.

    Unknown percentages are left out; None when none is known. ValueError: a negative amount or percentage.
    Source: column 10 of RFK ("nilai fisik"); its column 9 is the mean of the percentages weighed by the amounts
    (``averages.weighted_mean``), so that both say the same where all percentages are known.
    """
    known = [(amount, percent) for amount, percent in pairs if percent is not None]
    if not known:
        return None
    whole = sum((_checked(amount) * _checked(percent) for amount, percent in known), Fraction()) / 100
    return int(whole + Fraction(1, 2))


def _checked(value: Percent) -> Fraction:
    if value < 0:
        raise ValueError(f"Negative figure of a plan or its progress: {value}.")
    return Fraction(value)
