"""RFK of a month computed a second time: plain rows of the database and no code of the product but its formats."""

import re
from collections import namedtuple
from datetime import date
from fractions import Fraction
from html import unescape
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from p2emas.models import Agency
from p2emas.ui import formats
from programs.models import (
    KeptLine,
    KeptReport,
    MonthlyPlan,
    MonthlyProgress,
    PlanLine,
    PlanLineTarget,
    ProgressReport,
    ReportLine,
    WorkPlan,
)
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


PONTIANAK = ZoneInfo("Asia/Pontianak")
WAITING, APPROVED = ("WAITING", "VERIFYING"), ("APPROVED", "LOCKED")
MOST = 10
Row = namedtuple("Row", "line spent physical planned note")


def report_of(agency: int, year: int, month: int) -> tuple[str, ProgressReport | None]:
    """What it is of a figure: typed; or approved, in correction, sent or not yet received, with its report."""
    if month % 3:
        return "typed", None
    report = ProgressReport.objects.filter(agency=agency, period__year=year, period__number=month // 3).first()
    if report is None:
        return "awaited", None
    if report.status in APPROVED:
        return "approved", report
    if KeptReport.objects.filter(report=report).exists():
        return "corrected", report
    return ("sent", report) if report.status in WAITING else ("awaited", None)


def version_of(agency: int, year: int, month: int) -> WorkPlan | None:
    """Rule 2 with the first day of the month; the last month of a quarter has the version of its sent report."""
    kind, report = report_of(agency, year, month)
    if report is not None:
        return KeptReport.objects.get(report=report).plan if kind == "corrected" else report.plan
    plans = sorted(
        (plan for plan in WorkPlan.objects.all() if (plan.agency_id, plan.year, plan.status) == (agency, year, "SET")),
        key=lambda plan: (plan.effective_on, plan.sequence),
    )
    counting = [plan for plan in plans if plan.effective_on <= date(year, month, 1)]
    return counting[-1] if counting else plans[0] if plans else None


def row_of(line: PlanLine, year: int, month: int) -> Row:
    """Of a month between the quarters with its note, else of the report with the reason why there is nothing."""
    spent, physical, note = None, None, ""
    if month % 3:
        saved = MonthlyProgress.objects.filter(line=line, month=month).first()
        if saved:
            spent, physical, note = saved.money, saved.physical, saved.note
    else:
        kind, report = report_of(line.plan.agency_id, year, month)
        table = KeptLine if kind == "corrected" else ReportLine
        told = table.objects.filter(report=report, plan_line=line).first() if report else None
        if told:
            spent, physical, note = told.spent_to_date, told.physical_to_date, told.nil_reason
    return Row(line, spent, physical, cash_plan(line, month), note)


def cash_plan(line: PlanLine, month: int) -> int | None:
    row = MonthlyPlan.objects.filter(line=line, month=month).first()
    if row is not None and row.money is not None:
        return row.money
    target = PlanLineTarget.objects.filter(plan_line=line, quarter=month // 3).first() if month % 3 == 0 else None
    return target.money if target else None


def figures(rows: list[Row]) -> dict[str, object]:
    """Columns 4 to 10 of some lines: shares are of the lines that say something, the deviation of those with both."""
    money = [(row.line.amount, row.spent) for row in rows if row.spent is not None]
    cash = [(row.line.amount, row.planned) for row in rows if row.planned is not None]
    both = [(row.planned, row.spent) for row in rows if row.spent is not None and row.planned is not None]
    work = [(row.line.amount, Fraction(row.physical)) for row in rows if row.physical is not None]
    due, done = sum(planned for planned, _spent in both), sum(spent for _planned, spent in both)
    weighed = sum((amount * percent for amount, percent in work), Fraction())
    return {
        "dpa": sum(row.line.amount for row in rows),
        "spent": sum(spent for _amount, spent in money) if money else None,
        "reached": share_of(money),
        "planned": share_of(cash),
        "deviation": Fraction((due - done) * 100, due) if due else None,
        "physical": weighed / sum(amount for amount, _percent in work) if work else None,
        "work": int(weighed / 100 + Fraction(1, 2)) if work else None,
    }


def updated(agency: int, year: int, month: int) -> date | None:
    """Column 11: the last saving of the month, or the day on which its report was decided, else sent."""
    kind, report = report_of(agency, year, month)
    if kind == "typed":
        times = [
            saved.saved_at
            for saved in MonthlyProgress.objects.select_related("line__plan")
            if (saved.line.plan.agency_id, saved.line.plan.year, saved.month) == (agency, year, month)
        ]
        return max(times).astimezone(PONTIANAK).date() if times else None
    if report is None:
        return None
    at = report.decided_at or report.submitted_at
    return (
        (KeptReport.objects.get(report=report).approved_at if kind == "corrected" else at).astimezone(PONTIANAK).date()
    )


def note(agency: int, year: int, month: int, plan: WorkPlan | None, rows: list[Row]) -> str:
    """Column 12: how late, what kind of figure, of how many lines, and what the agency wrote."""
    if plan is None:
        return "rencana belum ditetapkan"
    kind, _report = report_of(agency, year, month)
    said = {
        "corrected": "sedang dikoreksi, angkanya yang disetujui",
        "sent": "belum diverifikasi",
        "awaited": "laporan belum diterima",
    }.get(kind, "")
    own = sorted((row for row in rows if row.note), key=lambda row: (-row.line.amount, row.line.pk))
    written = [f"{row.line.activity.name}: {row.note}" for row in own[:MOST]]
    if len(own) > MOST:
        written.append(f"{len(own) - MOST} catatan lain di halaman bulanan")
    counted = "" if kind == "awaited" else missing(rows)
    return "; ".join(filter(None, [urgency(rows), said, counted, *written]))


def urgency(rows: list[Row]) -> str:
    """Late for sure if even all budgets of silent lines would not help; not for sure while they decide it."""
    told = [row for row in rows if row.spent is not None]
    if not told or not any(row.planned is not None for row in told):
        return ""
    silent = sum(row.line.amount for row in rows if row.spent is None)
    if all(row.planned is not None for row in rows) and sum(row.line.amount for row in rows):
        if is_late(rows, silent):
            return "kritis"
        if not is_late(rows, 0):
            return ""
    return "kritis atau tidak: belum pasti"


def missing(rows: list[Row]) -> str:
    silent = sum(row.spent is None or row.physical is None for row in rows)
    told = [row for row in rows if row.spent is not None]
    cash = [row for row in rows if row.planned is not None]
    both = [row for row in told if row.planned is not None]
    budget = f"(DPA {formats.rupiah(sum(row.line.amount for row in told))})"
    basis = []
    if len(told) < len(rows) or told != cash:
        if told and told == both:
            basis = [f"capaian dan deviasi dari {len(told)} baris {budget}"]
        else:
            basis += [f"capaian dari {len(told)} baris {budget}"] if told and len(told) < len(rows) else []
            basis += [f"deviasi dari {len(both)} baris"] if both else []
    unplanned = len(rows) - len(cash)
    words = [
        f"{silent} baris belum ada data" if silent else "",
        ", ".join(basis),
        f"{unplanned} baris tanpa RAK" if unplanned else "",
    ]
    return "; ".join(filter(None, words))


def is_late(rows: list[Row], silent: int) -> bool:
    """If the lines that say nothing have spent ``silent``, rupiah."""
    budget = sum(row.line.amount for row in rows)
    plan = Fraction(sum(row.planned for row in rows) * 100, budget)
    spent = Fraction((sum(row.spent or 0 for row in rows) + silent) * 100, budget)
    return plan - spent > (5 if plan > 70 else 10)


def share_of(told: list[tuple[int, int]]) -> Fraction | None:
    budget = sum(amount for amount, _money in told)
    return Fraction(sum(money for _amount, money in told) * 100, budget) if budget else None


def expected(year: int, month: int) -> list[dict[str, object]]:
    """All rows, the sum last."""
    found, every = [], []
    agencies = Agency.objects.filter(pk__in=WorkPlan.objects.values("agency")).order_by("code")
    for agency in agencies:
        plan = version_of(agency.pk, year, month)
        lines = PlanLine.objects.filter(plan=plan).order_by("pk") if plan else []
        rows = [row_of(line, year, month) for line in lines if line.fund not in ("ADD", "DD")]
        every += rows
        cells = {"code": agency.code, "agency": agency.name, "rka": plan.rka_amount if plan else None} | figures(rows)
        known = cells["spent"] is not None or cells["physical"] is not None
        cells["updated"] = updated(agency.pk, year, month) if known else None
        found.append(cells | {"note": note(agency.pk, year, month, plan, rows)})
    rka = [row["rka"] for row in found]
    whole = sum(rka) if rka and None not in rka else None
    last = {"code": "", "agency": "Jumlah", "rka": whole} | figures(every)
    return [*found, last | {"updated": "", "note": missing(every)}]


def as_text(key: str, value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return formats.table_date(value)
    return (
        formats.fixed(value, 1) if key in ("reached", "planned", "deviation", "physical") else formats.number(value, 0)
    )


def check_month(client, year: int, month: int) -> None:
    """Screen, workbook and PDF against the second computation, cell by cell."""
    query = {"bentuk": "rfk", "periode": f"{year}-B{month:02d}"}
    wanted = expected(year, month)
    page = client.get("/rekap/", query).context["page"]
    check_sheet(page.sheet, wanted)
    for drawn, right in zip(page.rows, wanted, strict=True):
        shown = [unescape(cell).strip() for cell in re.findall("<td[^>]*>(.*?)</td>", drawn.cells)]
        assert shown == [as_text(key, right[key]) for key in KEYS[2:]], right["agency"]
    check_workbook(client.get("/rekap/", query | {"format": "xlsx"}).content, wanted)
    check_pdf(client.get("/rekap/", query | {"format": "pdf"}).content, wanted)


def check_sheet(sheet, wanted: list[dict[str, object]]) -> None:
    assert [column.key for column in sheet.columns] == KEYS
    assert len(sheet.rows) == len(wanted)
    for row, right in zip(sheet.rows, wanted, strict=True):
        for key in KEYS:
            found, value = row.cells.get(key, ""), right[key]
            assert found == (float(value) if isinstance(value, Fraction) else value), (right["agency"], key)


def check_workbook(content: bytes, wanted: list[dict[str, object]]) -> None:
    book = load_workbook(BytesIO(content), data_only=True).worksheets[0]
    top = next(row for row in range(1, 30) if str(book.cell(row, 1).value) == "1") + 1
    for number, right in enumerate(wanted):
        for place, key in enumerate(KEYS, start=1):
            value, cell = right[key], book.cell(top + number, place).value
            if value in (None, ""):
                assert cell == ("–" if value is None else None), (right["agency"], key)
            elif isinstance(value, Fraction):
                assert cell == pytest.approx(float(value), rel=1e-14), (right["agency"], key)
            elif isinstance(value, date):
                assert cell.date() == value, (right["agency"], key)
            else:
                assert cell == value, (right["agency"], key)


def check_pdf(content: bytes, wanted: list[dict[str, object]]) -> None:
    """Rows one after the other, the cells of each in their order; words may be divided at the end of a line."""
    text, place = squeezed(text_of(content)), 0
    for right in wanted:
        cells = squeezed("".join(as_text(key, right[key]) for key in KEYS[2:]))
        place = text.find(cells, place)
        assert place >= 0, (right["agency"], cells)
        place += len(cells)


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("-", "")
