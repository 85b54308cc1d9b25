"""Two people in one month: what is stored and what was typed, cell by cell."""

from collections.abc import Mapping

from django.http import HttpResponse, QueryDict

from p2emas.accounts.signed_in import UserRequest
from p2emas.workflow.pages import edit_conflict_page
from programs.monthly.forms import MONEY, MonthForm
from programs.monthly.saving import edits_of_month, version_of
from programs.monthly.sheet import MonthSheet

Versions = tuple[Mapping[str, object], Mapping[str, object]]


def versions_of_month(sheet: MonthSheet, data: QueryDict | None) -> Versions:
    """(typed, stored) of the cells that differ."""
    mine: dict[str, object] = {}
    theirs: dict[str, object] = {}
    for row in MonthForm(sheet, data).sent:
        for name in row.changed_data:
            cell = row[name]
            label = f"Baris {row.row.number}, {sheet.kind.money if name == MONEY else sheet.kind.physical}"
            mine[label] = cell.value()
            theirs[label] = cell.field.prepare_value(cell.initial)
    return mine, theirs


def of_month(request: UserRequest, sheet: MonthSheet, data: QueryDict | None) -> HttpResponse:
    """The page with both versions; from a POST with 409, from a draft that is older with 200."""
    place = (sheet.plan, sheet.kind, sheet.month)
    mine, theirs = versions_of_month(sheet.again, data)
    return edit_conflict_page(
        request,
        sheet.plan,
        mine=mine,
        theirs=theirs,
        replace={"version": version_of(*place)},
        parts=[edits_of_month(*place)],
        url=request.path,
        typed=None if request.method == "POST" else data,
    )
