"""Taking back the last saving of the figures with one click, while the report may be filled and nobody saved after it.

What the boxes said before waits in the session of the person who saved, and ends with it.
"""

from dataclasses import dataclass

from p2emas.accounts.signed_in import UserRequest
from programs.reporting.filling.figure_forms import CELLS, FigureRowForm, FiguresForm
from programs.reporting.reports.models import ProgressReport

KEPT = "undo_figures"


@dataclass(frozen=True)
class LastSaving:
    """``cells``: name and value of each box of the rows that were changed, as they were before."""

    cells: dict[str, str]
    rows: int


def remember_saving(request: UserRequest, report: ProgressReport, form: FiguresForm) -> None:
    """After saving: what the changed rows said before; ``initial`` of a row is what its page was drawn from."""
    changed = [row for row in form.sent if any(row.initial[name] != getattr(row.row.line, name) for name in CELLS)]
    if changed:
        cells = {name: value for row in changed for name, value in _shown(row).items()}
        request.session[KEPT] = [report.pk, report.version, cells, len(changed)]


def last_saving(request: UserRequest, report: ProgressReport) -> LastSaving | None:
    """None when there is nothing to take back, or the report was saved again since."""
    pk, version, cells, rows = request.session.get(KEPT, [0, 0, {}, 0])
    return LastSaving(cells, rows) if (pk, version) == (report.pk, report.version) and report.is_editable else None


def _shown(form: FigureRowForm) -> dict[str, str]:
    """Each box as a page would send it; a box that was not ticked sends nothing."""
    words = {name: form.fields[name].prepare_value(form.initial[name]) for name in CELLS}
    return {form.add_prefix(name): "on" if value is True else str(value) for name, value in words.items() if value} | {
        form.add_prefix(name): "" for name, value in words.items() if value in (None, "")
    }
