import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from p2emas.methods.achievement import FORMULAS, LOWEST_CATEGORY, achievement, performance_category

quick = settings(max_examples=60, deadline=None, derandomize=True)
amount = st.decimals(min_value=0, max_value=10**9, places=2)
target_amount = st.decimals(min_value="0.01", max_value=10**9, places=2)
quarters = st.lists(st.none() | amount, max_size=4)
LAST_VALUE = ["percentage", "end_value"]
BAD = [-1, -0.01, Decimal("-1"), math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("sNaN"), 10**400, True, False,
       "5", "", 2j, [1]]  # fmt: skip


# Formula types


def test_increasing_adds_up_the_known_quarters():
    assert achievement("increasing", 200, [50, None, 25, None]) == 37.5


@pytest.mark.parametrize("formula", LAST_VALUE)
def test_last_known_value_counts_for_percentage_and_end_value(formula):
    assert achievement(formula, 80, [90, 60, None, None]) == 75


def test_decreasing_is_target_over_the_last_known_value():
    assert achievement("decreasing", 10, [20, 12.5, None, None]) == 80


def test_decreasing_as_gap():
    assert achievement("decreasing", 10, [20, 12.5, None, None], decreasing="gap") == 75


@pytest.mark.parametrize(("last", "expected"), [(0, 200), (5, 150), (10, 100), (20, 0), (25, -50)])
def test_gap_counts_down_through_zero(last, expected):
    assert achievement("decreasing", 10, [last], decreasing="gap") == expected


def test_decreasing_that_reached_zero_has_no_ratio():
    assert achievement("decreasing", 10, [5, 0]) is None


def test_zero_is_a_value_and_not_missing():
    assert achievement("increasing", 10, [0, None]) == 0
    assert achievement("percentage", 10, [7, 0]) == 0
    assert achievement("end_value", 10, [7, 0]) == 0


def test_beyond_the_target_keeps_the_real_value():
    assert achievement("increasing", 4, [3, 3]) == 150
    assert achievement("decreasing", 10, [8]) == 125


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("decreasing", ["ratio", "gap"])
@pytest.mark.parametrize(("target", "actuals"), [(None, [1]), (0, [1]), (0, [0]), (10, []), (10, [None] * 4)])
def test_without_target_or_value_there_is_no_achievement(formula, decreasing, target, actuals):
    assert achievement(formula, target, actuals, decreasing=decreasing) is None


def test_result_is_unrounded():
    assert achievement("increasing", 3, [1]) == 100 / 3


@pytest.mark.parametrize("number", [float, Decimal])
def test_exactly_on_a_bound_stays_on_it(number):
    # summed as binary floats these are 90.99999999999999 and fall one category
    percent = achievement("increasing", 1, [number("0.7"), number("0.1"), number("0.11")])

    assert percent == 91
    assert performance_category(percent) == "very_high"


# Dishonest input


@pytest.mark.parametrize("formula", ["", "naik", "INCREASING", "decrease", None, 1, []])
def test_unknown_formula_raises(formula):
    with pytest.raises(ValueError, match="Unknown formula"):
        achievement(formula, 10, [1])


@pytest.mark.parametrize("formula", FORMULAS)
def test_unknown_setting_raises_for_every_formula(formula):
    with pytest.raises(ValueError, match="Unknown setting"):
        achievement(formula, 10, [1], decreasing="difference")


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("bad", BAD)
def test_dishonest_target_or_value_raises(formula, bad):
    with pytest.raises(ValueError, match=r"^Target .*\.$"):
        achievement(formula, bad, [None])
    with pytest.raises(ValueError, match=r"^Value 2 .*\.$"):
        achievement(formula, None, [1, bad, 3])


def test_numbers_too_far_apart_raise():
    with pytest.raises(ValueError, match="too far apart"):
        achievement("increasing", 1e-300, [1e300])


# Categories


@pytest.mark.parametrize(
    ("percent", "code"),
    [
        (250, "very_high"),
        (100.1, "very_high"),
        (90.9999, "high"),
        (90.5, "high"),
        (Decimal("75.5"), "moderate"),
        (65.5, "low"),
        (50.5, "very_low"),
        (-50, "very_low"),
        (None, None),
    ],
)
def test_category_in_the_gaps_of_the_table(percent, code):
    assert performance_category(percent) == code


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, Decimal("NaN"), True, False, "91", 10**400])
def test_category_of_a_dishonest_number_raises(bad):
    with pytest.raises(ValueError, match=r"^Achievement .*\.$"):
        performance_category(bad)


# Properties


@quick
@given(target_amount, quarters)
def test_increasing_ignores_order_and_missing_quarters(target, actuals):
    known = [value for value in actuals if value is not None]

    assert achievement("increasing", target, actuals) == achievement("increasing", target, known[::-1])


@quick
@given(st.sampled_from(FORMULAS), target_amount, quarters)
def test_trailing_missing_quarters_change_nothing(formula, target, actuals):
    assert achievement(formula, target, [*actuals, None]) == achievement(formula, target, actuals)


@quick
@given(st.sampled_from(FORMULAS), st.sampled_from(["ratio", "gap"]), target_amount)
def test_meeting_the_target_is_exactly_a_hundred(formula, decreasing, target):
    assert achievement(formula, target, [target], decreasing=decreasing) == 100


@quick
@given(st.sampled_from(["ratio", "gap"]), target_amount, target_amount, target_amount)
def test_decreasing_rewards_the_lower_value(decreasing, target, one, other):
    low, high = sorted([one, other])

    assert achievement("decreasing", target, [low], decreasing=decreasing) >= achievement(
        "decreasing", target, [high], decreasing=decreasing
    )


@quick
@given(st.sampled_from(FORMULAS), target_amount, quarters, st.sampled_from([Decimal(10), Decimal(1000)]))
def test_the_unit_of_measure_changes_nothing(formula, target, actuals, factor):
    scaled = [None if value is None else value * factor for value in actuals]

    assert achievement(formula, target * factor, scaled) == achievement(formula, target, actuals)


@quick
@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(allow_nan=False, allow_infinity=False))
def test_category_never_falls_when_the_achievement_rises(one, other):
    codes = [LOWEST_CATEGORY, "low", "moderate", "high", "very_high"]
    low, high = sorted([one, other])

    assert codes.index(performance_category(low)) <= codes.index(performance_category(high))
