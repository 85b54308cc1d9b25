"""One placement: making it, its page, and how it ends, is replaced, appraised and extended."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from facilitators.placements import lists, page, services
from facilitators.placements.conflicts import placement_conflict
from facilitators.placements.forms import AppraisalForm, EndPlacementForm, ExtendForm, PlacementForm, ReplaceForm
from facilitators.placements.models import Placement
from facilitators.placements.refusals import PlacementRefused
from facilitators.placements.views import facilitator_to_edit, placement_for
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.staffing.services import NotPossible
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.views import riwayat_page


def placement_to(user: User, pk: int, action: str) -> tuple[Placement, dict]:
    """A placement with its page's context, where ``user`` may do ``action`` now ("may_end")."""
    placement = placement_for(user, pk)
    context = {**vars(page.PlacementPage.of(placement, user))}
    if not context[action]:
        raise PermissionDenied
    return placement, context


def refused(form, refusal: NotPossible) -> None:
    """The sentence beside its field, or above the form where that field is not asked here."""
    field = getattr(refusal, "field", None)
    form.add_error(field if field in form.fields else None, str(refusal))


@never_cache
@require_safe
def placement_detail(request: UserRequest, pk: int) -> HttpResponse:
    shown = page.PlacementPage.of(placement_for(request.user, pk), request.user)
    return render(request, "facilitators/placements/placement_detail.html", vars(shown))


@require_safe
def placement_history(request: UserRequest, pk: int) -> HttpResponse:
    return riwayat_page(request, placement_for(request.user, pk), page.PLACEMENT_PARTS)


@require_http_methods(["GET", "HEAD", "POST"])
def placement_create(request: UserRequest, pk: int) -> HttpResponse:
    person = facilitator_to_edit(request.user, pk)
    contracts = lists.contracts_of(person, clock.today())
    data = request.POST if request.method == "POST" else None
    initial = {"target_location": request.GET.get("lokasi", "")[:18]}
    form = PlacementForm(data, facilitator=person, contracts=contracts, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.place_facilitator(facilitator=person, **form.cleaned_data)
        except NotPossible as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _placed_words(made))
            return redirect(made)
    context = {"form": form, "facilitator": person, "has_contract": bool(contracts)}
    return render(request, "facilitators/placements/placement_form.html", context)


def _placed_words(placement: Placement) -> str:
    if placement.facilitator.user and not placement.facilitator.user.has_usable_password():
        return "Penempatan disimpan. Undangan akun menunggu dikirim di surat keluar."
    return "Penempatan disimpan."


@require_http_methods(["GET", "HEAD", "POST"])
def placement_end(request: UserRequest, pk: int) -> HttpResponse:
    placement, context = placement_to(request.user, pk, "may_manage" if request.method == "POST" else "may_end")
    form = EndPlacementForm(request.POST if request.method == "POST" else None, placement=placement)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_placement(placement=placement, **form.cleaned_data)
        except EditConflict:
            return placement_conflict(request, form, placement)
        except PlacementRefused as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "Penempatan diakhiri. Haknya di sistem berakhir pada hari yang sama.")
            return redirect(placement)
    return render(request, "facilitators/placements/placement_end.html", context | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def placement_replace(request: UserRequest, pk: int) -> HttpResponse:
    placement, context = placement_to(request.user, pk, "may_manage" if request.method == "POST" else "may_replace")
    contracts = lists.contracts_of_others(request.user, placement.facilitator_id, clock.today())
    data = request.POST if request.method == "POST" else None
    form = ReplaceForm(data, placement=placement, contracts=contracts)
    if request.method == "POST" and form.is_valid():
        successor = form.cleaned_data["contract"].facilitator
        try:
            made = services.replace_facilitator(placement=placement, facilitator=successor, **form.cleaned_data)
        except EditConflict:
            return placement_conflict(request, form, placement)
        except NotPossible as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _placed_words(made))
            return redirect(made)
    context |= {"form": form, "has_contract": contracts.exists()}
    return render(request, "facilitators/placements/placement_replace.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def placement_appraise(request: UserRequest, pk: int) -> HttpResponse:
    placement, context = placement_to(request.user, pk, "may_appraise")
    form = AppraisalForm(request.POST if request.method == "POST" else None, placement=placement)
    if request.method == "POST" and form.is_valid():
        services.appraise_placement(placement=placement, **form.cleaned_data)
        messages.success(request, "Penilaian kinerja disimpan.")
        return redirect(placement)
    return render(request, "facilitators/placements/placement_appraise.html", context | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def placement_extend(request: UserRequest, pk: int) -> HttpResponse:
    placement, context = placement_to(request.user, pk, "may_extend")
    data = request.POST if request.method == "POST" else None
    form = ExtendForm(data, placement=placement, contracts=lists.contracts_of(placement.facilitator, clock.today()))
    if request.method == "POST" and form.is_valid():
        try:
            services.extend_placement(placement=placement, **form.cleaned_data)
        except EditConflict:
            return placement_conflict(request, form, placement)
        except PlacementRefused as refusal:
            refused(form, refusal)
        else:
            messages.success(request, "Penempatan diperpanjang, haknya di sistem ikut diperpanjang.")
            return redirect(placement)
    return render(request, "facilitators/placements/placement_extend.html", context | {"form": form})
