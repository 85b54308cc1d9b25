"""Every cell of E.81 and of the RKPD recap of the demo is what a second calculation finds: Excel, screen and PDF."""

import re
from fractions import Fraction
from html.parser import HTMLParser
from io import BytesIO
from math import isclose

import pytest
from django.test import Client
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from p2emas.models import ListRequest, User
from p2emas.ui import formats
from tests.p2emas.documents.pdf_text import text_of as pdf_text
from tests.p2emas.management.conftest import demo  # noqa: F401

from .recomputed import Recomputed

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
DEMO = "demo"
QUARTERS = [(2018, 4), (2019, 1), (2019, 2), (2019, 3)]
MISSING = "–"
REFERENCE = re.compile(r"[A-Z]{1,2}\d+")


@pytest.fixture
def reader(demo) -> Client:  # noqa: F811
    client = Client()
    client.force_login(User.objects.get(username="coordinator"))
    return client


def table_of(sheet) -> list[list]:
    """The rows under the line of numbers, up to the first row without a border."""
    top = int(re.search(r"\d+", sheet.auto_filter.ref)[0]) + 1
    last = int(re.findall(r"\d+", sheet.auto_filter.ref)[1])
    width = sheet.auto_filter.ref.split(":")[1].rstrip("0123456789")
    return [[cell.value for cell in row] for row in sheet[f"A{top}:{width}{last}"]]


def same(stored, wanted) -> bool:
    if wanted is None:
        return stored == MISSING
    if wanted == "":
        return stored is None
    if isinstance(wanted, str):
        return stored == wanted
    if isinstance(wanted, Fraction):
        return isclose(stored, float(wanted), rel_tol=1e-12)
    return stored == float(wanted)


def shown(wanted, money: bool) -> str:
    if wanted is None:
        return MISSING
    if isinstance(wanted, str):
        return wanted
    if isinstance(wanted, Fraction):
        return formats.fixed(wanted, 1)
    text = formats.number(abs(wanted), 0 if money else 3)
    return f"({text})" if wanted < 0 else text


def differences(found: list[list], wanted: list[list]) -> list[str]:
    assert len(found) == len(wanted)
    return [
        f"row {row}, column {get_column_letter(place + 1)}: {is_!r}, not {should!r}"
        for row, (cells, right) in enumerate(zip(found, wanted, strict=True), 1)
        for place, (is_, should) in enumerate(zip(cells, right, strict=True))
        if not same(is_, should)
    ]


class Cells(HTMLParser):
    """The texts of the body of the table, cell by cell."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False
        self.feed(page.partition('class="table form-grid"')[2].partition("<tbody>")[2].partition("</tbody>")[0])

    def handle_starttag(self, tag, attrs) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag) -> None:
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data) -> None:
        if self.inside:
            self.rows[-1][-1] = " ".join(f"{self.rows[-1][-1]} {data}".split())


def texts(row: list, words: int) -> list[str]:
    """The figures of a row as they are shown: K and Rp take turns."""
    return [shown(cell, money=bool(place % 2)) for place, cell in enumerate(row[words:])]


@pytest.mark.parametrize(("year", "quarter"), QUARTERS)
def test_every_cell_of_e81_is_the_recomputed_one(reader, year, quarter):
    second = Recomputed(year, quarter)
    address = {"bentuk": "e81", "periode": f"{year}-T{quarter}"}
    wrong, cells = [], 0
    for agency in second.t["agency"]:
        wanted = second.e81(agency["code"])
        if not wanted:
            continue
        asked = {**address, "skpd": agency["code"]}
        book = load_workbook(BytesIO(reader.get("/rekap/", {**asked, "format": "xlsx"}).content), data_only=True)
        page = Cells(reader.get("/rekap/", asked).content.decode()).rows
        wrong += [f"{agency['code']} {each}" for each in differences(table_of(book.worksheets[0]), wanted)]
        figures = [[*texts(row[:-2], 4), *row[-2:]] for row in wanted]
        assert [row[1:] for row in page] == [[row[3], *each] for row, each in zip(wanted, figures, strict=True)]
        cells += sum(map(len, wanted))
    assert wrong == []
    assert cells > 500


@pytest.mark.parametrize(("year", "quarter"), QUARTERS[2:])
def test_every_cell_of_rkpd_is_the_recomputed_one(reader, year, quarter):
    wanted = Recomputed(year, quarter).rkpd()
    asked = {"bentuk": "rkpd", "periode": f"{year}-T{quarter}"}

    book = load_workbook(BytesIO(reader.get("/rekap/", {**asked, "format": "xlsx"}).content), data_only=True)
    page = Cells(reader.get("/rekap/", asked).content.decode()).rows

    assert differences(table_of(book.worksheets[0]), wanted) == []
    assert [row[1:] for row in page] == [[row[4], *texts(row[:-1], 5), row[-1]] for row in wanted]
    assert len(wanted) > 40


@pytest.mark.parametrize("bentuk", ["e81", "rkpd"])
def test_pdf_says_the_same_figures_in_the_same_order(reader, bentuk):
    second = Recomputed(2019, 3)
    wanted = second.e81("disperindagkop") if bentuk == "e81" else second.rkpd()
    words, after = (4, 2) if bentuk == "e81" else (5, 1)

    pdf = reader.get("/rekap/", {"bentuk": bentuk, "periode": "2019-T3", "skpd": "disperindagkop", "format": "pdf"})
    if bentuk == "rkpd":
        pdf = reader.get("/rekap/", {"bentuk": bentuk, "periode": "2019-T3", "format": "pdf"})

    text, at = "".join(pdf_text(pdf.content).split()), 0
    for row in wanted:
        figures = "".join(texts(row[:-after], words))
        found = text.find(figures, at)
        assert found >= 0, (row, text[at : at + 300])
        at = found + len(figures)


def texts_wide(row: list) -> list[str]:
    """Of 17 columns: three cells for a figure with its unit, two for a share."""
    money = [0, 0, 1] * 8 + [0, 0] + [0, 0, 1] + [0, 0]
    return [shown(cell, money=bool(kind)) for cell, kind in zip(row[4:-2], money, strict=True)]


@pytest.mark.parametrize(("year", "quarter"), [(2018, 4), (2019, 3)])
def test_every_cell_of_17_columns_is_the_recomputed_one(reader, year, quarter):
    second = Recomputed(year, quarter)
    checked = 0
    for agency in second.t["agency"]:
        wanted = second.e81_wide(agency["code"])
        if not wanted:
            continue
        asked = {"bentuk": "e81-17", "periode": f"{year}-T{quarter}", "skpd": agency["code"]}

        book = load_workbook(BytesIO(reader.get("/rekap/", {**asked, "format": "xlsx"}).content), data_only=True)
        page = Cells(reader.get("/rekap/", asked).content.decode()).rows

        assert differences(table_of(book.worksheets[0]), wanted) == [], agency["code"]
        assert [row[1:] for row in page] == [[row[3], *texts_wide(row), row[-2], row[-1]] for row in wanted]
        checked += len(wanted)
    assert checked > 30


def test_pdf_of_17_columns_says_the_same_figures_in_the_same_order(reader):
    wanted = Recomputed(2019, 3).e81_wide("disperindagkop")

    asked = {"bentuk": "e81-17", "periode": "2019-T3", "skpd": "disperindagkop", "format": "pdf"}

    text, at = "".join(pdf_text(reader.get("/rekap/", asked).content).split()), 0
    for row in wanted:
        figures = "".join("".join(texts_wide(row)).split())
        found = text.find(figures, at)
        assert found >= 0, (row, text[at : at + 300])
        at = found + len(figures)


def test_formulas_of_the_form_give_what_is_stored(reader):
    asked = {"bentuk": "e81-17", "periode": "2019-T3", "skpd": "disperindagkop", "format": "xlsx"}
    content = reader.get("/rekap/", asked).content
    written, stored = (load_workbook(BytesIO(content), data_only=kind).worksheets[0] for kind in (False, True))
    checked = 0
    for row in written.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                text = cell.value.removeprefix("=").replace("SUM(", "total(")
                numbers = {ref: stored[ref].value for ref in REFERENCE.findall(text)}
                value = eval(text, {"total": total}, numbers)
                assert isclose(value, stored[cell.coordinate].value, rel_tol=1e-12), cell.coordinate
                checked += 1
    assert checked > 30


def total(*cells) -> float:
    return sum(cell for cell in cells if not isinstance(cell, str))


def test_average_and_predicate_are_those_of_the_recomputed_rows(reader):
    known = [value for value in Recomputed(2019, 3).achievements("disperindagkop") if value is not None]
    average = sum(known) / len(known)
    word = "Sangat Tinggi" if average >= 91 else "Tinggi" if average >= 76 else "Sedang" if average >= 66 else "Rendah"

    page = reader.get("/rekap/", {"periode": "2019-T3", "skpd": "disperindagkop"}).content.decode()

    assert f"Rata-rata capaian kinerja Renja (%): {formats.fixed(average, 1)} " in page
    assert f"Predikat kinerja Renja: {word}<" in page


def test_workbook_of_all_agencies_holds_the_papers_of_each(reader):
    reader.get("/rekap/", {"bentuk": "e81", "periode": "2019-T3", "skpd": "semua", "format": "xlsx"})
    book = load_workbook(BytesIO(ListRequest.objects.get().content), data_only=True)
    second = Recomputed(2019, 3)

    for tab, agency in zip(book.worksheets, sorted(second.t["agency"], key=lambda a: a["code"]), strict=False):
        wanted = second.e81(agency["code"])
        if wanted:
            assert differences(table_of(tab), wanted) == [], agency["code"]
