"""The sales notebook by hand: unequal amounts, months and costs."""

from decimal import Decimal
from fractions import Fraction

import pytest

from p2emas.methods.sales import Sale, mean_of_groups, notebook_figures

# July: 4 cloths at 450,000 outside and 3 at 410,000 to a collector; August: a month's sum; September: nothing sold.
SALES = [
    Sale(7, "OUTSIDE", 1_800_000, 320_000),
    Sale(7, "COLLECTOR", 1_230_000, 290_000),
    Sale(8, "VILLAGER", 700_000, 130_000),
    Sale(9, "VILLAGER", 0),
]


def figures(sales=SALES, months=(7, 8, 9), members=7, least=5):
    return notebook_figures(sales, months=months, members=members, least=least)


def test_sales_per_member_and_month_by_hand():
    found = figures()

    assert (found.months, found.written, found.total) == (3, 3, 3_730_000)
    assert found.per_member == Fraction(3_730_000, 21)  # 7 members, 3 written months: 177,619.05
    assert found.shares == {
        "OUTSIDE": Fraction(180, 373),
        "COLLECTOR": Fraction(123, 373),
        "VILLAGER": Fraction(70, 373),
    }
    assert sum(found.shares.values()) == 1
    assert found.income_per_member == Fraction(2_990_000, 21)  # less 740,000 of costs


def test_a_month_without_a_line_is_not_zero():
    """The same sales in two written months of three are more a month, not less."""
    found = figures(SALES[:3])

    assert found.written == 2 and found.per_member == Fraction(3_730_000, 14)


@pytest.mark.parametrize(
    ("months", "shown"), [((7, 8, 9), True), ((6, 7, 8, 9), True), ((5, 6, 7, 8, 9), False), ((7, 8), True)]
)
def test_half_of_the_months_have_to_be_written(months, shown):
    assert figures(SALES[:3], months).is_shown is shown


@pytest.mark.parametrize(("members", "shown"), [(None, False), (0, False), (4, False), (5, True)])
def test_few_members_are_not_shown(members, shown):
    found = figures(members=members)

    assert found.is_shown is shown
    assert shown or (found.shares, found.income_per_member) == ({}, None)


def test_income_needs_the_cost_of_every_sale():
    assert figures([*SALES, Sale(8, "OUTSIDE", Decimal("0.5"))]).income_per_member is None
    assert figures([*SALES, Sale(8, "OUTSIDE", Decimal("0.5"), 10)]).income_per_member == Fraction("2989990.5") / 21


def test_nothing_sold_has_no_shares_and_no_income():
    found = figures([Sale(month, "VILLAGER", 0) for month in (7, 8, 9)])

    assert (found.per_member, found.shares, found.income_per_member) == (0, {}, None)


@pytest.mark.parametrize(
    ("sales", "months"),
    [([Sale(6, "VILLAGER", 1)], (7,)), ([Sale(7, "VILLAGER", -1)], (7,)), ([Sale(7, "VILLAGER", 1, -1)], (7,)),
     ([], ()), ([], (7, 7))],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(sales, months):
    with pytest.raises(ValueError):
        figures(sales, months)


def test_groups_count_by_their_members_and_written_months():
    """7 members with 3 months beside 10 members with 2: 3,730,000 and 1,000,000 over 21 + 20 member months."""
    second = figures([Sale(7, "VILLAGER", 600_000, 100_000), Sale(8, "VILLAGER", 400_000, 0)], members=10)

    assert mean_of_groups([figures(), second]) == (Fraction(4_730_000, 41), Fraction(2_990_000 + 900_000, 41))
    assert mean_of_groups([figures(), second, figures(members=4)]) == mean_of_groups([figures(), second])


def test_one_group_without_costs_leaves_the_village_without_income():
    without = figures([Sale(7, "VILLAGER", 600_000), Sale(8, "VILLAGER", 400_000, 0)])

    assert mean_of_groups([figures(), without]) == (Fraction(4_730_000, 35), None)
    assert mean_of_groups([figures(members=4)]) == mean_of_groups([]) == (None, None)
