"""Files of a report: who adds and removes them, what is refused and leaves nothing, and what is too late."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from p2emas.documents.receipts import receipt_pdf
from programs.models import ProgressReport, ReportAttachment, ReportingPeriod
from programs.reporting.verification import deciding as verification
from tests.factories import ProgressReportFactory, ReceiptFactory, UserFactory
from tests.p2emas.documents.corpus import pdf
from tests.programs.reporting.helpers import figures_data, lines_of, report_with_lines, send_data, text_of

pytestmark = pytest.mark.django_db
S = ProgressReport.Status


def jpeg(name: str = "foto.jpg", colour: int = 90) -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (60, 40), (colour, 90, 90)).save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue())


def page(report: ProgressReport, attachment: ReportAttachment | None = None) -> str:
    return f"/laporan/{report.pk}/lampiran/" + (f"{attachment.pk}/hapus/" if attachment else "")


def upload(client, report: ProgressReport, **fields):
    return client.post(page(report), {"file": jpeg(), "kind": "PHOTO", "caption": "Balai desa"} | fields)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def minutes() -> SimpleUploadedFile:
    return SimpleUploadedFile("ba.pdf", pdf())


@pytest.fixture
def report():
    return ProgressReportFactory()


@pytest.fixture
def operator(client_as, report):
    return client_as("agency_operator", at=report.agency)


WHO = {
    "agency_operator": 200,
    "agency_head": 200,
    "agency_operator of another agency": 404,
    "coordinator": 403,
    "district_admin": 404,
}


@pytest.mark.parametrize(("who", "expected"), WHO.items())
def test_who_may_attach_and_remove(client_as, report, operator, who, expected):
    upload(operator, report)
    attachment = report.attachments.get()
    client = client_as(who, **({} if who == "district_admin" else {"at": report.agency}))

    assert client.get(page(report)).status_code == expected
    saved = 302 if expected == 200 else expected
    assert upload(client, report, file=jpeg(colour=200)).status_code == saved
    assert client.post(page(report, attachment)).status_code == saved
    assert report.attachments.filter(pk=attachment.pk).exists() is (expected != 200)


def test_upload_begins_the_report(operator, report):
    response = upload(operator, report)

    report.refresh_from_db()
    assert response["Location"] == page(report)
    assert report.status == S.DRAFT
    assert report.attachments.get().uploaded_by == operator.user
    assert "Balai desa" in text_of(operator.get(page(report)))


def test_photo_is_kept_for_its_line_and_shown_on_the_page(client_as):
    report = report_with_lines(2, draft=False, filled=True)
    first, second = lines_of(report)
    operator = client_as("agency_operator", at=report.agency)

    upload(operator, report, line=first.pk, caption="Panen kopi")

    attachment = report.attachments.get()
    assert (attachment.kind, attachment.line, attachment.caption) == ("PHOTO", first, "Panen kopi")
    shown = operator.get(page(report))
    assert "Panen kopi" in text_of(shown) and attachment.thumbnail_url in shown.content.decode()
    assert [row.line for row in shown.context["without_photo"]] == [second]
    assert operator.get(attachment.get_absolute_url()).status_code == 200


def test_minutes_are_ticked_off(operator, report):
    assert "Berita acara Belum ada" in text_of(operator.get(page(report)))

    upload(operator, report, file=minutes(), kind="MINUTES")

    assert "Berita acara Selesai" in text_of(operator.get(page(report)))


def returned(client_as, report, operator) -> tuple[ProgressReport, object]:
    """The report, sent and returned by a coordinator who could still take that back."""
    assert operator.post(f"/laporan/{report.pk}/periksa/", send_data(report)).status_code == 302
    coordinator = client_as("coordinator").user
    report.refresh_from_db()
    verification.claim(report=report, actor=coordinator)
    verification.decide(
        report=report,
        actor=coordinator,
        decision=verification.Decision.RETURN,
        seen=S.VERIFYING,
        version=report.version,
        note="Unggah foto.",
    )
    assert verification.may_undo(coordinator, report)
    return report, coordinator


@pytest.mark.parametrize("change", ["upload", "remove"])
def test_return_cannot_be_taken_back_once_a_file_came_or_went(client_as, change):
    report = report_with_lines(1, filled=True)
    operator = client_as("agency_operator", at=report.agency)
    upload(operator, report)
    report, coordinator = returned(client_as, report, operator)

    if change == "upload":
        upload(operator, report, file=jpeg(colour=20))
    else:
        operator.post(page(report, report.attachments.get()))

    report.refresh_from_db()
    assert not verification.may_undo(coordinator, report)
    assert "sudah menyimpan perbaikan" in verification.why_not_undo(report)


def test_refused_file_counts_as_no_saving(client_as):
    report = report_with_lines(1, filled=True)
    operator = client_as("agency_operator", at=report.agency)
    report, coordinator = returned(client_as, report, operator)

    upload(operator, report, file=SimpleUploadedFile("foto.jpg", b"<html>"))

    report.refresh_from_db()
    assert verification.may_undo(coordinator, report)


def test_file_that_came_after_the_check_page_asks_to_check_again(client_as):
    report = report_with_lines(1, filled=True)
    operator = client_as("agency_operator", at=report.agency)
    checked = send_data(report)
    upload(operator, report)

    assert operator.post(f"/laporan/{report.pk}/periksa/", checked).status_code == 409
    report.refresh_from_db()
    assert report.status == S.DRAFT


def test_table_in_another_window_is_shown_beside_and_not_lost(client_as):
    report = report_with_lines(1)
    operator = client_as("agency_operator", at=report.agency)
    typed = figures_data(report, {"money": "5.000.000", "physical": "10"})
    upload(operator, report)

    answer = operator.post(f"/laporan/{report.pk}/realisasi/", typed)

    assert answer.status_code == 409 and "5.000.000" in text_of(answer)
    again = operator.post(f"/laporan/{report.pk}/realisasi/", typed | {"version": answer.context["record"].version})
    assert again.status_code == 302 and lines_of(report)[0].spent_to_date == 5_000_000


def test_same_file_sent_twice_is_one(operator, report):
    upload(operator, report), upload(operator, report)

    assert report.attachments.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"file": ""}, "Pilih berkas|Unggah berkas"),
        ({"file": SimpleUploadedFile("foto.jpg", b"<html>bukan foto</html>")}, "berkas"),
        ({"file": SimpleUploadedFile("kosong.jpg", b"")}, "kosong"),
        ({"kind": "LAIN"}, "Pilih salah satu dari daftar"),
        ({"line": "999999999999999999999999"}, ""),
        ({"line": "x\x00"}, ""),
        ({"caption": "x" * 200}, "160"),
    ],
)
def test_refused_file_is_a_sentence_keeps_the_caption_and_leaves_nothing(
    operator, report, own_folder, fields, sentence
):
    response = upload(operator, report, **fields)

    shown = text_of(response)
    assert response.status_code == 200
    assert "<title>Galat: " in response.content.decode()
    assert any(word in shown for word in sentence.split("|"))
    assert "caption" in fields or "Balai desa" in response.content.decode()
    report.refresh_from_db()
    assert (report.attachments.count(), report.status, report.version) == (0, S.NOT_STARTED, 1)
    assert not [path for path in own_folder.rglob("*") if path.is_file()]


def test_document_is_no_photo(operator, report):
    paper = SimpleUploadedFile("surat.pdf", receipt_pdf(ReceiptFactory(record=report), []))

    refused = upload(operator, report, file=paper)
    paper.seek(0)
    kept = upload(operator, report, file=paper, kind="LETTER")

    assert "Berkas ini bukan foto" in text_of(refused)
    assert (kept.status_code, report.attachments.get().kind) == (302, "LETTER")


def test_line_of_another_report_is_refused(operator, report):
    foreign = report_with_lines(1).lines.get()

    assert upload(operator, report, line=foreign.pk).status_code == 200
    assert report.attachments.count() == 0


def test_too_many_files_is_said(operator, report, settings):
    settings.UPLOAD_MAX_FILES = 1
    upload(operator, report)
    response = upload(operator, report, file=jpeg(colour=10))

    assert "Sudah ada 1 berkas" in text_of(response)
    assert "<title>Galat: " in response.content.decode()
    assert report.attachments.count() == 1


@pytest.mark.parametrize("state", ["sent", "approved", "locked"])
def test_too_late_keeps_nothing_and_removes_nothing(client_as, state):
    report = ProgressReportFactory(draft=True)
    operator = client_as("agency_operator", at=report.agency)
    upload(operator, report)
    attachment = report.attachments.get()
    if state == "locked":
        ReportingPeriod.objects.update(status=ReportingPeriod.Status.LOCKED)
    else:
        who = {"submitted_by": UserFactory(), "submitted_at": report.period.opened_at, "has_obstacles": False}
        who |= {"decided_by": UserFactory(), "decided_at": report.period.opened_at} if state == "approved" else {}
        status = S.WAITING if state == "sent" else S.APPROVED
        ProgressReport.objects.filter(pk=report.pk).update(status=status, **who)

    assert "tidak dapat diisi" in text_of(operator.get(page(report)))
    assert upload(operator, report, file=jpeg(colour=20)).status_code == 409
    assert operator.post(page(report, attachment)).status_code == 409
    assert list(report.attachments.all()) == [attachment]


def test_removing_takes_the_file_from_the_disk(operator, report, django_capture_on_commit_callbacks):
    upload(operator, report)
    attachment = report.attachments.get()
    place = attachment.file.storage

    assert operator.get(page(report, attachment)).status_code == 405
    with django_capture_on_commit_callbacks(execute=True):
        assert operator.post(page(report, attachment)).status_code == 302
    assert (report.attachments.count(), place.exists(attachment.file.name)) == (0, False)
    assert operator.post(page(report, attachment)).status_code == 302  # a second click finds it gone


def test_file_of_another_report_is_not_removed_through_this_one(operator, report, client_as):
    other = ProgressReportFactory()
    upload(client_as("agency_operator", at=other.agency), other)

    theirs = other.attachments.get()

    assert operator.post(page(report, theirs)).status_code == 302
    assert operator.post(page(other, theirs)).status_code == 404
    assert other.attachments.exists()


@pytest.mark.parametrize("file_pk", [0, 2**63 - 1, 10**30])
def test_strange_file_is_no_error(operator, report, file_pk):
    assert operator.post(f"{page(report)}{file_pk}/hapus/").status_code == 302


def test_lines_without_a_photo_are_named(client_as):
    report = report_with_lines(2, filled=True)
    operator = client_as("agency_operator", at=report.agency)
    first, second = report.lines.all()
    upload(operator, report, line=first.pk)

    aside = text_of(operator.get(page(report))).partition("Belum ada foto:")[2]

    assert second.plan_line.activity.name in aside
    assert first.plan_line.activity.name not in aside


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_one_file_and_three(operator, report, count, django_assert_num_queries):
    for number in range(count):
        upload(operator, report, file=jpeg(colour=number))

    with django_assert_num_queries(7):
        operator.get(page(report))


def test_file_is_opened_by_its_agency_and_those_who_see_everything_only(operator, report, client_as):
    upload(operator, report)
    address = report.attachments.get().get_absolute_url()

    found = {who: client_as(who).get(address).status_code for who in ("auditor", "coordinator", "agency_operator")}

    assert found == {"auditor": 200, "coordinator": 200, "agency_operator": 404}
