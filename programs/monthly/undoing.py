"""Taking back the last saving of a month with one click, until anybody saves it again.

What the boxes said before waits in the session of the person who saved, and ends with it.
"""

from dataclasses import dataclass

from p2emas.accounts.signed_in import UserRequest
from programs.monthly.forms import MonthForm, MonthRowForm
from programs.monthly.sheet import MonthSheet

KEPT = "undo_month"


@dataclass(frozen=True)
class LastMonthSaving:
    """``cells``: name and value of each box of the rows that were changed, as they were before."""

    cells: dict[str, str]
    rows: int


def remember_month(request: UserRequest, form: MonthForm, version: int) -> None:
    """After saving; ``initial`` of a row is what its page was drawn from, ``version`` that of the month now."""
    changed = [
        row for row in form.sent if any(was != getattr(row.row.stored, name) for name, was in row.initial.items())
    ]
    if changed:
        cells = {name: value for row in changed for name, value in _shown(row).items()}
        request.session[KEPT] = [_place(form.sheet), version, cells, len(changed)]


def last_month_saving(request: UserRequest, sheet: MonthSheet, version: int) -> LastMonthSaving | None:
    """None when there is nothing to take back, or the month was saved again since."""
    place, seen, cells, rows = request.session.get(KEPT, ["", 0, {}, 0])
    return LastMonthSaving(cells, rows) if (place, seen) == (_place(sheet), version) else None


def _place(sheet: MonthSheet) -> str:
    return f"{sheet.kind.name} {sheet.plan.pk} {sheet.month}"


def _shown(form: MonthRowForm) -> dict[str, str]:
    """Each box as a page would send it."""
    words = {name: form.fields[name].prepare_value(form.initial[name]) for name in form.kind.cells}
    return {form.add_prefix(name): "" if value is None else str(value) for name, value in words.items()}
