import hashlib
import math
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.methods.acceptability import dirichlet, log_gamma_variate
from p2emas.methods.ranking import rank_acceptability

from .strategies import quick, tables

POSTS = [(0, 10), (0, 10)]


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-9)


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


@pytest.mark.parametrize("shape", [0.2, 0.9, 1, 3.5])
def test_gamma_variate_has_its_mean(shape):
    random, draws = Random(3).random, 20_000
    mean = math.fsum(math.exp(log_gamma_variate(shape, random)) for _ in range(draws)) / draws

    assert mean == pytest.approx(shape, abs=3 * math.sqrt(shape / draws))


def test_dirichlet_of_tiny_shapes_still_sums_to_one():
    random = Random(3).random
    for _ in range(200):
        assert math.fsum(dirichlet([1e-6, 1e-9, 0], random)) == close(1)


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
