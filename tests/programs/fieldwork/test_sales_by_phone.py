"""What a phone sends for the notebook of a group: taken once, refused in a sentence, the same in a copy."""

import random
import uuid
from datetime import date

import pytest
from django.urls import reverse

from p2emas.accounts.roles import Role
from p2emas.documents.models import Receipt
from programs.fieldwork.offline import MOST_GROUPS
from programs.models import SalesEntry
from tests.facilitator_factories import PlacementFactory, SalesEntryFactory
from tests.factories import AssignmentFactory, CommunityGroupFactory, UserFactory
from tests.people import lead_agency, sign_in
from tests.programs.fieldwork.test_copies import send, zipped

pytestmark = pytest.mark.django_db
URL = "/lapangan/kirim/"


@pytest.fixture
def placement():
    user = UserFactory()
    held = AssignmentFactory(user=user, agency=lead_agency(), role=Role.FACILITATOR, valid_until=date(2019, 12, 31))
    return PlacementFactory(facilitator__user=user, assignment=held)


@pytest.fixture
def group(placement):
    return CommunityGroupFactory(village=placement.target_location.village)


@pytest.fixture
def facilitator(client, placement):
    sign_in(client, placement.facilitator.user)
    return client


def sale(group, **fields) -> dict[str, str]:
    said = {"what": "satu", "day": "2019-09-12", "item": "Kain tenun", "quantity": "4", "unit": "lembar", "cost": ""}
    said |= {"price": "450.000", "buyer": "OUTSIDE", "group": str(group.pk), "token": str(uuid.uuid4()), "photos": "[]"}
    return said | {"isi": "penjualan"} | fields


def test_a_sale_is_taken_once_and_answered_alike(facilitator, group):
    data = sale(group)

    first, again, changed = (facilitator.post(URL, data | more) for more in ({}, {}, {"quantity": "9"}))

    assert first.json() == again.json() == changed.json()
    entry = SalesEntry.objects.get()
    assert (entry.quantity, entry.sold_on, entry.price) == (4, date(2019, 9, 12), 450_000)
    said = first.json()
    assert (said["state"], said["missing"], said["number"]) == ("SENT", [], entry.number)
    assert said["receipt"] == Receipt.objects.get().shown_code
    assert facilitator.get(said["url"]).status_code == 200


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"quantity": "0"}, "0 hanya untuk sebulan tanpa penjualan"),
        ({"day": "2012-09-12"}, "Anda tidak bertugas di desa ini"),
        ({"day": "2019-10-09"}, "8 Oktober 2019"),
        ({"group": "x"}, "Kelompok ini tidak ada di desa Anda"),
        ({"group": "9" * 30}, "Kelompok ini tidak ada di desa Anda"),
        ({"token": "x"}, ""),
        ({"price": "12.50"}, "12.50"),
    ],
)
def test_what_cannot_be_taken_goes_back_with_a_sentence(facilitator, group, fields, words):
    answer = facilitator.post(URL, sale(group) | fields)

    assert answer.status_code == 422 and words in answer.json()["error"] and not SalesEntry.objects.exists()


def test_groups_and_tokens_of_others_are_refused(facilitator, group, client_as):
    other, there = CommunityGroupFactory(), SalesEntryFactory(group=group)

    assert facilitator.post(URL, sale(other)).status_code == 422
    assert facilitator.post(URL, sale(group, token=str(there.client_token))).status_code == 422
    assert client_as("agency_operator").post(URL, sale(group)).status_code == 403
    assert SalesEntry.objects.count() == 1


@pytest.mark.parametrize("seed", range(10))
def test_lost_requests_and_answers_double_nothing_and_lose_nothing(facilitator, group, seed):
    """The rules of static/js/antrean.js: sent again until an answer carries a receipt."""
    chance = random.Random(seed)
    waiting = [sale(group, item=f"Kain {number}") for number in range(4)]

    while waiting:
        lost = chance.random()
        if lost < 0.3:
            continue
        said = facilitator.post(URL, waiting[0]).json()
        if lost > 0.6 and said["receipt"]:
            waiting.pop(0)

    assert sorted(SalesEntry.objects.values_list("item", flat=True)) == [f"Kain {number}" for number in range(4)]
    assert Receipt.objects.count() == 4


def test_the_copy_of_a_phone_gives_the_same_line_and_receipt(facilitator, placement, group):
    data = sale(group)
    fields = [[name, value] for name, value in data.items() if name not in ("token", "photos")]
    refused = {"token": str(uuid.uuid4()), "fields": [["isi", "penjualan"], ["day", "2019-09-01"]], "photos": []}
    copy = zipped(placement.facilitator.user, [{"token": data["token"], "fields": fields, "photos": []}, refused])

    pages = [send(facilitator, copy).content.decode() for _ in range(2)]

    entry = SalesEntry.objects.get()
    assert all(entry.number in page and "Isian 2019-09-01 belum diterima" in page for page in pages)
    assert facilitator.post(URL, data).json()["receipt"] == Receipt.objects.get().shown_code


def test_the_phone_keeps_a_bounded_list_of_groups(facilitator, placement, group):
    for number in range(MOST_GROUPS + 5):
        CommunityGroupFactory(village=placement.target_location.village, name=f"Kelompok {number} {'x' * 60}")

    found = facilitator.get(reverse("fieldwork:field-data"))

    (village,) = found.json()["villages"]
    assert len(village["groups"]) == MOST_GROUPS and len(found.content) <= 15 * 1024
