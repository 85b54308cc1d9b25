"""Tables at the edge of what is read: blank ends, first days, hundredth columns, notes that nobody asked for."""

from datetime import date

import pytest
from django.urls import reverse
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from p2emas.imports.kinds import kind_of, kinds
from p2emas.imports.tables import TableRefused, read_table
from p2emas.imports.workbooks import csv_headings, number_mark
from p2emas.models import Import

from .sheets import HEADERS, book, csv_file, figure, produksi, received, upload

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
    """There the lists of the drop-downs stand, which may be longer and wider than a table."""

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


# --- Templates and steps ------------------------------------------------------------------------------------------


def test_csv_template_says_how_numbers_are_written_where_there_are_numbers():
    with_numbers = {kind.code for kind in kinds().values() if any(column.is_number for column in kind.columns)}

    assert csv_headings(produksi()) == [*HEADERS, number_mark()]
    assert {kind.code for kind in kinds().values() if csv_headings(kind)[-1] == number_mark()} == with_numbers
    assert csv_headings(kind_of("kelompok"))[-1] == kind_of("kelompok").columns[-1].header


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
