"""The months of the demo: RAK of every set version, and what the agencies have given between the reports. Invented."""

from datetime import datetime
from decimal import Decimal
from itertools import groupby

from p2emas import clock
from p2emas.management.demo.people import Cast
from p2emas.management.demo.reports import pace_of, work_is_missing
from programs.monthly.models import ENDS_OF_QUARTERS, MonthlyPlan, MonthlyProgress
from programs.monthly.saving import write_months
from programs.planning.models import PlanLine, WorkPlan

YEARS = (2018, 2019)
LAST = (2019, 9)  # the last month that has ended on the demo's day
# Up to which month of 2019 an agency has given its figures; everything else is there.
GIVEN_UNTIL = {"disdikbud": 0, "dpmpd": 5, "dinkes": 7}
HALF_GIVEN = {("dpupr", 8)}  # only the first half of its lines
ABOVE_THE_REPORT = {("bappeda", 8)}  # by a slip the month says more than the quarter that was approved
NOTED = {("dpupr", 8): "Lelang diulang, kontrak baru pertengahan September"}  # beside the first of its lines
ROUNDED = 50_000


def make_months(cast: Cast) -> None:
    """After the reports: a month never says more than the quarter in which it is, but for the one slip."""
    for plan in WorkPlan.objects.decided().filter(year__in=YEARS).select_related("agency").order_by("pk"):
        lines = list(plan.lines.select_related("target_location__village", "activity").order_by("pk"))
        with clock.at(datetime(plan.year, 1, 14, 9) if plan.sequence == 1 else datetime(plan.year, 9, 23, 9)):
            rows = [_planned(line, month) for line in lines for month in range(1, 13)]
            write_months([(row, {"money", "physical"}) for row in rows], cast.operators[plan.agency.code])
        _give(plan, lines, cast)


def planned_percent(start_month: int, month: int) -> int:
    """Cumulative, per cent at the end of ``month``; of the last month of a quarter as the quarterly target has it."""
    return max(0, min(100, round(100 * (month - start_month + 1) / (13 - start_month))))


def _planned(line: PlanLine, month: int) -> MonthlyPlan:
    percent = planned_percent(line.start_month, month)
    return MonthlyPlan(line=line, month=month, money=line.amount * percent // 100, physical=percent)


def _give(plan: WorkPlan, lines: list[PlanLine], cast: Cast) -> None:
    """Figures of the months in which the version counts, each typed on the third office day after its end."""
    rows = [(month, row) for month in _months_of(plan) for row in _reached(plan, lines, month)]
    for month, of_month in groupby(rows, key=lambda pair: pair[0]):
        day = datetime(plan.year + month // 12, month % 12 + 1, 5, 9, 30)
        with clock.at(day):
            changes = [(row, {"money", "physical"}) for _month, row in of_month]
            write_months(changes, cast.operators[plan.agency.code])


def _months_of(plan: WorkPlan) -> list[int]:
    """The one change of 2019 counts from October on, after the demo's day."""
    last = GIVEN_UNTIL.get(plan.agency.code, LAST[1]) if plan.year == LAST[0] else 12
    months = range(1, last + 1) if plan.sequence == 1 else ()
    return [month for month in months if month not in ENDS_OF_QUARTERS]


def _reached(plan: WorkPlan, lines: list[PlanLine], month: int) -> list[MonthlyProgress]:
    code, year = plan.agency.code, plan.year
    given = lines[: (len(lines) + 1) // 2] if year == LAST[0] and (code, month) in HALF_GIVEN else lines
    rows = [_progress(line, code, year, month) for line in given]
    if rows and year == LAST[0] and (code, month) in ABOVE_THE_REPORT:
        rows[0].money = given[0].amount
    if rows and year == LAST[0]:
        rows[0].note = NOTED.get((code, month), "")
    return rows


def _progress(line: PlanLine, code: str, year: int, month: int) -> MonthlyProgress:
    work, price = pace_of(code, year)
    done = 0.0 if work_is_missing(line, year) else planned_percent(line.start_month, month) * work
    money = line.amount * round(min(100, done) * price) // 100 // ROUNDED * ROUNDED
    return MonthlyProgress(line=line, month=month, money=money, physical=Decimal(min(100, round(done))))
