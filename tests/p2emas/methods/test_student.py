import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.methods.student import quantile

from .strategies import quick

# Two-sided 95 and 99 per cent points as printed in every table of Student's distribution (Fisher and Yates, table III).
PRINTED = [
    (0.975, 1, 12.706), (0.975, 2, 4.303), (0.975, 4, 2.776), (0.975, 10, 2.228), (0.975, 30, 2.042),
    (0.975, 120, 1.980), (0.995, 1, 63.657), (0.995, 4, 4.604), (0.995, 10, 3.169), (0.95, 5, 2.015),
]  # fmt: skip


@pytest.mark.parametrize(("share", "freedom", "printed"), PRINTED)
def test_printed_points(share, freedom, printed):
    assert quantile(share, freedom) == pytest.approx(printed, abs=0.0005)


@given(st.floats(min_value=0.001, max_value=0.999))
@quick
def test_one_and_two_degrees_have_a_closed_form(share):
    # tan(pi (p - 1/2)), and (2p - 1) / sqrt(2 p (1 - p))
    assert quantile(share, 1) == pytest.approx(math.tan(math.pi * (share - 0.5)), rel=1e-8, abs=1e-8)
    assert quantile(share, 2) == pytest.approx((2 * share - 1) / math.sqrt(2 * share * (1 - share)), rel=1e-8, abs=1e-8)


@given(st.floats(min_value=0.01, max_value=0.99), st.floats(min_value=0.5, max_value=500))
@quick
def test_both_sides_are_alike_and_more_degrees_are_nearer(share, freedom):
    assert quantile(share, freedom) == pytest.approx(-quantile(1 - share, freedom), rel=1e-6, abs=1e-7)
    assert abs(quantile(share, freedom * 2)) <= abs(quantile(share, freedom)) + 1e-7


def test_many_degrees_are_the_normal_distribution():
    assert quantile(0.975, 1e8) == pytest.approx(1.959964, abs=1e-6)


@pytest.mark.parametrize(
    ("share", "freedom"), [(0, 5), (1, 5), (-1, 5), (0.9, 0), (0.9, -1), ("a", 5), (0.9, math.nan)]
)
def test_what_makes_no_sense_is_refused(share, freedom):
    with pytest.raises(ValueError, match="must"):
        quantile(share, freedom)
