"""Deviations of RFK and of the S-curve, critical delays and the value of work, by cases worked out by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from p2emas.methods.averages import weighted_mean
from p2emas.methods.curves import is_critical, point_deviation, relative_deviation, value_of_work


@pytest.mark.parametrize(
    ("planned", "actual", "expected"),
    [
        (Decimal("72"), Decimal("63.2"), Fraction(110, 9)),  # 8.8 / 72 = 12.22 %
        (50, 50, 0),
        (40, 50, -25),  # ahead of the plan
        (80, 0, 100),
        (0, 10, None),  # of nothing planned there is no share
        (None, 10, None),
        (10, None, None),
    ],
)
def test_relative_deviation_is_what_lacks_of_the_plan(planned, actual, expected):
    assert relative_deviation(planned, actual) == expected


@pytest.mark.parametrize(
    ("planned", "actual", "expected"),
    [(Decimal("72"), Decimal("63.2"), Fraction(-44, 5)), (40, 50, 10), (0, 3, 3), (None, 1, None), (1, None, None)],
)
def test_point_deviation_is_actual_minus_planned(planned, actual, expected):
    assert point_deviation(planned, actual) == expected


@pytest.mark.parametrize(
    ("planned", "actual", "expected"),
    [
        (0, 0, False),
        (30, 20, False),  # exactly ten points
        (30, Decimal("19.99"), True),
        (70, 60, False),  # 70 % is still the first stage
        (70, Decimal("59.9"), True),
        (Decimal("70.01"), Decimal("65.01"), False),  # exactly five points
        (Decimal("70.01"), 65, True),
        (72, Decimal("63.2"), True),
        (100, 95, False),
        (100, 94, True),
        (60, 80, False),  # ahead
        (None, 5, None),
        (5, None, None),
    ],
)
def test_delay_is_critical_above_ten_points_then_above_five(planned, actual, expected):
    assert is_critical(planned, actual) is expected


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(1_000, Decimal("50")), (3_000, Decimal("10"))], 800),
        ([(1_000, Decimal("50")), (3_000, None)], 500),
        ([(3, Decimal("50"))], 2),  # half a rupiah goes up
        ([(0, Decimal("100"))], 0),
        ([(5, None)], None),
        ([], None),
    ],
)
def test_value_of_work_adds_amounts_by_their_percentages(pairs, expected):
    assert value_of_work(pairs) == expected


def test_value_of_work_and_weighted_mean_say_the_same():
    pairs = [(210_000_000, Decimal("82")), (85_000_000, Decimal("100")), (165_000_000, Decimal("78"))]

    mean = weighted_mean(pairs)

    assert value_of_work(pairs) == 385_900_000  # 172.2 + 85 + 128.7 million
    assert mean == Fraction(385_900_000 * 100, 460_000_000)


@pytest.mark.parametrize("formula", [relative_deviation, point_deviation, is_critical])
@pytest.mark.parametrize("figures", [(-1, 5), (5, Decimal("-0.01"))])
def test_negative_figure_is_no_figure(formula, figures):
    with pytest.raises(ValueError, match="Negative"):
        formula(*figures)


def test_negative_amount_has_no_value():
    with pytest.raises(ValueError, match="Negative"):
        value_of_work([(-1, 5)])
