"""What a clerk fills in on a phone stands in sight: no sideways scroll to the cells, each cell with its name."""

import pytest

from tests.browser.conftest import NARROW, WIDE
from tests.factories import IndicatorValueFactory
from tests.programs.reporting.helpers import report_with_lines

OUT_OF_SIGHT = """() => [...document.querySelectorAll('main table input:not([type=hidden])')]
  .filter(input => input.checkVisibility() && !input.closest('details:not([open])'))
  .filter(input => { const box = input.getBoundingClientRect(); return box.left < 0 || box.right > innerWidth; })
  .map(input => input.name)"""
NAME_OF_CELL = "cell => getComputedStyle(cell, '::before').content"


@pytest.fixture
def report(db):
    report = report_with_lines(draft=True)
    IndicatorValueFactory(report=report, indicator__activity=report.lines.first().plan_line.activity)
    return report


@pytest.mark.parametrize("part", ["realisasi", "indikator"])
def test_cells_of_a_table_stand_in_sight_on_a_phone(page_as, axe, report, part):
    page = page_as("agency_operator", at=report.agency, viewport=NARROW)

    page.goto(f"/laporan/{report.pk}/{part}/")

    assert page.locator("main table input[type=text]").count() > 0
    assert page.evaluate(OUT_OF_SIGHT) == []
    region = page.locator(".scroll")
    assert region.evaluate("region => region.scrollWidth <= region.clientWidth")
    names = page.locator("main tbody td:has(input[type=text])").evaluate_all(f"cells => cells.map({NAME_OF_CELL})")
    assert "none" not in names
    axe(page)


def test_the_table_stays_a_table_on_a_desk(page_as, report):
    page = page_as("agency_operator", at=report.agency, viewport=WIDE)

    page.goto(f"/laporan/{report.pk}/realisasi/")

    assert page.locator("thead th").first.is_visible()
    names = page.locator("main tbody td").evaluate_all(f"cells => cells.map({NAME_OF_CELL})")
    assert set(names) == {"none"}


@pytest.mark.parametrize("where", ["check", "village", "budget", "home"])
def test_columns_that_one_decides_by_stand_in_sight_on_a_phone(page_as, report, where):
    line = report.lines.first().plan_line
    role, address = {
        "check": ("agency_operator", f"/laporan/{report.pk}/periksa/"),
        "village": ("coordinator", line.village.get_absolute_url()),
        "budget": ("coordinator", f"/anggaran/?tahun={report.period.year}"),
        "home": ("coordinator", "/beranda/"),
    }[where]
    page = page_as(role, at=report.agency, viewport=NARROW)

    page.goto(address)

    regions = page.locator(".scroll:has(.cards)")
    assert regions.count() > 0
    assert regions.evaluate_all("all => all.filter(e => e.scrollWidth > e.clientWidth).length") == 0
    cells = page.locator(".cards tbody td:not(.plot):not(:empty)")
    names = cells.evaluate_all(f"cells => cells.filter(e => e.checkVisibility()).map({NAME_OF_CELL})")
    assert names and "none" not in names


MIDDLES = """() => {
  const name = document.querySelector('.budget tbody summary'), range = document.createRange();
  range.selectNodeContents(name);
  const first = range.getClientRects()[0], last = [...range.getClientRects()].at(-1);
  const bar = document.querySelector('.budget tbody td.plot .chart').getBoundingClientRect();
  return {lines: last.top > first.top ? 2 : 1, top: first.top, bottom: first.bottom, bar: (bar.top + bar.bottom) / 2};
}"""


def test_bar_stands_on_the_first_line_of_a_name_that_wraps(page_as, report):
    agency = report.agency
    agency.short_name = "Dinas Perindustrian dan Usaha Mikro"
    agency.save()
    page = page_as("coordinator", viewport=WIDE)

    page.goto(f"/anggaran/?tahun={report.period.year}")

    found = page.evaluate(MIDDLES)
    assert found["lines"] == 2
    assert found["top"] <= found["bar"] <= found["bottom"]
