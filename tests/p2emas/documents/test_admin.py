"""Decrees in the back office: written while Konsep, never edited afterwards; scans follow the decree's scope."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from p2emas.models import Decree, DecreeFile
from tests.districts.test_admin import filled, list_of, page_of
from tests.factories import DecreeFactory

from . import corpus

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def draft():
    return DecreeFactory(draft=True, about="Lokasi sasaran 2019")


def with_file(page, upload, **changes):
    return filled(
        page, **{"files-TOTAL_FORMS": 1, "files-0-upload": upload, "files-0-caption": "Bertanda tangan"} | changes
    )


def upload(name="sk.pdf", content=None):
    return SimpleUploadedFile(name, content or corpus.pdf())


def test_coordinator_writes_a_decree(client_as):
    client = client_as("coordinator")
    page = client.get(reverse("admin:p2emas_decree_add"))

    saved = client.post(
        reverse("admin:p2emas_decree_add"), filled(page, about="Kompetensi inti 2020", status="IN_FORCE")
    )

    decree = Decree.objects.get()
    assert saved.status_code == 302
    assert (decree.about, decree.status, decree.created_by) == ("Kompetensi inti 2020", "DRAFT", client.user)


def test_heading_of_the_scan_is_a_word_of_ours(client_as, draft):
    text = client_as("coordinator").get(page_of(draft)).content.decode()

    assert "Berkas" in text and "Upload" not in text


def test_draft_is_edited_and_its_status_is_not(client_as, draft):
    client = client_as("coordinator")
    page = client.get(page_of(draft))

    saved = client.post(page_of(draft), filled(page, about="Lokasi sasaran 2020", status="REVOKED"))

    draft.refresh_from_db()
    assert (saved.status_code, draft.about, draft.status) == (302, "Lokasi sasaran 2020", "DRAFT")


@pytest.mark.parametrize("status", ["IN_FORCE", "REVOKED"])
@pytest.mark.parametrize("who", ["coordinator", "coordinator_head", "admin"])
def test_decree_in_force_is_read_only(client_as, draft, who, status):
    decree = DecreeFactory(status=status, about="Semula")
    client = client_as(who)
    data = filled(client.get(page_of(draft)), about="Ubahan")

    assert client.get(page_of(decree)).context["has_change_permission"] is False
    assert client.post(page_of(decree), data).status_code == 403
    assert client.post(page_of(decree), {**data, "files-TOTAL_FORMS": 1, "files-0-upload": upload()}).status_code == 403
    decree.refresh_from_db()
    assert (decree.about, DecreeFile.objects.count()) == ("Semula", 0)


def test_scan_is_kept_and_removed_with_the_draft(client_as, draft):
    client = client_as("coordinator")
    page = client.get(page_of(draft))

    saved = client.post(page_of(draft), with_file(page, upload()))

    stored = DecreeFile.objects.get()
    assert saved.status_code == 302
    assert (stored.decree, stored.caption, stored.original_name, stored.uploaded_by) == (
        draft,
        "Bertanda tangan",
        "sk.pdf",
        client.user,
    )
    again = client.get(page_of(draft))
    assert stored.get_absolute_url() in again.content.decode()
    client.post(page_of(draft), filled(again, **{"files-0-DELETE": "on"}))
    assert not DecreeFile.objects.exists()


@pytest.mark.parametrize(("name", "content", "piece"), [
    ("sk.pdf", b"<html>", "bukan jenis yang diterima"),
    ("data.xlsx", corpus.office(), "tidak diterima di sini"),
    ("sk.pdf", corpus.locked_pdf(user="rahasia"), "berkata sandi"),
])  # fmt: skip
def test_nasty_scan_is_refused_beside_its_field(client_as, draft, media, name, content, piece):
    client = client_as("coordinator")

    answer = client.post(page_of(draft), with_file(client.get(page_of(draft)), upload(name, content)))

    assert answer.status_code == 200 and piece in answer.content.decode()
    assert (DecreeFile.objects.count(), list(media.rglob("*"))) == (0, [])


def test_scan_beyond_the_limit_is_told(client_as, draft, settings):
    settings.UPLOAD_MAX_FILES = 0
    client = client_as("coordinator")

    answer = client.post(page_of(draft), with_file(client.get(page_of(draft)), upload()), follow=True)

    assert "Sudah ada 0 berkas" in answer.content.decode() and not DecreeFile.objects.exists()


def test_caption_without_a_file_asks_for_it(client_as, draft):
    client = client_as("coordinator")
    data = with_file(client.get(page_of(draft)), "")

    assert client.post(page_of(draft), data).status_code == 200
    assert not DecreeFile.objects.exists()


def test_auditor_reads_drafts_and_changes_nothing(client_as, draft):
    client = client_as("auditor")

    assert client.get(list_of(Decree)).status_code == 200
    assert client.post(page_of(draft), {"about": "Ubahan"}).status_code == 403


def test_scan_of_a_draft_is_closed_and_opens_with_the_decree(client, client_as, draft):
    editor = client_as("coordinator")
    editor.post(page_of(draft), with_file(editor.get(page_of(draft)), upload()))
    url = DecreeFile.objects.get().get_absolute_url()
    operator = client_as("agency_operator")

    assert (client.get(url).status_code, operator.get(url).status_code, editor.get(url).status_code) == (302, 404, 200)
    Decree.objects.filter(pk=draft.pk).update(
        status="IN_FORCE", number="1", dated="2019-01-01", valid_from="2019-01-01"
    )
    assert (client.get(url).status_code, operator.get(url).status_code) == (200, 200)
