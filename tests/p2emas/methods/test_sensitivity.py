import hashlib
import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.methods.acceptability import dirichlet
from p2emas.methods.bounds import Bounds, score_bounds
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


# Acceptability


def test_acceptability_of_a_sure_winner():
    result = rank_acceptability([[9, 9], [5, 5], [1, 1]], [1, 1], [1, 1], goalposts=POSTS, quota=2, seed=1, draws=50)

    assert result.in_quota == [1, 1, 0]
    assert result.rank_shares == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]


def test_acceptability_of_an_even_contest():
    result = rank_acceptability([[9, 1], [1, 9]], [1, 1], [1, 1], goalposts=POSTS, quota=1, seed=1, draws=4000)

    assert result.in_quota == pytest.approx([0.5, 0.5], abs=0.03)


def test_acceptability_of_a_tie_and_a_single_village():
    tie = rank_acceptability([[4, 4], [4, 4]], [1, 1], [1, 1], goalposts=POSTS, quota=1, seed=1, draws=10)
    single = rank_acceptability([[4, 4]], [1, 1], [1, 1], goalposts=POSTS, quota=9, seed=1, draws=10)

    assert (tie.in_quota, tie.rank_shares) == ([1, 1], [[1, 0], [1, 0]])
    assert (single.in_quota, single.rank_shares) == ([1], [[1]])


def test_weight_of_zero_stays_zero():
    result = rank_acceptability(
        [[9, 0], [1, 10]], [1, 0], [1, 1], goalposts=POSTS, quota=1, seed=1, draws=200, concentration=1
    )

    assert result.in_quota == [1, 0]


def test_high_concentration_is_the_agreed_ranking():
    matrix, weights = [[8, 3], [3, 8]], [0.51, 0.49]
    sure = rank_acceptability(matrix, weights, [1, 1], goalposts=POSTS, quota=1, seed=1, draws=200, concentration=1e9)
    open_ = rank_acceptability(matrix, weights, [1, 1], goalposts=POSTS, quota=1, seed=1, draws=200)

    assert sure.in_quota == [1, 0]
    assert 0.4 < open_.in_quota[0] < 0.75


def test_same_seed_same_figures_for_ever():
    # figures of this test were the same on Python 3.11 and 3.13; a change of them breaks "hitung ulang"
    cases = Random(7)
    matrix = [[cases.random() * 10 for _ in range(5)] for _ in range(12)]
    arguments = {"goalposts": [(0, 10)] * 5, "quota": 4, "seed": 2017, "draws": 300}
    result = rank_acceptability(matrix, [30, 25, 20, 15, 10], [1, 1, -1, 1, -1], **arguments)

    assert result == rank_acceptability(matrix, [30, 25, 20, 15, 10], [1, 1, -1, 1, -1], **arguments)
    assert hashlib.sha256(repr(result).encode()).hexdigest()[:16] == "da4b09c927b75df7"


def test_progress_is_told():
    told = []
    rank_acceptability([[9, 9]], [1, 1], [1, 1], goalposts=POSTS, quota=1, seed=1, draws=250, progress=told.append)

    assert told[0] == 2
    assert told[-1] == 250
    assert len(told) <= 126


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"draws": 0}, "number of draws"),
        ({"draws": 1.5}, "number of draws"),
        ({"draws": True}, "number of draws"),
        ({"concentration": 0}, "Concentration must be above 0"),
        ({"concentration": -1}, "Concentration must be above 0"),
        ({"concentration": math.nan}, "Concentration must be finite"),
        ({"seed": None}, "Seed must be a whole number"),
        ({"seed": 1.5}, "Seed must be a whole number"),
        ({"seed": True}, "Seed must be a whole number"),
        ({"seed": "1"}, "Seed must be a whole number"),
    ],
)
def test_dishonest_settings_raise(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        rank_acceptability([[9, 9]], [1, 1], [1, 1], **{"goalposts": POSTS, "quota": 1, "seed": 1, **arguments})


def test_dirichlet_has_its_mean_and_spread():
    random, shapes, draws = Random(3).random, [25, 60, 15], 4000
    columns = list(zip(*(dirichlet(shapes, random) for _ in range(draws)), strict=True))

    for shape, column in zip(shapes, columns, strict=True):
        mean = math.fsum(column) / draws
        deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in column) / draws)
        share = shape / 100
        assert mean == pytest.approx(share, abs=0.003)
        assert deviation == pytest.approx(math.sqrt(share * (1 - share) / 101), rel=0.06)


def test_dirichlet_with_shapes_below_one_has_its_mean_and_spread():
    random, draws = Random(3).random, 6000
    first = [dirichlet([0.2, 0.6], random)[0] for _ in range(draws)]
    mean = math.fsum(first) / draws

    assert mean == pytest.approx(0.25, abs=0.015)
    assert math.fsum((value - mean) ** 2 for value in first) / draws == pytest.approx(0.25 * 0.75 / 1.8, rel=0.06)


def test_dirichlet_of_tiny_shapes_still_sums_to_one():
    random = Random(3).random
    for _ in range(200):
        assert math.fsum(dirichlet([1e-6, 1e-9, 0], random)) == close(1)


# Bounds of missing values


def test_bounds_by_hand():
    bounds = score_bounds([[10, 10], [4, None], [2, 4], [None, 0]], [1, 1], [1, -1], goalposts=POSTS, quota=2)

    # scores: 0.5; 0.2 to 0.7; 0.4; 0.5 to 1
    assert bounds == [
        Bounds(close(0.5), close(0.5), 1, 3, [], None),
        Bounds(close(0.2), close(0.7), 1, 4, [1], None),
        Bounds(close(0.4), close(0.4), 3, 4, [], False),
        Bounds(close(0.5), close(1), 1, 2, [0], True),
    ]


def test_bounds_of_a_village_without_any_value():
    assert score_bounds([[None, None]], [1, 1], [1, -1], goalposts=POSTS, quota=1) == [Bounds(0, 1, 1, 1, [0, 1], True)]


def test_missing_value_without_weight_changes_nothing():
    first, second = score_bounds([[4, None], [2, 3]], [1, 0], [1, 1], goalposts=POSTS, quota=1)

    assert (first.low, first.high, first.in_quota, first.missing) == (0.4, 0.4, True, [1])
    assert second.in_quota is False


@quick
@given(tables(most_rows=6), st.data())
def test_bounds_hold_whatever_the_missing_values_turn_out_to_be(table, data):
    matrix, weights, directions, goalposts = table
    quota = data.draw(st.integers(min_value=1, max_value=len(matrix)))
    holes = data.draw(
        st.lists(
            st.lists(st.booleans(), min_size=len(weights), max_size=len(weights)),
            min_size=len(matrix),
            max_size=len(matrix),
        )
    )
    gaps = [
        [None if hole else v for v, hole in zip(row, mask, strict=True)]
        for row, mask in zip(matrix, holes, strict=True)
    ]
    bounds = score_bounds(gaps, weights, directions, goalposts=goalposts, quota=quota)
    truth = saw(matrix, weights, directions, goalposts=goalposts)

    for bound, score, rank in zip(bounds, truth.scores, truth.ranks, strict=True):
        assert bound.low - 1e-12 <= score <= bound.high + 1e-12
        assert bound.best_rank <= rank <= bound.worst_rank
        if bound.in_quota is not None:
            assert bound.in_quota == (rank <= quota)


@quick
@given(tables(), st.integers(min_value=1, max_value=8))
def test_bounds_of_complete_villages_are_their_scores(table, quota):
    matrix, weights, directions, goalposts = table
    truth = saw(matrix, weights, directions, goalposts=goalposts)

    for bound, score, rank in zip(
        score_bounds(matrix, weights, directions, goalposts=goalposts, quota=quota),
        truth.scores,
        truth.ranks,
        strict=True,
    ):
        assert (bound.low, bound.high) == (close(score), close(score))
        assert bound.in_quota is (rank <= quota)


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
@given(tables(), st.randoms(use_true_random=False), st.integers())
def test_acceptability_shares_sum_to_one_and_follow_the_rows(table, random, seed):
    matrix, weights, directions, goalposts = table
    order = random.sample(range(len(matrix)), len(matrix))
    arguments = {"goalposts": goalposts, "quota": 2, "seed": seed, "draws": 8}
    result = rank_acceptability(matrix, weights, directions, **arguments)
    turned = rank_acceptability([matrix[row] for row in order], weights, directions, **arguments)

    assert all(math.fsum(shares) == close(1) for shares in result.rank_shares)
    assert [math.fsum(shares[:2]) for shares in result.rank_shares] == close(result.in_quota)
    assert turned.in_quota == [result.in_quota[row] for row in order]
    assert turned.rank_shares == [result.rank_shares[row] for row in order]


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
