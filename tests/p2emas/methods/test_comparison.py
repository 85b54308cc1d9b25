"""Against Card and Krueger (1994), the sleep data of Student (1908), and cases worked by hand."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.methods.comparison import Mean, difference_of_changes, difference_of_means, standing
from p2emas.methods.student import quantile

from .strategies import quick

# Hours of sleep gained with each of two drugs (Student 1908, table in R's data set "sleep"); R prints for
# t.test(extra ~ group): t = -1.8608, df = 17.776, interval -3.3654832 to 0.2054832.
FIRST_DRUG = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SECOND_DRUG = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
# Card and Krueger, American Economic Review 84 (1994), table 3, full-time equivalent employment a store: the change
# of New Jersey and of Pennsylvania with standard errors, and their difference as printed; rows 3 and 4.
CARD_KRUEGER = [
    (Mean(0.59, 0.54, 331), Mean(-2.16, 1.25, 79), 2.76, 1.36),
    (Mean(0.47, 0.48, 331), Mean(-2.28, 1.25, 79), 2.75, 1.34),
]
figure = st.integers(min_value=-1000, max_value=1000)
places = st.lists(st.tuples(figure, figure), min_size=5, max_size=12)


def changes(values):
    return [(Decimal(10), Decimal(10) + Decimal(str(value))) for value in values]


@pytest.mark.parametrize(("one", "other", "value", "error"), CARD_KRUEGER)
def test_published_difference_in_differences(one, other, value, error):
    found = difference_of_means(one, other)

    assert found.value == pytest.approx(value, abs=0.0101)  # the printed means are rounded to 0.01
    assert found.error == pytest.approx(error, abs=0.005)
    assert found.low < found.value < found.high


def test_published_interval_of_welch():
    found = difference_of_changes(changes(FIRST_DRUG), changes(SECOND_DRUG))

    assert found.value / found.error == pytest.approx(-1.8608, abs=5e-5)
    assert found.freedom == pytest.approx(17.776, abs=5e-4)
    assert (found.low, found.high) == pytest.approx((-3.3654832, 0.2054832), abs=5e-8)


def test_changes_by_hand():
    # changes 1, 2, 3, 4, 5 (mean 3, error sqrt(2.5/5)) against five of 1 (error 0): freedom 4
    found = difference_of_changes([(10, 10 + n) for n in range(1, 6)], [(7, 8)] * 5)

    assert (found.value, found.supported.mean, found.others.mean) == (2, 3, 1)
    assert found.freedom == pytest.approx(4)
    assert found.high == pytest.approx(2 + quantile(0.975, 4) * math.sqrt(0.5))
    assert found.others.error == 0 and found.supported.n == found.others.n == 5


@pytest.mark.parametrize(("one", "other"), [(4, 5), (5, 4), (0, 9), (9, 0)])
def test_fewer_than_five_places_say_nothing(one, other):
    assert difference_of_changes(changes(range(one)), changes(range(other))) is None


def test_least_is_a_setting_from_two_on():
    assert difference_of_changes(changes([1, 2]), changes([1, 3]), least=2).value == -0.5
    with pytest.raises(ValueError, match="least number of places"):
        difference_of_changes(changes([1, 2]), changes([1, 3]), least=1)


def test_places_that_all_changed_alike_have_no_interval():
    assert difference_of_changes([(0, 1)] * 5, [(0, 3)] * 5) is None


@pytest.mark.parametrize(
    "call",
    [
        lambda: difference_of_means(Mean(1, 1, 1), Mean(1, 1, 9)),
        lambda: difference_of_means(Mean(1, -1, 9), Mean(1, 1, 9)),
        lambda: difference_of_means(Mean(1, 1, 9), Mean(1, 1, 9), confidence=1),
        lambda: difference_of_changes([(1, None)] * 5, changes(range(5))),
        lambda: standing((1, math.nan), changes(range(5))),
        lambda: standing((1, 2), [(1, "b")] * 5),
    ],
)
def test_dishonest_figures_are_refused(call):
    with pytest.raises(ValueError):
        call()


def test_one_place_among_the_others():
    found = standing((10, 13), [(5, 6), (5, 8), (5, 4), (1, 9), (2, 2)])

    assert (found.change, found.smaller, found.equal, found.larger, found.n) == (3, 3, 1, 1, 5)


def test_one_place_among_too_few():
    assert standing((1, 2), changes(range(4))) is None
    assert standing((1, 2), changes(range(4)), least=4).n == 4


def test_decimals_are_compared_exactly():
    assert standing((Decimal("0.1"), Decimal("0.3")), [(0.2, 0.4)] * 5).equal == 5


@given(places, places)
@quick
def test_sides_exchanged_give_the_mirror(one, other):
    found, mirrored = difference_of_changes(one, other), difference_of_changes(other, one)

    if found is None:
        assert mirrored is None
        return
    assert mirrored.value == pytest.approx(-found.value, abs=1e-9)
    assert (mirrored.low, mirrored.high) == pytest.approx((-found.high, -found.low), rel=1e-9, abs=1e-9)


@given(places, places, st.integers(min_value=-500, max_value=500))
@quick
def test_what_happened_everywhere_does_not_matter(one, other, common):
    moved = [[(before, after + common) for before, after in side] for side in (one, other)]
    found, again = difference_of_changes(one, other), difference_of_changes(*moved)

    assert (found is None) == (again is None)
    if found is not None:
        assert again.value == pytest.approx(found.value, abs=1e-9)
