from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from p2emas.methods.averages import weighted_mean

weights = st.integers(min_value=1, max_value=10**12)
percents = st.none() | st.decimals(min_value=-100, max_value=100, places=2)


def test_mean_weighs_by_the_money_and_is_exact():
    assert weighted_mean([(300, Decimal("50.5")), (100, 10)]) == Fraction(323, 8)


def test_unknown_values_take_their_weight_along():
    assert weighted_mean([(300, None), (100, Decimal(40))]) == 40


def test_mean_of_nothing_known_or_nothing_weighed_is_unknown():
    assert weighted_mean([]) is weighted_mean([(5, None)]) is weighted_mean([(0, 40)]) is None


@given(st.lists(st.tuples(weights, percents), max_size=8))
def test_mean_lies_between_the_least_and_the_greatest(pairs):
    known = [value for _weight, value in pairs if value is not None]
    mean = weighted_mean(pairs)

    assert mean is None if not known else min(known) <= mean <= max(known)
