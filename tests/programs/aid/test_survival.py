"""Stored packages and checks as the life table reads them; every quantity differs, so that no weight hides another."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from p2emas.methods.survival import Package, life_table
from programs.aid.due import CHECK_MONTHS, month_later
from programs.aid.models import AidPackage
from programs.aid.survival import ItemSurvival, band_words, by_item, counts_left, interval_words, share_words
from programs.aid.survival_page import item_blocks, public_aid
from tests.factories import AidCheckFactory, AidPackageFactory, CommunityGroupFactory, PlanLineFactory

pytestmark = pytest.mark.django_db
ON = date(2019, 10, 8)
GIVEN = date(2018, 5, 14)  # month 12 was due on 14 May 2019, month 24 will be on 14 May 2020
LOST = "lost"


def given(quantity, *counts, on=GIVEN, **fields) -> AidPackage:
    fields = {"item": "Kambing", "unit": "ekor"} | fields
    package = AidPackageFactory(quantity=quantity, handed_on=on, **fields)
    for month, count in zip(CHECK_MONTHS, counts, strict=False):
        if count is not None:
            left, note = (None, "Kandang kosong") if count == LOST else (count, "")
            AidCheckFactory(package=package, month=month, left=left, note=note, checked_on=month_later(on, month))
    return package


def read() -> list[AidPackage]:
    return list(AidPackage.objects.for_table().with_checks().order_by("pk"))


def one_item() -> ItemSurvival:
    """All that was given of it, by every agency."""
    return by_item(read(), ON)[0]


def test_shares_are_weighted_by_quantity_step_by_step():
    """By hand: month 6 has 11+8+7 of 12+8+10; month 12 has 8+7 of the 11+8 that were counted before, one is lost."""
    given(12, 11, 8)
    given(8, 8, 7)
    given(10, 7, LOST)

    six, twelve, two_years = one_item().table

    assert six.share == pytest.approx(26 / 30)
    assert twelve.share == pytest.approx(26 / 30 * 15 / 19)
    assert (six.packages, six.lost, twelve.packages, twelve.counted, twelve.lost) == (3, 0, 3, 2, 1)
    # the lost one has 0 to 7 left: 15 to 22 of the 26 at month 6
    assert (twelve.worst, twelve.best) == (pytest.approx(15 / 30), pytest.approx(22 / 30))
    assert (two_years.packages, two_years.share) == (0, None)


def test_each_count_stays_with_its_package_and_its_month():
    """A check of another package, or one written down before an earlier one, changes no other row."""
    late = given(40, None, 20)
    AidCheckFactory(package=late, month=6, left=30, checked_on=date(2018, 11, 20))
    early = given(5, 5, 1)

    assert {p.pk: counts_left(p, ON) for p in read()} == {late.pk: (30, 20), early.pk: (5, 1)}
    assert one_item().table[1].share == pytest.approx(35 / 45 * 21 / 35)


def test_a_check_that_is_not_due_yet_says_nothing_and_one_that_nobody_made_is_lost():
    not_due = given(9, on=date(2019, 5, 1))  # month 6 on 1 November
    in_its_time = given(7, on=date(2019, 3, 12))  # month 6 on 12 September, less than 30 days ago
    missed = given(4, on=date(2019, 2, 1))  # month 6 on 1 August
    skipped = given(3, None, 2)  # nobody came at month 6

    counts = {p.pk: counts_left(p, ON) for p in read()}

    assert counts == {not_due.pk: (), in_its_time.pk: (), missed.pk: (None,), skipped.pk: (None, 2)}


def test_items_of_one_package_each_are_kaplan_and_meiers():
    """Of 6 looms 1 is lost to sight after month 6, 2 are given later; S(6) = 5/6, S(12) = 5/6 x 2/3."""
    for counts in ((1, 1), (1, 1), (1, 0), (0, 0)):
        given(1, *counts)
    for _later in range(2):
        given(1, 1, on=date(2019, 1, 2))

    six, twelve, _later = one_item().table

    assert (six.share, twelve.share) == (pytest.approx(5 / 6), pytest.approx(5 / 6 * 2 / 3))


def test_the_interval_begins_with_five_packages_and_is_that_of_the_method():
    rows = [(12, 11, 8), (8, 8, 7), (10, 7, 4), (6, 6, 6)]
    for quantity, *counts in rows:
        given(quantity, *counts)
    assert interval_words(one_item().newest) == "belum dapat dikatakan"
    given(15, 12, 9)

    newest = one_item().newest
    expected = life_table(CHECK_MONTHS, [Package(q, c) for q, *c in [*rows, (15, 12, 9)]])[1]

    assert newest is not None and (newest.low, newest.high) == (expected.low, expected.high)
    assert newest.share == pytest.approx(float(Fraction(34, 51)))
    assert (share_words(newest), band_words(newest)) == ("67%", "")


def test_items_are_one_whatever_their_capitals_and_apart_by_agency_and_unit():
    first = given(12, 11, 8)
    given(8, 8, 7, item=" kambing", plan_line=first.plan_line)
    other = given(10, 7, 4, item="KAMBING")
    given(3, 3, 3, unit="pasang")

    rows = [(f.unit, f.agency and f.agency.pk, f.quantity) for f in by_item(read(), ON)]

    whose, others = first.agency, other.agency
    by_name = sorted([(whose, Decimal(20)), (others, Decimal(10))], key=lambda row: (row[0].short_name, row[0].pk))
    single = [row for row in rows if row[0] == "pasang"]
    assert rows == [("ekor", None, Decimal(30)), *(("ekor", a.pk, q) for a, q in by_name), *single]


def test_words_say_what_was_counted_before_any_figure_that_is_computed():
    given(12, 11, 8)
    assert one_item().words == "8 dari 12 ekor kambing masih hidup atau dipakai pada bulan ke-12"
    given(10, 7, LOST)
    assert one_item().words.endswith("pada bulan ke-12, dihitung pada 1 dari 2 paket")


def test_a_package_that_contradicts_itself_is_left_out_and_counted():
    given(12, 6, 8)
    given(10, 7, 4)

    found = one_item()

    assert (found.left_out, found.table[1].share) == (1, pytest.approx(0.4))


def test_what_is_used_up_or_not_given_is_in_no_table():
    given(12, 11, 8)
    AidPackageFactory(item="Pakan", consumable=True, handed_on=GIVEN)
    AidPackageFactory(item="Rencana")

    assert [block.item for block in item_blocks(AidPackage.objects.all(), ON)] == ["Kambing"]


def test_the_public_reads_item_quantity_and_share_and_no_more():
    group = CommunityGroupFactory(name="Kelompok Rahasia")
    line = PlanLineFactory()
    given(12, 11, 8, group=group, plan_line=line)
    given(10, 7, LOST, group=group, plan_line=line, item="Sapi", handover_no="520/RAHASIA")
    given(4, group=group, plan_line=line, item="Pakan", consumable=True)
    AidPackageFactory(group=group, item="Belum diserahkan")

    found = public_aid(group.village, ON)

    assert [(each.item, each.quantity, each.words) for each in found] == [
        ("Kambing", "12 ekor", "67% masih hidup atau dipakai pada bulan ke-12"),
        ("Sapi", "10 ekor", "0–70% pada bulan ke-12; sebagian tidak ditemukan"),
        ("Pakan", "4 ekor", "habis karena dipakai"),
    ]


def test_a_public_page_counts_the_items_that_it_does_not_name(client):
    group, line = CommunityGroupFactory(), PlanLineFactory()
    for number in range(23):
        given(number + 1, group=group, plan_line=line, item=f"Barang {number:02}")

    page = client.get(group.village.get_absolute_url()).content.decode()

    assert page.count("<dt>Barang ") == 20 and "dan 3 barang lainnya." in page
