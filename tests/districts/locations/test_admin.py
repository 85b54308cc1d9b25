"""What a decree will open and close, written in the back office while it is a draft."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from districts.locations.models import DecreeItem
from tests.districts.test_admin import filled, page_of
from tests.factories import (
    CompetencyDeterminationFactory,
    DecreeFactory,
    DecreeItemFactory,
    TargetLocationFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft():
    return DecreeFactory(draft=True, about="Lokasi sasaran 2019")


@pytest.fixture
def coordinator(client_as):
    return client_as("coordinator")


def row(number=0, **cells):
    return {f"items-{number}-{name}": value for name, value in cells.items()}


def save(client, decree, **cells):
    return client.post(page_of(decree), filled(client.get(page_of(decree)), **cells))


def test_coordinator_writes_what_the_decree_opens_and_closes(coordinator, draft):
    village, location = VillageFactory(), TargetLocationFactory()
    determination = CompetencyDeterminationFactory(status="DECIDED", decree=None)

    for cells in (
        {"action": "OPEN", "village": village.pk, "is_sample": "on"},
        {"action": "OPEN", "determination": determination.pk},
        {"action": "CLOSE", "target_location": location.pk},
        {"action": "CLOSE", "core_competency": location.core_competency_id},
    ):
        answer = save(coordinator, draft, **row(draft.items.count(), **cells))
        assert answer.status_code == 302, answer.context["problems"]

    found = set(draft.items.values_list("action", "village", "determination", "target_location", "core_competency"))
    assert found == {
        ("OPEN", village.pk, None, None, None),
        ("OPEN", None, determination.pk, None, None),
        ("CLOSE", None, None, location.pk, None),
        ("CLOSE", None, None, None, location.core_competency_id),
    }
    assert [item.is_sample for item in draft.items.all()] == [True, False, False, False]
    assert "isi keputusan" in coordinator.get(page_of(draft)).content.decode().lower()


def test_row_is_mended_and_removed_and_the_history_knows(coordinator, draft):
    item, other = DecreeItemFactory(decree=draft), VillageFactory()

    save(coordinator, draft, **row(village=other.pk))
    item.refresh_from_db()
    assert item.village == other

    save(coordinator, draft, **row(DELETE="on"))
    assert not draft.items.exists()
    assert list(DecreeItem.history.order_by("history_id").values_list("history_type", flat=True)) == ["+", "~", "-"]


WRONG = {
    "two things": ({"action": "OPEN", "village": "V", "determination": "D"}, "tepat satu hal"),
    "nothing": ({"action": "OPEN", "is_sample": "on"}, "tepat satu hal"),
    "a village cannot be closed": ({"action": "CLOSE", "village": "V"}, "hanya dapat ditetapkan"),
    "a location cannot be opened": ({"action": "OPEN", "target_location": "L"}, "hanya dapat diakhiri"),
    "no action": ({"village": "V"}, 'class="errorlist"'),
    "no such village": ({"action": "OPEN", "village": "99999999"}, "tidak ada"),
    "no number": ({"action": "OPEN", "village": "x\x00"}, ""),
}


@pytest.mark.parametrize("label", WRONG)
def test_wrong_row_is_refused_with_a_sentence_and_what_was_typed_stays(coordinator, draft, label):
    cells, sentence = WRONG[label]
    things = {
        "V": VillageFactory().pk,
        "L": TargetLocationFactory().pk,
        "D": CompetencyDeterminationFactory(status="DECIDED", decree=None).pk,
    }

    answer = save(coordinator, draft, about="Judul baru", **row(**{k: things.get(v, v) for k, v in cells.items()}))

    assert answer.status_code == 200 and sentence in answer.content.decode()
    assert 'value="Judul baru"' in answer.content.decode()
    assert not DecreeItem.objects.exists()


def two_rows(draft, kind):
    """Two rows of a draft that end, or fix, one thing each."""
    if kind == "determination":
        records = [CompetencyDeterminationFactory(status="DECIDED", decree=None) for _ in range(2)]
        cells = {"action": "OPEN"}
    else:
        records = [TargetLocationFactory() for _ in range(2)]
        records = [row.core_competency for row in records] if kind == "core_competency" else records
        cells = {"action": "CLOSE"}
    for record in records:
        DecreeItemFactory(decree=draft, village=None, **cells, **{kind: record})
    return records


@pytest.mark.parametrize("kind", ["determination", "core_competency", "target_location"])
def test_records_that_change_places_are_a_sentence_and_what_was_typed_stays(coordinator, draft, kind):
    first, second = two_rows(draft, kind)
    swapped = row(0, **{kind: second.pk}) | row(1, **{kind: first.pk})

    answer = save(coordinator, draft, about="Judul baru", **swapped)

    page = answer.content.decode()
    assert answer.status_code == 200 and "Masih ada pada baris 2" in page
    assert 'value="Judul baru"' in page
    shown = [form[kind].value() for form in answer.context["inline_admin_formsets"][0].formset.forms[:2]]
    assert [str(value) for value in shown] == [str(second.pk), str(first.pk)]
    assert list(draft.items.order_by("pk").values_list(kind, flat=True)) == [first.pk, second.pk]


def test_record_of_a_row_that_is_removed_below_is_a_sentence_too(coordinator, draft):
    _first, second = two_rows(draft, "determination")

    answer = save(coordinator, draft, **row(0, determination=second.pk), **row(1, DELETE="on"))

    assert answer.status_code == 200 and "Masih ada pada baris 2" in answer.content.decode()
    assert draft.items.count() == 2


def test_record_of_a_row_that_is_removed_above_is_free(coordinator, draft):
    first, _second = two_rows(draft, "determination")

    answer = save(coordinator, draft, **row(0, DELETE="on"), **row(1, determination=first.pk))

    assert answer.status_code == 302
    assert list(draft.items.values_list("determination", flat=True)) == [first.pk]


def test_what_has_ended_or_is_set_already_is_no_choice(coordinator, draft):
    ended = TargetLocationFactory(valid_until=date(2019, 1, 31), closed_by=DecreeFactory())
    enacted = CompetencyDeterminationFactory(status="ENACTED", decree=DecreeFactory())

    for cells in ({"action": "CLOSE", "target_location": ended.pk}, {"action": "OPEN", "determination": enacted.pk}):
        assert save(coordinator, draft, **row(**cells)).status_code == 200
    assert not DecreeItem.objects.exists()


@pytest.mark.parametrize("status", ["IN_FORCE", "REVOKED"])
def test_items_of_a_decree_in_force_are_read_only(coordinator, draft, status):
    decree = DecreeFactory(status=status)
    item = DecreeItemFactory(decree=decree, village__name="Ensaid Panjang")
    forged = filled(coordinator.get(page_of(draft)), **row(id=item.pk, decree=decree.pk, DELETE="on"))

    page = coordinator.get(page_of(decree))

    assert "Ensaid Panjang" in page.content.decode() and 'name="items-0-village"' not in page.content.decode()
    assert coordinator.post(page_of(decree), forged | {"items-INITIAL_FORMS": 1}).status_code == 403
    assert decree.items.get() == item


def test_auditor_reads_the_items_of_a_draft(client_as, draft):
    DecreeItemFactory(decree=draft, village__name="Ensaid Panjang")

    page = client_as("auditor").get(page_of(draft)).content.decode()

    assert "Ensaid Panjang" in page and 'name="items-0-village"' not in page


@pytest.mark.parametrize("status", ["DRAFT", "IN_FORCE"])
def test_page_costs_the_same_for_one_item_and_three(coordinator, status):
    coordinator.get(page_of(DecreeFactory()))  # content types are read once a process
    counts = []
    for number in (1, 3):
        decree = DecreeFactory(draft=True) if status == "DRAFT" else DecreeFactory()
        for _item in range(number):
            DecreeItemFactory(decree=decree)
            location = TargetLocationFactory()
            DecreeItemFactory(decree=decree, action="CLOSE", village=None, target_location=location)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            coordinator.get(page_of(decree))
        counts.append(len(seen))

    assert counts[0] == counts[1]
