import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.methods.ranking import saw, topsis
from p2emas.methods.ranks import competition_ranks

from .references import PYMCDM
from .strategies import quick, tables

POSTS = [(0, 10), (0, 10)]
MATRICES = {case["name"]: case for case in PYMCDM["matrices"]}


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-9)


# Ranks


@pytest.mark.parametrize(
    ("scores", "ranks"),
    [
        ([], []),
        ([0.5], [1]),
        ([0.5, 0.9, 0.9, 0.1], [3, 1, 1, 4]),
        ([0.5, 0.5 + 4e-10, 0.5 - 4e-10], [1, 1, 1]),
        ([0.5, 0.5 + 2e-9], [2, 1]),
        ([0.3, 0.1 + 0.2], [1, 1]),
        ([22.0, 6 + 1.5 + 12 + 2.5], [1, 1]),
        ([-1, -2], [1, 2]),
    ],
)
def test_competition_ranks(scores, ranks):
    assert competition_ranks(scores) == ranks


# SAW


def test_saw_by_hand():
    ranking = saw([[8, 2], [4, 6]], [3, 1], [1, -1], goalposts=POSTS)

    assert ranking.contributions == [close([0.6, 0.2]), close([0.3, 0.1])]
    assert ranking.scores == close([0.8, 0.4])
    assert ranking.ranks == [1, 2]


@pytest.mark.parametrize("name", MATRICES)
@pytest.mark.parametrize("normalisation", ["max", "minmax", "sum", "vector"])
def test_saw_as_pymcdm_has_it(name, normalisation):
    case = MATRICES[name]
    if f"saw_{normalisation}" not in case:
        assert -1 in case["types"]
        return
    ranking = saw(case["matrix"], case["weights"], case["types"], normalisation=normalisation)

    assert ranking.scores == close(case[f"saw_{normalisation}"])


def test_single_village_has_its_score():
    ranking = saw([[4, 5]], [1, 1], [1, -1], goalposts=POSTS)

    assert (ranking.scores, ranking.ranks) == (close([0.45]), [1])


def test_all_equal_villages_tie():
    assert saw([[3, 4]] * 3, [1, 2], [1, -1], goalposts=POSTS).ranks == [1, 1, 1]
    assert saw([[3, 4]] * 3, [1, 2], [1, -1], normalisation="minmax").scores == [1, 1, 1]


def test_criterion_without_weight_contributes_nothing():
    assert saw([[3, 4]], [1, 0], [1, 1], goalposts=POSTS).contributions == [[0.3, 0]]


def test_decimals_and_any_iterable_are_taken():
    rows = ((Decimal(value) for value in row) for row in (("8", "2"), ("4", "6")))

    assert saw(rows, iter([3, 1]), iter([1, -1]), goalposts=iter(POSTS)).scores == close([0.8, 0.4])


# TOPSIS


def test_topsis_by_hand():
    # minmax: the first is best in both, the second worst, the third best in one of two equal criteria
    ranking = topsis([[8, 2], [4, 6], [8, 6]], [1, 1], [1, -1], normalisation="minmax")

    assert ranking.scores == close([1, 0, 0.5])
    assert (ranking.ranks, ranking.contributions) == ([1, 3, 2], None)


@pytest.mark.parametrize("name", MATRICES)
@pytest.mark.parametrize("normalisation", ["vector", "minmax"])
def test_topsis_as_pymcdm_has_it(name, normalisation):
    case = MATRICES[name]
    ranking = topsis(case["matrix"], case["weights"], case["types"], normalisation=normalisation)

    assert ranking.scores == close(case[f"topsis_{normalisation}"])


@pytest.mark.parametrize("normalisation", ["vector", "minmax"])
@pytest.mark.parametrize(
    ("matrix", "weights"),
    [
        ([[3, 4]] * 3, [1, 1]),
        ([[0, 0]] * 3, [1, 1]),
        ([[3, 4], [3, 5], [3, 6]], [1, 0]),
        ([[0.1 + 0.2, 1], [0.3, 1]], [1, 1]),
    ],
)
def test_topsis_of_villages_that_nothing_distinguishes(normalisation, matrix, weights):
    ranking = topsis(matrix, weights, [1, -1], normalisation=normalisation)

    assert (ranking.scores, ranking.ranks) == ([None] * len(matrix), [1] * len(matrix))


@pytest.mark.parametrize("normalisation", ["vector", "minmax"])
def test_constant_criterion_does_not_move_topsis(normalisation):
    with_it = topsis([[1, 5, 0], [2, 5, 0], [4, 5, 0]], [1, 3, 1], [1, -1, -1], normalisation=normalisation)

    assert with_it.scores == close(topsis([[1], [2], [4]], [1], [1], normalisation=normalisation).scores)


def test_topsis_takes_negative_values_and_zero_costs():
    # weighted (-.3, 0) and (.4, .5): distances .7 and .5 from the best, .5 and .7 from the worst
    assert topsis([[-3, 0], [4, 2]], [1, 1], [1, -1]).scores == close([5 / 12, 7 / 12])


def test_topsis_of_a_single_village_raises():
    with pytest.raises(ValueError, match="1 rows: it needs at least 2"):
        topsis([[1, 2]], [1, 1], [1, 1])


@pytest.mark.parametrize("normalisation", ["goalposts", "max", "sum", "none", "", None])
def test_topsis_knows_two_normalisations(normalisation):
    with pytest.raises(ValueError, match="use vector or minmax"):
        topsis([[1], [2]], [1], [1], normalisation=normalisation)


# Properties


@quick
@given(tables())
def test_contributions_add_up_to_the_score(table):
    matrix, weights, directions, goalposts = table
    for ranking in (
        saw(matrix, weights, directions, goalposts=goalposts),
        saw(matrix, weights, directions, normalisation="max"),
        saw(matrix, weights, directions, normalisation="minmax"),
    ):
        assert ranking.scores == [math.fsum(row) for row in ranking.contributions]
        assert all(0 <= score <= 1 + 1e-12 for score in ranking.scores)


@quick
@given(tables(), st.data())
def test_with_fixed_goalposts_one_more_village_never_reorders_the_others(table, data):
    matrix, weights, directions, goalposts = table
    newcomer = data.draw(
        st.lists(st.floats(-1e3, 1e3), min_size=len(weights), max_size=len(weights)) | st.sampled_from(matrix)
    )
    before = saw(matrix, weights, directions, goalposts=goalposts)
    after = saw([*matrix, newcomer], weights, directions, goalposts=goalposts)

    assert after.scores[:-1] == before.scores
    assert after.contributions[:-1] == before.contributions
    for one in range(len(matrix)):
        for other in range(len(matrix)):
            assert (before.ranks[one] < before.ranks[other]) == (after.ranks[one] < after.ranks[other])


@quick
@given(tables(least_rows=2), st.randoms(use_true_random=False))
def test_order_of_rows_permutes_the_result(table, random):
    matrix, weights, directions, goalposts = table
    order = random.sample(range(len(matrix)), len(matrix))
    shuffled = [matrix[row] for row in order]
    for ranker in (
        lambda given: saw(given, weights, directions, goalposts=goalposts),
        lambda given: saw(given, weights, directions, normalisation="max"),
        lambda given: saw(given, weights, directions, normalisation="minmax"),
        lambda given: topsis(given, weights, directions),
        lambda given: topsis(given, weights, directions, normalisation="minmax"),
    ):
        straight, turned = ranker(matrix), ranker(shuffled)
        assert turned.scores == [straight.scores[row] for row in order]
        assert turned.ranks == [straight.ranks[row] for row in order]


@quick
@given(tables(least_rows=2), st.randoms(use_true_random=False))
def test_order_of_criteria_changes_no_score(table, random):
    matrix, weights, directions, goalposts = table
    order = random.sample(range(len(weights)), len(weights))

    def turned(values):
        return [values[column] for column in order]

    rows = [turned(row) for row in matrix]
    assert saw(rows, turned(weights), turned(directions), goalposts=turned(goalposts)).scores == close(
        saw(matrix, weights, directions, goalposts=goalposts).scores
    )
    straight = topsis(matrix, weights, directions).scores
    if None not in straight:
        assert topsis(rows, turned(weights), turned(directions)).scores == close(straight)


@quick
@given(tables(least_rows=2), st.integers(min_value=1, max_value=10**6))
def test_scaling_the_weights_changes_nothing(table, factor):
    matrix, weights, directions, goalposts = table
    for scaled in ([weight * factor for weight in weights], [weight / factor for weight in weights]):
        assert saw(matrix, scaled, directions, goalposts=goalposts).scores == close(
            saw(matrix, weights, directions, goalposts=goalposts).scores
        )
        straight = topsis(matrix, weights, directions).scores
        if None not in straight:
            assert topsis(matrix, scaled, directions).scores == close(straight)


@quick
@given(tables(least_rows=2))
def test_topsis_scores_from_worst_to_best(table):
    matrix, weights, directions, _ = table
    best = [
        (max if direction > 0 else min)(values)
        for values, direction in zip(zip(*matrix, strict=True), directions, strict=True)
    ]
    for normalisation in ("vector", "minmax"):
        ranking = topsis([*matrix, best], weights, directions, normalisation=normalisation)
        assert ranking.scores[-1] in (None, 1)
        assert ranking.ranks[-1] == 1
        assert all(score is None or 0 <= score <= 1 for score in ranking.scores)


@quick
@given(tables(), st.data())
def test_a_better_value_never_lowers_the_score(table, data):
    matrix, weights, directions, goalposts = table
    place = data.draw(st.integers(min_value=0, max_value=len(weights) - 1))
    better = [list(row) for row in matrix]
    better[0][place] += directions[place] * data.draw(st.integers(min_value=0, max_value=50))

    before = saw(matrix, weights, directions, goalposts=goalposts)
    after = saw(better, weights, directions, goalposts=goalposts)
    assert after.scores[0] >= before.scores[0]
    assert after.ranks[0] <= before.ranks[0]
