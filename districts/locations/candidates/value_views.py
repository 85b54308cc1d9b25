"""The table of values of a round."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from districts.locations.candidates.measuring import RowForm, ValueSheet, save_values
from districts.locations.candidates.models import Candidate
from districts.locations.candidates.value_lane import VALUE_LANE
from districts.locations.rounds.models import SelectionRound
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.imports.lanes.page import LaneBox
from p2emas.ui.banners import say_saved
from p2emas.ui.controls import cell
from p2emas.ui.forms import error_items
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.views import edit_conflict_page, still_open, versions_of


@require_http_methods(["GET", "POST"])
def value_table(request: UserRequest, pk: int) -> HttpResponse:
    selection = get_object_or_404(SelectionRound.objects.for_user(request.user), pk=pk)
    still = still_open(request, selection.may_measure(request.user), selection.is_worked_by)
    sheet = ValueSheet(selection, request.GET, request.POST if request.method == "POST" else None)
    if not still:  # submitted meanwhile: what was typed is shown beside it
        return _conflict(sheet, request)
    cells = sheet.cells() if request.method == "POST" else None
    if cells is not None:
        try:
            changed = save_values(selection=selection, seen=sheet.sources.cleaned_data["version"], cells=cells)
        except EditConflict:
            return _conflict(sheet, request)
        say_saved(request, f"{changed} nilai tersimpan.", changed=changed)
        return redirect(_onward(sheet, request))
    return render(request, "districts/locations/value_table.html", _context(sheet, request.user))


def _onward(sheet: ValueSheet, request: UserRequest) -> str:
    """The next page of the table when it was asked for, else this one again."""
    if "lanjut" in request.POST and sheet.page.next:
        return reverse("locations:value-table", args=[sheet.selection.pk]) + sheet.page.next
    return request.get_full_path()


def _context(sheet: ValueSheet, user: User) -> dict[str, Any]:
    sources = [cell(sheet.sources[f"s{each.pk}"], f"Sumber {each}", css="") for each in sheet.criteria]
    return {
        "selection": sheet.selection,
        "sheet": sheet,
        "columns": list(zip(sheet.criteria, sources, strict=True)),
        "drawn": [(candidate, form, _cells(candidate, form)) for candidate, form in sheet.rows],
        "errors": error_items(sheet.sources, *(form for _candidate, form in sheet.rows)),
        "box": LaneBox.of(VALUE_LANE, sheet.selection, user),
    }


def _cells(candidate: Candidate, form: RowForm) -> list[tuple[Any, ...]]:
    """(criterion, input of the value, input of its source or None) across one row."""
    cells = []
    for criterion in form.criteria:
        words = {"criterion": criterion, "village": candidate}
        value = cell(form[f"v{criterion.pk}"], "{criterion}, {village}".format(**words))
        source = None
        if form.own:
            source = cell(form[f"s{criterion.pk}"], "Sumber {criterion}, {village}".format(**words), css="")
        cells.append((criterion, value, source))
    return cells


def _conflict(sheet: ValueSheet, request: UserRequest) -> HttpResponse:
    """What was typed beside what is stored now, cell by cell where they differ."""
    selection = sheet.selection
    fresh = ValueSheet(selection, request.GET)
    stored = {candidate.pk: form for candidate, form in fresh.rows}
    mine: dict[str, str] = {}
    theirs: dict[str, str] = {}
    for candidate, form in sheet.rows:
        typed = versions_of(form, f"{candidate}, ")[0]
        now = versions_of(stored[candidate.pk], f"{candidate}, ")[1] if candidate.pk in stored else {}
        different = [label for label in typed if typed[label] != now.get(label, "")]
        mine |= {label: typed[label] for label in different}
        theirs |= {label: now.get(label, "") for label in different}
    replace = {"kolom-version": selection.version}
    is_open = selection.may_measure(request.user)
    return edit_conflict_page(request, selection, mine=mine, theirs=theirs, replace=replace, is_open=is_open)
