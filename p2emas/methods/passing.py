"""When a course counts as passed. What is missing decides nothing: it is never a zero."""

from decimal import Decimal
from fractions import Fraction

Number = int | Decimal | Fraction


def attendance_percent(attended: int, sessions: int) -> Fraction | None:
    """Share of the sessions attended, in percent (0 to 100); None of a course without sessions.

    Raises ``ValueError`` for negative counts and for more sessions attended than held.
    """
    if sessions < 0 or not 0 <= attended <= sessions:
        raise ValueError(f"{attended} of {sessions} sessions")
    return Fraction(100 * attended, sessions) if sessions else None


def has_passed(
    *, attended: int, sessions: int, final_test: Number | None, min_attendance: Number, pass_mark: Number
) -> bool | None:
    """Whether attendance and final test both reach the rule (percent and marks 0 to 100, the bounds included).

    None while it cannot be said: no session yet, or enough attended and no final test. Too little attendance is
    False for every test.
    """
    share = attendance_percent(attended, sessions)
    if share is None:
        return None
    if share < Fraction(min_attendance):
        return False
    return None if final_test is None else Fraction(final_test) >= Fraction(pass_mark)
