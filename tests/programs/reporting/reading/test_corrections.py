"""A report that comes back opens what has to be corrected: figures, photos or values."""

import pytest
from django.urls import reverse

from programs.models import ProgressReport, ReportAttachment
from tests.factories import IndicatorValueFactory, ReportCommentFactory
from tests.programs.reporting.helpers import lines_of, report_with_lines, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def returned():
    return report_with_lines(2, filled=True, draft=False, sent=True, status=ProgressReport.Status.RETURNED)


def url(name, report):
    return reverse(f"reporting:report-{name}", args=[report.pk])


def attach(line):
    return ReportAttachment.objects.create(
        report=line.report, line=line, file="ab/x", original_name="x.jpg", size=10, sha256="0" * 64
    )


def test_report_returned_for_a_photo_opens_the_photos(client_as, returned):
    line = lines_of(returned)[0]
    ReportCommentFactory(report=returned, line=line, finding="no_photo", text="Foto kosong.")
    client = client_as("agency_operator", at=returned.agency)

    shown = client.get(returned.get_absolute_url())

    assert shown.context["corrections"].action == ("Tambah foto yang diminta", url("files", returned))
    assert f'href="{url("files", returned)}"' in shown.text
    assert "#id_b" not in shown.text
    assert "diminta berfoto" not in text_of(shown)
    figures = client.get(url("figures", returned)).context["table"]
    assert [row.is_open for row in figures.rows] == [True, True]  # the photo closes no line


def test_report_returned_for_a_figure_opens_the_figures_and_then_the_photos(client_as, returned):
    first, second = lines_of(returned)
    ReportCommentFactory(report=returned, line=first, finding="money_ahead")
    ReportCommentFactory(report=returned, line=second, finding="no_photo")
    client = client_as("agency_operator", at=returned.agency)

    shown = client.get(returned.get_absolute_url())
    data = {"version": returned.version, "lanjut": "1"}
    saved = client.post(url("figures", returned), data)

    assert shown.context["corrections"].action == ("Perbaiki baris yang ditandai", url("figures", returned))
    assert saved["Location"] == url("files", returned)
    attach(second)
    assert client.post(url("figures", returned), data)["Location"] == url("check", returned)


def test_report_returned_for_a_value_opens_the_indicators(client_as, returned):
    value = IndicatorValueFactory(report=returned)
    ReportCommentFactory(report=returned, finding="over_target", text=f"{value.indicator}: terlalu tinggi.")

    shown = client_as("agency_operator", at=returned.agency).get(returned.get_absolute_url())

    assert shown.context["corrections"].action == ("Perbaiki nilai indikator", url("indicators", returned))


def test_remark_on_the_whole_report_leads_nowhere(client_as, returned):
    ReportCommentFactory(report=returned, text="Mohon lebih rapi")

    shown = client_as("agency_operator", at=returned.agency).get(returned.get_absolute_url())

    assert shown.context["corrections"].action is None
    assert "Mohon lebih rapi" in shown.text


def test_photos_count_as_done_only_when_all_physical_work_that_moved_has_one(client_as, returned):
    client = client_as("agency_operator", at=returned.agency)
    first, second = lines_of(returned)
    attach(first)
    assert "1 berkas, foto belum ada pada 1 kegiatan fisik." in text_of(client.get(returned.get_absolute_url()))

    attach(second)

    assert "2 berkas." in text_of(client.get(returned.get_absolute_url()))


def test_check_page_names_the_photos_that_are_missing(client_as, returned):
    client = client_as("agency_operator", at=returned.agency)
    ReportCommentFactory(report=returned, line=lines_of(returned)[0], finding="no_photo")

    shown = text_of(client.get(url("check", returned)))

    assert "Foto belum ada pada 2 kegiatan fisik" in shown
    assert "dikembalikan karena fotonya belum ada" in shown
    for line in lines_of(returned):
        attach(line)
    assert "Foto belum ada" not in text_of(client.get(url("check", returned)))
    assert ProgressReport.objects.get(pk=returned.pk).status == "RETURNED"
