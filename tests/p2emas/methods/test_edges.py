"""Values at the edge of a rule, each of which a comparison or a number one off would decide otherwise."""

import inspect
from itertools import pairwise
from random import Random

import pytest

from p2emas.methods.acceptability import log_gamma_variate, rank_acceptability
from p2emas.methods.agreement import icc
from p2emas.methods.comparing import differences
from p2emas.methods.quotients import combined_class
from p2emas.methods.ranks import competition_ranks
from p2emas.methods.sensitivity import CHANGES, critical_weight_changes
from p2emas.methods.weights import RANDOM_INDEX, ahp


@pytest.mark.parametrize(
    ("quotient", "shift", "found"),
    [(2, 0.5, "unggul_berdaya_saing"), (2, 0, "basis_melemah"), (0.5, 0.5, "berkembang"), (0.5, 0, "bukan_prioritas")],
)
def test_any_gain_above_zero_is_competitive(quotient, shift, found):
    assert combined_class(quotient, shift) == found


def test_agreement_does_not_depend_on_the_unit_of_the_marks():
    rows = [[50, 60], [70, 75], [90, 95], [40, 60]]

    whole, small = icc(rows), icc([[mark / 1000 for mark in row] for row in rows])

    assert small.icc_2_k == pytest.approx(whole.icc_2_k)
    assert small.icc_1_1 == pytest.approx(whole.icc_1_1)


def test_scores_that_differ_in_the_ninth_decimal_are_two_ranks():
    assert competition_ranks([0.500000002, 0.5]) == [1, 2]
    assert competition_ranks([0.5000000015, 0.5]) == [1, 2]
    assert competition_ranks([0.5000000001, 0.5]) == [1, 1]


def test_random_index_is_the_table_of_saaty():
    assert RANDOM_INDEX == (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
    assert all(less < more for less, more in pairwise(RANDOM_INDEX[1:]))


def test_judgments_have_a_bound_on_both_sides():
    assert ahp([[1, 1e9], [1 / 1e9, 1]]).accepted
    with pytest.raises(ValueError, match="a judgment is above 0"):
        ahp([[1, 1e9 + 0.5], [1 / (1e9 + 0.5), 1]])


def test_row_that_is_none_is_named_with_the_last_one():
    with pytest.raises(ValueError, match="Row b is 2, but the last of 2 rows is 1"):
        critical_weight_changes([[0.1], [0.2]], [1], 0, 2)


def test_simulation_draws_a_thousand_times_unless_told_otherwise():
    assert inspect.signature(rank_acceptability).parameters["draws"].default == 1000


@pytest.mark.parametrize(
    ("shape", "drawn"), [(0.4, -3.1287579321533814), (1, 0.10839102891556553), (1.5, 0.550469904609233), (3, 1.2487459)]
)
def test_draws_of_a_seed_stay_what_they_were(shape, drawn):
    """Stored results are calculated again and held against what is stored: the same seed has to give the same."""
    assert log_gamma_variate(shape, Random(2019).random) == pytest.approx(drawn)


def test_weights_move_by_the_same_steps_down_and_up():
    assert CHANGES == (-0.5, -0.25, -0.1, 0.1, 0.25, 0.5)


@pytest.mark.parametrize("other", [3, None, ["a"], "a"])
def test_table_beside_something_else_is_one_difference(other):
    assert list(differences({"a": 1}, other)) == [((), {"a": 1}, other)]
    assert list(differences(other, {"a": 1})) == [((), other, {"a": 1})]
