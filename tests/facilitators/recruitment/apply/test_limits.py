"""Limits of strangers: files and bytes of a draft, drafts and bytes of a network's day, and what is kept of a photo."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from facilitators.models import Application, ApplicationFile
from facilitators.recruitment.apply import space
from p2emas import clock
from tests import facilitator_factories as make
from tests.facilitator_factories import nik_of
from tests.facilitators.recruitment.applying import IDENTITY, address, begin, picture, send_page
from tests.p2emas.documents import corpus

pytestmark = [pytest.mark.django_db, pytest.mark.whole]


@pytest.fixture
def record():
    return make.RecruitmentRoundFactory(complete=True)


def add(client, record, *contents: bytes):
    name = f"paper{record.documents.order_by('pk')[0].pk}"
    files = [SimpleUploadedFile(f"{n}.jpg", content) for n, content in enumerate(contents)]
    return send_page(client, address(record, "berkas"), files={name: files}, button="upload")


def another(client, record, number: int) -> Application:
    client.cookies.clear()
    return begin(client, record, number)


COLOURS = [picture(colour) for colour in ("white", "red", "green", "blue")]


def test_draft_holds_so_many_files_and_the_same_one_is_no_other(client, record, settings):
    settings.DRAFT_MAX_FILES = record.documents.count() + 1
    draft = begin(client, record)

    answer = add(client, record, *COLOURS[: settings.DRAFT_MAX_FILES + 1])
    again = add(client, record, COLOURS[0])

    assert f"Sudah ada {settings.DRAFT_MAX_FILES} berkas" in answer.content.decode()
    assert draft.files.count() == settings.DRAFT_MAX_FILES and again.status_code == 302


def test_draft_holds_so_many_bytes(client, record, settings):
    draft = begin(client, record)
    add(client, record, COLOURS[0])
    settings.DRAFT_MAX_BYTES = sum(draft.files.values_list("size", flat=True)) + 10

    answer = add(client, record, COLOURS[1])

    assert "bersama-sama lebih dari" in answer.content.decode() and draft.files.count() == 1


def test_network_sends_so_many_bytes_a_day(client, record, settings):
    draft = begin(client, record)
    add(client, record, COLOURS[0])
    settings.DRAFT_BYTES_A_DAY = sum(draft.files.values_list("size", flat=True)) * 3 // 2

    answer = add(client, record, COLOURS[1])
    client.defaults["REMOTE_ADDR"] = "10.77.1.1"

    assert "dari jaringan ini hari ini" in answer.content.decode() and draft.files.count() == 1
    assert add(client, record, COLOURS[1]).status_code == 302


def test_network_begins_so_many_drafts_a_day(client, record, settings):
    settings.DRAFTS_A_DAY = 1
    begin(client, record)
    client.cookies.clear()
    url = address(record, "identitas")

    refused = send_page(client, url, **{"nik": nik_of(2), **IDENTITY})
    client.defaults["REMOTE_ADDR"] = "10.77.1.1"

    assert refused.status_code == 429 and Application.objects.count() == 1
    assert send_page(client, url, **{"nik": nik_of(2), **IDENTITY}).status_code == 302


def test_place_and_time_of_an_applicants_photo_are_not_kept(client, record):
    notes = corpus.exif(lat=(0, 4, 30.0), lng=(111, 30, 0.0), taken="2019:10:07 10:11:12")
    begin(client, record)

    add(client, record, corpus.image(exif=notes))

    assert ApplicationFile.objects.values_list("lat", "lng", "taken_at").get() == (None, None, None)


# --- Storage runs short ---------------------------------------------------------------------------------------------


def test_who_has_begun_continues_and_only_new_drafts_see_the_page(client, record, settings, monkeypatch):
    draft = begin(client, record)
    monkeypatch.setattr(space, "is_short", lambda: True)

    assert add(client, record, COLOURS[0]).status_code == 302 and draft.files.count() == 1
    assert client.get(address(record, "identitas")).status_code == 200
    client.cookies.clear()
    for answer in (client.get(address(record, "identitas")), client.post(address(record, "identitas"), IDENTITY)):
        assert (answer.status_code, answer["Retry-After"]) == (503, "3600")
        assert "Lamaran baru belum dapat dimulai" in answer.content.decode()


def test_forgotten_drafts_go_first_the_oldest_before_all(client, record, monkeypatch):
    old, older, named, young = (another(client, record, number) for number in range(1, 5))
    now = clock.now()
    for draft, hours in ((old, 5), (older, 9), (named, 20)):
        Application.objects.filter(pk=draft.pk).update(started_at=now - timedelta(hours=hours))
    Application.objects.filter(pk=named.pk).update(name="Pelamar Contoh")
    answers = iter([True, True, False, False])
    monkeypatch.setattr(space, "is_short", lambda: next(answers))
    client.cookies.clear()

    assert client.get(address(record, "identitas")).status_code == 200

    gone = set(Application.objects.exclude(erased_at=None).values_list("pk", flat=True))
    assert gone == {older.pk}
    assert {named.pk, young.pk, old.pk}.isdisjoint(gone)


def test_reserve_is_measured_where_files_lie(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGE_RESERVE_MB = 0
    assert not space.is_short()
    settings.STORAGE_RESERVE_MB = 10**9
    assert space.is_short()
    settings.MEDIA_ROOT = tmp_path / "nowhere"
    assert not space.is_short()
