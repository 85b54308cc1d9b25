import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.methods.agreement import cohen_kappa, fleiss_kappa, icc, panel_z_scores, t_score

from .strategies import quick

mark = st.integers(min_value=0, max_value=100)
panels = st.tuples(st.integers(min_value=3, max_value=7), st.integers(min_value=2, max_value=5)).flatmap(
    lambda size: st.lists(st.lists(mark, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0])
)


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-9)


def as_tuple(result):
    return (result.icc_1_1, result.icc_2_1, result.icc_3_1, result.icc_1_k, result.icc_2_k, result.icc_3_k)


# ICC


def test_icc_by_hand():
    # rows means 1.5, 2.5, 3.5 and a constant difference of 1: MSR 2, MSC 1.5, MSE 0, MSW 0.5
    result = icc([[1, 2], [2, 3], [3, 4]])

    assert as_tuple(result) == close((1.5 / 2.5, 2 / (2 + 2 * 1.5 / 3), 1, 1.5 / 2, 2 / (2 + 1.5 / 3), 1))
    assert result.n == 3


def test_full_agreement_is_one():
    assert as_tuple(icc([[1, 1], [5, 5], [2, 2]])) == (1, 1, 1, 1, 1, 1)


def test_negative_correlation_stays_as_it_is():
    result = icc([[1, 9], [9, 2], [2, 9], [9, 3]])

    assert result.icc_2_1 < 0
    assert result.icc_3_1 < 0


@pytest.mark.parametrize(
    "ratings",
    [[], [[]], [[1, 2]], [[1, 2], [3, 4]], [[1], [2], [3]], [[None, 1], [2, 3], [4, None], [5, 6]], [[None, None]] * 4],
)
def test_too_little_to_judge_by(ratings):
    assert icc(ratings) is None


@pytest.mark.parametrize(
    "ratings", [[[5, 5]] * 3, [[1, 3], [2, 2], [3, 1]], [[0.1, 0.2, 0.3], [0.3, 0.3, 0.0], [0.2, 0.2, 0.2]]]
)
def test_applicants_whose_means_do_not_differ(ratings):
    assert icc(ratings) is None


def test_mean_of_the_panel_is_undefined_where_noise_is_more_than_applicants_show():
    # MSR 1/2, MSC 0, MSE 75.5: the formula's denominator is below 0
    result = icc([[1, 10], [10, 1], [6, 6]])

    assert result.icc_2_k is None
    assert result.icc_3_k < 0


def test_only_complete_rows_count():
    complete = [[9, 2, 5], [6, 1, 3], [8, 4, 6], [7, 1, 2]]
    result = icc([*complete[:2], [1, None, 9], *complete[2:], [None, None, None]])

    assert result == icc(complete)
    assert result.n == 4


@pytest.mark.parametrize("function", [icc, panel_z_scores])
@pytest.mark.parametrize(
    ("ratings", "sentence"),
    [
        ([[1, 2], [3]], "Row 2 has 1 columns, not 2"),
        ([[1, 2], [3, math.nan]], "Row 2, column 2 must be finite"),
        ([[1, math.inf]], "Row 1, column 2 must be finite"),
        ([[1, "2"]], "Row 1, column 2 must be a number"),
        ([[True, 2]], "Row 1, column 1 must be a number"),
        ([[10**400, 2]], "Row 1, column 1 is beyond the range"),
        ([[Decimal("1e-999999"), 2]], "Row 1, column 1 is beyond the range"),
    ],
)
def test_dishonest_rating_names_its_cell(function, ratings, sentence):
    with pytest.raises(ValueError, match=sentence):
        function(ratings)


# Fleiss


def test_fleiss_by_hand():
    # agreement 1 and 0 of two raters; both categories half: 1/2 observed, 10/16 by chance
    assert fleiss_kappa([[2, 0], [1, 1]]) == close((1 / 2 - 10 / 16) / (1 - 10 / 16))
    assert fleiss_kappa([[3, 0], [0, 3]]) == 1


@pytest.mark.parametrize("counts", [[], [[]], [[1, 0], [0, 1]], [[0, 0]], [[3, 0], [3, 0]], [[5]]])
def test_fleiss_without_choice_is_undefined(counts):
    assert fleiss_kappa(counts) is None


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ([[2, 0], [1, 0]], "Row 2 has 1 ratings, not 2 as row 1 has"),
        ([[2, 0], [2]], "Row 2 has 1 columns, not 2"),
        ([[2, -1]], "Row 1, column 2 must be a whole number"),
        ([[2, 0.5]], "Row 1, column 2 must be a whole number"),
        ([[True, 1]], "Row 1, column 1 must be a whole number"),
        ([[2, None]], "Row 1, column 2 must be a whole number"),
    ],
)
def test_dishonest_counts_name_their_cell(counts, sentence):
    with pytest.raises(ValueError, match=sentence):
        fleiss_kappa(counts)


# Cohen


def test_cohen_by_hand():
    # 35 of 50 agree; by chance 0.5 x 0.6 + 0.5 x 0.4
    assert cohen_kappa([[20, 5], [10, 15]]) == close((0.7 - 0.5) / 0.5)


def test_weighted_cohen_by_hand():
    table = [[4, 1, 0], [0, 3, 1], [1, 0, 2]]
    first, second = [5, 4, 3], [5, 4, 3]
    for weights, distance in (("linear", abs), ("quadratic", lambda d: d * d)):
        expected = sum(distance(i - j) * first[i] * second[j] / 12 for i in range(3) for j in range(3))
        observed = 1 + 1 + distance(2)
        assert cohen_kappa(table, weights) == close(1 - observed / expected)


def test_two_categories_know_no_order():
    table = [[20, 5], [10, 15]]

    assert cohen_kappa(table) == cohen_kappa(table, "linear") == cohen_kappa(table, "quadratic")


def test_unused_category_between_changes_the_weighted_kappa_alone():
    used, with_unused = [[4, 2, 0], [1, 5, 1], [2, 0, 3]], [[4, 2, 0, 0], [1, 5, 0, 1], [0, 0, 0, 0], [2, 0, 0, 3]]

    assert cohen_kappa(with_unused) == cohen_kappa(used)
    assert cohen_kappa(with_unused, "linear") != cohen_kappa(used, "linear")


@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
@pytest.mark.parametrize("table", [[[0, 0], [0, 0]], [[7, 0], [0, 0]], [[0, 0], [0, 9]], [[4]]])
def test_cohen_of_one_category_is_undefined(table, weights):
    assert cohen_kappa(table, weights) is None


@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
def test_full_agreement_of_two_is_one_and_full_contradiction_minus_one(weights):
    assert cohen_kappa([[3, 0], [0, 4]], weights) == 1
    assert cohen_kappa([[0, 4], [4, 0]], weights) == -1


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ([], "0 rows and 0 columns: make it square"),
        ([[1, 2]], "1 rows and 2 columns: make it square"),
        ([[1, 2], [3]], "Row 2 has 1 columns, not 2"),
        ([[1, -2], [3, 4]], r"Row 1, column 2 is negative \(-2\)"),
        ([[1, math.nan], [3, 4]], "Row 1, column 2 must be finite"),
        ([[1, None], [3, 4]], "Row 1, column 2 must be a number"),
    ],
)
def test_dishonest_table_names_its_cell(table, sentence):
    with pytest.raises(ValueError, match=sentence):
        cohen_kappa(table)


@pytest.mark.parametrize("weights", ["", "cubic", 1, True])
def test_unknown_weights_raise(weights):
    with pytest.raises(ValueError, match="use None, linear or quadratic"):
        cohen_kappa([[1, 2], [3, 4]], weights)


# z and T


def test_z_by_hand():
    assert panel_z_scores([[1, 60], [2, 60], [3, 90]]) == [
        [-1, close(-1 / math.sqrt(3))],
        [0, close(-1 / math.sqrt(3))],
        [1, close(2 / math.sqrt(3))],
    ]
    assert panel_z_scores([[1], [2], [3]], ddof=0) == [[close(-math.sqrt(1.5))], [0], [close(math.sqrt(1.5))]]


def test_z_of_a_panellist_who_says_too_little():
    # the first gave the same to all, the second gave two marks, the third left one out
    assert panel_z_scores([[0.3, 5, 1], [0.3, 6, 2], [0.3, None, 3], [0.3, None, None]]) == [
        [None, None, -1],
        [None, None, 0],
        [None, None, 1],
        [None, None, None],
    ]


@pytest.mark.parametrize(("ratings", "expected"), [([], []), ([[], []], [[], []]), ([[1, 2]], [[None, None]])])
def test_z_of_next_to_nothing(ratings, expected):
    assert panel_z_scores(ratings) == expected


@pytest.mark.parametrize("ddof", [2, -1, 0.5, None, True, "1"])
def test_unknown_ddof_raises(ddof):
    with pytest.raises(ValueError, match="ddof must be 0 or 1"):
        panel_z_scores([[1], [2], [3]], ddof)


def test_z_of_numbers_at_the_end_of_the_range():
    for unit in (1e300, 1e-300):
        assert panel_z_scores([[unit], [2 * unit], [3 * unit]]) == [[close(-1)], [close(0)], [close(1)]]


def test_t_score():
    assert t_score([1, None, -0.5]) == 52.5
    assert t_score([None, None]) is None
    assert t_score([]) is None
    with pytest.raises(ValueError, match="z 2 must be finite"):
        t_score([0, math.nan])


# Properties


@quick
@given(panels, st.randoms(use_true_random=False))
def test_order_of_panellists_and_applicants_changes_no_icc(ratings, random):
    columns = random.sample(range(len(ratings[0])), len(ratings[0]))
    turned = [[row[column] for column in columns] for row in random.sample(ratings, len(ratings))]

    assert icc(turned) == icc(ratings)


@quick
@given(panels, st.integers(min_value=1, max_value=40), st.integers(min_value=2, max_value=9))
def test_a_severe_panellist_changes_neither_z_nor_icc_3(ratings, shift, factor):
    severe = [[row[0] - shift, *row[1:]] for row in ratings]
    before, after = icc(ratings), icc(severe)

    assert panel_z_scores(severe) == panel_z_scores(ratings)
    assert panel_z_scores([[row[0] * factor, *row[1:]] for row in ratings]) == panel_z_scores(ratings)
    if before and after:
        assert (after.icc_3_1, after.icc_3_k) == (close(before.icc_3_1), close(before.icc_3_k))


@quick
@given(panels)
def test_icc_is_never_above_one(ratings):
    result = icc(ratings)

    if result:
        assert all(value is None or value <= 1 for value in as_tuple(result))


@quick
@given(panels, st.sampled_from([0, 1]))
def test_z_has_mean_zero_and_deviation_one(ratings, ddof):
    for column in zip(*panel_z_scores(ratings, ddof), strict=True):
        if column[0] is not None:
            assert math.fsum(column) == close(0)
            assert math.fsum(z * z for z in column) == close(len(column) - ddof)


@quick
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=20))
def test_cohen_is_symmetric_and_at_most_one(pairs):
    table = [[pairs.count((i, j)) for j in range(4)] for i in range(4)]
    turned = [list(column) for column in zip(*table, strict=True)]
    for weights in (None, "linear", "quadratic"):
        kappa = cohen_kappa(table, weights)
        assert cohen_kappa(turned, weights) == kappa
        assert kappa is None or -1 <= kappa <= 1


@quick
@given(
    st.lists(st.lists(st.integers(0, 2), min_size=4, max_size=4), min_size=1, max_size=8),
    st.randoms(use_true_random=False),
)
def test_order_changes_no_fleiss(votes, random):
    counts = [[row.count(category) for category in range(3)] for row in votes]
    turned = [row[::-1] for row in random.sample(counts, len(counts))]

    assert fleiss_kappa(turned) == fleiss_kappa(counts)
