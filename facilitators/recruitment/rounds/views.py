"""Recruitment rounds in the office: the list, a new one, the texts and the schedule of one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from facilitators.recruitment.rounds.access import round_for
from facilitators.recruitment.rounds.forms import (
    CreateForm,
    RecruitmentListForm,
    ScheduleForm,
    SourceForm,
    TextForm,
    VersionForm,
)
from facilitators.recruitment.rounds.framing import CodeTaken, copy_frame, create_recruitment, save_recruitment
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.filters import Filters
from p2emas.ui.paging import paginate
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.views import edit_conflict_page, versions_of


@require_safe
def recruitment_round_list(request: UserRequest) -> HttpResponse:
    user, filter_form = request.user, RecruitmentListForm(request.GET)
    if not (user.sees_everything or user.has_role(Role.PANELIST) or user.panel_seats.exists()):
        raise PermissionDenied
    wanted = filter_form.wanted()
    rows = RecruitmentRound.objects.in_office(user).search(wanted.get("cari", "")).in_state(wanted.get("status", ""))
    context = {
        "page": paginate(rows.for_table().with_counts(), request.GET),
        "filters": Filters(filter_form, request.GET),
        "may_add": user.has_role(*COORDINATORS),
        "seated": set(user.panel_seats.values_list("round", flat=True)),
    }
    return render(request, "facilitators/recruitment/round_list.html", context)


@require_http_methods(["GET", "POST"])
def recruitment_round_create(request: UserRequest) -> HttpResponse:
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    sources = RecruitmentRound.objects.for_user(request.user)
    form = CreateForm(request.POST if request.method == "POST" else None, sources=sources)
    if request.method == "POST" and form.is_valid():
        try:
            record = create_recruitment(fields=form.values(), source=form.cleaned_data["source"])
        except CodeTaken:
            form.add_error("code", "Kode ini baru saja dipakai orang lain.")
        else:
            messages.success(request, "Tahap seleksi dibuat sebagai konsep. Lengkapi sebelum menerbitkan.")
            return redirect(record)
    return render(request, "facilitators/recruitment/round_form.html", {"form": form, "record": form.instance})


@require_http_methods(["GET", "POST"])
def recruitment_round_edit(request: UserRequest, code: str) -> HttpResponse:
    return _edit(TextForm, request, code, "Teks dan kontak")


@require_http_methods(["GET", "POST"])
def round_schedule(request: UserRequest, code: str) -> HttpResponse:
    return _edit(ScheduleForm, request, code, "Jadwal")


def _edit(kind: type[VersionForm], request: UserRequest, code: str, title: str) -> HttpResponse:
    record = round_for(request.user, code)
    if not record.may_amend(request.user):
        raise PermissionDenied
    form = kind(request.POST if request.method == "POST" else None, instance=record)
    if request.method == "POST" and form.is_valid():
        stored = round_for(request.user, code)
        reason = form.cleaned_data.get("reason", "")
        try:
            save_recruitment(record=stored, seen=form.seen, fields=form.values(), reason=reason)
        except EditConflict:
            mine, theirs = versions_of(form)[0], versions_of(kind(instance=stored))[1]
            return edit_conflict_page(request, stored, mine=mine, theirs=theirs, replace={"version": stored.version})
        messages.success(request, "Tahap seleksi tersimpan.")
        return redirect(stored)
    context = {"form": form, "record": round_for(request.user, code), "title": title}
    return render(request, "facilitators/recruitment/round_form.html", context)


@require_http_methods(["GET", "POST"])
def round_copy(request: UserRequest, code: str) -> HttpResponse:
    record = round_for(request.user, code)
    if not record.may_edit(request.user):
        raise PermissionDenied
    sources = RecruitmentRound.objects.for_user(request.user).without(record)
    form = SourceForm(
        request.POST if request.method == "POST" else None, initial={"version": record.version}, sources=sources
    )
    if request.method == "POST" and form.is_valid():
        try:
            copy_frame(record=record, seen=form.cleaned_data["version"], source=form.cleaned_data["source"])
        except EditConflict:
            messages.warning(request, "Tahap seleksi diubah orang lain sejak halaman ditampilkan. Periksa lagi.")
            return redirect("recruitment:round-copy", record.code)
        messages.success(request, "Isi tahap seleksi disalin. Periksa lagi setiap bagiannya.")
        return redirect(record)
    return render(request, "facilitators/recruitment/round_copy.html", {"form": form, "record": record})
