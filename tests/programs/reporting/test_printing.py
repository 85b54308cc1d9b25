"""A report on paper: a draft for initials first, then with its letter, photos and receipt."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from p2emas.documents.pdf import compile_pdf
from p2emas.workflow.editing import EditConflict
from programs.models import ProgressReport, ReportAttachment, ReportLine
from programs.reporting.printing import papers
from programs.reporting.printing.papers import report_pdf
from programs.reporting.printing.services import number_letter
from tests.factories import ObstacleFactory, UserFactory
from tests.p2emas.documents.pdf_text import text_of as pdf_text
from tests.programs.reporting.helpers import report_before, report_with_lines, send_data, text_of
from tests.worlds import JPEG

pytestmark = pytest.mark.django_db


def text_in(pdf: bytes) -> str:
    return " ".join(pdf_text(pdf).split())


def drawn() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "JPEG")
    return out.getvalue()


def photo_of(report, line, caption: str, content: bytes) -> None:
    photo = ReportAttachment(
        report=report,
        line=line,
        kind="PHOTO",
        caption=caption,
        original_name="foto.jpg",
        content_type="image/jpeg",
        size=len(content),
        sha256="0" * 64,
        uploaded_by=UserFactory(),
    )
    photo.file.save("foto", ContentFile(content), save=False)
    photo.save()


@pytest.fixture
def report():
    return report_with_lines(2, filled=True)


def sent(report, client, **fields) -> ProgressReport:
    answer = client.post(f"/laporan/{report.pk}/periksa/", send_data(report) | fields)
    assert answer.status_code == 302, text_of(answer)
    return ProgressReport.objects.for_page().get(pk=report.pk)


def test_a_draft_says_so_and_has_a_place_for_initials(report, client_as):
    client = client_as("agency_operator", at=report.agency)
    answer = client.get(reverse("reporting:report-paper", args=[report.pk]))

    text = text_in(answer.content)

    assert answer["Content-Type"] == "application/pdf" and "konsep-" in answer["Content-Disposition"]
    assert "KONSEP" in text and "Paraf" in text and "TANDA TERIMA" not in text
    assert report.number in text and "DPA nomor 1.05/2019, tanggal 28 Desember 2018" in text
    assert "Kelompok aktif." in text


@pytest.fixture
def told(monkeypatch) -> list[dict]:
    """What the papers were made of: the reader of PDFs knows the fonts of one page."""
    seen = []

    def compiled(template, data, *, files):
        seen.append(data)
        return compile_pdf(template, data, files=files)

    monkeypatch.setattr(papers, "compile_pdf", compiled)
    return seen


def test_a_sent_report_has_letter_table_obstacles_and_receipt(report, client_as, told):
    obstacle = ObstacleFactory(raised_by=report.agency, text="Bibit datang terlambat")
    report.obstacles.add(obstacle)
    ProgressReport.objects.filter(pk=report.pk).update(has_obstacles=True)
    report = sent(report, client_as("agency_operator", at=report.agency))

    text = text_in(report_pdf(report))

    assert "KONSEP" not in text and "Paraf" not in text and "050/12/2019" in text
    (data,) = told
    assert data["letter"]["signer"]["name"] == report.signer_name and data["draft"] == ""
    assert [row[5] for row in data["rows"]] == ["60.000.000", "60.000.000"] and data["totals"][0][5] == "120.000.000"
    assert data["obstacles"][0][1] == "Bibit datang terlambat"
    assert data["receipt"]["number"] == report.number


def test_a_photo_that_cannot_be_drawn_costs_no_paper(report, told):
    photo_of(report, report.lines.first(), "Foto rusak", JPEG)

    assert report_pdf(ProgressReport.objects.for_page().get(pk=report.pk)).startswith(b"%PDF")

    assert [len(data["photos"]) for data in told] == [1, 0]
    assert told[-1]["photos_left"] == "1 foto terbaca di halaman laporan."


def test_photos_are_printed_and_further_ones_counted(report, told):
    content = drawn()
    for number in range(13):
        photo_of(report, report.lines.first(), f"Foto {number}", content)

    assert report_pdf(ProgressReport.objects.for_page().get(pk=report.pk)).startswith(b"%PDF")

    (data,) = told
    assert len(data["photos"]) == 12 and data["photos"][11]["caption"].endswith("Foto 11")
    assert data["photos_left"] == "1 foto lain terbaca di halaman laporan."


def test_a_fall_and_a_carried_line_are_explained(report):
    report_before(report, spent=70_000_000)
    first, second = report.lines.order_by("pk")
    ReportLine.objects.filter(pk=first.pk).update(correction="REFUND", correction_reason="Sisa honor")
    ReportLine.objects.filter(pk=second.pk).update(carried="BEFORE", spent_to_date=70_000_000)

    text = text_in(report_pdf(ProgressReport.objects.for_page().get(pk=report.pk)))

    assert "(10.000.000)" in text and "Sisa honor" in text and "dalam kurung" in text
    assert "tidak ada lagi dalam rencana" in text and "Baris dengan pagu 0" in text


def test_the_number_of_the_letter_may_come_after_sending(report, client_as):
    client = client_as("agency_operator", at=report.agency)
    report = sent(report, client, letter_no="", letter_date="")
    url = reverse("reporting:report-letter", args=[report.pk])

    assert report.letter_no == "" and report.letter_date is None
    assert url in client.get(report.get_absolute_url()).content.decode()
    assert "nomor menyusul" in text_of(client.get(report.get_absolute_url()))
    assert client.post(url, {"letter_no": "050/77/2019", "letter_date": "05-10-2019"}).status_code == 302

    report.refresh_from_db()
    assert (report.letter_no, report.letter_date) == ("050/77/2019", date(2019, 10, 5))
    assert "050/77/2019" in text_of(client.get(reverse("reporting:report-history", args=[report.pk])))
    assert client.post(url, {"letter_no": "050/77/2019", "letter_date": "05-10-2019"}).status_code == 302  # twice
    assert "sudah diisi" in text_of(client.post(url, {"letter_no": "1", "letter_date": "05-10-2019"}))


def test_a_number_without_its_day_is_not_sent(report, client_as):
    client = client_as("agency_operator", at=report.agency)

    answer = client.post(f"/laporan/{report.pk}/periksa/", send_data(report) | {"letter_date": ""})

    assert "Tanggal surat pengantar" in text_of(answer) and answer.status_code == 200


def test_of_two_who_number_the_letter_the_second_is_told(report, client_as):
    report = sent(report, client_as("agency_operator", at=report.agency), letter_no="", letter_date="")
    day = date(2019, 10, 5)
    number_letter(report=report, letter_no="1", letter_date=day, actor=UserFactory())

    with pytest.raises(EditConflict):
        number_letter(report=report, letter_no="2", letter_date=day, actor=UserFactory())
