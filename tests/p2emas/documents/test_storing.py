"""Rows and files together or not at all; limits for each record; one address that keeps to the owner's scope."""

import uuid
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from p2emas.documents.forms import PrivateFileForm
from p2emas.documents.integrity import orphan_names
from p2emas.documents.kinds import FileRefused
from p2emas.documents.serving import private_file_kinds
from p2emas.documents.storing import store_file
from programs.models import ProgressReport, ReportAttachment
from tests.factories import ProgressReportFactory, ReportLineFactory

from . import corpus

pytestmark = pytest.mark.django_db


def upload(name="foto.jpg", content=None):
    return SimpleUploadedFile(name, corpus.image() if content is None else content)


def on_disk() -> set[Path]:
    return {path for path in Path(project.MEDIA_ROOT).rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def report():
    return ProgressReportFactory(draft=True)


def store(report, user, content=None, name="foto.jpg", **fields):
    return store_file(ReportAttachment, owner=report, upload=upload(name, content), user=user, **fields)


# --- Storing --------------------------------------------------------------------------------------------------------


def test_stored_file_says_nothing_in_its_path(report, user_as):
    user = user_as("agency_operator", at=report.agency)

    stored = store(report, user, name="Rahasia Desa.jpg", caption="Foto", kind="PHOTO")

    assert len(on_disk()) == 2
    for place in (stored.file, stored.thumbnail):
        assert "Rahasia" not in place.name and len(place.name) == 35 and place.size > 0
    with stored.file.open("rb") as content:
        assert len(content.read()) == stored.size
    assert (stored.report, stored.uploaded_by, stored.original_name, stored.caption) == (
        report,
        user,
        "Rahasia Desa.jpg",
        "Foto",
    )


def test_refused_file_leaves_no_trace(report, user_as):
    for name, content in (("foto.jpg", b"teks"), ("foto.png", corpus.png_header_of(50_000, 50_000))):
        with pytest.raises(FileRefused):
            store(report, user_as("coordinator"), content, name)

    assert (ReportAttachment.objects.count(), on_disk()) == (0, set())


def test_second_click_keeps_one_row_and_one_file(report, user_as):
    user = user_as("coordinator")

    first, second = store(report, user, kind="PHOTO"), store(report, user, kind="PHOTO")

    assert first == second and ReportAttachment.objects.count() == 1 and len(on_disk()) == 2


def test_same_photo_for_another_line_or_report_is_another_file(report, user_as):
    user = user_as("coordinator")
    line = ReportLineFactory(report=report)

    store(report, user), store(report, user, line=line), store(ProgressReportFactory(), user)

    assert ReportAttachment.objects.count() == 3


def test_limit_counts_the_files_of_each_record(report, user_as, settings):
    settings.UPLOAD_MAX_FILES = 2
    user = user_as("coordinator")
    for size in ((5, 5), (6, 6)):
        store(report, user, corpus.image(size=size))
    before = on_disk()

    with pytest.raises(FileRefused, match="Sudah ada 2 berkas"):
        store(report, user, corpus.image(size=(7, 7)))

    assert on_disk() == before
    store(ProgressReportFactory(), user)  # another record has its own limit


@pytest.mark.django_db(transaction=True)
def test_files_of_a_transaction_that_fails_are_gone(user_as):
    report, user = ProgressReportFactory(), user_as("coordinator")

    with pytest.raises(RuntimeError), transaction.atomic():
        store(report, user)
        assert len(on_disk()) == 2
        raise RuntimeError

    assert (ReportAttachment.objects.count(), on_disk()) == (0, set())


@pytest.mark.django_db(transaction=True)
def test_files_of_a_savepoint_that_fails_are_gone_and_the_others_stay(user_as):
    report, user = ProgressReportFactory(), user_as("coordinator")

    with transaction.atomic():
        kept = store(report, user)
        with pytest.raises(RuntimeError), transaction.atomic():
            store(report, user, corpus.image(size=(9, 9)))
            raise RuntimeError

    assert ReportAttachment.objects.get() == kept
    assert on_disk() == {Path(kept.file.path), Path(kept.thumbnail.path)}


@pytest.mark.django_db(transaction=True)
def test_row_that_the_database_refuses_leaves_no_file(user_as):
    report, user = ProgressReportFactory(), user_as("coordinator")

    with pytest.raises(Exception):  # noqa: B017 - each engine has its own
        store(report, user, kind=None)

    assert on_disk() == set()


def test_disk_that_takes_nothing_is_a_sentence(report, user_as, monkeypatch):
    from django.core.files.storage import FileSystemStorage

    def full(self, name, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)

    with pytest.raises(FileRefused, match="tidak dapat disimpan"):
        store(report, user_as("coordinator"))

    assert ReportAttachment.objects.count() == 0


def test_disk_that_fills_while_a_file_is_written_keeps_no_half(report, user_as, monkeypatch):
    def half(self, chunk_size=None):
        yield self.read(100)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ContentFile, "chunks", half)

    with pytest.raises(FileRefused, match="tidak dapat disimpan"):
        store(report, user_as("coordinator"))

    assert on_disk() == set()


@pytest.mark.django_db(transaction=True)
def test_deleted_row_takes_its_files_along_when_committed(user_as):
    stored = store(ProgressReportFactory(), user_as("coordinator"))

    with pytest.raises(RuntimeError), transaction.atomic():
        stored.delete()
        raise RuntimeError
    assert len(on_disk()) == 2

    ReportAttachment.objects.get().delete()
    assert on_disk() == set()


def test_row_is_deleted_though_the_disk_does_not_let_its_files_go(
    user_as, monkeypatch, django_capture_on_commit_callbacks
):
    """What stays behind is an orphan, which the check of stored files finds."""
    stored = store(ProgressReportFactory(), user_as("coordinator"))

    def read_only(_storage, name):
        raise OSError(f"read-only: {name}")

    monkeypatch.setattr(FileSystemStorage, "delete", read_only)
    with django_capture_on_commit_callbacks(execute=True):
        stored.delete()

    assert not ReportAttachment.objects.exists() and len(orphan_names()) == 2


# --- Form -----------------------------------------------------------------------------------------------------------


class AttachmentForm(PrivateFileForm):
    class Meta(PrivateFileForm.Meta):
        model = ReportAttachment
        fields = ["caption", "kind", "line"]


def bound(report, name="foto.jpg", content=None, **data):
    data = {"kind": "PHOTO", "caption": "Rapat", **data}
    return AttachmentForm(data, {"file": upload(name, content)}, owner=report)


def test_form_stores_the_file_with_its_fields(report, user_as):
    form = bound(report)

    assert form.is_valid()
    stored = form.save(user=user_as("coordinator"))
    assert (stored.report, stored.caption, stored.kind, stored.line) == (report, "Rapat", "PHOTO", None)


@pytest.mark.parametrize(("name", "content", "piece"), [
    ("foto.jpg", b"", "Berkas ini kosong"),
    ("foto.jpg", b"teks", "bukan jenis yang diterima"),
    ("surat.pdf", None, "padahal namanya"),
])  # fmt: skip
def test_form_puts_the_sentence_beside_the_field(report, name, content, piece):
    form = bound(report, name, content)

    assert not form.is_valid() and piece in form.errors["file"][0]


def test_form_without_a_file_asks_for_it(report):
    form = AttachmentForm({"kind": "PHOTO"}, {}, owner=report)

    assert not form.is_valid() and form.errors["file"] == ["Unggah berkas"]


def test_form_tells_when_the_limit_is_reached(report, user_as, settings):
    settings.UPLOAD_MAX_FILES = 0
    form = bound(report)

    assert form.is_valid() and form.save(user=user_as("coordinator")) is None
    assert "Sudah ada 0 berkas" in form.errors["file"][0]


def test_form_names_the_accepted_endings(report):
    assert 'accept=".docx,.heic' in str(AttachmentForm(owner=report)["file"])


# --- Download -------------------------------------------------------------------------------------------------------


def test_every_kind_of_private_file_has_owner_scope_and_address():
    assert "reportattachment" in private_file_kinds()
    for model in private_file_kinds().values():
        assert model._meta.get_field(model.OWNER).many_to_one and model.ALLOWED
        assert callable(model.objects.for_user)


PRIVATE = {
    "anonymous": 302,
    "agency_operator of another agency": 404,
    "district_admin": 404,
    "panelist": 404,
    "agency_operator": 200,
    "agency_head": 200,
    "coordinator": 200,
    "leader": 200,
    "auditor": 200,
}


@pytest.mark.parametrize(("who", "expected"), PRIVATE.items())
def test_thumbnail_is_served_in_the_scope_of_its_owner(client_as, report, user_as, who, expected):
    stored = store(report, user_as("coordinator"))

    answer = client_as(who, at=report.agency if who.startswith("agency") else None).get(
        f"{stored.get_absolute_url()}?ukuran=kecil"
    )

    assert answer.status_code == expected
    assert (b"JFIF" in answer.content) == (expected == 200)


@pytest.mark.parametrize(("status", "kind", "expected"), [
    ("approved", "PHOTO", 200),
    ("approved", "LETTER", 302),
    ("sent", "PHOTO", 302),
])  # fmt: skip
def test_photos_of_approved_reports_are_public(client, client_as, user_as, status, kind, expected):
    report = ProgressReportFactory(**{status: True})
    stored = store(report, user_as("coordinator"), kind=kind)

    assert client.get(stored.get_absolute_url()).status_code == expected
    other = client_as("agency_operator of another agency").get(stored.get_absolute_url())
    assert other.status_code == (200 if expected == 200 else 404)


def test_public_photo_goes_out_under_a_neutral_name(client, client_as, user_as):
    report = ProgressReportFactory(approved=True)
    stored = store(report, user_as("coordinator"), name="IMG kader posyandu 0812.jpg", kind="PHOTO")
    neutral = f'inline; filename="lampiran-laporan-{stored.key.hex[:8]}.jpg"'

    own = client_as("agency_operator", at=report.agency).get(stored.get_absolute_url())
    strangers = [c.get(stored.get_absolute_url()) for c in (client, client_as("agency_operator of another agency"))]

    assert "posyandu" in own["Content-Disposition"]
    assert [answer["Content-Disposition"] for answer in strangers] == [neutral, neutral]


def test_strangers_learn_nothing_about_what_exists(client, client_as, report, user_as):
    stored = store(report, user_as("coordinator"))
    addresses = [
        stored.get_absolute_url(),
        reverse("documents:file-download", args=["reportattachment", uuid.uuid4()]),
        reverse("documents:file-download", args=["tidakada", stored.key]),
        reverse("documents:file-download", args=["user", stored.key]),
    ]

    assert {client.get(address).status_code for address in addresses} == {302}
    other = client_as("agency_operator of another agency")
    assert {other.get(address).status_code for address in addresses} == {404}


def test_file_comes_with_headers_that_keep_it_harmless(client_as, report, user_as):
    client = client_as("coordinator")
    photo = client.get(store(report, client.user).get_absolute_url())
    paper = client.get(store(report, client.user, corpus.pdf(), 'su"rat é.pdf').get_absolute_url())

    for answer in (photo, paper):
        assert answer["X-Content-Type-Options"] == "nosniff" and answer["Cache-Control"] == "private, no-cache"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert photo["Content-Disposition"].startswith("inline") and photo["Content-Type"] == "image/jpeg"
    assert paper["Content-Disposition"] == "attachment; filename*=utf-8''surat%20%C3%A9.pdf"


def test_unchanged_file_is_not_sent_twice(client_as, report):
    client = client_as("coordinator")
    address = store(report, client.user).get_absolute_url()
    etag = client.get(address)["ETag"]

    again = client.get(address, headers={"If-None-Match": etag})
    small = client.get(f"{address}?ukuran=kecil", headers={"If-None-Match": etag})

    assert (again.status_code, again.content, small.status_code) == (304, b"", 200)


def test_paper_without_thumbnail_is_sent_whole(client_as, report):
    client = client_as("coordinator")
    stored = store(report, client.user, corpus.pdf(), "surat.pdf")

    assert client.get(stored.thumbnail_url).content == corpus.pdf()


def test_file_lost_from_the_disk_is_not_found_and_the_log_names_it(client_as, report, caplog):
    client = client_as("coordinator")
    stored = store(report, client.user)
    stored.file.storage.delete(stored.file.name)

    assert client.get(stored.get_absolute_url()).status_code == 404
    assert f"the file of reportattachment {stored.pk} is missing" in caplog.text
    assert client.get(stored.thumbnail_url).status_code == 200


def test_download_answers_reading_only(client_as, report):
    client = client_as("coordinator")
    address = store(report, client.user).get_absolute_url()

    assert (client.post(address).status_code, client.head(address).status_code) == (405, 200)
    assert ProgressReport.objects.get().attachments.count() == 1
