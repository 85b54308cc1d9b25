"""The cash plan (RAK) of a version that replaces another begins as that of the lines which it continues.

It is brought when the version is set, not when it is drafted: what was changed on the old one meanwhile comes along.
All twelve months do; which of them count is said by the day from which the version counts.
"""

from django.db.models import F

from p2emas.accounts.models import User
from programs.monthly.models import MonthlyPlan
from programs.monthly.saving import write_months
from programs.planning.models import PlanLine, WorkPlan
from programs.planning.services import bring_months


@bring_months.provide
def bring_cash_plan(plan: WorkPlan, by: User) -> None:
    """Lines of the same year; a month that the new line has already stays as it is."""
    same = plan.lines.filter(continues__plan__year=plan.year).order_by("pk")
    line_of: dict[int, PlanLine] = {line.continues_id: line for line in same if line.continues_id is not None}
    there = set(MonthlyPlan.objects.filter(line__plan=plan).order_by().values_list("line", "month"))
    rows = [
        MonthlyPlan(line=line_of[row.line_id], month=row.month, money=row.money, physical=row.physical)
        for row in MonthlyPlan.objects.filter(line__in=list(line_of)).order_by("line", "month", "pk")
        if (line_of[row.line_id].pk, row.month) not in there
    ]
    write_months([(row, {"money", "physical"}) for row in rows], by)


def lines_as_before(plan: WorkPlan, month: int) -> int:
    """Lines whose plan of the month is that of the version before, as it was brought."""
    before = "line__continues__monthly_plans__"
    rows = MonthlyPlan.objects.filter(line__plan=plan, month=month, line__continues__plan__year=plan.year)
    same = rows.filter(**{f"{before}month": month, f"{before}money": F("money"), f"{before}physical": F("physical")})
    return same.count()
