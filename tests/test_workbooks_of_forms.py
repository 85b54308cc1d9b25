"""Every workbook of every lane comes back unchanged with no change, and one changed cell of each kind arrives."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from p2emas.imports.lanes.shapes import lanes
from p2emas.models import LaneUpload
from programs.models import ProgressReport
from tests.factories import (
    ActivityFactory,
    AidPackageFactory,
    CandidateFactory,
    CandidateValueFactory,
    CommunityGroupFactory,
    CriterionFactory,
    IndicatorFactory,
    IndicatorTargetFactory,
    IndicatorValueFactory,
    MonthlyPlanFactory,
    MonthlyProgressFactory,
    PlanLineFactory,
    PlanLineTargetFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    SelectionRoundFactory,
    TargetLocationFactory,
    WorkPlanFactory,
)
from tests.p2emas.imports.ods_files import ods, table
from tests.programs.reporting.helpers import report_before, report_with_lines, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
ODD = "= 1+1\n baris  kedua, “kutip”; -3"


def of_a_report():
    report = report_with_lines(3, filled=True)
    report_before(report, spent=report.lines.first().spent_to_date, physical=report.lines.first().physical_to_date)
    first, second, _third = report.lines.all()
    first.nil_reason, first.unchanged = ODD, True
    first.save()
    second.spent_to_date, second.physical_to_date = None, Decimal("62.5")
    second.save()
    indicator = IndicatorFactory(activity=first.plan_line.activity)
    IndicatorTargetFactory(indicator=indicator)
    IndicatorValueFactory(report=report, indicator=indicator, value=Decimal("1.125"), source="+62 811")
    return "agency_operator", report.agency, report


def of_a_plan():
    plan = WorkPlanFactory()
    activity = ActivityFactory(agency=plan.agency, year=plan.year, name="@Pelatihan")
    for money in (None, 1_250_000):
        line = PlanLineFactory(plan=plan, activity=activity, target_location=TargetLocationFactory(), unit=ODD[:29])
        PlanLineTargetFactory(plan_line=line, quarter=2, money=money, physical=Decimal("12.25"))
    indicator = IndicatorFactory(activity=activity)
    IndicatorTargetFactory(indicator=indicator, year=plan.year, target=Decimal("1250.5"))
    village = line.target_location.village
    IndicatorTargetFactory(indicator=indicator, year=plan.year, village=village, target=Decimal("0.125"))
    return "agency_operator", plan.agency, plan


def of_candidates():
    selection = SelectionRoundFactory()
    first, second = (CriterionFactory(round=selection, name=name, unit="%") for name in ("Lahan", "=Jarak"))
    for number in range(2):
        candidate = CandidateFactory(round=selection, status="ELIGIBLE")
        CandidateValueFactory(candidate=candidate, criterion=first, value=Decimal("12.3456"), source=ODD)
        if number:
            CandidateValueFactory(candidate=candidate, criterion=second, value=Decimal("-3"), source="Peta")
    return "coordinator", None, selection


def of_months():
    plan = WorkPlanFactory(agreed=True)
    for money in (None, 1_250_000):
        line = PlanLineFactory(plan=plan, activity__name="@Pelatihan", target_location=TargetLocationFactory())
        MonthlyProgressFactory(line=line, month=8, money=money, physical=Decimal("12.25"), note=ODD)
        MonthlyPlanFactory(line=line, month=11, money=money, physical=Decimal("100"))
        PlanLineTargetFactory(plan_line=line)
    report = ProgressReportFactory(
        sent=True, agency=plan.agency, plan=plan, period=ReportingPeriodFactory(year=2019, number=2)
    )
    ReportLineFactory(report=report, plan_line=line, physical_to_date=Decimal("62.5"))
    return "agency_operator", plan.agency, plan


def of_packages():
    line = PlanLineFactory(
        plan=WorkPlanFactory(agreed=True), activity__name="@Ternak", target_location=TargetLocationFactory()
    )
    for number, value in enumerate((None, 1_250_000)):
        group = CommunityGroupFactory(village=line.target_location.village)
        AidPackageFactory(
            plan_line=line, group=group, item="=1+1, “kutip”; -3", quantity=Decimal("12.25"), value=value, consumable=bool(number),
            grant_no="=903/7", grant_on=date(2019, 9, 24),
        )  # fmt: skip
    return "agency_operator", line.plan.agency, line.plan


WORLDS = {
    "paket": of_packages,
    "laporan": of_a_report,
    "rencana": of_a_plan,
    "nilai-calon": of_candidates,
    "bulanan": of_months,
}


def test_every_lane_has_a_world():
    assert set(WORLDS) == set(lanes())


@pytest.fixture(params=sorted(WORLDS))
def world(request, client_as):
    role, agency, record = WORLDS[request.param]()
    return request.param, client_as(role, at=agency) if agency else client_as(role), record


def workbook(client, code, record):
    answer = client.get(reverse("imports:lane-workbook", args=[code, record.pk]))
    assert answer.status_code == 200
    return answer.content


def send(client, code, record, content, name="isian.xlsx"):
    answer = client.post(reverse("imports:lane", args=[code, record.pk]), {"berkas": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, text_of(answer)
    return client.get(answer.url)


def test_unchanged_workbook_changes_nothing(world):
    code, client, record = world
    page = send(client, code, record, workbook(client, code, record))
    assert "tidak ada yang berubah" in text_of(page), text_of(page)
    upload = LaneUpload.objects.get()
    assert sum(len(rows) for _name, _letters, rows in upload.cells) == sum(
        len(sheet.rows) for sheet in lanes()[code].sheets(record)
    )


def test_workbook_saved_by_another_program_changes_nothing(world):
    code, client, record = world
    book = openpyxl.load_workbook(io.BytesIO(workbook(client, code, record)))
    again = io.BytesIO()
    book.save(again)
    assert "tidak ada yang berubah" in text_of(send(client, code, record, again.getvalue()))


def test_unchanged_workbook_saved_by_libreoffice_changes_nothing(world):
    code, client, record = world
    book = openpyxl.load_workbook(io.BytesIO(workbook(client, code, record)))
    tables = [
        table(sheet.title, [[cell.value for cell in row] for row in sheet.iter_rows()], shown=sheet.title != "p2emas")
        for sheet in book
    ]
    page = text_of(send(client, code, record, ods(*tables), "isian.ods"))
    assert "tidak ada yang berubah" in page
    assert "Dari berkas .ods tidak terlihat" in page


def test_unchanged_sheets_pasted_change_nothing(world):
    code, client, record = world
    book = openpyxl.load_workbook(io.BytesIO(workbook(client, code, record)))
    for sheet in lanes()[code].sheets(record):
        rows = book[sheet.name].iter_rows(min_row=4, values_only=True)
        text = "\n".join("\t".join(_as_pasted(cell) for cell in row) for row in rows)
        answer = client.post(reverse("imports:lane", args=[code, record.pk]), {"tempelan": text})
        assert answer.status_code == 302, text_of(answer)
        page = text_of(client.get(answer.url))
        assert "tidak ada yang berubah" in page, page


def _as_pasted(cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return f"{cell:,}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return " ".join(str(cell).split())


def test_changed_cell_arrives_and_is_undone(world):
    code, client, record = world
    book = openpyxl.load_workbook(io.BytesIO(workbook(client, code, record)))
    for sheet in lanes()[code].sheets(record):
        book[sheet.name]["D5"] = 999_999_999 if "Rp" in str(book[sheet.name]["D4"].value) else 88.5
    made = io.BytesIO()
    book.save(made)
    before = {(row.key, column.field): row.stored(column) for row, column in cells_of(code, record)}
    page = send(client, code, record, made.getvalue())
    upload = LaneUpload.objects.get()
    data = {"version": page.context["page"].comparison.version}
    assert client.post(reverse("imports:lane-apply", args=[upload.pk]), data).status_code == 302
    record.refresh_from_db()
    after = {(row.key, column.field): row.stored(column) for row, column in cells_of(code, record)}
    changed = {key for key, text in after.items() if before[key] != text}
    assert {after[key] for key in changed} <= {"999.999.999", "88,5"}
    assert len(changed) == len(lanes()[code].sheets(record))
    assert client.post(reverse("imports:lane-undo", args=[upload.pk])).status_code == 302
    record.refresh_from_db()
    assert {(row.key, column.field): row.stored(column) for row, column in cells_of(code, record)} == before


def cells_of(code, record):
    record = type(record).objects.get(pk=record.pk)
    if isinstance(record, ProgressReport):
        record = ProgressReport.objects.for_page().get(pk=record.pk)
    sheets = lanes()[code].sheets(record)
    return [(row, column) for sheet in sheets for row in sheet.rows for column in sheet.typed if row.takes(column)]
