"""Taking back the last saving of a table with one click, while the report may be filled and nobody saved after it.

What the boxes said before waits in the session of the person who saved, and ends with it. The page carries none of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from p2emas.accounts.signed_in import UserRequest
from p2emas.workflow.editing import EditConflict
from programs.reporting.filling import figure_forms, indicator_forms
from programs.reporting.filling.figure_forms import FigureRowForm, FiguresForm
from programs.reporting.filling.figures import FigureTable
from programs.reporting.filling.indicator_forms import IndicatorRowForm, IndicatorsForm
from programs.reporting.filling.indicators import IndicatorTable
from programs.reporting.filling.saving import save_figures, save_indicators
from programs.reporting.reports.access import seen_version
from programs.reporting.reports.models import ProgressReport

TAKE_BACK = "batal"  # the button
AFTER = "Sudah ada yang menyimpan sesudahnya, jadi tidak dapat dibatalkan. Ubah angkanya langsung."
Texts = Mapping[str, list[str]]
Form = FiguresForm | IndicatorsForm


@dataclass(frozen=True)
class SavedTable:
    """A table of the report that is saved as a whole. ``kept``: its name in the session."""

    kept: str
    cells: Sequence[str]
    form: Callable[[ProgressReport, QueryDict], Form]
    save: Callable[..., bool]


def _indicators(report: ProgressReport, data: QueryDict) -> IndicatorsForm:
    """What comes back has the source that it had."""
    table = IndicatorTable(report)
    return IndicatorsForm(table, data, sourced={IndicatorRowForm.prefix_of(row) for row in table.rows})


FIGURES = SavedTable(
    "undo_figures",
    figure_forms.CELLS,
    lambda report, data: FiguresForm(FigureTable(report, targets=True), data),
    save_figures,
)
INDICATORS = SavedTable("undo_indicators", indicator_forms.CELLS, _indicators, save_indicators)


@dataclass(frozen=True)
class LastSaving:
    """``rows``: prefix of the form of each changed row -> what its boxes said before, in the order of the cells."""

    table: SavedTable
    rows: dict[str, list[str]] = field(default_factory=dict)

    @property
    def data(self) -> QueryDict:
        """As a page would send it; a box that was not ticked sends nothing."""
        sent = QueryDict(mutable=True)
        for prefix, texts in self.rows.items():
            for name, text in zip(self.table.cells, texts, strict=True):
                if text or name != "unchanged":
                    sent[f"{prefix}-{name}"] = text
        return sent


def remember_saving(
    request: UserRequest, report: ProgressReport, form: Form, table: SavedTable = FIGURES, typed: Texts | None = None
) -> None:
    """After saving: what the changed rows said before; ``initial`` of a row is what its page was drawn from.

    ``typed``: of rows that a button filled, what their boxes had said by then.
    """
    changed = [row for row in form.sent if any(row.initial[name] != getattr(row.record, name) for name in table.cells)]
    if changed:
        rows = {str(row.prefix): _shown(row, table) for row in changed} | dict(typed or {})
        request.session[table.kept] = [report.pk, report.version, rows]


def last_saving(request: UserRequest, report: ProgressReport, table: SavedTable = FIGURES) -> LastSaving | None:
    """None when there is nothing to take back, or the report was saved again since."""
    pk, version, rows = request.session.get(table.kept, [0, 0, {}])[:3]
    is_last = (pk, version) == (report.pk, report.version) and report.is_editable
    return LastSaving(table, rows) if is_last else None


def take_back_saving(request: UserRequest, report: ProgressReport, table: SavedTable = FIGURES) -> str:
    """Bring back what was there before the last saving; the sentence that says why not, or ""."""
    last = last_saving(request, report, table)
    if last is None:
        return AFTER
    form = table.form(report, last.data)
    try:
        table.save(report=report, form=form, version=seen_version(request), actor=request.user)
    except EditConflict:
        return AFTER
    remember_saving(request, report, form, table)
    return "" if form.is_valid() else "Sebagian baris tidak dapat dikembalikan. Periksa tabelnya."


def _shown(form: FigureRowForm | IndicatorRowForm, table: SavedTable) -> list[str]:
    words = (form.fields[name].prepare_value(form.initial[name]) for name in table.cells)
    return ["" if value in (None, "", False) else "on" if value is True else str(value) for value in words]
