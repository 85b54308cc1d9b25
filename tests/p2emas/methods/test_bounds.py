import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.methods.bounds import Bounds, score_bounds
from p2emas.methods.ranking import saw

from .strategies import quick, tables

POSTS = [(0, 10), (0, 10)]


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-9)


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
