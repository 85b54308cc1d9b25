"""What no function that ranks takes: the same sentences from all of them."""

import math
from decimal import Decimal

import pytest

from p2emas.methods.bounds import score_bounds
from p2emas.methods.normalisation import NORMALISATIONS
from p2emas.methods.ranking import leave_one_out, rank_acceptability, saw, topsis, weight_changes

POSTS = [(0, 10), (0, 10)]
RANKERS = {
    "saw": lambda m, w, d: saw(m, w, d, goalposts=POSTS),
    "saw max": lambda m, w, d: saw(m, w, d, normalisation="max"),
    "topsis": topsis,
    "weight_changes": lambda m, w, d: weight_changes(m, w, d, goalposts=POSTS, quota=1),
    "rank_acceptability": lambda m, w, d: rank_acceptability(m, w, d, goalposts=POSTS, quota=1, seed=1, draws=1),
    "leave_one_out": lambda m, w, d: leave_one_out(m, w, d, goalposts=POSTS),
    "score_bounds": lambda m, w, d: score_bounds(m, w, d, goalposts=POSTS, quota=1),
}


@pytest.mark.parametrize("ranker", RANKERS)
@pytest.mark.parametrize(
    ("matrix", "sentence"),
    [
        ([], "0 rows"),
        ([[], []], "at least one column"),
        ([[1, 2], [3]], "Row 2 has 1 columns, not 2 as row 1 has"),
        ([[1, 2], [3, 4, 5]], "Row 2 has 3 columns, not 2 as row 1 has"),
        ([[1, 2], [3, None]], "Row 2, column 2 is missing"),
        ([[1, math.nan], [3, 4]], "Row 1, column 2 must be finite"),
        ([[1, 2], [math.inf, 4]], "Row 2, column 1 must be finite"),
        ([[1, 2], [-math.inf, 4]], "Row 2, column 1 must be finite"),
        ([[1, 2], [Decimal("NaN"), 4]], "Row 2, column 1 must be finite"),
        ([[1, 2], [Decimal("sNaN"), 4]], "Row 2, column 1 is beyond the range"),
        ([[1, 2], [10**400, 4]], "Row 2, column 1 is beyond the range"),
        ([[1, 2], [True, 4]], "Row 2, column 1 must be a number"),
        ([[1, 2], ["3", 4]], "Row 2, column 1 must be a number"),
        ([[1, 2], [2j, 4]], "Row 2, column 1 must be a number"),
    ],
)
def test_dishonest_matrix_names_its_cell(ranker, matrix, sentence):
    if ranker == "score_bounds" and "missing" in sentence:
        return
    with pytest.raises(ValueError, match=sentence):
        RANKERS[ranker](matrix, [1, 1], [1, 1])


@pytest.mark.parametrize("ranker", RANKERS)
@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ([0, 0], "weights sum to 0"),
        ([1, -1], r"Weight 2 is negative \(-1.0\)"),
        ([1, math.nan], "Weight 2 must be finite"),
        ([math.inf, 1], "Weight 1 must be finite"),
        ([None, 1], "Weight 1 must be a number"),
        ([True, 1], "Weight 1 must be a number"),
        ([1], "1 weights for 2 criteria"),
        ([1, 2, 3], "3 weights for 2 criteria"),
        ([], "0 weights for 2 criteria"),
    ],
)
def test_dishonest_weight_raises(ranker, weights, sentence):
    with pytest.raises(ValueError, match=sentence):
        RANKERS[ranker]([[1, 2], [3, 4]], weights, [1, 1])


@pytest.mark.parametrize("ranker", RANKERS)
@pytest.mark.parametrize(
    ("directions", "sentence"),
    [
        ([1], "1 directions for 2 criteria"),
        ([], "0 directions for 2 criteria"),
        ([1, 0], "Direction 2 must be 1"),
        ([1, 2], "Direction 2 must be 1"),
        ([1, None], "Direction 2 must be 1"),
        ([True, 1], "Direction 1 must be 1"),
        ([1, math.nan], "Direction 2 must be 1"),
        (["+1", 1], "Direction 1 must be 1"),
    ],
)
def test_dishonest_direction_raises(ranker, directions, sentence):
    with pytest.raises(ValueError, match=sentence):
        RANKERS[ranker]([[1, 2], [3, 4]], [1, 1], directions)


@pytest.mark.parametrize(
    "call",
    [
        lambda posts: saw([[1, 2]], [1, 1], [1, 1], goalposts=posts),
        lambda posts: weight_changes([[1, 2]], [1, 1], [1, 1], goalposts=posts, quota=1),
        lambda posts: rank_acceptability([[1, 2]], [1, 1], [1, 1], goalposts=posts, quota=1, seed=1),
        lambda posts: leave_one_out([[1, 2]], [1, 1], [1, 1], goalposts=posts),
        lambda posts: score_bounds([[1, 2]], [1, 1], [1, 1], goalposts=posts, quota=1),
    ],
)
@pytest.mark.parametrize(
    ("posts", "sentence"),
    [
        (None, "needs goalposts"),
        ([(0, 1)], "1 goalposts for 2 criteria"),
        ([(0, 1), (0, 1, 2)], "give \\(low, high\\) per criterion"),
        ([(0, 1), (1, 1)], "Goalposts of criterion 2 must rise from low to high, not 1 to 1"),
        ([(5, 1), (0, 1)], "Goalposts of criterion 1 must rise"),
        ([(0, 1), (0, math.nan)], "Goalpost of criterion 2 must be finite"),
        ([(0, 1), (None, 1)], "Goalpost of criterion 2 must be a number"),
        ([(-1e308, 1.7e308), (0, 1)], "Goalposts of criterion 1"),
    ],
)
def test_dishonest_goalposts_raise(call, posts, sentence):
    with pytest.raises(ValueError, match=sentence):
        call(posts)


def test_normalisation_that_is_unknown_or_ignores_its_goalposts_raises():
    with pytest.raises(ValueError, match="Unknown normalisation 'linear'"):
        saw([[1]], [1], [1], normalisation="linear")
    for name in NORMALISATIONS[1:]:
        with pytest.raises(ValueError, match="does not use goalposts"):
            saw([[1]], [1], [1], normalisation=name, goalposts=[(0, 1)])
