import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.methods.weights import RANDOM_INDEX, ahp, critic_weights, entropy_weights, group_judgments, triad_deviation

from .references import PYMCDM
from .strategies import quick, tables

SCALE = [1 / 9, 1 / 7, 1 / 5, 1 / 3, 1 / 2, 1, 2, 3, 5, 7, 9]
MATRICES = {case["name"]: case for case in PYMCDM["matrices"]}
COMPARISONS = {case["name"]: case for case in PYMCDM["comparisons"]}


def close(value, tolerance=1e-9):
    return pytest.approx(value, rel=tolerance, abs=tolerance)


def reciprocal(size, upper):
    matrix = [[1.0] * size for _ in range(size)]
    for (i, j), judgment in zip(combinations(range(size), 2), upper, strict=True):
        matrix[i][j], matrix[j][i] = judgment, 1 / judgment
    return matrix


judgments = st.integers(min_value=1, max_value=6).flatmap(
    lambda size: st.lists(st.sampled_from(SCALE), min_size=size * (size - 1) // 2, max_size=size * (size - 1) // 2).map(
        lambda upper: reciprocal(size, upper)
    )
)


# AHP


@pytest.mark.parametrize("name", COMPARISONS)
def test_ahp_as_pymcdm_has_it(name):
    case = COMPARISONS[name]
    result = ahp(case["matrix"])

    assert result.weights == close(case["weights"])
    assert result.lambda_max == close(case["lambda_max"])


def test_ahp_by_hand():
    # geometric means of the rows are the eigenvector of a consistent matrix: 4 : 2 : 1
    result = ahp([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]])

    assert result.weights == close([4 / 7, 2 / 7, 1 / 7])
    assert (result.lambda_max, result.consistency_index) == (close(3), close(0))
    assert (result.consistency_ratio, result.accepted, result.worst_triad) == (close(0), True, None)


def test_worst_triad_is_the_one_that_contradicts_most():
    # consistent, but for item 3 against item 1: 1/2 where 8 would follow
    matrix = reciprocal(4, [2, 4, 8, 2, 1 / 2, 2])
    result = ahp(matrix)

    assert result.worst_triad == (0, 1, 3)
    assert triad_deviation(matrix, (0, 1, 3)) == close(math.log(8))
    assert triad_deviation(matrix, (0, 1, 2)) == close(0)


def test_circle_of_preferences_is_not_accepted():
    result = ahp([[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]])

    assert result.weights == close([1 / 3] * 3)
    assert result.lambda_max == close(1 + 9 + 1 / 9)
    assert result.consistency_ratio == close((9 + 1 / 9 - 2) / 2 / 0.58)
    assert (result.accepted, result.worst_triad) == (False, (0, 1, 2))


@pytest.mark.parametrize("matrix", [[[1]], [[1, 9], [1 / 9, 1]]])
def test_one_or_two_items_cannot_contradict_each_other(matrix):
    result = ahp(matrix)

    assert result.weights == close([[1], [0.9, 0.1]][len(matrix) - 1])
    assert (result.lambda_max, result.consistency_index, result.consistency_ratio) == (len(matrix), 0, 0)
    assert (result.accepted, result.worst_triad) == (True, None)


def test_ten_items_are_the_most():
    assert ahp([[1] * 10] * 10).weights == close([0.1] * 10)
    assert RANDOM_INDEX[9] == 1.49
    with pytest.raises(ValueError, match="11 items"):
        ahp([[1] * 11] * 11)


def test_judgments_typed_with_six_decimals_are_reciprocal():
    assert ahp([[1, 3], [0.333333, 1]]).weights == close([0.75, 0.25])


@pytest.mark.parametrize(
    ("matrix", "sentence"),
    [
        ([], "0 rows"),
        ([[]], "at least one column"),
        ([[1, 2, 3], [1 / 2, 1, 2]], "2 rows but 3 columns: it must be square"),
        ([[1, 2], [1 / 2]], "Row 2 has 1 columns, not 2"),
        ([[1, 2], [1, 1]], "Row 2, column 1 is 1.0, but its reverse is 2.0"),
        ([[1, 3], [0.33, 1]], "Row 2, column 1 is 0.33"),
        ([[2, 1], [1, 1]], "Row 1, column 1 is 2.0: an item matters 1 time as much as itself"),
        ([[1, 0], [0, 1]], "Row 1, column 2 is 0.0: a judgment is above 0"),
        ([[1, -3], [-1 / 3, 1]], "Row 1, column 2 is -3.0: a judgment is above 0"),
        ([[1, 1e300], [1e-300, 1]], "Row 1, column 2 is 1e.300"),
        ([[1, None], [1, 1]], "Row 1, column 2 is missing"),
        ([[1, math.nan], [1, 1]], "Row 1, column 2 must be finite"),
        ([[1, math.inf], [0, 1]], "Row 1, column 2 must be finite"),
        ([[1, "3"], [1, 1]], "Row 1, column 2 must be a number"),
        ([[True, 3], [1 / 3, 1]], "Row 1, column 1 must be a number"),
    ],
)
def test_dishonest_judgment_names_its_cell(matrix, sentence):
    for call in (ahp, lambda given: group_judgments([[[1, 1], [1, 1]], given])):
        with pytest.raises(ValueError, match=sentence):
            call(matrix)


@pytest.mark.parametrize("triad", [(0, 1), (0, 1, 1), (0, 1, 3), (-1, 0, 1)])
def test_triad_of_other_than_three_items_raises(triad):
    with pytest.raises(ValueError, match="three different items"):
        triad_deviation([[1, 1, 1]] * 3, triad)


# Groups


def test_group_judgment_is_the_geometric_mean():
    group = group_judgments([[[1, 9], [1 / 9, 1]], [[1, 1], [1, 1]]])

    assert group[0] == close([1, 3])
    assert group[1] == close([1 / 3, 1])


def test_group_without_members_or_of_unequal_members_raises():
    with pytest.raises(ValueError, match="no member"):
        group_judgments([])
    with pytest.raises(ValueError, match="Member 2 compares 3 items, not 2"):
        group_judgments([[[1, 1], [1, 1]], [[1] * 3] * 3])


# Entropy and CRITIC


@pytest.mark.parametrize("name", MATRICES)
def test_weights_from_data_as_pymcdm_has_them(name):
    case = MATRICES[name]

    assert entropy_weights(case["matrix"]) == close(case["entropy"])
    assert critic_weights(case["matrix"], case["types"]) == close(case["critic"])


def test_entropy_by_hand():
    # shares 1/4 and 3/4 against all in one row
    even = -(0.25 * math.log(0.25) + 0.75 * math.log(0.75)) / math.log(2)

    assert entropy_weights([[1, 0], [3, 5]]) == close([(1 - even) / (2 - even), 1 / (2 - even)])


def test_critic_by_hand():
    # min-max columns (0, .5, 1), (0, 1, 0): correlation 0, standard deviations sqrt(1/6) and sqrt(2/9)
    one, other = math.sqrt(1 / 6), math.sqrt(2 / 9)

    assert critic_weights([[1, 2], [2, 8], [3, 2]], [1, 1]) == close([one / (one + other), other / (one + other)])


def test_constant_criterion_weighs_nothing():
    assert entropy_weights([[1, 7, 0], [3, 7, 0]]) == [1, 0, 0]
    assert critic_weights([[1, 7, 0, 4], [3, 7, 0, 1], [4, 7, 0, 9]], [1, 1, -1, -1])[1:3] == [0, 0]


def test_constant_criterion_leaves_critic_of_the_others():
    matrix = [[1, 4, 5], [3, 1, 5], [4, 9, 5], [2, 2, 5]]

    assert critic_weights(matrix, [1, 1, 1])[:2] == critic_weights([row[:2] for row in matrix], [1, 1])


def test_values_that_differ_by_rounding_alone_are_constant():
    assert entropy_weights([[0.1 + 0.2, 1], [0.3, 2]]) == [0, 1]
    assert critic_weights([[0.1 + 0.2, 1, 5], [0.3, 2, 3], [0.3, 4, 4]], [1, 1, 1])[0] == 0


@pytest.mark.parametrize("matrix", [[[3, 7], [3, 7]], [[0, 0], [0, 0]], [[0, 7]] * 5])
def test_all_constant_weighs_the_same(matrix):
    assert entropy_weights(matrix) == [0.5, 0.5]
    assert critic_weights(matrix, [1, -1]) == [0.5, 0.5]


def test_critic_of_criteria_that_repeat_each_other():
    assert critic_weights([[1, 10, 5], [2, 20, 5], [4, 40, 5]], [1, 1, 1]) == [0.5, 0.5, 0]
    assert critic_weights([[1, 5], [2, 5]], [1, 1]) == [1, 0]
    assert critic_weights([[1], [2]], [1]) == [1]


def test_critic_takes_negative_values_and_entropy_refuses_them():
    assert critic_weights([[-1, 4], [0, 5], [3, 1]], [1, 1]) == close(critic_weights([[0, 4], [1, 5], [4, 1]], [1, 1]))
    with pytest.raises(ValueError, match=r"Row 2, column 1 is negative \(-2.0\): entropy has no meaning"):
        entropy_weights([[1, 1], [-2, 1]])


def test_values_at_the_end_of_the_range_neither_overflow_nor_vanish():
    for size in (1e308, 1e-300):
        assert entropy_weights([[size, 1], [0, 0]]) == close([0.5, 0.5])
        assert critic_weights([[size, 1], [-size, 2], [0, 0]], [1, 1]) == close(
            critic_weights([[1, 1], [-1, 2], [0, 0]], [1, 1])
        )


@pytest.mark.parametrize("function", [entropy_weights, lambda matrix: critic_weights(matrix, [1, 1])])
@pytest.mark.parametrize(
    ("matrix", "sentence"),
    [
        ([], "0 rows"),
        ([[1, 2]], "1 rows: it needs at least 2"),
        ([[1, 2], [3]], "Row 2 has 1 columns, not 2"),
        ([[1, 2], [3, None]], "Row 2, column 2 is missing"),
        ([[1, 2], [3, math.nan]], "Row 2, column 2 must be finite"),
        ([[1, 2], [-math.inf, 3]], "Row 2, column 1 must be finite"),
        ([[1, "2"], [3, 4]], "Row 1, column 2 must be a number"),
        ([[1, 2], [10**400, 4]], "Row 2, column 1 is beyond the range"),
    ],
)
def test_dishonest_matrix_names_its_cell(function, matrix, sentence):
    with pytest.raises(ValueError, match=sentence):
        function(matrix)


@pytest.mark.parametrize(
    ("directions", "sentence"),
    [
        ([1], "1 directions for 2 criteria"),
        ([1, 0], "Direction 2"),
        ([1, True], "Direction 2"),
        (["1", 1], "Direction 1"),
    ],
)
def test_dishonest_direction_raises(directions, sentence):
    with pytest.raises(ValueError, match=sentence):
        critic_weights([[1, 2], [3, 4]], directions)


# Properties


@quick
@given(judgments)
def test_ahp_ranges(matrix):
    result = ahp(matrix)

    assert math.fsum(result.weights) == close(1)
    assert all(weight > 0 for weight in result.weights)
    assert result.lambda_max >= len(matrix)
    assert result.consistency_ratio >= 0
    for row, weight in zip(matrix, result.weights, strict=True):
        product = math.fsum(a * w for a, w in zip(row, result.weights, strict=True))
        assert product == close(result.lambda_max * weight, 1e-8)


@quick
@given(st.lists(st.integers(min_value=1, max_value=9), min_size=1, max_size=8))
def test_ahp_recovers_the_weights_behind_consistent_judgments(importances):
    result = ahp([[a / b for b in importances] for a in importances])

    assert result.weights == close([a / sum(importances) for a in importances])
    assert result.accepted
    assert result.worst_triad is None


@quick
@given(judgments, st.randoms(use_true_random=False))
def test_order_of_items_permutes_the_weights(matrix, random):
    order = random.sample(range(len(matrix)), len(matrix))
    shuffled = ahp([[matrix[i][j] for j in order] for i in order])
    result = ahp(matrix)

    assert shuffled.weights == close([result.weights[i] for i in order])
    assert shuffled.consistency_ratio == close(result.consistency_ratio)


@quick
@given(
    st.lists(st.lists(st.sampled_from(SCALE), min_size=3, max_size=3), min_size=1, max_size=5),
    st.randoms(use_true_random=False),
)
def test_order_of_members_changes_nothing_and_the_group_is_reciprocal(uppers, random):
    members = [reciprocal(3, upper) for upper in uppers]
    group = group_judgments(members)

    assert group_judgments(random.sample(members, len(members))) == group
    assert ahp(group).lambda_max >= 3
    assert group_judgments(members[:1] * 4) == [close(row) for row in members[0]]


@quick
@given(tables(least_rows=2), st.randoms(use_true_random=False))
def test_weights_from_data_ranges_and_order(table, random):
    matrix, _, directions, _ = table
    rows = random.sample(matrix, len(matrix))
    columns = random.sample(range(len(directions)), len(directions))
    turned = [[row[j] for j in columns] for row in matrix]

    for function in (entropy_weights, lambda given: critic_weights(given, directions)):
        weights = function(matrix)
        assert math.fsum(weights) == close(1)
        assert all(0 <= weight <= 1 for weight in weights)
        assert function(rows) == close(weights)
    assert entropy_weights(turned) == close([entropy_weights(matrix)[j] for j in columns])
    assert critic_weights(turned, [directions[j] for j in columns]) == close(
        [critic_weights(matrix, directions)[j] for j in columns]
    )


@quick
@given(tables(least_rows=2), st.integers(min_value=1, max_value=1000))
def test_unit_of_a_criterion_changes_no_weight(table, factor):
    matrix, _, directions, _ = table
    scaled = [[row[0] * factor, *row[1:]] for row in matrix]

    assert entropy_weights(scaled) == close(entropy_weights(matrix))
    assert critic_weights(scaled, directions) == close(critic_weights(matrix, directions))
