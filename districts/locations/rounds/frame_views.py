"""Pages of a round in preparation: its criteria, and their weights from pairwise comparison."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from districts.locations.rounds.criteria_page import CriteriaPage
from districts.locations.rounds.framing import save_judgments, use_weights
from districts.locations.rounds.models import SelectionRound
from districts.locations.rounds.pairwise import MOST_COMPARED, comparison_of
from districts.locations.rounds.pairwise_form import JudgmentsForm, WeightsForm
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.views import edit_conflict_page, still_open, versions_of


def _in_scope(user: User, pk: int) -> SelectionRound:
    return get_object_or_404(SelectionRound.objects.for_user(user).select_related("tie_break"), pk=pk)


@require_http_methods(["GET", "POST"])
def round_criteria(request: UserRequest, pk: int) -> HttpResponse:
    selection = _in_scope(request.user, pk)
    still = still_open(request, selection.may_edit(request.user), selection.is_worked_by)
    page = CriteriaPage(selection, request.POST if request.method == "POST" else None)
    if not still:  # opened meanwhile: what was typed is shown beside it
        return page.conflict(request)
    if request.method == "POST" and page.is_valid():
        try:
            page.save()
        except EditConflict:
            return page.conflict(request)
        messages.success(request, "Kriteria tersimpan.")
        return redirect("locations:round-detail", selection.pk)
    return render(request, "districts/locations/round_criteria.html", vars(page.shown()))


@require_http_methods(["GET", "POST"])
def round_weights(request: UserRequest, pk: int) -> HttpResponse:
    """The judgments of the person who asks, and what those of all members give."""
    selection = _in_scope(request.user, pk)
    still = still_open(request, selection.may_edit(request.user), selection.is_worked_by)
    comparison = comparison_of(selection)
    own = selection.judgments.grades_of(request.user)
    data = request.POST if request.method == "POST" else None
    form = JudgmentsForm(data, criteria=comparison.criteria, known=own)
    comparable = 2 <= len(comparison.criteria) <= MOST_COMPARED
    if not still:  # opened meanwhile: what was judged is shown beside it
        return _both_judgments(selection, form, request)
    if request.method == "POST" and comparable and form.is_valid():
        try:
            save_judgments(selection=selection, user=request.user, grades=form.grades)
        except EditConflict:
            return _both_judgments(selection, form, request)
        messages.success(request, "Penilaian Anda tersimpan.")
        return redirect("locations:round-weights", selection.pk)
    context = {"selection": selection, "form": form, "comparison": comparison, "comparable": comparable}
    return render(request, "districts/locations/round_weights.html", context)


@require_POST
def weights_use(request: UserRequest, pk: int) -> HttpResponse:
    """Write the weights that the group's judgments give, as they are now."""
    selection = _in_scope(request.user, pk)
    if not selection.may_edit(request.user):
        raise PermissionDenied
    comparison, form = comparison_of(selection), WeightsForm(request.POST)
    if not form.is_valid() or not comparison.shares or form.cleaned_data["seen"] != comparison.fingerprint:
        messages.warning(request, "Penilaian berubah sejak halaman ditampilkan. Periksa lagi bobotnya.")
        return redirect("locations:round-weights", selection.pk)
    shares = {criterion.pk: share for criterion, share in comparison.shares}
    try:
        use_weights(selection=selection, seen=form.cleaned_data["version"], weights=shares)
    except EditConflict:
        return _moved(selection, request)
    messages.success(request, "Bobot hasil perbandingan tersimpan sebagai bobot kriteria.")
    return redirect("locations:round-detail", selection.pk)


def _both_judgments(selection: SelectionRound, form: JudgmentsForm, request: UserRequest) -> HttpResponse:
    mine, theirs = versions_of(form)
    return edit_conflict_page(
        request, selection, mine=mine, theirs=theirs, replace={}, parts=["criteria"], is_open=False
    )


def _moved(selection: SelectionRound, request: UserRequest) -> HttpResponse:
    return edit_conflict_page(
        request,
        selection,
        mine={},
        theirs={str(criterion): criterion.weight for criterion in selection.criteria.all()},
        replace={"version": selection.version},
        parts=["criteria"],
        url=selection.get_absolute_url(),  # this address answers no GET
        is_open=selection.may_edit(request.user),
    )
