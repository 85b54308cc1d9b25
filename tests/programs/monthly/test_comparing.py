"""Plan and result of lines of which some say nothing: like with like, and critical only where it is certain."""

from fractions import Fraction

import pytest

from programs.monthly.comparing import BothSides, LineComparison


def compared(*lines, carried=()) -> LineComparison:
    """Money in rupiah: (budget, planned, reached)."""
    hundred = [BothSides(amount, *(None if side is None else 100 * side for side in sides)) for amount, *sides in lines]
    return LineComparison(hundred, [None if money is None else 100 * money for money in carried])


def test_shares_are_of_the_lines_that_say_them():
    found = compared((100, 80, 40), (200, 100, None), (300, None, 150))

    assert (found.planned, found.reached) == (60, Fraction(190 * 100, 400))
    assert (found.points, found.relative) == (-40, 50)
    assert not found.is_whole and not found.is_like


def test_shares_of_all_lines_give_the_deviations_of_the_form():
    found = compared((100, 80, 40), (300, 120, 100))

    assert (found.planned, found.reached) == (50, 35)
    assert (found.points, found.relative) == (-15, 30)
    assert found.is_whole and found.is_like


def test_nothing_known_is_nothing():
    found = compared((100, None, None), (200, 50, None))

    assert (found.reached, found.points, found.relative, found.is_critical) == (None, None, None, None)
    assert found.planned == 25


@pytest.mark.parametrize(
    ("lines", "critical"),
    [
        ([(100, 60, 40)], True),
        ([(100, 60, 50)], False),
        ([(900, 540, 400), (100, 60, None)], None),  # 10 points if the silent line has spent all, 20 if nothing
        ([(900, 540, 399), (100, 60, None)], True),  # more than 10 points even if the silent line has spent all
        ([(900, 540, 530), (100, 60, None)], False),  # at most 7 points, if it has spent nothing
        ([(100, 60, 40), (100, 60, None)], None),
        ([(100, 60, 40), (100, None, 40)], None),  # its plan is unknown
        ([(0, 0, 0)], None),
    ],
)
def test_critical_is_said_where_silent_lines_cannot_change_it(lines, critical):
    assert compared(*lines).is_critical is critical


def test_money_of_work_that_is_no_longer_planned_counts():
    found = compared((100, 60, 40), carried=[15])

    assert (found.reached, found.points, found.is_critical) == (55, -5, False)


def test_carried_work_of_unknown_money_leaves_it_open():
    found = compared((100, 60, 40), carried=[None])

    assert (found.reached, found.is_whole, found.is_critical) == (40, False, None)
