"""Selection rounds: the list, each one's page, its frame, steps and history."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from districts.locations.models import TargetLocation
from districts.locations.overview.page import PARTS, SelectionRoundPage
from districts.locations.overview.sources import replication_frame, source_asked
from districts.locations.rounds.forms import RoundForm, RoundListForm
from districts.locations.rounds.framing import create_round, save_round
from districts.locations.rounds.models import SelectionRound
from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import Anyone, UserRequest
from p2emas.ui.filters import Filters
from p2emas.ui.paging import paginate
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.views import edit_conflict_page, riwayat_page, step_page, versions_of


def _in_scope(user: Anyone, pk: int) -> SelectionRound:
    return get_object_or_404(SelectionRound.objects.for_user(user).for_table(), pk=pk)


@login_not_required
@require_safe
def location_round_list(request: HttpRequest) -> HttpResponse:
    filter_form, user = RoundListForm(request.GET), request.user
    wanted = filter_form.wanted()
    rows = SelectionRound.objects.for_user(user).search(wanted.get("cari", "")).in_state(wanted.get("status", ""))
    context = {
        "page": paginate(rows.for_table().with_counts(), request.GET),
        "filters": Filters(filter_form, request.GET),
        "may_add": user.is_authenticated and user.has_role(*COORDINATORS),
        "shows_counts": user.is_authenticated and user.sees_everything,
    }
    return render(request, "districts/locations/round_list.html", context)


@login_not_required
@require_safe
def location_round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    selection = _in_scope(request.user, pk)
    return render(
        request, "districts/locations/round_detail.html", vars(SelectionRoundPage.of(selection, request.user))
    )


@require_safe
def location_round_history(request: UserRequest, pk: int) -> HttpResponse:
    selection = _in_scope(request.user, pk)
    if not request.user.sees_everything:
        raise PermissionDenied
    return riwayat_page(request, selection, PARTS)


@require_http_methods(["GET", "POST"])
def location_round_create(request: UserRequest) -> HttpResponse:
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    source = source_asked(request.GET)
    form = RoundForm(request.POST if request.method == "POST" else None, initial=replication_frame(source))
    if request.method == "POST" and form.is_valid() and (selection := _created(form, source)):
        messages.success(request, "Penjaringan dibuat. Tetapkan kriterianya sebelum membuka.")
        return redirect("locations:round-criteria", selection.pk)
    context = {"form": form, "selection": form.instance, "source": source}
    return render(request, "districts/locations/round_form.html", context)


def _created(form: RoundForm, source: TargetLocation | None) -> SelectionRound | None:
    """The new draft; None when a sentence is on the form."""
    try:
        if source is not None:
            source.check_may_be_passed_on()
        return create_round(fields=form.values() | {"source": source})
    except StepNotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None


@require_http_methods(["GET", "POST"])
def location_round_edit(request: UserRequest, pk: int) -> HttpResponse:
    selection = _in_scope(request.user, pk)
    if _is_late(selection, request.POST) and selection.is_worked_by(request.user):
        return _late_frame(selection, request)
    if not (selection.may_edit(request.user) or selection.may_reschedule(request.user)):
        raise PermissionDenied
    form = RoundForm(request.POST if request.method == "POST" else None, instance=selection)
    if request.method == "POST" and form.is_valid():
        stored, seen = _in_scope(request.user, pk), form.cleaned_data["version"]
        try:
            save_round(selection=stored, seen=-1 if seen is None else seen, fields=form.values())
        except EditConflict:
            mine, theirs = versions_of(form)[0], versions_of(RoundForm(instance=stored))[1]
            return edit_conflict_page(request, stored, mine=mine, theirs=theirs, replace={"version": stored.version})
        messages.success(request, "Penjaringan tersimpan.")
        return redirect(stored)
    return render(request, "districts/locations/round_form.html", {"form": form, "selection": selection})


def _is_late(selection: SelectionRound, typed: QueryDict) -> bool:
    """Whether ``typed`` holds what can no longer be stored: a frame before the opening, a day before the closing."""
    frozen = all(name in typed for name in RoundForm.FROZEN)  # the page of a draft; single fields are forged
    if selection.status == SelectionRound.Status.DRAFT:
        return False
    return frozen if selection.status == SelectionRound.Status.OPEN else bool(typed)


def _late_frame(selection: SelectionRound, request: UserRequest) -> HttpResponse:
    """What was typed beside what is stored, field by field as it was sent."""
    form = RoundForm(request.POST, instance=selection, whole=True)
    for name in [name for name in form.fields if name not in request.POST]:
        del form.fields[name]
    mine, theirs = versions_of(form)
    return edit_conflict_page(request, selection, mine=mine, theirs=theirs, replace={}, is_open=False)


@require_http_methods(["GET", "POST"])
def location_round_step(request: UserRequest, pk: int, step: str) -> HttpResponse:
    return step_page(request, _in_scope(request.user, pk), step)
