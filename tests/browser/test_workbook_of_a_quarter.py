"""A quarter of twelve activities by Excel, with JavaScript and without: the page of the report, the differences, the report."""

import io

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from programs.models import ProgressReport
from tests.programs.reporting.helpers import lines_of, report_before, report_with_lines

ACTIVITIES = 12
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 800}


@pytest.fixture
def report(db) -> ProgressReport:
    report = report_with_lines(ACTIVITIES)
    report_before(report)
    return report


def filled(content: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Realisasi"]
    for row in range(5, 5 + ACTIVITIES):
        sheet.cell(row, 4).value = 42_000_000 + row
        sheet.cell(row, 5).value = 62.5
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def loads_of(page: Page) -> list[str]:
    """Every page that is shown from now on."""
    found: list[str] = []
    page.on("load", lambda loaded: found.append(loaded.url))
    return found


@pytest.mark.parametrize(("javascript", "viewport"), [(False, DESK), (True, PHONE)], ids=["no script", "phone"])
def test_quarter_by_excel_takes_three_page_loads(page_as, report, axe, javascript, viewport):
    page = page_as("agency_operator", at=report.agency, javascript=javascript, viewport=viewport)
    loads = loads_of(page)
    page.goto(report.get_absolute_url())
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh isian Excel").click()
    content = filled(download.value.path().read_bytes())

    page.get_by_label("Isian Excel yang sudah diisi").set_input_files(
        {"name": "isian.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name="Unggah dan lihat perbedaannya").click()
    expect(page.get_by_role("heading", name="24 sel akan berubah")).to_be_visible()
    if javascript:  # which axe needs
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        axe(page)
    page.get_by_role("button", name="Pakai semua isian").click()
    expect(page.get_by_text("Isian Excel dipakai: 24 sel berubah.")).to_be_visible()
    expect(page.get_by_text("12 kegiatan, 12 sudah diisi.")).to_be_visible()

    assert len(loads) == 3, loads
    assert {line.spent_to_date for line in lines_of(report)} == {42_000_000 + row for row in range(5, 17)}
