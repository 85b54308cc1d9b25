"""How many pages the agency reads to bring a returned report on its way again, from the button on its home page."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from programs.models import ProgressReport
from tests.factories import ReportCommentFactory
from tests.programs.reporting.helpers import TOKEN, lines_of, report_with_lines
from tests.reader import Reader

pytestmark = pytest.mark.django_db
S = ProgressReport.Status


@pytest.fixture
def returned():
    return report_with_lines(3, filled=True, draft=False, sent=True, status=S.RETURNED)


@pytest.fixture
def reader(client_as, returned) -> Reader:
    return Reader(client_as("agency_operator", at=returned.agency))


def way_from_home(reader: Reader) -> str:
    """The address of the button; the person is on the home page already, so it is no page of the task."""
    home = reader.client.get(reverse("dashboards:home")).content.decode()
    return re.search(r'href="([^"]+)"[^>]*>\s*Perbaiki', home)[1]


def send(reader: Reader, report: ProgressReport) -> None:
    signer = str(report.agency.officials.first().pk)
    reader.send(
        having="declared",
        signer=signer,
        letter_no="050/12/2019",
        letter_date="04-10-2019",
        declared="on",
        client_token=TOKEN,
    )


def test_figure_is_corrected_and_sent_in_three_pages(reader, returned):
    line = lines_of(returned)[1]
    ReportCommentFactory(report=returned, line=line, finding="money_ahead", text="Mohon periksa.")

    reader.read(way_from_home(reader))
    assert "Mohon periksa." in reader.html
    reader.send(
        having=f"b{line.pk}-spent_to_date", **{f"b{line.pk}-spent_to_date": "41.250.000"}, add=[("lanjut", "1")]
    )
    send(reader, returned)

    returned.refresh_from_db()
    line.refresh_from_db()
    assert (returned.status, line.spent_to_date, reader.pages) == (S.WAITING, 41_250_000, 3)


def test_button_leads_to_the_report_where_several_pages_or_none_are_to_be_corrected(reader, returned):
    first, second, _third = lines_of(returned)
    ReportCommentFactory(report=returned, line=first, finding="money_ahead")
    assert way_from_home(reader) == reverse("reporting:report-figures", args=[returned.pk])

    ReportCommentFactory(report=returned, line=second, finding="no_photo")

    assert way_from_home(reader) == returned.get_absolute_url()
    returned.comments.all().delete()
    ReportCommentFactory(report=returned, text="Mohon lebih rapi")
    assert way_from_home(reader) == returned.get_absolute_url()


def test_remark_among_the_office_opens_no_page(reader, returned):
    first, second, _third = lines_of(returned)
    ReportCommentFactory(report=returned, line=first, finding="money_ahead")
    ReportCommentFactory(report=returned, line=second, finding="no_photo", internal=True)

    assert way_from_home(reader) == reverse("reporting:report-figures", args=[returned.pk])


def test_photos_are_added_and_sent_in_three_pages(reader, returned, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    first, second, _third = lines_of(returned)
    for line in (first, second):
        ReportCommentFactory(report=returned, line=line, finding="no_photo", text="Foto kosong.")

    reader.read(way_from_home(reader))
    assert reader.html.count("Foto baris") == 2
    reader.send(
        having=f"foto-{first.pk}", **{f"foto-{line.pk}": picture(number) for number, line in enumerate((first, second))}
    )
    send(reader, returned)

    returned.refresh_from_db()
    assert (returned.status, reader.pages) == (S.WAITING, 3)
    assert [line.attachments.count() for line in (first, second)] == [1, 1]


def picture(number: int) -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (64, 48), (number * 9, 90, 90)).save(content, "JPEG")
    return SimpleUploadedFile(f"foto-{number}.jpg", content.getvalue(), content_type="image/jpeg")
