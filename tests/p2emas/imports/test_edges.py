"""Tables at the edge of what is read: blank ends, first days, hundredth columns, notes that nobody asked for."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from p2emas.imports import jobs
from p2emas.imports.cells import Unfit, yes_no
from p2emas.imports.kinds import kind_of, kinds
from p2emas.imports.quantities import Number
from p2emas.imports.tables import TableRefused
from p2emas.imports.workbooks import csv_headings, number_mark, template_workbook
from p2emas.models import Import

from .sheets import HEADERS, book, csv_file, figure, produksi, read_table, received, upload

ROW = figure("Kelam Permai", "lada", "12")


def read(content: bytes, name: str = "isian.csv"):
    taken = received(content, name)
    return read_table(produksi(), taken.content, taken.content_type)


# --- CSV ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_line_that_excel_writes_for_itself_is_no_row(delimiter):
    """Excel opens a CSV with "sep=" above as one asks for, and keeps the line when it saves."""
    said = csv_file([ROW], delimiter=delimiter).replace("\ufeff".encode(), f"\ufeffsep={delimiter}\r\n".encode())

    assert [(line.number, line.cells[1], line.cells[4]) for line in read(said).lines] == [(2, "lada", "12")]


@pytest.mark.parametrize("blank", ["", ";;;;;;"])
def test_blank_lines_below_the_rows_are_no_rows_however_many(blank):
    content = csv_file([ROW]) + f"\r\n{blank}".encode() * 20_001

    assert [line.number for line in read(content).lines] == [2]


def test_row_too_far_down_is_named_by_its_first_cell_and_by_what_stands_beyond_the_columns():
    for width, cell in ((100, "A20001"), (101, "CW20001")):
        far = ["jauh", *[""] * (width - 2), "jauh"]
        content = csv_file([ROW]) + b"\r\n" * 19_999 + ";".join(far).encode()

        with pytest.raises(TableRefused, match=f"^Sel {cell} berisi “jauh”"):
            read(content)


def test_long_cell_too_far_is_quoted_by_its_first_forty_letters():
    content = csv_file([[*ROW, *[""] * 95, "k" * 41]])

    with pytest.raises(TableRefused, match=r"berisi “k{40}”, di luar batas"):
        read(content)


# --- Excel ----------------------------------------------------------------------------------------------------------


def test_first_day_of_either_calendar_is_a_day():
    def since_1904(made, sheet):
        made.epoch = CALENDAR_MAC_1904
        sheet["A2"] = date(1904, 1, 2)

    def since_1900(_made, sheet):
        sheet["A2"], sheet["A2"].number_format = 1, "dd/mm/yyyy"

    found = [read(book([ROW], change=change), "isian.xlsx").lines[0].cells[0] for change in (since_1904, since_1900)]

    assert found == [date(1904, 1, 2), date(1899, 12, 31)]


def test_what_stands_below_the_mark_of_a_template_is_not_looked_at():
    """The lists of the drop-downs are there, which may be longer and wider than a table."""

    def change(made, _sheet):
        made["p2emas"].cell(row=2, column=101, value="pilihan")

    assert len(read(book([ROW], change=change), "isian.xlsx").lines) == 1


def test_mark_is_found_by_its_name_wherever_its_sheet_stands():
    def change(made, _sheet):
        made.create_sheet("Catatan", 0)["A1"] = "catatan saya"
        made.move_sheet("p2emas", 1)

    assert len(read(book([ROW], change=change), "isian.xlsx").lines) == 1


def test_strange_words_beside_the_mark_say_nothing_of_numbers():
    def change(made, _sheet):
        made["p2emas"]["B1"], made["p2emas"]["C1"] = "entah", number_mark()

    def only_strange(made, _sheet):
        made["p2emas"]["B1"] = "entah"

    found = [read(book([ROW], change=each), "isian.xlsx").marked for each in (change, only_strange)]

    assert found == ["COMMA", ""]


def test_note_beside_the_table_is_named_by_its_cell_beyond_the_letter_z():
    def change(_made, sheet):
        sheet["AB2"] = "cek lagi"

    notices = read(book([ROW], change=change), "isian.xlsx").notices

    assert notices == ["Isi di luar kolom berjudul tidak dibaca: 1 baris, misalnya AB2 “cek lagi”."]


# --- One cell -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cell", "value"), [("Ya", True), (" y ", True), (1, True), (True, True),
                                             ("TIDAK", False), ("bukan", False), (0, False), (False, False)])  # fmt: skip
def test_yes_and_no_are_read_in_the_words_and_signs_that_are_met(cell, value):
    assert yes_no(cell, {}, None) is value


def test_any_other_word_is_neither_yes_nor_no():
    with pytest.raises(Unfit, match=r"^Tulis ya atau tidak\.$"):
        yes_no("mungkin", {}, None)


def test_number_of_a_workbook_is_the_one_that_is_seen_in_it_and_no_rounding_is_told():
    """A workbook keeps 1588.43 as the nearest binary fraction, which ends after fifty digits."""
    number = Number(places=3, largest=Decimal(10**17), rounds=True)
    read = [(number(cell, {}, None), number.remark(cell, number(cell, {}, None))) for cell in (1588.43, 0.1 + 0.2)]

    assert read == [("1588.43", ""), ("0.3", "")]
    assert number(1_234_567_890_123_457, {}, None) == "1234567890123457"


# --- Templates and steps ------------------------------------------------------------------------------------------


def test_csv_template_says_how_numbers_are_written_where_there_are_numbers():
    with_numbers = {kind.code for kind in kinds().values() if any(column.is_number for column in kind.columns)}

    assert csv_headings(produksi()) == [*HEADERS, number_mark()]
    assert {kind.code for kind in kinds().values() if csv_headings(kind)[-1] == number_mark()} == with_numbers
    assert csv_headings(kind_of("kelompok"))[-1] == kind_of("kelompok").columns[-1].header


@pytest.mark.django_db
def test_cell_of_a_template_says_what_belongs_into_it_and_offers_its_list(land, user_as):
    """Excel refuses a heading of such a note above 32 letters, and the file with it; a note may have 255."""
    kind = produksi()
    long = {
        "Komoditas": {"header": "Komoditas unggulan kecamatan itu."},  # 33
        "Ukuran": {"header": "Ukuran yang dipakai satu analisa", "hint": ""},  # 32
        "Nilai": {"hint": "n" * 256},
        "Sumber": {"hint": "s" * 255},
        "Data contoh": {"hint": "", "options": lambda lookups: []},
    }
    wide = type("Wide", (type(kind),), {"columns": tuple(replace(c, **long.get(c.header, {})) for c in kind.columns)})()

    made = openpyxl.load_workbook(io.BytesIO(template_workbook(wide, user_as("coordinator"), {})))

    rules = {str(rule.sqref)[0]: rule for rule in made["Isian"].data_validations.dataValidation}
    assert {place: (rule.promptTitle, rule.prompt) for place, rule in rules.items()} == {
        "A": ("Kecamatan", "Nama kecamatan."),
        "B": ("Komoditas unggulan kecamatan itu", "Nama komoditas dari daftar."),
        "C": ("Tahun", "Tahun data, misalnya 2016."),
        "D": ("Ukuran yang dipakai satu analisa", ""),
        "E": ("Nilai", "n" * 255),
        "F": ("Sumber", "s" * 255),
    }
    assert [place for place, rule in rules.items() if rule.type == "list"] == ["A", "B", "D"]


@pytest.mark.django_db
def test_page_of_a_check_begins_with_no_row_checked(land, client_as, monkeypatch):
    client, seen, plain = client_as("coordinator"), [], jobs.store_rows

    def store_rows(batch, rows, total):
        seen.append(client.get(batch.get_absolute_url()).content.decode())
        plain(batch, rows, total)

    monkeypatch.setattr(jobs, "store_rows", store_rows)
    content = book([figure(land.kelam, land.lada, 1), figure(land.kelam, land.karet, 2)])
    client.post(reverse("imports:import-upload", args=["produksi"]), {"berkas": upload(content)})

    assert "0 dari 2 baris diperiksa." in seen[0]


@pytest.mark.django_db
def test_page_says_how_numbers_were_read_where_that_was_a_question(land, client_as):
    client = client_as("coordinator")
    texts = {}
    for name, content in {
        "text.csv": csv_file([figure(land.kelam, land.lada, "1.234.567,5")]),
        "typed.xlsx": book([figure(land.kelam, land.lada, 657.565)]),
    }.items():
        answer = client.post(reverse("imports:import-upload", args=["produksi"]), {"berkas": upload(content, name)})
        texts[name] = client.get(answer.url).content.decode()

    label = "Cara menulis angka"
    assert [label in texts[name] for name in texts] == [True, False]
    assert "koma desimal (1.234,56)" in texts["text.csv"].partition(label)[2]


@pytest.mark.django_db
def test_open_question_cannot_be_passed_by_the_page_of_other_steps(land, client_as):
    client = client_as("coordinator")
    content = csv_file([figure(land.kelam, land.lada, "657.565")])
    client.post(reverse("imports:import-upload", args=["produksi"]), {"berkas": upload(content, "angka.csv")})
    batch = Import.objects.get()

    answer = client.post(reverse("imports:import-step", args=[batch.pk, "answer"]), {"seen": "ASKING"})

    batch.refresh_from_db()
    assert (answer.status_code, batch.status, batch.number_format) == (404, "ASKING", "")


@pytest.mark.django_db
def test_list_of_imports_is_only_read(client_as):
    client = client_as("coordinator")

    assert [client.get("/impor/").status_code, client.post("/impor/").status_code] == [200, 405]
