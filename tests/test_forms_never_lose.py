"""Every form whose drafts are kept: what is typed is offered again, fills the form, and goes when it is dropped."""

import logging
import re
import uuid
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from p2emas.models import FormDraft
from p2emas.registry.contributions import drafted_forms
from tests import permission_table as table
from tests import worlds
from tests.addresses import address_of
from tests.filled import PageForm, own_form
from tests.programs.reporting.helpers import text_of
from tests.worlds import OURS

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
TYPED = "Ditulis dan belum disimpan"
SAVE = re.compile(r'data-draft="([^"]+)"')
CASES = {  # address: (form, who fills it, field)
    "reporting:report-figures": ("realisasi", "agency_operator", "nil_reason"),
    "reporting:report-obstacles": ("kendala", "agency_operator", "next_step"),
    "reporting:report-photos": ("foto", "agency_operator", "keterangan"),
    "obstacles:obstacle-raise": ("kendala-baru", "agency_operator", "cause"),
    "obstacles:obstacle-answer": ("jawaban-kendala", "agency_operator", "answer"),
    "planning:line-add": ("baris-rencana", "agency_operator", "new_name"),
    "planning:line-edit": ("baris-rencana", "agency_operator", "new_name"),
    "planning:indicator-edit": ("indikator-rencana", "agency_operator", "source"),
    "planning:plan-complete": ("lengkapi-rencana", "agency_operator", "amount"),
    "locations:visit-create": ("kunjungan", "coordinator", "findings"),
    "locations:visit-edit": ("kunjungan", "coordinator", "findings"),
    "competencies:discussion": ("pembahasan", "coordinator", "dissent"),
    "locations:round-choices": ("pilihan-lokasi", "coordinator", "discussion"),
    "recruitment:choices": ("pilihan-pelamar", "coordinator", "discussion"),
    "profiles:decree-text": ("naskah-keputusan", "coordinator", "considering"),
    "instruments:minutes-edit": ("berita-acara", "coordinator", "text"),
    "coordination:meeting-notes": ("catatan-rapat", "coordinator", "title"),
    "admin:p2emas_decree_add": ("keputusan-baru", "coordinator", "considering"),
    "admin:p2emas_decree_change": ("naskah-keputusan", "coordinator", "considering"),
}
# nobody can save them first, or whose saving ends the drafts of all
NEW_RECORDS = {
    *("planning:line-add", "locations:visit-create", "admin:p2emas_decree_add"),
    *("obstacles:obstacle-raise", "obstacles:obstacle-answer"),
}
# rows of a report that has indicators, boxes, numbers without any text: in the tests of their rooms
ELSEWHERE = {"indikator", "isi-keputusan", "bulanan", "rencana-bulanan", "lengkapi-rencana", "jawaban-rantai-nilai"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[worlds.World]:
    logging.disable(logging.CRITICAL)
    with worlds.standing(django_db_blocker) as standing:
        yield standing
    logging.disable(logging.NOTSET)


def drawn(client, address: str, **query: str) -> tuple[str, PageForm]:
    page = client.get(address, query)
    assert page.status_code == 200
    form = own_form(page.content.decode(), address)
    assert form is not None
    return text_of(page), form


def keep(client, address: str, form: PageForm, field: str) -> str:
    """What the page sends by itself after ``TYPED`` was written into ``field``; the key of the draft."""
    cache.clear()
    name = next(name for name in form.names if name == field or name.endswith(f"-{field}"))
    data: dict[str, list[str]] = {}
    for key, value in form.filled(**{name: TYPED}):
        data.setdefault(key, []).append(value)
    answer = client.post(SAVE.search(client.get(address).content.decode())[1], data)
    assert answer.status_code == 200, answer.content
    return data["isian"][0]


def test_every_drafted_form_is_walked_through():
    assert {form for form, _role, _field in CASES.values()} | ELSEWHERE == set(drafted_forms())


LEADS_TO = {"admin:p2emas_decree_change": "profiles:decree-text"}  # two pages of one form: its draft has one address


@pytest.mark.parametrize("name", CASES)
def test_typed_text_comes_back_and_is_dropped(world, name):
    _form, role, field = CASES[name]
    row = next(row for row in table.ROWS if row.name == name)
    client, address = world.client(role), address_of(world, row, OURS)
    before = FormDraft.objects.count()
    _text, form = drawn(client, address)

    key = keep(client, address, form, field)

    text, _form = drawn(client, address)
    assert TYPED in text
    filled = client.get(address, {"isian": key}).content.decode()
    assert TYPED in str(own_form(filled, address).fields)
    draft = FormDraft.objects.get(key=key)
    page = next(row for row in table.ROWS if row.name == LEADS_TO.get(name, name))
    assert draft.page_url == address_of(world, page, OURS)
    client.post(f"/isian/{draft.pk}/buang/", {"kembali": "1"})
    assert FormDraft.objects.count() == before
    assert TYPED not in drawn(client, address)[0]


@pytest.mark.parametrize("name", [name for name in CASES if name not in NEW_RECORDS])
def test_older_draft_meets_both_versions_before_it_fills_the_form(world, name):
    """The record was saved since the draft began: nothing is replaced unseen, and what was typed can still be saved."""
    _form, role, field = CASES[name]
    row = next(row for row in table.ROWS if row.name == name)
    client, address = world.client(role), address_of(world, row, OURS)
    _text, form = drawn(client, address)
    key = keep(client, address, form, field)
    draft = FormDraft.objects.get(key=key)
    FormDraft.objects.filter(pk=draft.pk).update(version=draft.version + 7)

    offered = text_of(client.get(address))
    page = client.get(address, {"isian": key})

    assert "Kedua versi ditampilkan lebih dahulu" in offered and TYPED in offered
    assert "Bandingkan kedua versi" in text_of(page) and TYPED in text_of(page)
    again = own_form(page.content.decode(), address)
    assert again is not None and TYPED in str(again.fields) and key in str(again.fields)
    client.post(f"/isian/{draft.pk}/buang/", {"kembali": "1"})


@pytest.mark.parametrize("name", CASES)
def test_wrong_form_that_was_sent_is_kept(world, name):
    """A post that cannot be saved is a draft too: a closed page loses nothing of it."""
    _form, role, field = CASES[name]
    row = next(row for row in table.ROWS if row.name == name)
    client, address = world.client(role), address_of(world, row, OURS)
    _text, form = drawn(client, address)
    typed = next(name for name in form.names if name == field or name.endswith(f"-{field}"))
    wrong = {key: "bukan angka" for key in form.names if key in WRONG or key.endswith(tuple(f"-{n}" for n in WRONG))}
    data: dict[str, list[str]] = {}
    for key, value in form.filled(**{**wrong, typed: TYPED}):
        data.setdefault(key, []).append(value)
    data["isian"] = [str(uuid.uuid4())]

    answer = client.post(address, data)

    assert answer.status_code in {200, 409}
    assert TYPED in str(FormDraft.objects.get(key=data["isian"][0]).fields)


@pytest.mark.parametrize("name", CASES)
def test_browser_gets_a_key_for_forms_without_people_only(world, name):
    form, role, _field = CASES[name]
    row = next(row for row in table.ROWS if row.name == name)

    page = world.client(role).get(address_of(world, row, OURS)).content.decode()

    assert ("data-copy-key=" in page) is not drafted_forms()[form].personal


WRONG = {
    "amount",
    "visited_on",
    "decided_on",
    "reserve_rank",
    "dated",
    "spent_to_date",
    "village",
    "bujur",
    "baseline_year",
}
