import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from p2emas.methods.concentration import (
    effective_number,
    gini,
    hhi,
    normalised_gini,
    normalised_hhi,
    theil_decomposition,
    theil_l,
    theil_t,
)

MEASURES = [hhi, normalised_hhi, effective_number, gini, normalised_gini, theil_t, theil_l]

quick = settings(max_examples=60, deadline=None, derandomize=True)
rupiah = st.integers(min_value=0, max_value=10**12)
aid = st.lists(rupiah, min_size=1, max_size=40).filter(any)
positive_aid = st.lists(st.integers(min_value=1, max_value=10**12), min_size=1, max_size=40)
grouped_aid = st.lists(st.tuples(rupiah, st.sampled_from("ABCD")), min_size=1, max_size=40).filter(
    lambda rows: any(value for value, _ in rows)
)


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-9)


# By hand


def test_theil_t_by_hand():
    # shares 1/4 and 3/4 of two villages: (0.5 ln 0.5 + 1.5 ln 1.5) / 2
    assert theil_t([1, 3]) == close((0.5 * math.log(0.5) + 1.5 * math.log(1.5)) / 2)


def test_theil_l_by_hand():
    assert theil_l([1, 3]) == close((math.log(2) + math.log(2 / 3)) / 2)


def test_theil_decomposition_by_hand():
    # A has 1 + 1, B has 1 + 5: shares 1/4 and 3/4 of groups of equal size, only B is unequal within
    between, within = theil_decomposition([1, 1, 5, 1], ["A", "A", "B", "B"])

    assert between == close(0.25 * math.log(0.5) + 0.75 * math.log(1.5))
    assert within == close(0.75 * (1 / 3 * math.log(1 / 3) + 5 / 3 * math.log(5 / 3)) / 2)


def test_weighted_gini_counts_a_village_as_often_as_its_weight():
    assert gini([10, 40], weights=[3, 1]) == close(gini([10, 10, 10, 40]))
    assert gini([10, 40, 99], weights=[3, 1, 0]) == close(gini([10, 10, 10, 40]))


def test_weights_that_are_all_equal_change_nothing():
    assert gini([20, 50, 20, 10], weights=[7, 7, 7, 7]) == close(0.3)


# Edge cases of section 3


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("values", [[], [0], [0, 0, 0]])
def test_no_aid_at_all_is_undefined(measure, values):
    assert measure(values) is None


@pytest.mark.parametrize(("values", "groups"), [([], []), ([0, 0], ["A", "B"])])
def test_decomposition_without_aid_is_undefined(values, groups):
    assert theil_decomposition(values, groups) == (None, None)


def test_gini_without_any_weight_is_undefined():
    assert gini([1, 2], weights=[0, 0]) is None


def test_one_village():
    assert [measure([5]) for measure in MEASURES] == [1, None, 1, 0, None, 0, 0]


def test_zeros_count_as_villages():
    assert hhi([1, 1, 0, 0]) == hhi([1, 1])
    assert normalised_hhi([1, 1, 0, 0]) == close(1 / 3)
    assert normalised_hhi([1, 1]) == 0
    assert gini([1, 1, 0, 0]) == close(0.5)
    assert theil_t([1, 1, 0, 0]) == close(math.log(2))


def test_theil_l_with_a_village_without_aid_is_undefined():
    assert theil_l([1, 0]) is None


def test_everything_in_one_village_is_the_upper_end():
    values = [0, 0, 0, 7]

    assert (hhi(values), normalised_hhi(values), effective_number(values)) == (1, 1, 1)
    assert (gini(values), normalised_gini(values)) == (0.75, 1)
    assert theil_t(values) == close(math.log(4))


def test_group_without_aid_contributes_nothing():
    between, within = theil_decomposition([0, 0, 4, 4], ["A", "A", "B", "B"])

    assert (between, within) == (close(math.log(2)), 0)


def test_amounts_at_the_end_of_the_range_neither_overflow_nor_vanish():
    for amount in (1e308, 5e-324, 10**300):
        assert hhi([amount] * 4) == close(0.25)
        assert gini([amount, amount, 0, 0]) == close(0.5)
        assert theil_t([amount, 0]) == close(math.log(2))
        assert theil_l([amount] * 3) == close(0)


def test_decimals_and_any_iterable_are_taken():
    assert hhi(Decimal(value) for value in ("0.2", "0.5", "0.2", "0.1")) == close(0.34)


# Dishonest input


@pytest.mark.parametrize("measure", [*MEASURES, lambda values: theil_decomposition(values, ["A"] * len(values))])
@pytest.mark.parametrize(
    "bad",
    [-1, -1e-9, Decimal("-0.01"), math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("sNaN"), Decimal("1e400"),
     10**400, True, False, None, "5", 2j, [1]],
)  # fmt: skip
def test_dishonest_amount_raises(measure, bad):
    with pytest.raises(ValueError, match=r"^Value 2 .*\.$"):
        measure([1, bad, 3])


@pytest.mark.parametrize("bad", [-1, math.nan, math.inf, True, None])
def test_dishonest_weight_raises(bad):
    with pytest.raises(ValueError, match=r"^Weight 1 .*\.$"):
        gini([1, 2], weights=[bad, 1])


@pytest.mark.parametrize("weights", [[], [1], [1, 2, 3]])
def test_weights_of_another_length_raise(weights):
    with pytest.raises(ValueError, match="one weight per value"):
        gini([1, 2], weights=weights)


@pytest.mark.parametrize("groups", [[], ["A"], ["A", "B", "C"]])
def test_groups_of_another_length_raise(groups):
    with pytest.raises(ValueError, match="one group per value"):
        theil_decomposition([1, 2], groups)


def test_value_without_group_raises():
    with pytest.raises(ValueError, match="has no group"):
        theil_decomposition([1, 2], ["A", None])


def test_dishonest_amount_raises_even_where_the_total_is_zero():
    with pytest.raises(ValueError, match="negative"):
        hhi([0, -0.5, 0])


# Properties


@quick
@given(aid)
def test_ranges(values):
    n = len(values)

    assert 1 / n <= hhi(values) <= 1
    assert 1 <= effective_number(values) <= n + 1e-9
    assert 0 <= gini(values) <= (n - 1) / n + 1e-12
    assert 0 <= theil_t(values) <= math.log(n)
    if n > 1:
        assert 0 <= normalised_hhi(values) <= 1
        assert 0 <= normalised_gini(values) <= 1


@quick
@given(positive_aid)
def test_theil_l_is_never_negative(values):
    assert theil_l(values) >= 0


@quick
@given(st.integers(min_value=1, max_value=10**12), st.integers(min_value=1, max_value=60))
def test_equal_amounts_are_the_lower_end(amount, n):
    values = [amount] * n

    assert hhi(values) == close(1 / n)
    assert effective_number(values) == close(n)
    assert (gini(values), theil_t(values), theil_l(values)) == (close(0), close(0), close(0))


@quick
@given(aid, st.floats(min_value=1e-6, max_value=1e6))
def test_scale_changes_nothing(values, factor):
    scaled = [value * factor for value in values]

    for measure in (hhi, effective_number, gini, theil_t):
        assert measure(scaled) == close(measure(values))


@quick
@given(aid, st.randoms(use_true_random=False))
def test_order_changes_nothing(values, random):
    shuffled = random.sample(values, len(values))

    for measure in MEASURES:
        assert measure(shuffled) == measure(values)


@quick
@given(aid, st.integers(min_value=2, max_value=4))
def test_copying_every_village_keeps_gini_and_theil_and_divides_hhi(values, copies):
    copied = values * copies

    assert gini(copied) == close(gini(values))
    assert theil_t(copied) == close(theil_t(values))
    assert hhi(copied) == close(hhi(values) / copies)


@quick
@given(st.lists(rupiah, min_size=2, max_size=40).filter(any), st.data())
def test_gift_from_a_richer_to_a_poorer_village_never_raises_concentration(values, data):
    richer, poorer = values.index(max(values)), values.index(min(values))
    gift = data.draw(st.integers(min_value=0, max_value=(values[richer] - values[poorer]) // 2))
    after = list(values)
    after[richer] -= gift
    after[poorer] += gift

    for measure in (hhi, gini, theil_t):
        assert measure(after) <= measure(values) + 1e-12


@quick
@given(st.lists(st.tuples(rupiah, st.integers(min_value=0, max_value=6)), min_size=1, max_size=15))
def test_weighted_gini_is_the_gini_of_repeated_values(rows):
    values, weights = zip(*rows, strict=True)
    repeated = [value for value, weight in rows for _ in range(weight)]
    expected = gini(repeated)

    assert gini(values, weights) == (None if expected is None else close(expected))


@quick
@given(aid)
def test_gini_is_half_the_mean_difference_over_the_mean(values):
    n, total = len(values), sum(values)

    assert gini(values) == close(sum(abs(a - b) for a in values for b in values) / (2 * n * total))


@quick
@given(grouped_aid)
def test_between_and_within_add_up_to_the_total(rows):
    values, groups = zip(*rows, strict=True)
    between, within = theil_decomposition(values, groups)

    assert between >= 0
    assert within >= 0
    assert between + within == close(theil_t(values))


@quick
@given(aid)
def test_one_group_is_all_within_and_single_villages_are_all_between(values):
    assert theil_decomposition(values, ["A"] * len(values)) == (close(0), close(theil_t(values)))
    assert theil_decomposition(values, range(len(values))) == (close(theil_t(values)), close(0))
