"""Workbooks of a report that were made to hurt: each is refused in a sentence, and nothing is kept of it."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from p2emas.models import LaneUpload
from tests.p2emas.imports.sheets import part_of, with_part
from tests.programs.reporting.helpers import report_with_lines, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
SHEET = "xl/worksheets/sheet1.xml"
LINK = b'<?xml version="1.0"?><externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'


@pytest.fixture
def report():
    return report_with_lines(2)


@pytest.fixture
def operator(client_as, report):
    return client_as("agency_operator", at=report.agency)


@pytest.fixture
def content(operator, report):
    return operator.get(reverse("imports:lane-workbook", args=["laporan", report.pk])).content


def send(client, report, content, name="isian.xlsx"):
    berkas = SimpleUploadedFile(name, content)
    return client.post(reverse("imports:lane", args=["laporan", report.pk]), {"berkas": berkas})


def edited(content, change):
    book = openpyxl.load_workbook(io.BytesIO(content))
    change(book)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def merged(book):
    book["Realisasi"].merge_cells("D5:D6")


def far_away(book):
    book["Realisasi"]["D1000000"] = 1


def without_mark(book):
    del book["p2emas"]


def without_sheet(book):
    del book["Realisasi"]


def without_headings(book):
    book["Realisasi"].delete_rows(4)
    book["Realisasi"]["A4"] = "x"


HURTING = {
    "zip bomb": (
        lambda c: with_part(c, "xl/media/a.xml", b"<a>" + b" " * 90_000_000 + b"</a>"),
        "terlalu besar setelah dibuka",
    ),
    "entities": (
        lambda c: with_part(
            c, SHEET, b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa">]>' + part_of(c, SHEET).partition(b"?>")[2]
        ),
        "perintah XML",
    ),
    "macros": (lambda c: with_part(c, "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"), "makro"),
    "half of it": (lambda c: c[: len(c) // 2], "erkas ini"),
    "a cell far away": (lambda c: edited(c, far_away), "di luar batas"),
    "merged cells": (lambda c: edited(c, merged), "sel gabungan"),
    "no mark": (lambda c: edited(c, without_mark), "tidak memuat tanda isian"),
    "no sheet": (lambda c: edited(c, without_sheet), "tidak ada dalam berkas ini"),
    "no headings": (lambda c: edited(c, without_headings), "tidak memuat baris judul"),
}


@pytest.mark.parametrize("name", HURTING)
def test_hurting_workbook_is_refused_in_a_sentence(operator, report, content, name):
    damage, sentence = HURTING[name]
    refused = send(operator, report, damage(content))
    assert refused.status_code == 200
    assert "<title>Galat:" in refused.content.decode()
    assert sentence in text_of(refused)
    assert not LaneUpload.objects.exists()


def test_links_to_other_files_are_not_followed(operator, report, content):
    linked = with_part(content, "xl/externalLinks/externalLink1.xml", LINK)
    answer = send(operator, report, linked)
    assert answer.status_code == 302
    assert "tidak ada yang berubah" in text_of(operator.get(answer.url))


def test_token_of_another_workbook_is_refused(operator, report, client_as, content):
    later = report_with_lines(2, agency=report.agency, plan=report.plan, period__number=2)
    theirs = operator.get(reverse("imports:lane-workbook", args=["laporan", later.pk])).content
    token = openpyxl.load_workbook(io.BytesIO(theirs))["p2emas"]["A1"].value

    def exchange(book):
        book["p2emas"]["A1"] = token

    assert "isian untuk data lain" in text_of(send(operator, report, edited(content, exchange)))


def test_upload_of_somebody_else_is_not_there(operator, report, client_as, content):
    answer = send(operator, report, content)
    colleague = client_as("agency_operator", at=report.agency)
    upload = LaneUpload.objects.get()
    assert colleague.get(answer.url).status_code == 404
    for name in ("lane-apply", "lane-undo"):
        assert colleague.post(reverse(f"imports:{name}", args=[upload.pk])).status_code == 404


def test_lane_that_does_not_exist_is_not_there(operator, report):
    assert operator.get(reverse("imports:lane", args=["gaji", report.pk])).status_code == 404


def test_answers_of_the_page_reach_only_the_cells_of_the_file(operator, report, content):
    """A forged answer for a row that the file does not have changes nothing."""
    book = edited(content, lambda book: book["Realisasi"].delete_rows(6))
    answer = send(operator, report, edited(book, lambda book: book["Realisasi"].__setitem__("D5", 7)))
    version = operator.get(answer.url).context["page"].comparison.version
    first, second = report.lines.order_by("plan_line__activity__code", "plan_line", "pk")
    forged = {f"isi-b{second.pk}-spent_to_date": "9", f"b{second.pk}-spent_to_date": "9", "version": version}
    assert operator.post(reverse("imports:lane-apply", args=[LaneUpload.objects.get().pk]), forged).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.spent_to_date, second.spent_to_date) == (7, None)
