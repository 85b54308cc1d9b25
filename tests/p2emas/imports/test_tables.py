"""Files that are no plain table of this kind: a sentence each, never a crash, nothing written."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from p2emas.documents.kinds import FileRefused
from p2emas.imports.judging import Judge
from p2emas.imports.models import CSV
from p2emas.imports.tables import MOST_ROWS, TableRefused
from p2emas.imports.workbooks import template_workbook
from p2emas.models import ImportRow
from tests.p2emas.documents import corpus

from .sheets import HEADERS, book, csv_file, figure, part_of, produksi, read_table, received, upload, with_part

pytestmark = pytest.mark.django_db
ROW = figure("Kelam Permai", "lada", 12.5)
SHEET = "xl/worksheets/sheet1.xml"


def read(content: bytes, name: str = "isian.xlsx"):
    return table(content, name).lines


def table(content: bytes, name: str = "isian.xlsx"):
    taken = received(content, name)
    return read_table(produksi(), taken.content, taken.content_type)


def merged(_book, sheet):
    sheet.merge_cells("A1:B1")


def other_header(_book, sheet):
    sheet["E1"] = "Jumlah"


def extra_column(_book, sheet):
    sheet["H1"] = "Catatan saya"


def two_headers(_book, sheet):
    sheet["H1"] = "Nilai"


def far_row(_book, sheet):
    sheet.cell(row=1_000_000, column=1, value="jauh")


def far_column(_book, sheet):
    sheet.cell(row=2, column=16384, value="jauh")


def far_corner(_book, sheet):
    sheet.cell(row=1_048_576, column=16384, value="jauh")


def hidden_sheet(made, sheet):
    made.create_sheet("Catatan")
    sheet.sheet_state = "hidden"


def emptied(_book, sheet):
    sheet.delete_rows(2, 5)


SPOILT = [
    (merged, "sel gabungan"),
    (other_header, "tidak memuat judul kolom “Nilai”"),
    (extra_column, "Kolom “Catatan saya” tidak dikenal"),
    (two_headers, "“Nilai” ada dua kali"),
    (far_row, r"Sel A1000000 berisi “jauh”, di luar batas 20\.000 baris dan 100 kolom"),
    (far_column, r"Sel XFD2 berisi “jauh”, di luar batas"),
    (far_corner, r"Sel XFD1048576 berisi “jauh”, di luar batas"),
    (hidden_sheet, "Lembar “Isian” tersembunyi. Tampilkan dahulu"),
    (emptied, "Tidak ada baris yang terisi"),
]


@pytest.mark.parametrize(("change", "sentence"), SPOILT, ids=lambda x: getattr(x, "__name__", ""))
def test_spoilt_template_is_refused_in_a_sentence(change, sentence):
    with pytest.raises(TableRefused, match=sentence):
        read(book([ROW], change=change))


@pytest.mark.parametrize(("token", "sentence"), [
    ("kelompok:1", "dari templat lain"),
    ("produksi:0", "versi 0, yang berlaku versi 1"),
    ("rumus", "dari templat lain"),
])  # fmt: skip
def test_other_or_older_template_is_named(token, sentence):
    with pytest.raises(TableRefused, match=sentence):
        read(book([ROW], token=token))


def test_more_rows_than_allowed_are_refused():
    with pytest.raises(TableRefused, match=r"lebih dari 10\.000 baris"):
        read(csv_file([ROW] * (MOST_ROWS + 1)), "isian.csv")


def lying_archive() -> bytes:
    """A directory that announces ten bytes where ten million lie."""
    content = with_part(book([ROW]), "xl/media/padding.xml", b"<a>" + b" " * 10_000_000 + b"</a>")
    at = content.rfind(b"PK\x01\x02")
    size = content.find((10_000_007).to_bytes(4, "little"), at)
    return content[:size] + (10).to_bytes(4, "little") + content[size + 4 :]


def bomb() -> bytes:
    return with_part(book([ROW]), "xl/media/padding.xml", b"<a>" + b" " * 90_000_000 + b"</a>")


def entity_bomb() -> bytes:
    content = book([ROW])
    xml = part_of(content, SHEET)
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + xml.partition(b"?>")[2]
    return with_part(content, SHEET, evil)


def macros() -> bytes:
    return with_part(book([ROW]), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")


REFUSED_AT_ONCE = {
    "encrypted or old .xls": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        "isian.xls",
        "tanpa kata sandi, atau CSV",
    ),
    "macros": (macros(), "isian.xlsx", "makro"),
    "named xlsm": (book([ROW]), "isian.xlsm", "berakhiran .xlsm"),
    "zip bomb": (bomb(), "isian.xlsx", "terlalu besar setelah dibuka"),
    "lying zip": (lying_archive(), "isian.xlsx", "rusak"),
    "entities": (entity_bomb(), "isian.xlsx", "perintah XML"),
    "cut in half": (book([ROW])[:3000], "isian.xlsx", "."),
    "a picture": (b"\xff\xd8\xff\xe0" + bytes(100), "isian.xlsx", r"LibreOffice \(.ods\), atau CSV"),
    "another archive": (corpus.zipped(), "isian.xlsx", r"LibreOffice \(.ods\), atau CSV"),
    "a letter": (corpus.office("docx"), "isian.docx", r"LibreOffice \(.ods\), atau CSV"),
    "text named xlsx": (b"halo", "isian.xlsx", "bukan tabel"),
    "empty": (b"", "isian.xlsx", "kosong"),
    "csv with NUL": (b"Kecamatan;Nilai\x00", "isian.csv", "tidak dapat dibaca"),
    "csv in UTF-16": ("Kecamatan;Nilai".encode("utf-16"), "isian.csv", "tidak dapat dibaca"),
    "csv in latin-1": ("Kecamatan;Café".encode("latin-1"), "isian.csv", "tidak terbaca"),
    "too large": (b"a;" * 3_000_000, "isian.csv", "terlalu besar"),
}


@pytest.mark.parametrize("case", REFUSED_AT_ONCE)
def test_file_that_is_no_table_is_refused_at_the_door(case):
    content, name, sentence = REFUSED_AT_ONCE[case]

    with pytest.raises(FileRefused, match=sentence):
        received(content, name)


def test_every_nasty_file_of_the_corpus_is_refused_or_read_but_never_crashes():
    for own_name, content in corpus.nasty().values():
        for name in (own_name, "isian.xlsx", "isian.csv"):
            with pytest.raises((FileRefused, TableRefused)) as refused:
                read(content, name)
            assert str(refused.value.args[0]).strip()


@pytest.mark.parametrize("xml", [
    b"<worksheet/>", b"<html/>", b'<worksheet xmlns="x"><sheetData><row r="0"/></sheetData></worksheet>',
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="ZZZZZ1" t="n"><v>NaN</v></c></row></sheetData></worksheet>',
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="s"><v>99999</v></c></row></sheetData></worksheet>',
])  # fmt: skip
def test_sheet_that_makes_no_sense_is_refused(xml):
    with pytest.raises(TableRefused):
        read(with_part(book([ROW]), SHEET, xml))


# --- What is read ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_with_any_delimiter_and_bom_is_read(delimiter):
    lines = read(csv_file([figure("Kelam Permai", "lada", "12")], delimiter=delimiter), "isian.csv")

    assert [(line.number, line.cells[0], line.cells[4]) for line in lines] == [(2, "Kelam Permai", "12")]


def test_columns_are_found_in_any_order_and_empty_rows_are_no_rows():
    turned = [*HEADERS[1:], HEADERS[0]]
    lines = read(
        book([["lada", 2016, "Luas (ha)", 3, "x", None, "Kelam Permai"], [None] * 7, [""] * 7], headers=turned)
    )

    assert [line.cells for line in lines] == [["Kelam Permai", "lada", 2016, "Luas (ha)", 3, "x", None]]


def test_guarded_text_of_our_own_csv_is_read_as_it_was():
    assert read(csv_file([["Kelam Permai", "'-lada", 2016, "", "", "", ""]]), "isian.csv")[0].cells[1] == "-lada"


def judged(land, user, cells) -> ImportRow:
    (line,) = read(book([cells]))
    return next(iter(Judge(produksi(), user).rows([line], 0)))


VALUES = [
    (12.5, "NEW", "12.5"),
    (0.1 + 0.2, "NEW", "0.3"),
    (0, "NEW", "0"),
    ("1.250,5", "NEW", "1250.5"),
    ("belum ada data", "NEW", None),
    ("12.50", "NEW", "12.5"),
    ("657.565", "ERROR", "dua cara"),
    *((sign, "NEW", None) for sign in ("-", "\u2013", "\u2014", "...", "\u2026", "NA", "n.a.", "N/A", "..")),
    (1588.4349368, "NEW", "1588.435"),
    (-1, "ERROR", "tidak boleh negatif"),
    ("banyak", "ERROR", "bukan angka"),
    (1e300, "ERROR", "Paling besar"),
    (0.0001, "ERROR", "Terlalu kecil"),
    (True, "ERROR", "ya atau tidak"),
    ("=1+1", "ERROR", "berisi rumus"),
    (ArrayFormula("E2", "=SUM(A1:A2)"), "ERROR", "berisi rumus"),
    ("#REF!", "ERROR", "bukan angka"),
    ("<script>alert(1)</script>", "ERROR", "bukan angka"),
    ("9" * 5000, "ERROR", "terlalu panjang"),
]


@pytest.mark.parametrize(("value", "action", "what"), VALUES)
def test_value_is_read_or_refused_with_its_column(land, user_as, value, action, what):
    row = judged(land, user_as("coordinator"), figure(land.kelam, land.lada, value))

    assert row.action == action
    if action == "NEW":
        assert row.after["value"] == what
    else:
        assert row.message.startswith("Kolom E “Nilai”: ") and what in row.message


@pytest.mark.parametrize(("place", "cell", "message"), [
    (0, "Kecamatan Entah", "Kolom A “Kecamatan”: Kecamatan “Kecamatan Entah” tidak dikenal. Pilih dari daftar."),
    (2, 3000, "Kolom C “Tahun”: Tulis tahun 1990 sampai 2019, contoh 2016."),
    (2, 2020, "Kolom C “Tahun”: Tulis tahun 1990 sampai 2019, contoh 2016."),
    (2, 1989, "Kolom C “Tahun”: Tulis tahun 1990 sampai 2019, contoh 2016."),
    (2, 2016.5, "Kolom C “Tahun”: Tulis tahun 1990 sampai 2019, contoh 2016."),
    (3, "Luas", "Kolom D “Ukuran”: “Luas” tidak dikenal. Pilih: Produksi (ton), Luas (ha), Nilai produksi (Rp), "
     "Tenaga kerja (orang), Produksi (kuintal), Populasi (ekor), Luas (m2), Produksi (butir), Produksi (liter)."),
    (3, None, "Kolom D “Ukuran”: Sel ini kosong. Isi ukuran."),
    (5, None, "Kolom F “Sumber”: sel ini kosong. Isi dokumen atau instansi asal angka."),
    (5, "x" * 201, "Kolom F “Sumber”: Paling banyak 200 huruf, sel ini 201."),
    (6, "mungkin", "Kolom G “Data contoh”: Tulis ya atau tidak."),
])  # fmt: skip
def test_error_names_column_and_what_to_do(land, user_as, place, cell, message):
    cells = figure(land.kelam, land.lada, 3)
    cells[place] = cell

    assert judged(land, user_as("coordinator"), cells).message == message


# --- What we write --------------------------------------------------------------------------------------------------


def test_template_of_kecamatan_staff_holds_their_rows_and_comes_back_as_it_went(land, user_as):
    clerk = user_as("district_admin", at=land.kelam.office)
    content = template_workbook(produksi(), clerk, {"tahun": 2016, "ukuran": "HECTARE"})

    lines = read(content)

    assert [(line.cells[0], line.cells[1], line.cells[2]) for line in lines] == [
        ("Kelam Permai", name, 2016) for name in ("cabai", "karet", "lada")
    ]
    book_ = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book_["Isian"]
    assert book_["p2emas"].sheet_state == "veryHidden" and book_["p2emas"]["A1"].value == "produksi:1"
    assert (sheet["A2"].protection.locked, sheet["E2"].protection.locked) == (True, False)
    assert sheet.protection.sheet
    lists = {str(rule.sqref).partition(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists["A2"] == "p2emas!$A$2:$A$2" and lists["B2"] == "p2emas!$B$2:$B$4"
    received(content)  # it passes its own check


def test_text_that_looks_like_a_formula_stays_text_in_the_template(land, user_as):
    land.lada.name = '=HYPERLINK("http://x")'
    land.lada.save()

    content = template_workbook(produksi(), user_as("coordinator"), {})

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml").replace(b"<formula1>", b"")
        assert b"=HYPERLINK" in archive.read("xl/sharedStrings.xml")


def test_upload_keeps_the_bytes_as_they_came():
    content = csv_file([ROW])

    taken = received(content, "../../etc/isian.csv")

    assert (taken.content, taken.original_name, taken.content_type) == (content, "isian.csv", CSV)
    assert upload(content).size == len(content)
