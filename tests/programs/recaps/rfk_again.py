"""RFK of a month computed a second time: plain rows of the database and no code of the product but its formats."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pytest
from openpyxl import load_workbook

from p2emas.models import Agency
from p2emas.ui import formats
from programs.models import MonthlyPlan, MonthlyProgress, PlanLine, PlanLineTarget, ProgressReport, ReportLine, WorkPlan
from tests.p2emas.documents.pdf_text import text_of

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
    """Columns 4 to 10 of some lines: shares are of the lines that say something, the deviation of those with both."""
    money, cash, both, work = [], [], [], []
    for line in lines:
        spent, physical = reached(line, year, month)
        planned = cash_plan(line, month)
        money += [] if spent is None else [(line.amount, spent)]
        cash += [] if planned is None else [(line.amount, planned)]
        both += [] if spent is None or planned is None else [(planned, spent)]
        work += [] if physical is None else [(line.amount, Fraction(physical))]
    silent = sum(line.amount for line in lines) - sum(amount for amount, _spent in money)
    due, done = sum(planned for planned, _spent in both), sum(spent for _planned, spent in both)
    weighed = sum((amount * percent for amount, percent in work), Fraction())
    return {
        "dpa": sum(line.amount for line in lines),
        "spent": sum(spent for _amount, spent in money) if money else None,
        "reached": share_of(money),
        "planned": share_of(cash),
        "deviation": Fraction((due - done) * 100, due) if due else None,
        "physical": weighed / sum(amount for amount, _percent in work) if work else None,
        "work": int(weighed / 100 + Fraction(1, 2)) if work else None,
        "critical": bool(money) and len(cash) == len(lines) and is_late(lines, cash, money, silent),
    }


def is_late(lines: list[PlanLine], cash: list, money: list, silent: int) -> bool:
    """Even if the lines that say nothing have spent all that they have."""
    budget = sum(line.amount for line in lines)
    plan = Fraction(sum(planned for _amount, planned in cash) * 100, budget)
    best = Fraction((sum(spent for _amount, spent in money) + silent) * 100, budget)
    return plan - best > (5 if plan > 70 else 10)


def share_of(told: list[tuple[int, int]]) -> Fraction | None:
    budget = sum(amount for amount, _money in told)
    return Fraction(sum(money for _amount, money in told) * 100, budget) if budget else None


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


def check_month(client, year: int, month: int) -> None:
    """Screen, workbook and PDF against the second computation, cell by cell."""
    query = {"bentuk": "rfk", "periode": f"{year}-B{month:02d}"}
    wanted = expected(year, month)
    page = client.get("/rekap/", query).context["page"]
    sheet = page.sheet
    columns = KEYS[:10]
    assert [column.key for column in sheet.columns] == KEYS
    assert len(sheet.rows) == len(wanted)
    for row, right in zip(sheet.rows, wanted, strict=True):
        for key in columns:
            found, value = row.cells.get(key), right[key]
            assert found == (float(value) if isinstance(value, Fraction) else value), (right["agency"], key)
        if right["code"]:
            assert ("kritis" in str(row.cells["note"]).split("; ")) == right["critical"], right["agency"]
    for drawn, right in zip(page.rows, wanted, strict=True):
        assert re.findall("<td>(.*?)</td>", drawn.cells) == [as_text(key, right[key]) for key in columns[2:]]
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
