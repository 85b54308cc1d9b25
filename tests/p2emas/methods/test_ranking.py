import math
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.methods.bounds import score_bounds
from p2emas.methods.normalisation import NORMALISATIONS, normalise
from p2emas.methods.ranking import leave_one_out, rank_acceptability, saw, topsis, weight_changes
from p2emas.methods.ranks import competition_ranks

from .references import PYMCDM
from .strategies import quick, tables

POSTS = [(0, 10), (0, 10)]
MATRICES = {case["name"]: case for case in PYMCDM["matrices"]}


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-9)


def column(values, normalisation, direction=1):
    return [row[0] for row in normalise([[value] for value in values], [direction], normalisation=normalisation)]


# Normalisation


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


# Dishonest input, the same for all that rank

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
