"""RFK of a month: every cell, computed a second time from the database; screen, workbook and PDF say the same."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pytest
from openpyxl import load_workbook

from p2emas.models import Agency
from p2emas.ui import formats
from programs.models import MonthlyPlan, MonthlyProgress, PlanLine, PlanLineTarget, ProgressReport, ReportLine, WorkPlan
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


# --- A second way to the same figures: plain rows, no code of the product ---------------------------------------------


def version_of(agency: int, year: int, month: int) -> WorkPlan | None:
    """Rule 2 with the first day of the month; the last month of a quarter has the version of its sent report."""
    sent = ProgressReport.objects.filter(
        agency=agency,
        period__year=year,
        period__number=month // 3,
        status__in=("WAITING", "VERIFYING", "APPROVED", "LOCKED"),
    ).first()
    if month % 3 == 0 and sent is not None:
        return sent.plan
    plans = sorted(
        (plan for plan in WorkPlan.objects.all() if (plan.agency_id, plan.year, plan.status) == (agency, year, "SET")),
        key=lambda plan: (plan.effective_on, plan.sequence),
    )
    counting = [plan for plan in plans if plan.effective_on <= date(year, month, 1)]
    return counting[-1] if counting else plans[0] if plans else None


def reached(line: PlanLine, year: int, month: int) -> tuple[int | None, Decimal | None]:
    if month % 3:
        row = MonthlyProgress.objects.filter(line=line, month=month).first()
        return (row.money, row.physical) if row else (None, None)
    row = ReportLine.objects.filter(
        plan_line=line,
        report__period__year=year,
        report__period__number=month // 3,
        report__status__in=("WAITING", "VERIFYING", "APPROVED", "LOCKED"),
    ).first()
    return (row.spent_to_date, row.physical_to_date) if row else (None, None)


def cash_plan(line: PlanLine, month: int) -> int | None:
    row = MonthlyPlan.objects.filter(line=line, month=month).first()
    if row is not None and row.money is not None:
        return row.money
    target = PlanLineTarget.objects.filter(plan_line=line, quarter=month // 3).first() if month % 3 == 0 else None
    return target.money if target else None


def figures(lines: list[PlanLine], year: int, month: int) -> dict[str, object]:
    """Columns 4 to 10 of some lines."""
    budget, money, cash, weighed, known = 0, [], [], Fraction(), 0
    for line in lines:
        budget += line.amount
        spent, physical = reached(line, year, month)
        planned = cash_plan(line, month)
        money += [] if spent is None else [spent]
        cash += [] if planned is None else [planned]
        if physical is not None:
            weighed, known = weighed + Fraction(line.amount) * Fraction(physical), known + line.amount
    share = Fraction(sum(money) * 100, budget) if money and budget else None
    plan = Fraction(sum(cash) * 100, budget) if cash and budget else None
    return {
        "dpa": budget,
        "spent": sum(money) if money else None,
        "reached": share,
        "planned": plan,
        "deviation": (plan - share) / plan * 100 if share is not None and plan else None,
        "physical": weighed / known if known else None,
        "work": int(weighed / 100 + Fraction(1, 2)) if known else None,
    }


def expected(year: int, month: int) -> list[dict[str, object]]:
    """All rows but the notes, the sum last."""
    rows, every = [], []
    agencies = Agency.objects.filter(pk__in=WorkPlan.objects.values("agency")).order_by("code")
    for agency in agencies:
        plan = version_of(agency.pk, year, month)
        lines = [line for line in PlanLine.objects.filter(plan=plan) if line.fund not in ("ADD", "DD")] if plan else []
        every += lines
        found = figures(lines, year, month)
        rows.append({"code": agency.code, "agency": agency.name, "rka": plan.rka_amount if plan else None} | found)
    rka = [row["rka"] for row in rows]
    whole = sum(rka) if rka and None not in rka else None
    return [*rows, {"code": None, "agency": "Jumlah", "rka": whole} | figures(every, year, month)]


def as_text(key: str, value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    return (
        formats.fixed(value, 1) if key in ("reached", "planned", "deviation", "physical") else formats.number(value, 0)
    )


def check(client, year: int, month: int) -> None:
    """Screen, workbook and PDF against the second computation, cell by cell."""
    query = {"bentuk": "rfk", "periode": f"{year}-B{month:02d}"}
    wanted = expected(year, month)
    sheet = client.get("/rekap/", query).context["page"].sheet
    columns = KEYS[:10]
    assert [column.key for column in sheet.columns] == KEYS
    assert len(sheet.rows) == len(wanted)
    for row, right in zip(sheet.rows, wanted, strict=True):
        for key in columns:
            found, value = row.cells.get(key), right[key]
            assert found == (float(value) if isinstance(value, Fraction) else value), (right["agency"], key)
    book = load_workbook(BytesIO(client.get("/rekap/", query | {"format": "xlsx"}).content), data_only=True).worksheets[
        0
    ]
    top = next(row for row in range(1, 30) if str(book.cell(row, 1).value) == "1") + 1
    for number, right in enumerate(wanted):
        for place, key in enumerate(columns, start=1):
            value, cell = right[key], book.cell(top + number, place).value
            if value is None:
                assert cell == (None if key == "code" else "–"), (right["agency"], key)
            elif isinstance(value, Fraction):
                assert cell == pytest.approx(float(value), rel=1e-14), (right["agency"], key)
            else:
                assert cell == value, (right["agency"], key)
    pdf = client.get("/rekap/", query | {"format": "pdf"}).content
    text = "".join(text_of(pdf).split())
    for right in wanted:
        for key in columns[2:]:
            assert "".join(as_text(key, right[key]).split()) in text, (right["agency"], key)


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
    check(client_as("coordinator"), 2019, month)


@pytest.mark.parametrize("state", [{"approved": True}, {"sent": True}, {"draft": True}])
def test_every_cell_of_the_last_month_of_a_quarter(client_as, offices, state):
    full = offices[0]
    report = ProgressReportFactory(
        agency=full.agency, plan=full, period=ReportingPeriodFactory(year=2019, number=3), **state
    )
    for line in full.lines.all():
        ReportLineFactory(report=report, plan_line=line, spent_to_date=line.amount // 3, physical_to_date=41)

    check(client_as("coordinator"), 2019, 9)


def test_notes_say_what_is_missing_and_what_is_critical(client_as, offices):
    notes = [row.cells["note"] for row in sheet_of(client_as("coordinator"), 8).rows]

    assert notes == [
        "kritis",
        "kritis; 2 baris belum ada data",
        "1 baris belum ada data",
        "3 baris belum ada data",
    ]


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
