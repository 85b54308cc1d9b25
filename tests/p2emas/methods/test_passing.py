"""The pass rule: cases by hand, and what must hold of every course."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.methods.passing import attendance_percent, has_passed

RULE = {"min_attendance": Decimal(80), "pass_mark": Decimal(60)}

PERCENTS = st.integers(0, 10_000).map(lambda hundredths: Decimal(hundredths) / 100)
MARKS = st.none() | PERCENTS


@pytest.mark.parametrize(
    ("attended", "sessions", "final_test", "passed"),
    [
        (5, 5, Decimal(60), True),
        (4, 5, Decimal(60), True),  # exactly 80 percent and exactly the mark
        (4, 5, Decimal("59.99"), False),
        (3, 5, Decimal(100), False),
        (3, 5, None, False),  # too little attendance, with any test
        (5, 5, None, None),  # no test: cannot be said, never a zero
        (5, 5, Decimal(0), False),
        (0, 0, Decimal(100), None),  # no session yet
        (0, 3, None, False),
    ],
)
def test_pass_rule_by_hand(attended, sessions, final_test, passed):
    assert has_passed(attended=attended, sessions=sessions, final_test=final_test, **RULE) is passed


@pytest.mark.parametrize(("attended", "sessions"), [(-1, 5), (6, 5), (0, -1)])
def test_impossible_counts_are_refused(attended, sessions):
    with pytest.raises(ValueError, match="sessions"):
        attendance_percent(attended, sessions)


def test_two_thirds_is_exact():
    assert attendance_percent(2, 3) == Fraction(200, 3)


@given(st.data(), st.integers(1, 40), MARKS, PERCENTS, PERCENTS)
def test_one_more_session_or_a_better_test_never_takes_a_pass_away(data, sessions, mark, low, line):
    attended = data.draw(st.integers(0, sessions - 1))
    rule = {"sessions": sessions, "min_attendance": low, "pass_mark": line}

    now = has_passed(attended=attended, final_test=mark, **rule)

    if now:
        assert has_passed(attended=attended + 1, final_test=mark, **rule)
        assert has_passed(attended=attended, final_test=Decimal(100), **rule)
    assert now is None or mark is not None or not now  # a missing test never passes


@given(st.data(), st.integers(1, 40), PERCENTS, PERCENTS)
def test_a_missing_test_is_no_zero(data, sessions, low, line):
    attended = data.draw(st.integers(0, sessions))
    rule = {"attended": attended, "sessions": sessions, "min_attendance": low, "pass_mark": line}

    missing = has_passed(final_test=None, **rule)

    assert missing is (None if Fraction(100 * attended, sessions) >= Fraction(low) else False)
