"""Against Freireich and others (1963), the remissions of 42 children with leukaemia, as printed in textbooks since."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.methods.student import quantile
from p2emas.methods.survival import Package, life_table

from .strategies import quick

# Weeks in remission; negative where the child was still in remission when the study ended (censored).
WITH_6_MP = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
# Kaplan-Meier estimates of Kleinbaum and Klein, Survival Analysis, table 2.1.
PRINTED = {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}
PRINTED_PLACEBO = {
    1: 0.9048, 2: 0.8095, 3: 0.7619, 4: 0.6667, 5: 0.5714, 8: 0.3810, 11: 0.2857, 12: 0.1905, 15: 0.1429, 17: 0.0952,
    22: 0.0476, 23: 0.0,
}  # fmt: skip
MONTHS = (6, 12, 24)


def children(weeks):
    """One package of one item for each child, counted in each week in which something happened to anybody."""
    times = sorted({abs(week) for week in weeks})
    packages = []
    for week in weeks:
        left = [1 if time < week else 0 for time in times] if week > 0 else [1 for time in times if time <= -week]
        packages.append(Package(1, left))
    return times, packages


@pytest.mark.parametrize(("weeks", "printed"), [(WITH_6_MP, PRINTED), (PLACEBO, PRINTED_PLACEBO)])
def test_packages_of_one_item_are_kaplan_and_meier(weeks, printed):
    found = {row.month: row for row in life_table(*children(weeks))}

    for week, share in printed.items():
        assert found[week].share == pytest.approx(share, abs=0.00005)
        assert found[week].worst == found[week].best == found[week].share
    assert found[10 if 10 in printed else 12].lost == 0


def test_number_of_those_who_could_still_fall_out_is_the_printed_one():
    found = {row.month: row.counted for row in life_table(*children(WITH_6_MP))}

    # Kleinbaum and Klein, table 2.1: 21 before week 6, 17 before 7, 15 before 10, 12 before 13, 11 before 16, 7, 6. Those
    # who fell out before are packages of nothing here, which count but weigh nothing: 3, 4, 5, 6 and 7 of them.
    gone = {6: 0, 7: 3, 10: 4, 13: 5, 16: 6, 22: 7, 23: 8}
    assert [found[week] - before for week, before in gone.items()] == [21, 17, 15, 12, 11, 7, 6]


def test_goats_by_hand():
    # 10 + 2 goats; after half a year 8 + 1 are left, after a year 4 of the 8 that were counted again
    table = life_table(MONTHS, [Package(10, [8, 4]), Package(2, [1])])

    assert [row.share for row in table] == [9 / 12, 9 / 12 * 4 / 8, None]
    assert [(row.packages, row.counted, row.lost) for row in table] == [(2, 2, 0), (1, 1, 0), (0, 0, 0)]
    assert table[2].worst is None and table[2].best is None


def test_large_packages_weigh_more():
    (row,) = life_table([6], [Package(90, [90]), Package(10, [0])])

    assert row.share == 0.9


def test_lost_count_says_nothing_and_widens_the_band():
    first, second, _third = life_table(MONTHS, [Package(10, [None, 6]), Package(10, [8, 8])])

    assert (first.share, first.lost, first.counted) == (0.8, 1, 1)
    # of the first package between 6 (what was there later) and 10 were there at half a year
    assert (first.worst, first.best) == ((6 + 8) / 20, (10 + 8) / 20)
    assert second.share == 0.8 and second.worst == second.best == pytest.approx(14 / 20)


def test_package_that_was_never_found_again_is_between_none_and_all():
    (row,) = life_table([6], [Package(4, [None]), Package(6, [6])])

    assert (row.share, row.worst, row.best) == (1, 0.6, 1)


def test_nothing_counted_is_unknown_and_all_gone_stays_gone():
    assert [row.share for row in life_table(MONTHS, [])] == [None, None, None]
    assert [row.share for row in life_table(MONTHS, [Package(3, [0, 0, 0])])] == [0, 0, 0]
    assert [row.share for row in life_table(MONTHS, [Package(3, [None, None])])] == [None, None, None]
    assert [row.share for row in life_table(MONTHS, [Package(3, [1, None, 1])])] == [1 / 3, None, None]


def test_interval_of_single_items_is_that_of_a_share():
    # without censoring the jackknife of a share is p (1 - p) / (n - 1)
    (row,) = life_table([6], [Package(1, [1])] * 8 + [Package(1, [0])] * 2)

    reach = quantile(0.975, 9) * math.sqrt(0.8 * 0.2 / 9)
    assert (row.low, row.high) == (pytest.approx(0.8 - reach, abs=1e-9), 1)


def test_interval_by_hand():
    # shares with one package left out: 12/16, 11/16, 12/16, 13/16, 12/16 of 5 packages of 4; their mean 0.75
    packages = [Package(4, [3]), Package(4, [4]), Package(4, [3]), Package(4, [2]), Package(4, [3])]
    (row,) = life_table([6], packages, confidence=0.9)

    error = math.sqrt(4 / 5 * (2 * (1 / 16) ** 2))
    assert row.share == 0.75
    assert row.high == pytest.approx(0.75 + quantile(0.95, 4) * error, abs=1e-9)
    assert row.low == pytest.approx(0.75 - quantile(0.95, 4) * error, abs=1e-9)


def test_fewer_than_five_packages_have_no_interval():
    (row,) = life_table([6], [Package(100, [50])] * 4)
    assert (row.share, row.low, row.high) == (0.5, None, None)
    (row,) = life_table([6], [Package(100, [50])] * 5)
    assert (row.low, row.high) == (0.5, 0.5)


def test_step_that_rests_on_one_package_has_no_interval():
    table = life_table(MONTHS, [Package(2, [1, 1])] + [Package(2, [2])] * 5)

    assert table[0].low is not None
    assert (table[1].share, table[1].low) == (11 / 12, None)


@pytest.mark.parametrize(
    ("months", "packages"),
    [
        ([6, 6], []), ([12, 6], []), ([0], []), ([6.5], []), ([6], [Package(0)]), ([6], [Package(-1)]),
        ([6], [Package(3, [4])]), ([6, 12], [Package(3, [2, 3])]), ([6, 12], [Package(3, [None, 4])]),
        ([6], [Package(3, [-1])]), ([6], [Package(3, [1, 1])]), ([6], [Package(3, [math.nan])]),
        ([6], [Package(math.inf, [1])]),
    ],
)  # fmt: skip
def test_dishonest_counts_are_refused(months, packages):
    with pytest.raises(ValueError, match=r"Month|months|Package|package"):
        life_table(months, packages)


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_confidence_is_a_share(confidence):
    with pytest.raises(ValueError, match="confidence"):
        life_table([6], [], confidence=confidence)


@st.composite
def herds(draw):
    packages = []
    for _n in range(draw(st.integers(min_value=1, max_value=8))):
        quantity = draw(st.integers(min_value=1, max_value=30))
        left, most = [], quantity
        for _month in range(draw(st.integers(min_value=0, max_value=3))):
            count = draw(st.none() | st.integers(min_value=0, max_value=most))
            left.append(None if count is None else Decimal(count))
            most = most if count is None else count
        packages.append(Package(quantity, left))
    return packages


@given(herds())
@quick
def test_shares_fall_and_lie_in_their_bounds(packages):
    table = life_table(MONTHS, packages)

    shares = [row.share for row in table if row.share is not None]
    assert shares == sorted(shares, reverse=True)
    for row in table:
        assert row.counted + row.lost <= row.packages
        if row.worst is not None:
            assert 0 <= row.worst <= row.best <= 1
        if row.low is not None:
            assert 0 <= row.low <= row.share <= row.high <= 1


@given(herds(), st.integers(min_value=2, max_value=9))
@quick
def test_unit_of_the_quantity_does_not_matter(packages, factor):
    larger = [Package(p.quantity * factor, [n if n is None else n * factor for n in p.left]) for p in packages]

    assert life_table(MONTHS, larger) == life_table(MONTHS, packages)


@st.composite
def herds_with_their_truth(draw):
    """Packages of which some counts were lost, and the same with all counts that are due."""
    seen, truth = [], []
    for _n in range(draw(st.integers(min_value=1, max_value=6))):
        quantity = most = draw(st.integers(min_value=1, max_value=9))
        counts = []
        for _month in range(draw(st.integers(min_value=0, max_value=3))):
            most = draw(st.integers(min_value=0, max_value=most))
            counts.append(most)
        truth.append(Package(quantity, counts))
        seen.append(Package(quantity, [None if draw(st.booleans()) else count for count in counts]))
    return seen, truth


@given(herds_with_their_truth())
@quick
def test_truth_lies_within_the_band(herds):
    seen, truth = herds

    for row, real in zip(life_table(MONTHS, seen), life_table(MONTHS, truth), strict=True):
        assert (row.worst is None) == (row.best is None)
        if row.worst is not None and real.share is not None:
            assert row.worst - 1e-12 <= real.share <= row.best + 1e-12
