"""The process that reads tables: cells with a value in one pass, no matter what a sheet says of itself."""

import io
import subprocess
import sys
import time
from datetime import date

import openpyxl
import pytest

from p2emas.imports import sheet_reader
from p2emas.imports.cells import FORMULA
from p2emas.imports.tables import SHEET as SHEET_READER
from p2emas.imports.tables import TableRefused
from tests.serving import ROOT

from .sheets import book, csv_file, figure, part_of, produksi, read_table, received, with_part

pytestmark = pytest.mark.whole

SHEET = "xl/worksheets/sheet1.xml"
ROW = figure("Kelam Permai", "lada", 12.5)


def read(content: bytes, name: str = "isian.xlsx"):
    taken = received(content, name)
    return read_table(produksi(), taken.content, taken.content_type)


def spoilt(change) -> bytes:
    content = book([ROW])
    return with_part(content, SHEET, change(part_of(content, SHEET)))


def formatted_to_the_last_row() -> bytes:
    """As Excel leaves a sheet whose columns were coloured down to row 1,048,576: rows and cells without a value."""
    empty = b"".join(
        b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/></row>' % (n, n) for n in range(3, 1_048_577)
    )
    return spoilt(lambda xml: xml.replace(b"</sheetData>", empty + b"</sheetData>"))


def test_sheet_formatted_to_its_last_row_is_read():
    content = formatted_to_the_last_row()
    begun = time.process_time()

    found = sheet_reader.read(content, kind="xlsx", fill="Isian", mark="p2emas")

    assert [number for number, _cells in found["rows"]] == [1, 2]
    assert time.process_time() - begun < 30  # of the processor: half of a job's time


def test_size_that_a_sheet_states_is_not_believed():
    content = spoilt(lambda xml: xml.replace(b"<sheetPr", b'<dimension ref="A1:XFD1048576"/><sheetPr', 1))

    assert len(read(content).lines) == 1


def test_sixty_thousand_unclosed_rows_in_a_comment_cost_nothing():
    content = spoilt(lambda xml: xml.replace(b"<sheetData>", b"<!--" + b"<row " * 60_000 + b"--><sheetData>"))
    begun = time.monotonic()

    assert len(read(content).lines) == 1
    assert time.monotonic() - begun < 30


HOSTILE = {
    "deep": lambda xml: b"<a>" * 500 + b"</a>" * 500,
    "unclosed": lambda xml: b"<worksheet>" + b"<row " * 1000,
    "doctype": lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml,
    "no such text": lambda xml: xml.replace(
        b"</sheetData>", b'<row r="9"><c r="A9" t="s"><v>99999</v></c></row></sheetData>'
    ),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_sheet_is_a_sentence(case):
    content = spoilt(HOSTILE[case])

    with pytest.raises(TableRefused, match=r"\w{3}.*\.$"):
        read_table(produksi(), content, "xlsx")


def test_archive_that_swells_is_a_sentence():
    content = spoilt(lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + b" " * 140 * 1024 * 1024))

    with pytest.raises(TableRefused, match="terlalu besar setelah dibuka"):
        read_table(produksi(), content, "xlsx")


def test_reading_that_takes_too_long_is_a_sentence(settings):
    settings.READ_JOB_SECONDS = 0.01

    with pytest.raises(TableRefused, match="terlalu lama dibaca"):
        read_table(produksi(), book([ROW]), "xlsx")


def test_hidden_rows_and_notes_aside_are_told():
    def change(_book, sheet):
        sheet["J3"] = "cek lagi"
        for row in (3, 4):
            sheet.row_dimensions[row].hidden = True

    table = read(book([ROW, figure("Sepauk", "lada", 1), figure("Sepauk", "karet", 2)], change=change))

    assert len(table.lines) == 3
    assert table.notices[0].startswith("2 baris tersembunyi atau tersaring di lembar itu ikut dibaca (baris 3, 4).")
    assert table.notices[1] == "Isi di luar kolom berjudul tidak dibaca: 1 baris, misalnya J3 “cek lagi”."


def test_cells_are_read_as_what_they_are():
    def change(_book, sheet):
        sheet["A3"], sheet["B3"], sheet["C3"] = "=1+1", date(2016, 5, 4), True
        sheet["D3"].value, sheet["D3"].data_type = "=teks", "s"
        sheet["E3"], sheet["F3"], sheet["G3"] = 12, 0.25, "  "
        sheet["F3"].number_format = "0%"

    cells = read(book([ROW], change=change)).lines[1].cells

    assert cells == [FORMULA, date(2016, 5, 4), True, "=teks", 12, 0.25, None]


def test_rich_text_and_cells_without_an_address_are_read():
    head = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in (
        "Kecamatan", "Komoditas", "Tahun", "Ukuran", "Nilai", "Sumber", "Data contoh"
    ))  # fmt: skip
    rich = '<c t="inlineStr"><is><r><t>Ke</t></r><r><t>lam</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c><c><v>7</v></c>'
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = f'<x:worksheet xmlns:x="{space}"><x:sheetData>ROWS</x:sheetData></x:worksheet>'.encode()
    rows = f"<row>{head}</row><row>{rich}</row>".replace("<", "<x:").replace("<x:/", "</x:").encode()

    (line,) = read(with_part(book([ROW]), SHEET, xml.replace(b"ROWS", rows))).lines

    assert line.cells[:3] == ["Kelam", 7, None]


def test_csv_cell_beyond_the_hundredth_column_is_named():
    content = csv_file([[*ROW, *[""] * 95, "jauh"]])

    with pytest.raises(TableRefused, match="Sel CY2 berisi “jauh”, di luar batas"):
        read(content, "isian.csv")


def test_fifty_thousand_rows_are_told_to_be_divided():
    with pytest.raises(TableRefused, match=r"di luar batas 20\.000 baris .*bagi menjadi beberapa berkas"):
        read(csv_file([figure("Kelam", "lada", n) for n in range(20_001)]), "isian.csv")


def test_reader_starts_without_django():
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import {SHEET_READER.module}; print('django' in sys.modules)"
    )

    found = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "False"


def test_openpyxl_and_we_see_the_same_cells():
    content = book([figure("Kelam", f"hasil {n}", n / 8, year=2000 + n % 20) for n in range(300)])
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Isian"]

    found = sheet_reader.read(content, kind="xlsx", fill="Isian", mark="p2emas")

    theirs = [list(row)[:6] for row in sheet.iter_rows(values_only=True)]
    assert [(cells + [None] * 6)[:6] for _number, cells in found["rows"]] == theirs
