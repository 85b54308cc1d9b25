import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from p2emas.methods.quotients import (
    ShiftShare,
    dynamic_location_quotient,
    location_quotient,
    shift_share,
)

quick = settings(max_examples=60, deadline=None, derandomize=True)
BAD = [-1, -1e-9, math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("sNaN"), 10**400, Decimal("1e-999999"), True,
       "5", 2j, [1]]  # fmt: skip

amount = st.integers(min_value=1, max_value=10**9)
# kecamatan x sector, first and last year
tables = st.integers(min_value=1, max_value=5).flatmap(
    lambda sectors: st.lists(
        st.tuples(*[st.lists(amount, min_size=sectors, max_size=sectors)] * 2), min_size=1, max_size=5
    )
)


def close(value):
    return pytest.approx(value, rel=1e-9, abs=1e-9)


def added(rows):
    return [sum(column) for column in zip(*rows, strict=True)]


# Static quotient


def test_lq_by_hand():
    assert location_quotient(30, 100, 100, 1000) == 3


def test_lq_is_exact():
    # in binary floats 0.1 / 0.3 / (0.2 / 0.6) is 1.0000000000000002
    assert location_quotient(0.1, 0.3, 0.2, 0.6) == 1
    assert location_quotient(Decimal("0.1"), Decimal("0.3"), Decimal("0.2"), Decimal("0.6")) == 1


def test_lq_of_a_sector_that_the_region_lacks_is_zero():
    assert location_quotient(0, 100, 100, 1000) == 0


@pytest.mark.parametrize("amounts", [(0, 0, 5, 10), (0, 5, 0, 10), (0, 5, 0, 0), (0, 0, 0, 0)])
def test_lq_without_something_to_divide_by_is_undefined(amounts):
    assert location_quotient(*amounts) is None


@pytest.mark.parametrize("place", range(4))
def test_lq_of_a_missing_figure_is_undefined(place):
    amounts = [1, 2, 3, 4]
    amounts[place] = None

    assert location_quotient(*amounts) is None


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize(
    ("place", "name"),
    [
        (0, "The sector in the region"),
        (1, "The region's total"),
        (2, "The sector in the reference"),
        (3, "The reference's total"),
    ],
)
def test_lq_of_a_dishonest_amount_raises(place, name, bad):
    amounts = [1, None, 0, 4]
    amounts[place] = bad
    with pytest.raises(ValueError, match=rf"^{name} .*\.$"):
        location_quotient(*amounts)


def test_lq_too_far_apart_raises():
    with pytest.raises(ValueError, match="too far apart"):
        location_quotient(1e300, 1e-300, 1, 1e300)


# Dynamic quotient


def test_dlq_by_hand():
    # the sector doubles in a region that grows from 20 to 30, and is unchanged in a reference that is unchanged
    assert dynamic_location_quotient([10, 10], [20, 10], [50, 50], [50, 50], 3) == [close(2 / 1.5), close(1 / 1.5)]


def test_arithmetic_dlq_by_hand():
    # g = 1/2, g_j = 1/4, G = 0 a year over two years
    both = dynamic_location_quotient([10, 10], [20, 10], [50, 50], [50, 50], 2, growth="arithmetic")
    plain = dynamic_location_quotient([10, 10], [20, 10], [50, 50], [50, 50], 2, growth="arithmetic", power=False)

    assert both == [close(1.2**2), close(0.8**2)]
    assert plain == [close(1.2), close(0.8)]


def test_one_year_needs_no_root():
    arguments = [3, 5], [4, 5], [9, 9], [10, 12], 1

    geometric = dynamic_location_quotient(*arguments)
    assert geometric == close(dynamic_location_quotient(*arguments, growth="arithmetic"))
    assert geometric == dynamic_location_quotient(*arguments, power=False)


@pytest.mark.parametrize("growth", ["geometric", "arithmetic"])
@pytest.mark.parametrize("power", [True, False])
def test_dlq_of_new_ended_and_unknown_sectors(growth, power):
    new, ended, never, gone, kept = dynamic_location_quotient(
        [0, 4, 0, 5, 10], [5, 0, 0, 0, 10], [9, 9, 0, 9, 20], [9, 9, 0, 0, 20], 2, growth=growth, power=power
    )

    assert (new, ended, never, gone) == (None, 0, None, None)
    assert kept > 0


@pytest.mark.parametrize("growth", ["geometric", "arithmetic"])
@pytest.mark.parametrize("place", range(4))
def test_dlq_with_a_total_of_zero_is_undefined(place, growth):
    sequences = [[2, 3], [4, 5], [6, 7], [8, 9]]
    sequences[place] = [0, 0]

    assert dynamic_location_quotient(*sequences, 2, growth=growth) == [None, None]


@pytest.mark.parametrize("place", range(4))
def test_sector_with_a_missing_figure_leaves_the_totals(place):
    complete = [[2, 3], [4, 5], [6, 7], [8, 9]]
    sequences = [[1000, *values] for values in complete]
    sequences[place][0] = None

    assert dynamic_location_quotient(*sequences, 2) == [None, *dynamic_location_quotient(*complete, 2)]


@pytest.mark.parametrize("years", [0, 0.5, -1, math.nan, math.inf, None, True, "3"])
def test_years_that_are_no_span_raise(years):
    with pytest.raises(ValueError, match=r"^Years .*\.$"):
        dynamic_location_quotient([1], [1], [1], [1], years)


def test_unknown_growth_raises():
    with pytest.raises(ValueError, match="Unknown growth"):
        dynamic_location_quotient([1], [1], [1], [1], 1, growth="linear")


def test_dlq_too_far_apart_raises():
    with pytest.raises(ValueError, match="too far apart"):
        dynamic_location_quotient([1e-300, 1e300], [1e300, 1e300], [1, 1], [1, 1], 1)
    with pytest.raises(ValueError, match="too far apart"):
        dynamic_location_quotient([1, 1e9], [1e9, 1e9], [1, 1], [1, 1], 10**4, growth="arithmetic", power=True)


# Shift-share


def test_shift_share_by_hand():
    # reference 100 -> 150 (G = 0.5): its sectors 50 -> 50 and 50 -> 100
    assert shift_share([10, 10], [12, 15], [50, 50], [50, 100]) == ShiftShare([5, 5], [-5, 5], [2, -5], 10, 0, -3)


def test_new_activity_is_all_competitive():
    shift = shift_share([0, 10], [7, 10], [50, 50], [50, 50])

    assert (shift.national[0], shift.mix[0], shift.competitive[0]) == (0, 0, 7)


def test_sector_that_starts_at_zero_in_the_reference_is_reported_apart():
    shift = shift_share([0, 10], [3, 20], [0, 50], [10, 90])

    assert shift == ShiftShare([0, 10], [None, -2], [None, 2], 10, -2, 2)


def test_mix_over_everything_lacks_what_new_sectors_brought():
    reference = [0, 50, 50], [10, 60, 40]

    assert shift_share(*reference, *reference).total_mix == -10


@pytest.mark.parametrize("place", range(4))
def test_missing_figure_leaves_shift_share_of_the_others(place):
    complete = [[10, 10], [12, 15], [50, 50], [50, 100]]
    sequences = [[*values, 77] for values in complete]
    sequences[place][2] = None

    assert shift_share(*sequences) == ShiftShare([5, 5, None], [-5, 5, None], [2, -5, None], 10, 0, -3)


def test_competitive_part_is_exactly_zero_when_the_region_keeps_pace():
    assert shift_share([0.1], [0.3], [0.7], [2.1]).competitive == [0]


@pytest.mark.parametrize("reference", [[0, 0], [None, None], [0, None]])
def test_reference_that_starts_at_zero_stops(reference):
    with pytest.raises(ValueError, match="starts at 0"):
        shift_share([1, 1], [1, 1], reference, [1, 1])


FUNCTIONS = [shift_share, lambda *sequences: dynamic_location_quotient(*sequences, 2)]
NAMES = ["Region, first year", "Region, last year", "Reference, first year", "Reference, last year"]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("place", range(4))
def test_dishonest_amount_names_its_cell(function, bad, place):
    sequences = [[1, 2, 3] for _ in NAMES]
    sequences[place][1] = bad
    with pytest.raises(ValueError, match=rf"^{NAMES[place]}, sector 2, .*\.$"):
        function(*sequences)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("place", range(1, 4))
def test_sequences_of_another_length_raise(function, place):
    sequences = [[1, 2] for _ in NAMES]
    sequences[place] = [1]
    with pytest.raises(ValueError, match=f"{NAMES[place]} has 1 sectors, not 2"):
        function(*sequences)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_sector_raises(function):
    with pytest.raises(ValueError, match="no sector"):
        function([], [], [], [])


# Properties


@quick
@given(st.lists(amount, min_size=1, max_size=8), st.integers(min_value=1, max_value=1000))
def test_lq_of_a_region_like_its_reference_is_one(reference, divisor):
    region = [value / divisor for value in reference]

    for part, whole in zip(region, reference, strict=True):
        assert location_quotient(part, math.fsum(region), whole, sum(reference)) == close(1)
        assert location_quotient(whole, sum(reference), whole, sum(reference)) == 1


@quick
@given(st.lists(st.tuples(amount, amount), min_size=1, max_size=8))
def test_shares_weighted_by_the_reference_average_to_one(rows):
    region, reference = zip(*rows, strict=True)
    quotients = [location_quotient(x, sum(region), y, sum(reference)) for x, y in rows]

    assert math.fsum(q * y / sum(reference) for q, y in zip(quotients, reference, strict=True)) == close(1)


@quick
@given(tables, st.integers(min_value=1, max_value=10))
def test_geometric_dlq_is_the_quotient_of_the_static_ones(table, years):
    reference = [added(rows) for rows in zip(*table, strict=True)]
    for region in table:
        dynamic = dynamic_location_quotient(*region, *reference, years)
        plain = dynamic_location_quotient(*region, *reference, years, power=False)
        for sector, value in enumerate(dynamic):
            first, last = (
                location_quotient(x[sector], sum(x), y[sector], sum(y)) for x, y in zip(region, reference, strict=True)
            )
            assert value == close(last / first)
            assert plain[sector] ** years == close(value)


@quick
@given(tables, st.integers(min_value=1, max_value=10))
def test_arithmetic_and_geometric_dlq_of_a_reference_region_are_one(table, years):
    reference = [added(rows) for rows in zip(*table, strict=True)]

    for growth in ("geometric", "arithmetic"):
        assert dynamic_location_quotient(*reference, *reference, years, growth=growth) == [1] * len(reference[0])


@quick
@given(tables)
def test_shift_share_closes(table):
    reference = [added(rows) for rows in zip(*table, strict=True)]
    shifts = [shift_share(*region, *reference) for region in table]

    size = max(map(max, reference))
    for column in zip(*(shift.competitive for shift in shifts), strict=True):
        assert math.fsum(column) == pytest.approx(0, abs=1e-9 * size)
    assert math.fsum(shift.total_mix for shift in shifts) == pytest.approx(0, abs=1e-9 * size)
    for region, shift in zip(table, shifts, strict=True):
        for sector, parts in enumerate(zip(shift.national, shift.mix, shift.competitive, strict=True)):
            assert math.fsum(parts) == pytest.approx(region[1][sector] - region[0][sector], abs=1e-9 * size)
        total = shift.total_national + shift.total_mix + shift.total_competitive
        assert total == pytest.approx(sum(region[1]) - sum(region[0]), abs=1e-9 * size)


@quick
@given(tables, st.randoms(use_true_random=False))
def test_order_of_sectors_permutes_the_results(table, random):
    reference = [added(rows) for rows in zip(*table, strict=True)]
    order = list(range(len(reference[0])))
    random.shuffle(order)
    arguments = [*table[0], *reference]
    shuffled = [[values[n] for n in order] for values in arguments]

    dynamic = dynamic_location_quotient(*arguments, 4)
    assert dynamic_location_quotient(*shuffled, 4) == [dynamic[n] for n in order]
    shift, permuted = shift_share(*arguments), shift_share(*shuffled)
    assert permuted.competitive == [shift.competitive[n] for n in order]
    assert (permuted.total_mix, permuted.total_competitive) == (shift.total_mix, shift.total_competitive)
