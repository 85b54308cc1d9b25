"""Two people on one report: what is stored and what was typed, cell by cell. Nothing is overwritten."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.versions import all_versions
from p2emas.workflow.views import edit_conflict_page, versions_of
from programs.obstacles.models import Obstacle
from programs.reporting.filling.figure_forms import FiguresForm
from programs.reporting.filling.figures import FigureTable
from programs.reporting.filling.indicator_forms import IndicatorsForm
from programs.reporting.filling.indicators import IndicatorTable
from programs.reporting.filling.obstacle_forms import ObstaclesForm
from programs.reporting.filling.photo_forms import PhotosForm
from programs.reporting.reports.models import ProgressReport

Versions = tuple[Mapping[str, object], Mapping[str, object]]


FIGURE_WORDS = {
    "spent_to_date": "realisasi keuangan",
    "physical_to_date": "realisasi fisik",
    "unchanged": "tetap",
    "nil_reason": "alasan nihil",
    "correction": "sebab turun",
    "correction_reason": "alasan turun",
}


def of_figures(request: UserRequest, report: ProgressReport, data: QueryDict | None) -> HttpResponse:
    return _page(request, report, versions_of_figures(FigureTable(_fresh(report)), data), ["lines"], data)


def versions_of_figures(table: FigureTable, data: QueryDict | None) -> Versions:
    """(typed, stored) of the cells that differ; of a draft, which writes nothing on the lines of ``table``."""
    return _versions(FiguresForm(table, data).sent, lambda row, cell: _cell(row, FIGURE_WORDS[cell.name]))


INDICATOR_WORDS = {"value": "nilai", "missing_reason": "mengapa belum ada data", "source": "sumber"}


def of_indicators(request: UserRequest, report: ProgressReport, data: QueryDict | None) -> HttpResponse:
    versions = versions_of_indicators(IndicatorTable(_fresh(report)), data)
    return _page(request, report, versions, ["indicator_values"], data)


def versions_of_indicators(table: IndicatorTable, data: QueryDict | None) -> Versions:
    return _versions(IndicatorsForm(table, data).sent, lambda row, cell: _cell(row, INDICATOR_WORDS[cell.name]))


def of_obstacles(request: UserRequest, report: ProgressReport, data: QueryDict | None) -> HttpResponse:
    versions = versions_of_obstacles(_fresh(report), data)
    told = Obstacle.history.filter(id__in=report.obstacles.order_by().values("pk"))
    return _page(request, report, versions, [told], data)


def versions_of_obstacles(report: ProgressReport, data: QueryDict | None) -> Versions:
    form = ObstaclesForm(report, data)
    cards = [(f"Kendala {number}, ", card) for number, card in enumerate(form.cards, start=1) if card.is_bound]
    if not form.blank.is_blank:
        cards.append(("Kendala baru, ", form.blank))
    return all_versions([*(versions_of(card, prefix) for prefix, card in cards), versions_of(form.factors)])


def of_photos(request: UserRequest, report: ProgressReport, data: QueryDict | None) -> HttpResponse:
    return _page(request, report, versions_of_photos(FigureTable(_fresh(report)), data), [], data)


def versions_of_photos(table: FigureTable, data: QueryDict | None) -> Versions:
    return _versions(PhotosForm(table, data).sent, _photo_cell)


def _fresh(report: ProgressReport) -> ProgressReport:
    """As it is stored now: validating a form has put the typed values on the instance that it was given."""
    report.refresh_from_db()
    return report


def _cell(row, words: str) -> str:
    return f"Baris {row.row.number}, {words}"


def _photo_cell(row, cell: BoundField) -> str:
    return f"Foto {row.number}, {cell.label}"


def _versions(parts: Iterable[forms.Form], label: Callable[[forms.Form, BoundField], str]) -> Versions:
    """The cells that differ from what is stored, in the order of the page."""
    mine, theirs = {}, {}
    for part in parts:
        for name in part.changed_data:
            cell = part[name]
            if cell.is_hidden:
                continue
            mine[label(part, cell)] = cell.value()
            theirs[label(part, cell)] = cell.field.prepare_value(cell.initial)
    return mine, theirs


def _page(
    request: UserRequest,
    report: ProgressReport,
    versions: Versions,
    parts: Sequence[str | QuerySet],
    data: QueryDict | None = None,
) -> HttpResponse:
    mine, theirs = versions
    if not report.is_editable:  # sent or locked meanwhile: there is nothing to send again
        rows = [(label, theirs[label], mine[label]) for label in mine if theirs[label] != mine[label]]
        context = {"report": report, "rows": rows}
        return render(request, "programs/reporting/not_editable.html", context, status=409)
    return edit_conflict_page(
        request,
        report,
        mine=mine,
        theirs=theirs,
        replace={"version": report.version},
        parts=parts,
        typed=None if request.method == "POST" else data,
    )
