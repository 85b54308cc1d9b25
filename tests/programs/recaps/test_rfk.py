"""RFK of a month: every cell, computed a second time from the database; screen, workbook and PDF say the same."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils.html import escape
from openpyxl import load_workbook

from programs.models import MonthlyProgress, ProgressReport, ReportLine, WorkPlan
from programs.reporting.reopening.keeping import keep_approved
from tests.factories import (
    AgencyFactory,
    MonthlyPlanFactory,
    MonthlyProgressFactory,
    PlanLineFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    WorkPlanFactory,
)
from tests.p2emas.documents.pdf_text import text_of
from tests.programs.recaps.rfk_again import check_month

pytestmark = pytest.mark.django_db
KEYS = [
    "code",
    "agency",
    "rka",
    "dpa",
    "spent",
    "reached",
    "planned",
    "deviation",
    "physical",
    "work",
    "updated",
    "note",
]


# --- A month of three agencies ----------------------------------------------------------------------------------------


@pytest.fixture
def offices(db):
    for quarter in (2, 3):
        ReportingPeriodFactory(number=quarter)
    full, partly, silent = (WorkPlanFactory(agreed=True, agency=AgencyFactory(name=f"Dinas {n}")) for n in "ABC")
    WorkPlan.objects.filter(pk=full.pk).update(rka_amount=700_000_000)
    for plan, amount, months in (
        (full, 210_000_000, [(7, 90_000_000, 45), (8, 109_200_000, Decimal("58.25"))]),
        (full, 85_000_000, [(8, 44_200_000, 60)]),
        (partly, 333_333_333, [(8, 111_111_111, None)]),
        (partly, 150_000_000, []),
        (silent, 95_000_000, []),
    ):
        line = PlanLineFactory(plan=plan, amount=amount)
        MonthlyPlanFactory(line=line, month=8, money=amount // 7 * 5, physical=70)
        for month, money, physical in months:
            MonthlyProgressFactory(line=line, month=month, money=money, physical=physical)
    village = PlanLineFactory(plan=full, amount=1_000_000_000, fund="DD")
    MonthlyProgressFactory(line=village, month=8, money=999_000_000, physical=99)
    return full, partly, silent


def sheet_of(client, month: int):
    return client.get("/rekap/", {"bentuk": "rfk", "periode": f"2019-B{month:02d}"}).context["page"].sheet


@pytest.mark.parametrize("month", [7, 8])
def test_every_cell_of_a_month_is_computed_a_second_time(client_as, offices, month):
    saved = MonthlyProgress.objects.filter(line__plan=offices[0], line__amount__lt=1_000_000_000)
    for day, row in enumerate(saved.order_by("-line__amount"), 3):
        row.note, row.saved_at = f"Catatan {day}", datetime(2019, 9, day, 20, 0, tzinfo=UTC)
        row.save()
    check_month(client_as("coordinator"), 2019, month)


@pytest.mark.parametrize("state", [{"approved": True}, {"sent": True}, {"draft": True}])
def test_every_cell_of_the_last_month_of_a_quarter(client_as, offices, state):
    full = offices[0]
    report = ProgressReportFactory(
        agency=full.agency, plan=full, period=ReportingPeriodFactory(year=2019, number=3), **state
    )
    for line in full.lines.all():
        ReportLineFactory(report=report, plan_line=line, spent_to_date=line.amount // 3, physical_to_date=41)

    check_month(client_as("coordinator"), 2019, 9)


def test_every_cell_while_the_report_of_a_quarter_is_corrected(client_as, offices):
    full = offices[0]
    report = ProgressReportFactory(
        agency=full.agency, plan=full, period=ReportingPeriodFactory(year=2019, number=3), approved=True
    )
    for line in full.lines.all():
        ReportLineFactory(report=report, plan_line=line, spent_to_date=line.amount // 3, physical_to_date=41)
    keep_approved(report)
    ProgressReport.objects.filter(pk=report.pk).update(status="WAITING", decided_at=None)
    ReportLine.objects.filter(report=report).update(spent_to_date=1, physical_to_date=1)

    check_month(client_as("coordinator"), 2019, 9)


def test_notes_say_what_is_missing_and_what_is_critical(client_as, offices):
    notes = [row.cells["note"] for row in sheet_of(client_as("coordinator"), 8).rows]

    assert notes == [
        "kritis",
        "kritis; 2 baris belum ada data; capaian dan deviasi dari 1 baris (DPA Rp\xa0333.333.333)",
        "1 baris belum ada data",
        "3 baris belum ada data; capaian dan deviasi dari 3 baris (DPA Rp\xa0628.333.333)",
    ]


def test_what_the_agency_wrote_is_on_screen_in_the_workbook_and_in_the_pdf(client_as, offices):
    """With the name of its activity, most money first; what it wrote beside village money is of another budget."""
    full = offices[0]
    for amount, words in ((210_000_000, "Lelang diulang"), (85_000_000, "=Menunggu juknis"), (1_000_000_000, "Desa")):
        MonthlyProgress.objects.filter(line__plan=full, line__amount=amount, month=8).update(note=words)
    big, small = full.lines.get(amount=210_000_000).activity.name, full.lines.get(amount=85_000_000).activity.name
    client, query = client_as("coordinator"), {"bentuk": "rfk", "periode": "2019-B08"}

    note = sheet_of(client, 8).rows[0].cells["note"]

    assert note == f"kritis; {big}: Lelang diulang; {small}: =Menunggu juknis"
    assert escape(note) in client.get("/rekap/", query).content.decode()
    book = load_workbook(BytesIO(client.get("/rekap/", query | {"format": "xlsx"}).content)).worksheets[0]
    assert [cell.value for row in book.iter_rows() for cell in row if cell.value == note] == [note]
    pdf = "".join(text_of(client.get("/rekap/", query | {"format": "pdf"}).content).split())
    assert "Lelangdiulang" in pdf.replace("-", "")
    assert "Lelang" not in sheet_of(client, 7).rows[0].cells["note"]


def test_columns_beyond_the_screen_are_one_click_away(client_as, offices):
    page = client_as("coordinator").get("/rekap/", {"bentuk": "rfk", "periode": "2019-B08"}).context["page"]

    assert page.jumps == [("physical", "9 Fisik"), ("note", "12 Catatan")]


def test_long_list_of_notes_ends_with_how_many_more(client_as):
    ReportingPeriodFactory(number=3)
    plan = WorkPlanFactory(agreed=True)
    for number in range(12):
        line = PlanLineFactory(plan=plan, amount=100 - number)
        MonthlyProgressFactory(line=line, month=8, money=1, note=f"Catatan {number}")

    note = sheet_of(client_as("coordinator"), 8).rows[0].cells["note"]

    assert note.endswith("Catatan 9; 2 catatan lain di halaman bulanan")


def test_last_month_of_a_quarter_takes_the_reason_of_its_report(client_as):
    line = PlanLineFactory(amount=100)
    MonthlyPlanFactory(line=line, month=9, money=0)
    period = ReportingPeriodFactory(year=2019, number=3)
    report = ProgressReportFactory(agency=line.plan.agency, plan=line.plan, period=period, approved=True)
    row = ReportLineFactory(
        report=report, plan_line=line, spent_to_date=0, physical_to_date=0, nil_reason="Lelang gagal"
    )
    client = client_as("coordinator")

    assert sheet_of(client, 9).rows[0].cells["note"] == f"{line.activity.name}: Lelang gagal"
    keep_approved(report)
    ProgressReport.objects.filter(pk=report.pk).update(status="WAITING")
    ReportLine.objects.filter(pk=row.pk).update(nil_reason="Yang sedang dikoreksi")
    assert sheet_of(client, 9).rows[0].cells["note"].endswith(f"{line.activity.name}: Lelang gagal")


def test_line_without_money_makes_nobody_critical(client_as):
    """It has half of the budget: what it has spent decides, and is not known. Shares are of the line that says it."""
    ReportingPeriodFactory(number=3)
    plan = WorkPlanFactory(agreed=True)
    for money in (40, None):
        line = PlanLineFactory(plan=plan, amount=100)
        MonthlyPlanFactory(line=line, month=8, money=60)
        MonthlyProgressFactory(line=line, month=8, money=money)

    cells = sheet_of(client_as("coordinator"), 8).rows[0].cells

    assert (cells["spent"], cells["reached"], cells["planned"]) == (40, 40, 60)
    assert cells["deviation"] == pytest.approx(100 / 3)
    assert cells["note"] == (
        "kritis atau tidak: belum pasti; 1 baris belum ada data; capaian dan deviasi dari 1 baris (DPA Rp\xa0100)"
    )


def test_share_of_some_lines_is_no_formula(client_as, offices):
    answer = client_as("coordinator").get("/rekap/", {"bentuk": "rfk", "periode": "2019-B08", "format": "xlsx"})

    book = load_workbook(BytesIO(answer.content)).worksheets[0]
    top = next(row for row in range(1, 30) if str(book.cell(row, 1).value) == "1") + 1

    assert book.cell(top, 6).data_type == "f"
    assert book.cell(top + 1, 6).value == pytest.approx(100 / 3)
    assert book.cell(top + 1, 8).data_type == "n"


@pytest.mark.parametrize(
    ("state", "note", "day"),
    [
        ({"approved": True}, "", date(2019, 10, 7)),
        ({"sent": True}, "belum diverifikasi", date(2019, 10, 4)),
        ({"draft": True}, "laporan belum diterima", None),
    ],
)
def test_last_month_says_the_state_of_its_report(client_as, state, note, day):
    line = PlanLineFactory(amount=100)
    MonthlyPlanFactory(line=line, month=9, money=50)
    report = ProgressReportFactory(
        agency=line.plan.agency, plan=line.plan, period=ReportingPeriodFactory(year=2019, number=3), **state
    )
    ReportLineFactory(report=report, plan_line=line, spent_to_date=50, physical_to_date=50)

    row = sheet_of(client_as("coordinator"), 9).rows[0]

    assert (row.cells["note"], row.cells["updated"]) == (note, day)


def test_report_that_is_corrected_says_what_was_approved(client_as):
    line = PlanLineFactory(amount=100)
    period = ReportingPeriodFactory(year=2019, number=3)
    report = ProgressReportFactory(agency=line.plan.agency, plan=line.plan, period=period, approved=True)
    row = ReportLineFactory(report=report, plan_line=line, spent_to_date=50, physical_to_date=40)
    keep_approved(report)
    ProgressReport.objects.filter(pk=report.pk).update(
        status="WAITING", decided_at=None, submitted_at=datetime(2019, 10, 21, 4, tzinfo=UTC)
    )
    ReportLine.objects.filter(pk=row.pk).update(spent_to_date=77, physical_to_date=88)

    cells = sheet_of(client_as("coordinator"), 9).rows[0].cells

    assert (cells["spent"], cells["physical"], cells["updated"]) == (50, 40, date(2019, 10, 7))
    assert cells["note"].startswith("sedang dikoreksi, angkanya yang disetujui")


def test_last_change_of_a_month_is_the_day_of_its_last_saving(client_as, offices):
    full = offices[0]
    MonthlyProgress.objects.filter(line__plan=full, month=8).update(saved_at=datetime(2019, 9, 4, 20, 0, tzinfo=UTC))

    updated = [row.cells.get("updated") for row in sheet_of(client_as("coordinator"), 8).rows]

    assert updated[0] == date(2019, 9, 5)  # in the regency's zone
    assert updated[2:] == [None, None]


def test_workbook_has_the_formulas_of_the_form(client_as, offices):
    answer = client_as("coordinator").get("/rekap/", {"bentuk": "rfk", "periode": "2019-B08", "format": "xlsx"})

    book = load_workbook(BytesIO(answer.content)).worksheets[0]
    top = next(row for row in range(1, 30) if str(book.cell(row, 1).value) == "1") + 1

    assert (book.page_setup.paperSize, book.page_setup.orientation) == (14, "landscape")
    assert book.cell(top, 6).value == f"=E{top} / D{top} * 100"
    assert book.cell(top, 8).value == f"=(G{top} - F{top}) / G{top} * 100"
    assert book.cell(top + 2, 6).value == "–"


def test_box_names_the_month_that_is_shown(client_as, offices):
    """Of a running month nobody has figures: the month before is shown where none was asked for."""
    for asked in ({"bentuk": "rfk"}, {"bentuk": "rfk", "periode": "2019-T3"}):
        answer = client_as("coordinator").get("/rekap/", asked)

        assert "September 2019</" in answer.content.decode()
        assert '<option value="2019-B09" selected>' in answer.content.decode()


def test_paper_of_the_regency_is_not_for_agencies(client_as, offices):
    page = client_as("agency_operator", at=offices[0].agency).get("/rekap/", {"bentuk": "rfk", "periode": "2019-B08"})

    assert "Dinas B" not in page.content.decode()


def test_paper_takes_as_many_queries_for_many_lines(client_as, offices, django_assert_max_num_queries):
    client = client_as("coordinator")
    for _line in range(10):
        MonthlyProgressFactory(line=PlanLineFactory(plan=offices[0]), month=8)
    sheet_of(client, 8)

    with django_assert_max_num_queries(40):
        sheet_of(client, 8)
