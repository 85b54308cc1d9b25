"""Cells that show a percentage, and the differences of an upload as a file."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from p2emas.models import LaneUpload
from tests.factories import ActivityFactory, PlanLineFactory, TargetLocationFactory, WorkPlanFactory
from tests.p2emas.imports.ods_files import ods, table
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db
SHEET, FIRST = "Baris rencana", 5  # the row of the first line; I to L are percentages, D is the ceiling, M the volume


@pytest.fixture
def plan():
    plan = WorkPlanFactory()
    activity = ActivityFactory(agency=plan.agency, year=plan.year)
    PlanLineFactory(plan=plan, activity=activity, target_location=TargetLocationFactory(), amount=100_000_000)
    return plan


@pytest.fixture
def operator(client_as, plan):
    return client_as("agency_operator", at=plan.agency)


def workbook(client, plan):
    answer = client.get(reverse("imports:lane-workbook", args=["rencana", plan.pk]))
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def send(client, plan, content, name="isian.xlsx"):
    address = reverse("imports:lane", args=["rencana", plan.pk])
    answer = client.post(address, {"berkas": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, text_of(answer)
    return answer.url


def as_xlsx(book) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def apply(client, url):
    version = client.get(url).context["page"].comparison.version
    return client.post(reverse("imports:lane-apply", args=[LaneUpload.objects.get().pk]), {"version": version})


def test_cell_that_shows_a_percentage_is_read_as_it_shows(operator, plan):
    book = workbook(operator, plan)
    # as Excel stores "25%", as LibreOffice stores "62,50%", with a colour and a language in the format
    formats = {"I": (0.25, "0%"), "J": (0.625, "0.00%"), "K": (0.755, '[$-421]0.0"  "%;[Red]-0.0%'), "L": (100, "0.##")}
    for letters, (value, number_format) in formats.items():
        cell = book[SHEET][f"{letters}{FIRST}"]
        cell.value, cell.number_format = value, number_format

    url = send(operator, plan, as_xlsx(book))
    page = text_of(operator.get(url))

    assert "Sel berformat persen dibaca sebagai persen, 75% menjadi 75: I5, J5, K5." in page
    assert apply(operator, url).status_code == 302
    found = plan.lines.get().targets.order_by("quarter").values_list("physical", flat=True)
    assert list(found) == [Decimal(25), Decimal("62.5"), Decimal("75.5"), Decimal(100)]


def test_percentage_in_another_column_is_read_as_it_is_and_named(operator, plan):
    book = workbook(operator, plan)
    cell = book[SHEET][f"M{FIRST}"]
    cell.value, cell.number_format = 0.75, "0%"

    url = send(operator, plan, as_xlsx(book))

    assert "75% menjadi 0,75: M5. Periksa angkanya." in text_of(operator.get(url))
    apply(operator, url)
    assert plan.lines.get().volume == Decimal("0.75")


def test_word_percent_in_quotes_is_no_percentage(operator, plan):
    book = workbook(operator, plan)
    cell = book[SHEET][f"I{FIRST}"]
    cell.value, cell.number_format = 25, '0" %"'

    url = send(operator, plan, as_xlsx(book))

    assert "berformat persen" not in text_of(operator.get(url))
    apply(operator, url)
    assert plan.lines.get().targets.get().physical == 25


def test_ods_says_how_percentages_are_to_be_written(operator, plan):
    book = workbook(operator, plan)
    tables = [table(sheet.title, [[cell.value for cell in row] for row in sheet.iter_rows()]) for sheet in book]

    page = text_of(operator.get(send(operator, plan, ods(*tables), "isian.ods")))

    assert "Tulis persen tanpa tandanya (12,5)" in page


def test_differences_are_a_file_with_old_new_and_what_is_wrong(operator, plan):
    book = workbook(operator, plan)
    sheet = book[SHEET]
    sheet[f"D{FIRST}"], sheet[f"E{FIRST}"], sheet[f"B{FIRST + 1}"] = 120_000_000, 900_000_000, "Tidak ada"
    url = send(operator, plan, as_xlsx(book))
    assert f"{url}?format=xlsx" in operator.get(url).content.decode()

    answer = operator.get(url, {"format": "csv"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    named = {row[2]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}

    assert (named["D5"]["Isi lama"], named["D5"]["Isi baru"]) == ("100.000.000", "120.000.000")
    assert named["D5"]["Keadaan"] == "Diubah" and named["D5"]["Perbaikan"] == ""
    assert named["E5"]["Keadaan"] == "Salah" and "tidak boleh melebihi pagu" in named["E5"]["Perbaikan"]
    assert "tidak ada dalam daftar" in named["B6"]["Perbaikan"]
    book = openpyxl.load_workbook(io.BytesIO(operator.get(url, {"format": "xlsx"}).content))
    assert book.worksheets[0].max_row >= len(rows)


def test_nobody_else_reads_the_differences_as_a_file(operator, plan, client_as):
    url = send(operator, plan, as_xlsx(workbook(operator, plan)))
    other = client_as("agency_head", at=plan.agency)
    assert other.get(url, {"format": "csv"}).status_code == 404
    assert "format=xlsx" not in operator.get(url).content.decode()  # nothing differs
