"""Model packages: drafting one of a location that is ready, filling it in, publishing and withdrawing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts.locations.models import TargetLocation
from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import UserRequest
from p2emas.workflow.editing import EditConflict, save_edit
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.riwayat import timeline
from p2emas.workflow.views import edit_conflict_page, riwayat_page, step_page, still_open, versions_of
from programs.evaluation.package_forms import ModelPackageForm
from programs.evaluation.package_services import draft_package
from programs.evaluation.packages import ModelPackage, total_cost


def get_model_package(pk: int, request: HttpRequest) -> ModelPackage:
    return get_object_or_404(ModelPackage.objects.for_user(request.user).for_table(), pk=pk)


@require_POST
def model_package_create(request: UserRequest, pk: int) -> HttpResponse:
    """Draft the package of a location, or continue the one it has."""
    location = get_object_or_404(TargetLocation.objects.select_related("village"), pk=pk)
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    try:
        return redirect(draft_package(location=location, actor=request.user))
    except StepNotAllowed as refusal:
        messages.warning(request, str(refusal))
        return redirect("evaluation:replication-overview")


@login_not_required
@require_safe
def model_package_detail(request: HttpRequest, pk: int) -> HttpResponse:
    package, user = get_model_package(pk, request), request.user
    lines = package.lines()
    context = {
        "package": package,
        "lines": lines,
        "planned": total_cost(lines, "amount"),
        "spent": total_cost(lines, "spent"),
        "has_sample": package.is_sample or any(line.is_sample for line in lines),
        "may_edit": package.may_edit(user),
        "steps": package.open_steps(user) if user.is_authenticated else [],
        "history": timeline(package)[:6] if user.is_authenticated and user.sees_everything else [],
    }
    return render(request, "programs/evaluation/package_detail.html", context)


@require_http_methods(["GET", "POST"])
def model_package_edit(request: UserRequest, pk: int) -> HttpResponse:
    package = get_model_package(pk, request)
    still = still_open(request, package.may_edit(request.user), package.is_worked_by)
    form = ModelPackageForm(request.POST if request.method == "POST" else None, instance=package)
    if request.method == "POST" and (form.is_valid() or not still):
        try:
            if not still:  # published meanwhile: what was typed is shown beside what is stored
                raise EditConflict
            save_edit(form)
        except EditConflict:
            stored = get_model_package(pk, request)
            fresh = ModelPackageForm(instance=stored)
            mine, theirs = versions_of(form)[0], versions_of(fresh)[1]
            replace, is_open = {"seen": fresh.initial["seen"]}, stored.may_edit(request.user)
            return edit_conflict_page(request, stored, mine=mine, theirs=theirs, replace=replace, is_open=is_open)
        messages.success(request, "Paket model tersimpan.")
        return redirect(package)
    return render(request, "programs/evaluation/package_form.html", {"package": package, "form": form})


@require_http_methods(["GET", "POST"])
def model_package_step(request: UserRequest, pk: int, step: str) -> HttpResponse:
    return step_page(request, get_model_package(pk, request), step)


@require_safe
def model_package_history(request: UserRequest, pk: int) -> HttpResponse:
    package = get_model_package(pk, request)
    if not request.user.sees_everything:
        raise PermissionDenied
    return riwayat_page(request, package)
