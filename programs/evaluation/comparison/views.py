"""Making a comparison and freezing it: a coordinator's work."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import UserRequest
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.views import step_page
from programs.evaluation.comparison.forms import ComparisonSetForm
from programs.evaluation.comparison.models import ComparisonSet
from programs.evaluation.comparison.page import NeighbourRule
from programs.evaluation.comparison.services import save_comparison


def get_comparison(pk: int, request: HttpRequest) -> ComparisonSet:
    return get_object_or_404(ComparisonSet.objects.for_user(request.user).for_table(), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def comparison_create(request: UserRequest) -> HttpResponse:
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    return _comparison_form(ComparisonSet(), request)


@require_http_methods(["GET", "HEAD", "POST"])
def comparison_edit(request: UserRequest, pk: int) -> HttpResponse:
    comparison = get_comparison(pk, request)
    if not comparison.may_edit(request.user):
        raise PermissionDenied
    return _comparison_form(comparison, request)


def _comparison_form(comparison: ComparisonSet, request: UserRequest) -> HttpResponse:
    form = ComparisonSetForm(request.POST if request.method == "POST" else None, comparison=comparison)
    if form.is_valid():
        form.put_on(comparison)
        given = {"compared": form.chosen, "spillover": form.spilled, "seen": form.cleaned_data["seen"]}
        try:
            save_comparison(comparison=comparison, by=request.user, **given)
            messages.success(request, f"{comparison}: {len(form.chosen)} desa pembanding tersimpan.")
            return redirect(comparison)
        except EditConflict as conflict:
            form.add_error(None, f"{conflict} Buka lagi halaman ini, lalu ulangi.")
    context = {"form": form, "comparison": comparison, "rule": NeighbourRule.current()}
    return render(request, "programs/evaluation/comparison_form.html", context)


@require_http_methods(["GET", "POST"])
def comparison_step(request: UserRequest, pk: int, step: str) -> HttpResponse:
    return step_page(request, get_comparison(pk, request), step)
