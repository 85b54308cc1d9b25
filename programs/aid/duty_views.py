"""The duties of a package: what is to be passed on or given back, and what was."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from p2emas.accounts.signed_in import UserRequest
from p2emas.workflow.editing import EditConflict
from programs.aid.duties import AidDuty
from programs.aid.duty_forms import DutyForm, RevolvingForm
from programs.aid.services import CountRefused, record_step, save_duty
from programs.aid.views import get_package


def get_duty(pk: int, request: UserRequest) -> AidDuty:
    return get_object_or_404(AidDuty.objects.for_user(request.user).with_passed().for_table(), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def duty_create(request: UserRequest, pk: int) -> HttpResponse:
    package = get_package(pk, request)
    if not package.may_edit(request.user):
        raise PermissionDenied
    return _duty_form(AidDuty(package=package, is_sample=package.is_sample), request)


@require_http_methods(["GET", "HEAD", "POST"])
def duty_edit(request: UserRequest, pk: int) -> HttpResponse:
    duty = get_duty(pk, request)
    if not duty.package.may_edit(request.user):
        raise PermissionDenied
    return _duty_form(duty, request)


def _duty_form(duty: AidDuty, request: UserRequest) -> HttpResponse:
    form = DutyForm(request.POST if request.method == "POST" else None, duty=duty)
    if form.is_valid():
        try:
            save_duty(duty=form.save(commit=False), by=request.user, seen=form.cleaned_data["seen"])
        except CountRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        except EditConflict as conflict:
            form.add_error(None, f"{conflict} Buka lagi halaman ini, lalu ulangi.")
        else:
            messages.success(request, "Kewajiban tersimpan.")
            return redirect(duty)
    return render(request, "programs/aid/duty_form.html", {"form": form, "duty": duty, "package": duty.package})


@require_http_methods(["GET", "HEAD", "POST"])
def step_record(request: UserRequest, pk: int) -> HttpResponse:
    """Goods went on to another group, or back: written down by the facilitator, a coordinator or the agency."""
    duty = get_duty(pk, request)
    if not (duty.package.may_check(request.user) or duty.package.may_edit(request.user)):
        raise PermissionDenied
    form = RevolvingForm(request.POST if request.method == "POST" else None, duty=duty)
    if form.is_valid():
        try:
            record_step(step=form.save(commit=False), by=request.user)
        except CountRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, "Perpindahan tercatat.")
            return redirect(duty)
    return render(request, "programs/aid/step_form.html", {"form": form, "duty": duty, "package": duty.package})
