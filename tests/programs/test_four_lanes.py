"""What the four lanes have alike: whichever program wrote the file, and which version of the plan it is of."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from p2emas.models import LaneUpload
from tests.factories import (
    ActivityFactory,
    CandidateFactory,
    CriterionFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    PlanLineFactory,
    SelectionRoundFactory,
    TargetLocationFactory,
    WorkPlanFactory,
)
from tests.p2emas.imports.ods_files import ods, table
from tests.programs.reporting.helpers import report_with_lines

pytestmark = pytest.mark.django_db
MARK = "p2emas"


@dataclass
class Lane:
    """One sheet of a lane's workbook, what is typed into it, and the person who does."""

    code: str
    record: Any
    client: Client
    sheet: str
    typed: dict[str, Any]

    @property
    def address(self) -> str:
        return reverse("imports:lane", args=[self.code, self.record.pk])

    def book(self) -> openpyxl.Workbook:
        answer = self.client.get(reverse("imports:lane-workbook", args=[self.code, self.record.pk]))
        return openpyxl.load_workbook(io.BytesIO(answer.content))

    def filled(self) -> openpyxl.Workbook:
        book = self.book()
        for cell, value in self.typed.items():
            book[self.sheet][cell] = value
        return book


def report_lane(client_as: Callable[..., Client]) -> Lane:
    report = report_with_lines(2)
    cells = {"D5": 60_000_000, "E5": 62.5, "D6": 7_500_000, "E6": 7.25, "F6": "Menunggu hujan"}
    return Lane("laporan", report, client_as("agency_operator", at=report.agency), "Realisasi", cells)


def indicator_lane(client_as: Callable[..., Client]) -> Lane:
    lane = report_lane(client_as)
    for line in lane.record.lines.select_related("plan_line__activity"):
        indicator = IndicatorFactory(activity=line.plan_line.activity)
        IndicatorTargetFactory(indicator=indicator, year=lane.record.period.year)
    cells = {"D5": 1_250.5, "F5": "Daftar hadir", "D6": 12_345.75, "F6": "Survei"}
    return Lane("laporan", lane.record, lane.client, "Indikator", cells)


def plan_lane(client_as: Callable[..., Client]) -> Lane:
    plan = WorkPlanFactory()
    activity = ActivityFactory(agency=plan.agency, year=plan.year)
    for _number in range(2):
        PlanLineFactory(plan=plan, activity=activity, target_location=TargetLocationFactory(), amount=100_000_000)
    IndicatorTargetFactory(indicator=IndicatorFactory(activity=activity), year=plan.year, target=10)
    cells = {"D5": 120_000_000, "E5": 30_000_000, "I5": 25, "J5": 50.5, "M5": 1_250.5, "N5": "kuintal", "P6": "Mei"}
    return Lane("rencana", plan, client_as("agency_operator", at=plan.agency), "Baris rencana", cells)


def target_lane(client_as: Callable[..., Client]) -> Lane:
    lane = plan_lane(client_as)
    return Lane(
        "rencana", lane.record, lane.client, "Target indikator", {"D5": 1_250.5, "E5": 4.25, "F5": 2018, "G5": "A"}
    )


def value_lane(client_as: Callable[..., Client]) -> Lane:
    selection = SelectionRoundFactory()
    for name in ("Lahan", "Jarak"):
        CriterionFactory(round=selection, name=name)
    for _number in range(2):
        CandidateFactory(round=selection, status="ELIGIBLE")
    cells = {"D5": 1_234.5, "E5": "Survei", "F6": 12.25, "G6": "Peta"}
    return Lane("nilai-calon", selection, client_as("coordinator"), "Nilai", cells)


LANES = [report_lane, indicator_lane, plan_lane, target_lane, value_lane]


def written(value: Any, heading: str, group: str, decimal: str) -> str:
    """A cell as a program with these signs saves it."""
    if value is None:
        return ""
    if not isinstance(value, int | float) or heading.startswith("Tahun"):
        return str(value)
    return f"{value:,}".replace(",", "_").replace(".", decimal).replace("_", group)


def as_csv(book: openpyxl.Workbook, sheet: str, group: str, decimal: str) -> bytes:
    rows = list(book[sheet].iter_rows(values_only=True))
    made = io.StringIO()
    writer = csv.writer(made, delimiter=";")
    for row in rows:
        writer.writerow([written(cell, str(head), group, decimal) for cell, head in zip(row, rows[3], strict=True)])
    return made.getvalue().encode("utf-8-sig")


def as_xlsx(book: openpyxl.Workbook, sheet: str) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def as_ods(book: openpyxl.Workbook, sheet: str) -> bytes:
    cells = [list(row) for row in book[sheet].iter_rows(values_only=True)]
    mark = [[cell.value for cell in book[MARK][1]]]
    return ods(table(sheet, cells), table(MARK, mark, shown=False))


FORMATS = {
    "isian.xlsx": as_xlsx,
    "isian.ods": as_ods,
    "koma.csv": lambda book, sheet: as_csv(book, sheet, ".", ","),
    "titik.csv": lambda book, sheet: as_csv(book, sheet, ",", "."),
}


@pytest.mark.parametrize("make", LANES, ids=lambda make: make.__name__)
def test_same_numbers_give_the_same_rows_from_every_program(client_as, make):
    lane = make(client_as)
    book = lane.filled()
    rows = {}
    for name, save in FORMATS.items():
        sent = lane.client.post(lane.address, {"berkas": SimpleUploadedFile(name, save(book, lane.sheet))})
        page = lane.client.get(sent.url).context["page"]
        found = next(sheet for sheet in page.comparison.sheets if sheet.name == lane.sheet)
        rows[name] = [
            [(cell.column.field, cell.fate, cell.shown, cell.errors) for cell in row.cells] for row in found.rows
        ]
        assert page.comparison.to_decide == 0, page.comparison.rows
        assert page.comparison.changed_cells == len(lane.typed)

    assert rows["isian.ods"] == rows["koma.csv"] == rows["titik.csv"] == rows["isian.xlsx"]
    LaneUpload.objects.all().delete()


def test_workbook_says_of_which_version_of_the_plan_it_is(client_as):
    lane = report_lane(client_as)
    lane.record.plan.budget_doc_no, lane.record.plan.effective_on = "1.05/2019", date(2019, 1, 2)
    lane.record.plan.save()
    named = f"Menurut {lane.record.rests_on}."

    book = lane.book()

    assert "1.05/2019" in named and "2 Januari 2019" in named
    assert book["Realisasi"]["A3"].value == named
    assert book["Petunjuk"]["B2"].value == named


def test_workbook_of_a_plan_names_it_and_one_without_a_plan_says_nothing(client_as):
    lane = plan_lane(client_as)
    assert lane.book()["Baris rencana"]["A3"].value == f"Menurut rencana {lane.record.dated_name}."

    book = value_lane(client_as).book()
    assert book["Nilai"]["A3"].value is None
    assert book["Petunjuk"]["B2"].value.startswith("Isi hanya kolom berlatar putih")


def test_workbook_has_the_ceiling_of_the_page(client_as):
    """Work that the plan no longer has is not in it: its page shows a ceiling of 0 and no box."""
    lane = report_lane(client_as)
    first, carried = lane.record.lines.order_by("pk")
    type(carried).objects.filter(pk=carried.pk).update(carried="OWN", spent_to_date=5, physical_to_date=Decimal(1))

    sheet = lane.book()["Realisasi"]

    heads = [cell.value for cell in sheet[4]]
    assert [row[heads.index("Pagu (Rp)")] for row in sheet.iter_rows(min_row=5, values_only=True)] == [first.ceiling]
