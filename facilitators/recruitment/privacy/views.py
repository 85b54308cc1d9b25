"""Personal data in the office: opened, listed by who did, and what an applicant may ask for (copy, change, erasure)."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from facilitators.recruitment.applications.access import application_for, readable_round
from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.parts import PersonalDataAccess
from facilitators.recruitment.privacy.erasing import erase_application
from facilitators.recruitment.privacy.forms import AccessListForm, AccessReasonForm, DataCorrectionForm
from facilitators.recruitment.privacy.own_data import access_copy, correct_application
from facilitators.recruitment.privacy.personal import TooMany, export_applications, open_nik
from facilitators.recruitment.rounds.access import round_for
from facilitators.recruitment.rounds.forms import OpeningsForm
from facilitators.recruitment.rounds.framing import raise_openings
from p2emas.accounts.models import User
from p2emas.accounts.sign_in.again import ask_again
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.kinds import XLSX
from p2emas.privacy.sealing import SealBroken
from p2emas.ui.filters import Filters
from p2emas.ui.paging import paginate
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.views import edit_conflict_page, versions_of

ZIP = "application/zip"


@never_cache
@require_safe
def access_list(request: UserRequest, code: str) -> HttpResponse:
    record = round_for(request.user, code)
    if not record.may_read_applications(request.user):
        raise PermissionDenied
    filter_form = AccessListForm(request.GET)
    rows = PersonalDataAccess.objects.for_user(request.user).of_round(record)
    context = {
        "record": record,
        "page": paginate(rows.of_kind(filter_form.wanted().get("jenis", "")).for_table(), request.GET),
        "filters": Filters(filter_form, request.GET),
        "may_raise": record.may_raise_openings(request.user),
    }
    return render(request, "facilitators/recruitment/access_list.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def round_openings(request: UserRequest, code: str) -> HttpResponse:
    record = round_for(request.user, code)
    if not record.may_raise_openings(request.user):
        raise PermissionDenied
    form = OpeningsForm(request.POST if request.method == "POST" else None, instance=record)
    if request.method == "POST" and form.is_valid():
        stored, data = round_for(request.user, code), form.cleaned_data
        try:
            raise_openings(record=stored, seen=form.seen, per_hour=data["nik_per_hour"], reason=data["reason"])
        except EditConflict:
            mine, theirs = versions_of(form)[0], versions_of(OpeningsForm(instance=stored))[1]
            return edit_conflict_page(request, stored, mine=mine, theirs=theirs, replace={"version": stored.version})
        messages.success(request, "Batas pembukaan NIK tersimpan.")
        return redirect("recruitment:access-list", code)
    context = {"form": form, "record": round_for(request.user, code), "usual": settings.NIK_OPENINGS_PER_HOUR}
    return render(request, "facilitators/recruitment/round_openings.html", context)


def managed_application(user: User, code: str, pk: int) -> Application:
    """404 outside the scope, 403 for everybody but a head without a seat."""
    rows = Application.objects.for_user(user).select_related("round")
    application = get_object_or_404(rows, round__code=code, pk=pk)
    if not application.may_manage_data(user):
        raise PermissionDenied
    return application


@never_cache
@require_safe
def personal_data(request: UserRequest, code: str, pk: int) -> HttpResponse:
    application = managed_application(request.user, code, pk)
    accesses = PersonalDataAccess.objects.for_user(request.user).about(application)
    context = {"application": application, "page": paginate(accesses.for_table(), request.GET)}
    return render(request, "facilitators/recruitment/personal_data.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def personal_copy(request: UserRequest, code: str, pk: int) -> HttpResponse:
    application = managed_application(request.user, code, pk)
    form = AccessReasonForm(request.POST if request.method == "POST" else None, submit="Unduh salinan")
    if request.method == "POST" and form.is_valid():
        ask_again(request)
        content = access_copy(application=application, reason=form.cleaned_data["reason"], actor=request.user)
        answer = HttpResponse(content, content_type=ZIP)
        answer["Content-Disposition"] = f'attachment; filename="salinan-data-{application.number}.zip"'
        return answer
    return render(request, "facilitators/recruitment/personal_copy.html", {"application": application, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def personal_correct(request: UserRequest, code: str, pk: int) -> HttpResponse:
    application = managed_application(request.user, code, pk)
    form = DataCorrectionForm(request.POST if request.method == "POST" else None, application=application)
    if request.method == "POST" and form.is_valid():
        try:
            changed = _correct(application, form, request.user)
        except EditConflict:
            return _conflict(application, form, request)
        except StepNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            done = f"Diperbaiki: {', '.join(changed)}." if changed else "Tidak ada yang berbeda."
            messages.success(request, done)
            return redirect("recruitment:personal-data", code, pk)
    return render(request, "facilitators/recruitment/personal_correct.html", {"application": application, "form": form})


def _correct(application: Application, form: DataCorrectionForm, user: User) -> list[str]:
    reason = form.cleaned_data["reason"]
    return correct_application(application=application, values=form.values(), seen=form.seen, reason=reason, actor=user)


def _conflict(application: Application, form: DataCorrectionForm, request: UserRequest) -> HttpResponse:
    stored = Application.objects.select_related("round").get(pk=application.pk)
    mine, theirs = versions_of(form)[0], versions_of(DataCorrectionForm(application=stored))[1]
    return edit_conflict_page(request, stored, mine=mine, theirs=theirs, replace={"version": stored.version})


@never_cache
@require_http_methods(["GET", "POST"])
def personal_erase(request: UserRequest, code: str, pk: int) -> HttpResponse:
    application = managed_application(request.user, code, pk)
    data = request.POST if request.method == "POST" else None
    form = AccessReasonForm(data, submit="Hapus data pribadi", look="btn-danger")
    if request.method == "POST" and form.is_valid():
        ask_again(request)
        try:
            erase_application(application=application, reason=form.cleaned_data["reason"], actor=request.user)
        except StepNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Data pribadi lamaran {application.number} dihapus.")
            return redirect("recruitment:personal-data", code, pk)
    return render(request, "facilitators/recruitment/personal_erase.html", {"application": application, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def application_nik(request: UserRequest, code: str, pk: int) -> HttpResponse:
    """The whole NIK, once, for a reason that is logged."""
    application = application_for(request.user, code, pk)
    if not application.round.may_open_personal(request.user):
        raise PermissionDenied
    form, nik = AccessReasonForm(request.POST if request.method == "POST" else None, submit="Tampilkan NIK"), ""
    if request.method == "POST" and form.is_valid():
        ask_again(request)
        try:
            nik = open_nik(application=application, user=request.user, reason=form.cleaned_data["reason"])
        except SealBroken:
            form.add_error(None, "NIK ini tidak dapat dibuka lagi: datanya sudah dihapus atau kuncinya tidak ada.")
        except TooMany as refusal:
            form.add_error(None, str(refusal))
    record = application.round
    may_raise = record.may_raise_openings(request.user)
    context = {"application": application, "record": record, "form": form, "nik": nik, "may_raise": may_raise}
    return render(request, "facilitators/recruitment/application_nik.html", context)


@require_http_methods(["GET", "POST"])
def application_export(request: UserRequest, code: str) -> HttpResponse:
    record = readable_round(request.user, code)
    if not record.may_export(request.user):
        raise PermissionDenied
    ask_again(request)
    form = AccessReasonForm(request.POST if request.method == "POST" else None, submit="Unduh .xlsx")
    if request.method == "POST" and form.is_valid():
        content = export_applications(record=record, user=request.user, reason=form.cleaned_data["reason"])
        answer = HttpResponse(content, content_type=XLSX)
        answer["Content-Disposition"] = f'attachment; filename="lamaran-{record.code}.xlsx"'
        answer["Cache-Control"] = "no-store"
        return answer
    return render(request, "facilitators/recruitment/application_export.html", {"record": record, "form": form})
