"""The sales notebook of a group: written once, struck out, and what twelve months of it say."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from p2emas.accounts.roles import Role
from p2emas.documents.models import Receipt
from programs.evaluation.other_rooms import months_sold_outside
from programs.fieldwork.notebook.page import last_months, sales_of
from programs.fieldwork.notebook.services import SaleRefused, receive_sale
from programs.models import SalesEntry
from tests.facilitator_factories import PlacementFactory, SalesEntryFactory
from tests.factories import AssignmentFactory, CommunityGroupFactory, UserFactory
from tests.people import lead_agency, sign_in

pytestmark = pytest.mark.django_db
TODAY = date(2019, 10, 8)
SALE = {
    "what": "satu",
    "day": "12-09-2019",
    "item": "Kain tenun",
    "quantity": "4",
    "unit": "lembar",
    "price": "450.000",
    "buyer": "OUTSIDE",
    "cost": "",
}


@pytest.fixture
def placement():
    user = UserFactory()
    held = AssignmentFactory(user=user, agency=lead_agency(), role=Role.FACILITATOR, valid_until=date(2019, 12, 31))
    return PlacementFactory(facilitator__user=user, assignment=held)


@pytest.fixture
def group(placement):
    return CommunityGroupFactory(village=placement.target_location.village, members_m=3, members_f=4)


@pytest.fixture
def facilitator(client, placement):
    sign_in(client, placement.facilitator.user)
    return client


def test_a_sale_is_written_once_with_its_receipt_and_struck_out(facilitator, group):
    page = reverse("fieldwork:sale-create", args=[group.pk])
    token = facilitator.get(page).context["form"].initial["token"]

    first, again = (facilitator.post(page, SALE | {"token": token}, follow=True) for _ in range(2))

    entry = SalesEntry.objects.get()
    assert (entry.amount, entry.month, entry.sold_on, entry.cost) == (
        1_800_000,
        date(2019, 9, 1),
        date(2019, 9, 12),
        None,
    )
    receipt = Receipt.objects.get()
    assert receipt.shown_code in first.content.decode() and receipt.shown_code in again.content.decode()
    assert facilitator.get(page).context["form"].initial["item"] == "Kain tenun"

    strike = reverse("fieldwork:sale-strike", args=[entry.pk])
    assert [facilitator.post(strike).url for _ in range(2)] == [page, page]
    assert not SalesEntry.objects.counted().exists()


def test_a_month_is_summed_up_or_said_to_be_empty_and_the_page_shows_this_month(facilitator, group):
    page = reverse("fieldwork:sale-create", args=[group.pk])
    whole = SALE | {"what": "sebulan", "day": "1-10-2019", "quantity": "7", "cost": "900.000"}

    facilitator.post(page, whole | {"token": uuid.uuid4()})
    facilitator.post(page, whole | {"token": uuid.uuid4(), "quantity": "0", "price": "0", "buyer": "VILLAGER"})

    shown = facilitator.get(page)
    assert [(each.sold_on, each.month) for each in SalesEntry.objects.all()] == [(None, date(2019, 10, 1))] * 2
    assert [(each.quantity, each.amount) for each in shown.context["shown"].sums] == [(7, 3_150_000)]
    assert "Oktober 2019 sejauh ini" in shown.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"quantity": "0"}, "0 hanya untuk sebulan tanpa penjualan"),
        ({"day": "9-10-2019"}, "2019"),
        ({"price": "12.50"}, "Galat:"),
        ({"buyer": "x"}, "Galat:"),
        ({"day": "12-12-2012"}, "Anda tidak bertugas di desa ini"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(facilitator, group, typed, words):
    page = reverse("fieldwork:sale-create", args=[group.pk])

    answer = facilitator.post(page, SALE | {"token": uuid.uuid4()} | typed)

    assert answer.status_code == 200 and words in answer.content.decode() and not SalesEntry.objects.exists()


def test_groups_of_other_villages_and_lines_of_others_do_not_exist(facilitator, group, client_as):
    other, foreign = CommunityGroupFactory(), SalesEntryFactory(group=group)

    assert facilitator.get(reverse("fieldwork:sale-create", args=[other.pk])).status_code == 404
    assert facilitator.post(reverse("fieldwork:sale-strike", args=[foreign.pk])).status_code == 404
    assert list(facilitator.get(reverse("fieldwork:sale-list")).context["page"].rows) == [group]
    assert client_as("coordinator").get(reverse("fieldwork:sale-list")).status_code == 403


def test_a_token_of_somebody_else_and_a_day_without_a_placement_are_refused(placement, group):
    values = {"item": "Kain", "quantity": 1, "unit": "lembar", "price": 1, "buyer": "VILLAGER", "cost": None}
    there = SalesEntryFactory(group=group)
    by = placement.facilitator.user

    for token, day in ((there.client_token, TODAY), (uuid.uuid4(), date(2012, 1, 1))):
        with pytest.raises(SaleRefused):
            receive_sale(by=by, token=token, group=group, day=day, values=values | {"sold_on": None})


@pytest.mark.parametrize(
    "fields",
    [{"quantity": 0}, {"quantity": -1, "sold_on": None}, {"price": -1}, {"cost": -1}, {"month": date(2019, 9, 2)}],
)
def test_rows_that_make_no_sense_are_refused_by_the_database(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        SalesEntryFactory(**fields)


def written(group, months, **fields) -> None:
    for number in months:
        month = date(2018 + (number > 0), number if number > 0 else number + 12, 1)
        SalesEntryFactory(group=group, month=month, sold_on=None, **fields)


def test_twelve_months_of_a_village_by_group(group, client_as, django_assert_num_queries):
    """July to September each 4 x 450,000 outside, and 3 x 410,000 to a collector in August; four more months empty."""
    written(group, (7, 8, 9), cost=320_000)
    written(group, (8,), quantity=3, price=410_000, buyer="COLLECTOR", cost=290_000)
    written(group, (3, 4, 5, 6), quantity=0, buyer="VILLAGER")
    written(group, (9,), struck_at="2019-10-01T00:00Z", quantity=99)
    small = CommunityGroupFactory(village=group.village, members_m=2, members_f=2)
    written(small, range(1, 10))

    with django_assert_num_queries(2):
        rows = {row.group: row for row in sales_of([group.village.pk], last_months(TODAY))[group.village.pk]}

    found = rows[group]
    assert (found.figures.months, found.figures.written, found.figures.total) == (12, 7, 6_630_000)
    assert round(found.figures.per_member) == 135_306  # 7 members, 7 months
    assert round(found.figures.income_per_member) == 109_796  # less 1,250,000
    assert [(word, round(float(share), 1)) for word, share in found.shares] == [
        ("Pengepul", 18.6),
        ("Luar desa, langsung", 81.4),
    ]
    assert not rows[small].figures.is_shown and "kurang dari 5 orang" in rows[small].why_not
    page = client_as("leader").get(reverse("fieldwork:village-sales", args=[group.village.slug])).content.decode()
    assert "135.306" in page and "7 dari 12" in page and "1.800.000" not in page
    assert "Oktober 2018 s.d. September 2019" in page and "1 dari 2 kelompok" in page


def test_a_quarter_of_the_notebook_has_an_address_of_its_own(group, client_as):
    written(group, (6, 7, 8))
    url = reverse("fieldwork:village-sales", args=[group.village.slug])

    page = client_as("leader").get(url, {"tahun": "2019", "triwulan": "3"}).content.decode()

    assert "Juli 2019 s.d. September 2019" in page and "2 dari 3" in page
    for wrong in ({"tahun": "2019"}, {"tahun": "x", "triwulan": "3"}, {"tahun": "2019", "triwulan": "5"}):
        assert "Oktober 2018 s.d. September 2019" in client_as("leader").get(url, wrong).content.decode()


def test_months_sold_outside_are_those_of_the_readiness_criterion(group):
    assert months_sold_outside(group.village, TODAY) is None
    written(group, (9, -2))  # September 2019 and October 2018
    written(group, (8,), buyer="GOVERNMENT")
    written(group, (7,), buyer="COLLECTOR")
    written(group, (6,), quantity=0)
    written(group, (10, -3))  # this month, and the one before the twelve

    assert months_sold_outside(group.village, TODAY) == [True, *[None] * 7, False, False, True, True]
