"""Criteria that do not apply to an option: hand-worked, and what is true of all figures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.methods.applicability import saw_where_applicable, weight_changes_where_applicable
from p2emas.methods.ranking import saw
from p2emas.methods.sensitivity import weight_changes

UNIT = [(0, 1)] * 3
WEIGHTS = [50, 30, 20]


def ranked(matrix, weights=WEIGHTS, directions=(1, 1, 1), goalposts=UNIT):
    return saw_where_applicable(matrix, weights, directions, goalposts=goalposts)


def test_weaving_without_hectares_by_hand():
    """50, 30, 20; weaving has no third criterion: 62.5 and 37.5 for it, or 0 of 20 at worst."""
    found = ranked([[0.8, 0.6, None], [0.7, 0.9, 0.5], [0.1, 0.2, 0.3]])

    assert found.weights[0] == [pytest.approx(0.625), pytest.approx(0.375), None]
    assert found.weights[1] == pytest.approx([0.5, 0.3, 0.2])
    assert found.spread.scores == pytest.approx([0.725, 0.72, 0.17])
    assert found.worst.scores == pytest.approx([0.58, 0.72, 0.17])
    assert (found.spread.ranks, found.worst.ranks) == ([1, 2, 3], [2, 1, 3])
    assert found.sensitive == [True, True, False]
    assert found.spread.contributions[0] == pytest.approx([0.5, 0.225, 0])


def test_worst_value_of_a_cost_is_its_upper_goalpost():
    found = ranked([[10, None], [10, 30]], [1, 3], (1, -1), [(0, 20), (0, 40)])

    assert found.spread.scores == pytest.approx([0.5, 0.5 * 0.25 + 0.25 * 0.75])
    assert found.worst.scores == pytest.approx([0.125, 0.3125])


def test_option_without_any_criterion_is_refused():
    with pytest.raises(ValueError, match="applies to row 2"):
        ranked([[0.1, 0.2, 0.3], [None, None, 0.5]], [1, 1, 0])


@pytest.mark.parametrize("matrix", [[], [[0.1, 0.2]], [[0.1, 0.2, float("nan")]], [[0.1, 0.2, 0.3, 0.4]]])
def test_dishonest_matrix_is_refused(matrix):
    with pytest.raises(ValueError):
        ranked(matrix)


cells = st.floats(0, 1)
several = st.lists(st.tuples(cells, st.none() | cells, st.none() | cells), min_size=1, max_size=8)
given_weights = st.tuples(st.integers(1, 100), st.integers(0, 100), st.integers(0, 100))


@given(several, given_weights)
def test_spread_is_a_mean_and_the_worst_case_never_above_it(matrix, weights):
    found = ranked(matrix, weights)

    for row, spread, worst, own in zip(matrix, found.spread.scores, found.worst.scores, found.weights, strict=True):
        known = [value for value in row if value is not None]
        assert min(known) - 1e-9 <= spread <= max(known) + 1e-9
        assert worst <= spread + 1e-9
        assert sum(weight for weight in own if weight is not None) == pytest.approx(1)


thousandths = st.integers(0, 1000).map(lambda number: number / 1000)


@given(st.lists(st.tuples(thousandths, thousandths, thousandths), min_size=1, max_size=8), given_weights)
def test_complete_matrix_is_the_plain_sum(matrix, weights):
    found, plain = ranked(matrix, weights), saw(matrix, weights, (1, 1, 1), goalposts=UNIT)

    assert found.spread.scores == pytest.approx(plain.scores)
    assert found.spread.ranks == found.worst.ranks == plain.ranks
    assert not any(found.sensitive)


def test_changed_weights_are_spread_again_by_hand():
    """50, 30, 20 with the first weight halved: 25, 45, 30; 25 and 45 of 70 for weaving."""
    matrix = [[0.8, 0.6, None], [0.7, 0.9, 0.5], [0.1, 0.2, 0.3]]

    found = weight_changes_where_applicable(matrix, WEIGHTS, (1, 1, 1), goalposts=UNIT)

    halved = found[0]
    assert (halved.criterion, halved.change, halved.ranks) == (0, -0.5, [2, 1, 3])
    assert (halved.enters, halved.leaves, halved.kendall_tau) == ([1], [0], pytest.approx(1 / 3))


def test_change_that_leaves_an_option_without_weight_is_left_out():
    found = weight_changes_where_applicable([[0.8, None], [0.7, 0.9]], [30, 70], (1, 1), goalposts=[(0, 1)] * 2)

    assert [(each.criterion, each.change) for each in found if each.change == 0.5] == [(0, 0.5)]  # 105 % of the second


@given(st.lists(st.tuples(thousandths, thousandths, thousandths), min_size=1, max_size=6), given_weights)
def test_changes_of_a_complete_matrix_are_the_plain_ones(matrix, weights):
    plain = weight_changes(matrix, weights, (1, 1, 1), goalposts=UNIT, quota=1)

    assert weight_changes_where_applicable(matrix, weights, (1, 1, 1), goalposts=UNIT) == plain
