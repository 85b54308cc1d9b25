import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.methods.bounds import score_bounds
from p2emas.methods.normalisation import normalise
from p2emas.methods.ranking import (
    WeightChange,
    critical_weight_changes,
    leave_one_out,
    rank_acceptability,
    saw,
    weight_changes,
)
from p2emas.methods.ranks import kendall_tau
from p2emas.methods.sensitivity import CHANGES, moved

from .strategies import quick, tables

POSTS = [(0, 10), (0, 10)]


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-9)


# One weight at a time


def test_moved_weight_by_hand():
    assert moved([0.5, 0.3, 0.2], 0, 0.5) == close([0.75, 0.15, 0.1])
    assert moved([0.5, 0.3, 0.2], 2, -0.5) == close([0.5 * 0.9 / 0.8, 0.3 * 0.9 / 0.8, 0.1])
    assert moved([0.8, 0.1, 0.1], 0, 0.5) == close([1, 0, 0])
    assert moved([0.6, 0.4, 0], 2, 0.5) == close([0.6, 0.4, 0])
    assert moved([0.5, 0.5], 0, -1) == close([0, 1])


@pytest.mark.parametrize("weights", [[1], [1, 0], [0, 1, 0]])
def test_single_weight_stays(weights):
    for change in CHANGES:
        assert moved(weights, weights.index(1), change) == weights


def test_weight_changes_by_hand():
    # 0.56 against 0.54; with weights .4/.6 it is .48 against .62
    changes = weight_changes([[8, 3], [3, 8]], [0.52, 0.48], [1, 1], goalposts=POSTS, quota=1, changes=[-0.5, 0.1])

    assert changes == [
        WeightChange(0, -0.5, [2, 1], [1], [0], -1),
        WeightChange(0, 0.1, [1, 2], [], [], 1),
        WeightChange(1, -0.5, [1, 2], [], [], 1),
        WeightChange(1, 0.1, [2, 1], [1], [0], -1),
    ]


def test_weight_changes_come_criterion_by_criterion():
    changes = weight_changes([[8, 3], [3, 8]], [1, 1], [1, 1], goalposts=POSTS, quota=1)

    assert [(entry.criterion, entry.change) for entry in changes] == [(k, d) for k in (0, 1) for d in CHANGES]


def test_tie_at_the_line_counts_as_inside():
    # 0.5 each; more weight on the first criterion puts one ahead and the other out
    change = weight_changes([[8, 2], [2, 8]], [1, 1], [1, 1], goalposts=POSTS, quota=1, changes=[0.1])[0]

    assert (change.ranks, change.enters, change.leaves, change.kendall_tau) == ([1, 2], [], [1], None)


def test_single_village_has_no_tau():
    changes = weight_changes([[8, 2]], [1, 1], [1, 1], goalposts=POSTS, quota=1)

    assert {(tuple(entry.ranks), entry.kendall_tau) for entry in changes} == {((1,), None)}


@pytest.mark.parametrize("change", [-1.01, math.nan, math.inf, None, True, "0.1"])
def test_dishonest_change_raises(change):
    with pytest.raises(ValueError, match="A change of weight"):
        weight_changes([[8, 2]], [1, 1], [1, 1], goalposts=POSTS, quota=1, changes=[change])


@pytest.mark.parametrize("quota", [0, -1, 1.5, None, True, "3"])
def test_dishonest_quota_raises(quota):
    for call in (
        lambda: weight_changes([[8, 2]], [1, 1], [1, 1], goalposts=POSTS, quota=quota),
        lambda: rank_acceptability([[8, 2]], [1, 1], [1, 1], goalposts=POSTS, quota=quota, seed=1),
        lambda: score_bounds([[8, 2]], [1, 1], [1, 1], goalposts=POSTS, quota=quota),
    ):
        with pytest.raises(ValueError, match="Quota must be a whole number of at least 1"):
            call()


# Kendall


@pytest.mark.parametrize(
    ("one", "other", "tau"),
    [
        ([1, 2, 3], [1, 2, 3], 1),
        ([1, 2, 3], [3, 2, 1], -1),
        ([1, 2, 3, 4], [1, 2, 4, 3], 4 / 6),
        ([1, 1, 3], [1, 1, 3], 1),
        ([1, 1, 3], [1, 2, 3], 2 / math.sqrt(2 * 3)),
        ([1, 1], [1, 2], None),
        ([1, 2], [1, 1], None),
        ([1], [1], None),
        ([], [], None),
    ],
)
def test_kendall_tau(one, other, tau):
    assert kendall_tau(one, other) == (None if tau is None else close(tau))


def test_kendall_tau_of_lists_of_different_length_raises():
    with pytest.raises(ValueError, match="2 and 1 ranks"):
        kendall_tau([1, 2], [1])


@quick
@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), min_size=2, max_size=12))
def test_kendall_tau_counts_every_pair(pairs):
    one, other = zip(*pairs, strict=True)

    def sign(number):
        return (number > 0) - (number < 0)

    products = [(sign(a - c), sign(b - d)) for a, b in pairs for c, d in pairs]
    numerator = sum(x * y for x, y in products)
    denominator = math.sqrt(sum(x * x for x, _ in products) * sum(y * y for _, y in products))
    assert kendall_tau(one, other) == (close(numerator / denominator) if denominator else None)


# Critical weights


def test_critical_change_makes_the_two_tie():
    normalised = [[0.8, 0.3, 0.5], [0.3, 0.8, 0.5]]
    changes = critical_weight_changes(normalised, [5, 3, 2], 0, 1)

    assert changes == [close(-0.2), close(0.2), None]
    weights = [0.5 + changes[0], 0.3, 0.2]
    assert math.fsum(w * (a - b) for w, a, b in zip(weights, *normalised, strict=True)) == close(0)


def test_critical_changes_of_equal_villages_are_undefined():
    assert critical_weight_changes([[0.5, 0.5], [0.5, 0.5]], [1, 1], 0, 1) == [None, None]
    assert critical_weight_changes([[0.5, 0.5]], [1, 1], 0, 0) == [None, None]
    assert critical_weight_changes([[0.1 + 0.2, 1], [0.3, 0]], [1, 1], 0, 1) == [None, close(-0.5)]


@pytest.mark.parametrize(("a", "b"), [(0, 2), (2, 0), (-1, 0), (0, -1), (0.0, 1), (None, 1), (True, 0)])
def test_index_that_is_no_row_raises(a, b):
    with pytest.raises(ValueError, match=r"^Row [ab] "):
        critical_weight_changes([[1, 0], [0, 1]], [1, 1], a, b)


# Leave one out


def test_leave_one_out_by_hand():
    assert leave_one_out([[1, 1], [2, 2], [3, 3]], [1, 1], [1, 1], goalposts=POSTS) == [[2, 1], [2, 1], [2, 1]]
    assert leave_one_out([[1, 1]], [1, 1], [1, 1], goalposts=POSTS) == [[]]
    assert leave_one_out([[1]], [1], [1], normalisation="max") == [[]]


# Properties


@quick
@given(tables(), st.integers(min_value=1, max_value=7))
def test_each_weight_change_is_the_ranking_with_these_weights(table, quota):
    matrix, weights, directions, goalposts = table
    before = saw(matrix, weights, directions, goalposts=goalposts).ranks
    shares = [weight / sum(weights) for weight in weights]
    for entry in weight_changes(matrix, weights, directions, goalposts=goalposts, quota=quota):
        changed = moved(shares, entry.criterion, entry.change)
        assert math.fsum(changed) == close(1)
        assert entry.ranks == saw(matrix, changed, directions, goalposts=goalposts).ranks
        inside = {row for row, rank in enumerate(entry.ranks) if rank <= quota}
        was_inside = {row for row, rank in enumerate(before) if rank <= quota}
        assert set(entry.enters) == inside - was_inside
        assert set(entry.leaves) == was_inside - inside


@quick
@given(tables(least_rows=2))
def test_with_fixed_goalposts_leaving_one_out_never_reorders_the_others(table):
    matrix, weights, directions, goalposts = table
    ranks = saw(matrix, weights, directions, goalposts=goalposts).ranks
    for away, rest in enumerate(leave_one_out(matrix, weights, directions, goalposts=goalposts)):
        others = ranks[:away] + ranks[away + 1 :]
        assert rest == [1 + sum(rank < own for rank in others) for own in others]


@quick
@given(tables(least_rows=2), st.sampled_from(["max", "minmax"]))
def test_leave_one_out_is_the_ranking_of_the_rest(table, normalisation):
    matrix, weights, directions, _ = table
    for away, rest in enumerate(leave_one_out(matrix, weights, directions, normalisation=normalisation)):
        others = matrix[:away] + matrix[away + 1 :]
        assert rest == saw(others, weights, directions, normalisation=normalisation).ranks


@quick
@given(tables(least_rows=2))
def test_critical_change_of_any_pair_makes_it_tie(table):
    matrix, weights, directions, goalposts = table
    normalised = normalise(matrix, directions, goalposts=goalposts)
    shares = [weight / sum(weights) for weight in weights]
    for criterion, change in enumerate(critical_weight_changes(normalised, weights, 0, 1)):
        if change is not None:
            changed = [share + change * (place == criterion) for place, share in enumerate(shares)]
            gap = math.fsum(w * (a - b) for w, a, b in zip(changed, *normalised[:2], strict=True))
            assert gap == pytest.approx(0, abs=1e-9 * max(1, abs(change)))
