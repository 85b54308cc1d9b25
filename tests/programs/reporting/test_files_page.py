"""Files of a report: kept while it is filled, judged by content, only inside the own report."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from programs.models import ProgressReport, ReportAttachment, ReportingPeriod
from tests.p2emas.documents.corpus import image, pdf
from tests.programs.reporting.helpers import lines_of, report_with_lines, text_of


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def operator(client_as):
    def make(report: ProgressReport):
        return client_as("agency_operator", at=report.agency), reverse("reporting:report-files", args=[report.pk])

    return make


def photo(name="panen.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, image())


def upload(client, url, file, **fields):
    return client.post(url, {"file": file, "kind": "PHOTO", "line": "", "caption": ""} | fields)


def test_photo_is_kept_for_its_line_and_stands_on_the_page(operator):
    report = report_with_lines(2, draft=False)
    first, second = lines_of(report)
    client, url = operator(report)

    response = upload(client, url, photo(), line=first.pk, caption="Panen kopi")

    assert response.url == url
    attachment = report.attachments.get()
    assert (attachment.kind, attachment.line, attachment.caption) == ("PHOTO", first, "Panen kopi")
    assert attachment.uploaded_by == client.user
    report.refresh_from_db()
    assert (report.status, report.version) == ("DRAFT", 1)
    page = client.get(url)
    assert "Panen kopi" in text_of(page) and attachment.thumbnail_url in page.content.decode()
    assert [row.line for row in page.context["without_photo"]] == [second]
    assert client.get(attachment.get_absolute_url()).status_code == 200


def test_minutes_are_ticked_off(operator):
    report = report_with_lines(1)
    client, url = operator(report)
    assert "Berita acara Belum ada" in text_of(client.get(url))

    upload(client, url, SimpleUploadedFile("ba.pdf", pdf()), kind="MINUTES")

    assert "Berita acara Selesai" in text_of(client.get(url))


def test_second_click_keeps_one_file(operator):
    report = report_with_lines(1)
    client, url = operator(report)

    for _click in range(2):
        upload(client, url, photo())

    assert report.attachments.count() == 1


@pytest.mark.parametrize(
    ("file", "fields"),
    [
        (SimpleUploadedFile("foto.jpg", b"<html>bukan foto</html>"), {}),
        (SimpleUploadedFile("kosong.jpg", b""), {}),
        ("", {}),
        (None, {"kind": "RAHASIA"}),
        (None, {"line": "999999"}),
        (None, {"caption": "x" * 161}),
    ],
)
def test_wrong_upload_is_refused_with_a_sentence_and_leaves_nothing(operator, file, fields, tmp_path):
    report = report_with_lines(1, draft=False)
    client, url = operator(report)

    response = upload(client, url, photo() if file is None else file, **fields)

    assert response.status_code == 200
    assert "<title>Galat:" in response.content.decode()
    assert not ReportAttachment.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    report.refresh_from_db()
    assert report.status == "NOT_STARTED"


def test_no_more_files_than_the_limit(operator, settings):
    settings.UPLOAD_MAX_FILES = 1
    report = report_with_lines(1)
    client, url = operator(report)
    upload(client, url, photo())

    response = upload(client, url, SimpleUploadedFile("ba.pdf", pdf()), kind="MINUTES")

    assert "Sudah ada 1 berkas" in text_of(response)
    assert report.attachments.count() == 1


def test_line_of_another_report_is_no_choice(operator):
    report, foreign = report_with_lines(1), report_with_lines(1)
    client, url = operator(report)

    assert upload(client, url, photo(), line=foreign.lines.get().pk).status_code == 200
    assert not ReportAttachment.objects.exists()


def test_file_is_removed_while_the_report_is_filled(operator):
    report = report_with_lines(1)
    client, url = operator(report)
    upload(client, url, photo())
    remove = reverse("reporting:report-file-remove", args=[report.pk, report.attachments.get().pk])

    assert client.get(remove).status_code == 405
    assert client.post(remove).url == url
    assert not ReportAttachment.objects.exists()
    assert client.post(remove).url == url  # a second click finds it gone


def test_file_of_another_report_cannot_be_removed_through_the_own_one(operator):
    report, foreign = report_with_lines(1), report_with_lines(1)
    client, url = operator(foreign)
    upload(client, url, photo())
    theirs = foreign.attachments.get()
    own, _url = operator(report)

    assert own.post(reverse("reporting:report-file-remove", args=[report.pk, theirs.pk])).status_code == 302
    assert own.post(reverse("reporting:report-file-remove", args=[foreign.pk, theirs.pk])).status_code == 404
    assert foreign.attachments.count() == 1


@pytest.mark.parametrize("state", ["locked", "sent"])
def test_report_that_cannot_be_filled_takes_and_loses_no_file(operator, state):
    report = report_with_lines(1)
    client, url = operator(report)
    upload(client, url, photo())
    if state == "locked":
        ReportingPeriod.objects.filter(pk=report.period_id).update(status=ReportingPeriod.Status.LOCKED)
    else:
        stamps = {"submitted_by": client.user, "submitted_at": report.period.opened_at}
        ProgressReport.objects.filter(pk=report.pk).update(status="WAITING", **stamps)
    remove = reverse("reporting:report-file-remove", args=[report.pk, report.attachments.get().pk])

    answers = [upload(client, url, SimpleUploadedFile("ba.pdf", pdf()), kind="MINUTES"), client.post(remove)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "tidak dapat diisi sekarang" in text_of(answers[0])
    assert report.attachments.count() == 1


def test_file_is_opened_by_its_agency_and_those_who_see_everything_only(operator, client_as):
    report = report_with_lines(1)
    client, url = operator(report)
    upload(client, url, photo())
    address = report.attachments.get().get_absolute_url()

    found = {who: client_as(who).get(address).status_code for who in ("auditor", "coordinator", "agency_operator")}

    assert found == {"auditor": 200, "coordinator": 200, "agency_operator": 404}
