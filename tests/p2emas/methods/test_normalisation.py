import math
import sys

import pytest

from p2emas.methods.normalisation import normalise
from p2emas.methods.ranking import saw


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-9)


def column(values, normalisation, direction=1):
    return [row[0] for row in normalise([[value] for value in values], [direction], normalisation=normalisation)]


@pytest.mark.parametrize(
    ("normalisation", "direction", "expected"),
    [
        ("max", 1, [0.25, 0.5, 1]),
        ("max", -1, [1, 0.5, 0.25]),
        ("minmax", 1, [0, 1 / 3, 1]),
        ("minmax", -1, [1, 2 / 3, 0]),
        ("sum", 1, [1 / 7, 2 / 7, 4 / 7]),
        ("vector", 1, [1 / math.sqrt(21), 2 / math.sqrt(21), 4 / math.sqrt(21)]),
        ("none", 1, [1, 2, 4]),
    ],
)
def test_normalisation_by_hand(normalisation, direction, expected):
    assert column([1, 2, 4], normalisation, direction) == close(expected)


def test_goalposts_cut_and_mirror():
    values = [[-5], [0], [2.5], [10], [99]]

    assert normalise(values, [1], goalposts=[(0, 10)]) == [[0], [0], [0.25], [1], [1]]
    assert normalise(values, [-1], goalposts=[(0, 10)]) == [[1], [1], [0.75], [0], [0]]


def test_criterion_that_does_not_distinguish():
    assert column([7, 7], "minmax") == column([7, 7], "minmax", -1) == [1, 1]
    assert column([7, 7], "max") == column([7, 7], "max", -1) == [1, 1]
    assert column([7, 7], "sum") == [0.5, 0.5]
    assert column([7, 7], "vector") == close([math.sqrt(0.5)] * 2)
    assert column([0.1 + 0.2, 0.3], "minmax") == [1, 1]  # they differ by rounding alone
    assert normalise([[7], [7]], [1], goalposts=[(0, 10)]) == [[0.7], [0.7]]


def test_column_of_zeros():
    assert [column([0, 0], name) for name in ("max", "sum", "vector", "none")] == [[0, 0]] * 4
    assert column([0, 0], "minmax") == [1, 1]


@pytest.mark.parametrize("values", [[3, 0], [0, 0]])
def test_zero_in_a_cost_has_no_quotient(values):
    with pytest.raises(ValueError, match=r"Row \d, column 1 is 0 in a cost: min / x is undefined"):
        column(values, "max", -1)


@pytest.mark.parametrize(("normalisation", "directions"), [("max", [1, -1]), ("sum", [1])])
def test_negative_values_have_no_share(normalisation, directions):
    for direction in directions:
        with pytest.raises(ValueError, match=r"Row 2, column 1 is negative \(-3.0\): normalisation"):
            column([1, -3], normalisation, direction)


def test_negative_values_are_taken_where_they_mean_something():
    assert column([-3, 1], "minmax") == [0, 1]
    assert column([-3, 4], "vector") == close([-0.6, 0.8])
    assert column([-3, 1], "none") == [-3, 1]
    assert normalise([[-3]], [1], goalposts=[(-6, 0)]) == [[0.5]]


@pytest.mark.parametrize("normalisation", ["sum", "vector", "none"])
def test_benefits_only(normalisation):
    with pytest.raises(ValueError, match=f"Criterion 2 is a cost: normalisation '{normalisation}' knows benefits only"):
        saw([[1, 2], [3, 4]], [1, 1], [1, -1], normalisation=normalisation)


@pytest.mark.parametrize("normalisation", ["max", "minmax", "sum", "vector"])
def test_values_at_the_end_of_the_range_neither_overflow_nor_vanish(normalisation):
    expected = column([1, 2, 4], normalisation)

    for unit in (4e307, 1e-300):
        assert column([unit, 2 * unit, 4 * unit], normalisation) == close(expected)


def test_greatest_number_of_all_does_not_overflow():
    greatest = sys.float_info.max
    for criteria in range(1, 30):
        ranking = saw([[greatest] * criteria], [1] * criteria, [1] * criteria, normalisation="none")
        assert ranking.scores == [close(greatest)]
