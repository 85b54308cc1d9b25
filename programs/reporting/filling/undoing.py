"""Taking back the last saving of the figures with one click, while the report may be filled and nobody saved after it.

What the boxes said before waits in the session of the person who saved, and ends with it. The page carries none of it.
"""

from dataclasses import dataclass

from django.http import QueryDict

from p2emas.accounts.signed_in import UserRequest
from p2emas.workflow.editing import EditConflict
from programs.reporting.filling.figure_forms import CELLS, FigureRowForm, FiguresForm
from programs.reporting.filling.figures import FigureTable
from programs.reporting.filling.saving import save_figures
from programs.reporting.reports.access import seen_version
from programs.reporting.reports.models import ProgressReport

KEPT = "undo_figures"
TAKE_BACK = "batal"  # the button
AFTER = "Sudah ada yang menyimpan sesudahnya, jadi tidak dapat dibatalkan. Ubah angkanya langsung."


@dataclass(frozen=True)
class LastSaving:
    """``rows``: prefix of the form of each changed row -> what its boxes said before, in the order of ``CELLS``."""

    rows: dict[str, list[str]]

    @property
    def data(self) -> QueryDict:
        """As a page would send it; a box that was not ticked sends nothing."""
        sent = QueryDict(mutable=True)
        for prefix, texts in self.rows.items():
            for name, text in zip(CELLS, texts, strict=True):
                if text or name != "unchanged":
                    sent[f"{prefix}-{name}"] = text
        return sent


def remember_saving(request: UserRequest, report: ProgressReport, form: FiguresForm) -> None:
    """After saving: what the changed rows said before; ``initial`` of a row is what its page was drawn from."""
    changed = [row for row in form.sent if any(row.initial[name] != getattr(row.row.line, name) for name in CELLS)]
    if changed:
        request.session[KEPT] = [report.pk, report.version, {str(row.prefix): _shown(row) for row in changed}]


def last_saving(request: UserRequest, report: ProgressReport) -> LastSaving | None:
    """None when there is nothing to take back, or the report was saved again since."""
    pk, version, rows = request.session.get(KEPT, [0, 0, {}])[:3]
    return LastSaving(rows) if (pk, version) == (report.pk, report.version) and report.is_editable else None


def take_back_saving(request: UserRequest, report: ProgressReport) -> str:
    """Bring back what was there before the last saving; the sentence that says why not, or ""."""
    last = last_saving(request, report)
    if last is None:
        return AFTER
    form = FiguresForm(FigureTable(report, targets=True), last.data)
    try:
        save_figures(report=report, form=form, version=seen_version(request), actor=request.user)
    except EditConflict:
        return AFTER
    remember_saving(request, report, form)
    return "" if form.is_valid() else "Sebagian baris tidak dapat dikembalikan. Periksa tabelnya."


def _shown(form: FigureRowForm) -> list[str]:
    words = (form.fields[name].prepare_value(form.initial[name]) for name in CELLS)
    return ["" if value in (None, "", False) else "on" if value is True else str(value) for value in words]
