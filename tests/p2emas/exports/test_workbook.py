"""A list as a workbook: what the cells are, and what its second sheet says."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import openpyxl
from django.http import QueryDict

from p2emas.exports.lists import ListFile
from p2emas.exports.workbook import workbook


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_cells_are_what_they_are_and_text_is_never_computed():
    moment = datetime(2019, 10, 8, 2, tzinfo=UTC)
    row = [7, Decimal("1.5"), Fraction(1, 4), 0.5, True, date(2019, 10, 8), moment, "a\x01b", "x" * 32_001, None, ""]
    row += ["=1+1", "http://contoh.id", "0012", 10**18 + 1]

    book = opened(workbook("Judul", [f"Kolom {n}" for n in range(len(row))], [row]))

    cells = list(book.active.iter_rows())[1]
    values = [cell.value for cell in cells]
    assert values[:5] == [7, 1.5, 0.25, 0.5, "ya"]
    assert values[5:7] == [datetime(2019, 10, 8), datetime(2019, 10, 8, 9)]
    assert (values[7], len(values[8]), values[9:11]) == ("ab", 32_000, [None, None])
    assert values[11:] == ["=1+1", "http://contoh.id", "0012", str(10**18 + 1)]
    assert {cell.data_type for cell in cells[11:]} == {"s"}
    assert cells[12].hyperlink is None


def test_head_is_frozen_and_filtered_and_money_has_its_points():
    book = opened(workbook("A/B: [c]", ["Tahun", "Pagu (Rp)"], [[2019, 1_250_000], [2020, 5]]))

    sheet = book.active
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")
    assert (sheet["A2"].number_format, sheet["B2"].number_format) == ("0", "#,##0")
    assert sheet.title == "A B   c"


def test_columns_are_as_wide_as_their_rows_within_bounds():
    moment = datetime(2019, 10, 8, 2, tzinfo=UTC)
    rows = [["00414/SP2D/LS/2019", 5_515_000_000, moment, "x" * 300, None], ["b", 1, None, "", "c"]]

    sheet = opened(workbook("Judul", ["Nomor", "Pagu (Rp)", "Kirim", "Uraian", "Ya"], rows)).active

    assert [round(sheet.column_dimensions[place].width) for place in "ABCDE"] == [21, 16, 19, 41, 13]


def test_empty_list_is_a_head_with_a_filter():
    book = opened(workbook("Kosong", ["Satu", "Dua"], []))

    assert list(book.active.values) == [("Satu", "Dua")]
    assert book.active.auto_filter.ref == "A1:B2"


def about(made: ListFile, query: str = "") -> dict[str, str]:
    return dict(opened(made.as_workbook(QueryDict(query)))["Keterangan"].values)


def test_second_sheet_says_what_it_is_and_whether_rows_are_invented(db):
    rows = [["Satu", False], ["Dua", True]]

    real = about(ListFile("daftar", "Daftar & isi", ["Nama", "Data contoh"], rows[:1]), "cari=a&format=xlsx&urut=nama")
    invented = about(
        ListFile("daftar", "Daftar", ["Nama", "Data contoh"], rows, source="Dinas", as_of=date(2019, 1, 2))
    )
    by_note = about(ListFile("bukti", "Bukti", ["Nilai", "Keterangan"], [[1, "belum ada data; DATA CONTOH"]]))

    assert (real["Judul"], real["Saringan"], real["Baris"]) == ("Daftar & isi", "cari: a", "1")
    assert real["Keadaan per"] == "8 Oktober 2019"
    assert "DATA CONTOH" not in real
    assert (invented["Sumber"], invented["Keadaan per"], invented["Baris"]) == ("Dinas", "2 Januari 2019", "2")
    assert "DATA CONTOH" in invented and "DATA CONTOH" in by_note
