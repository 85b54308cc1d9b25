"""Tables from LibreOffice: read like those from Excel, with the same guards, and honest about what they hide."""

from datetime import date

import pytest

from p2emas.documents.kinds import ODS, FileRefused
from p2emas.imports import sheet_reader
from p2emas.imports.judging import Judge
from p2emas.imports.number_choice import choose_format, in_format
from p2emas.imports.tables import SHEET, TableRefused
from tests.factories import UserFactory

from .ods_files import filled, ods, table
from .sheets import HEADERS, book, csv_file, figure, produksi, read_table, received

pytestmark = pytest.mark.django_db
ROW = figure("Kelam Permai", "lada", 12.5)
FAR = '<table:table-row%s><table:table-cell office:value-type="float" office:value="1"%s/></table:table-row>'


def taken(content: bytes, name: str = "isian.ods"):
    found = received(content, name)
    return read_table(produksi(), found.content, found.content_type)


def test_it_is_received_by_its_content_and_kept_as_it_is():
    content = filled([HEADERS, ROW])

    assert received(content, "isian.ods").content_type == ODS
    assert received(content, "isian.ods").content == content
    with pytest.raises(FileRefused, match="LibreOffice"):
        received(content, "isian.xlsx")


def test_cells_come_as_they_are():
    rows = [["teks", "a & <b>", 12, 12.5, True, date(2019, 3, 1), None, "akhir"], [], [None, "=1+1"]]

    found = sheet_reader.read(ods(table("Isian", rows)), kind="ods", fill="Isian", mark="p2emas")

    assert found["rows"] == [
        (1, ["teks", "a & <b>", 12, 12.5, True, ["d", "2019-03-01"], None, "akhir"]),
        (3, [None, "=1+1"]),
    ]


def test_the_preview_says_what_it_cannot_see():
    assert [notice for notice in taken(filled([HEADERS, ROW])).notices if "baris tersembunyi" in notice]


def test_the_first_visible_sheet_is_read_and_a_hidden_template_is_named():
    away, seen = table("Catatan", [["x"]], shown=False), table("Data", [["y"]])

    assert sheet_reader.read(ods(away, seen), kind="ods", fill="Isian", mark="p2emas")["rows"] == [(1, ["y"])]
    with pytest.raises(FileRefused, match="tersembunyi"):
        SHEET.read(ods(table("Isian", [HEADERS, ROW], shown=False), seen), kind="ods", fill="Isian", mark="p2emas")


HURTFUL = {
    "a cell repeated to the end": (ods(table("Isian", [HEADERS, ROW], end=FAR % (
        ' table:number-rows-repeated="1048576"', ' table:number-columns-repeated="16384"'))), "di luar batas"),
    "a far row": (ods(table("Isian", [HEADERS, ROW], end='<table:table-row table:number-rows-repeated="900000">'
        "<table:table-cell/></table:table-row>" + FAR % ("", ""))), "baris 900003"),
    "a text repeated": (ods(table("Isian", [HEADERS], end='<table:table-row table:number-rows-repeated="19000">'
        '<table:table-cell table:number-columns-repeated="99" office:value-type="string"><text:p>' + "a" * 500
        + "</text:p></table:table-cell></table:table-row>")), "terlalu besar"),
    "many sheets": (ods(*[table(f"L{n}", [], end=FAR % (
        ' table:number-rows-repeated="20000"', ' table:number-columns-repeated="100"')) for n in range(3)]),
        "terlalu besar"),
    "repeats that are no number": (ods(table("Isian", [HEADERS], end=FAR % (
        ' table:number-rows-repeated="-1"', ""))), "rusak"),
    "a password": (ods(table("Isian", [HEADERS, ROW]), locked=True), "berkata sandi"),
    "macros": (ods(table("Isian", [HEADERS, ROW]), parts={"Basic/Standard/m.xml": b"<a/>"}), "makro"),
    "a swelling part": (ods(table("Isian", [HEADERS, ROW]), parts={"Pictures/a.bin": b"\0" * 5_000_000}),
        "terlalu besar"),
    "a doctype": (ods(table("Isian", [HEADERS]), parts={"styles.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
        "perintah XML"),
    "broken content": (ods("<table:table>"), "rusak"),
    "no table": (ods(), "rusak|tidak dapat dibaca"),
}  # fmt: skip


@pytest.mark.parametrize("name", HURTFUL)
def test_files_made_to_hurt_are_refused_in_a_sentence(name):
    content, sentence = HURTFUL[name]

    with pytest.raises((FileRefused, TableRefused), match=sentence):
        taken(content)


def test_the_same_numbers_give_the_same_rows_from_every_format(land):
    numbers = [1234.5, 12, 0.125, 657565.25]
    names = ["lada", "karet", "cabai", "lada"]
    rows = [
        figure("Sepauk" if place == 3 else "Kelam Permai", name, number)
        for place, (name, number) in enumerate(zip(names, numbers, strict=True))
    ]
    points = [[*row[:4], f"{row[4]:,.3f}", *row[5:]] for row in rows]
    commas = [[*row[:4], row[4].translate(str.maketrans(",.", ".,")), *row[5:]] for row in points]
    files = {
        "points.csv": csv_file(points),
        "commas.csv": csv_file(commas),
        "isian.xlsx": book(rows),
        "isian.ods": filled([HEADERS, *rows]),
    }

    found = {name: values_of(content, name) for name, content in files.items()}

    assert [row["value"] for row in found["isian.xlsx"]] == ["1234.5", "12", "0.125", "657565.25"]
    assert all(rows == found["isian.xlsx"] for rows in found.values())


def values_of(content: bytes, name: str):
    kind, read = produksi(), taken(content, name)
    in_format(kind, read.lines, choose_format(kind, read).format)
    judge = Judge(kind, UserFactory(), read.letters)
    answers = [judge.read(line) for line in read.lines]
    assert not [wrong for _values, wrong in answers if wrong]
    return [judge.kept(values) for values, _wrong in answers]


def test_what_is_accepted_names_the_format():
    with pytest.raises(FileRefused, match=r"Excel \(\.xlsx\), LibreOffice \(\.ods\), atau CSV"):
        received(b"bukan tabel", "isian.bin")
