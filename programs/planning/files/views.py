"""The pages of a file of a year's plan: upload, question about columns, differences, applying, taking back."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from p2emas.accounts.sign_in.session_store import looks_again
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.kinds import XLSX, FileRefused
from p2emas.imports.memory import known_to
from p2emas.ui.forms import error_items
from p2emas.workflow.editing import EditConflict
from programs.planning.access import allowed
from programs.planning.files.comparing import PlanFileComparison
from programs.planning.files.forms import PlanColumnsForm, PlanFileForm, PlanFileVersionForm, TemplateForm
from programs.planning.files.layout import KIND, find_sheets
from programs.planning.files.models import PlanFile
from programs.planning.files.page import PlanFilePage
from programs.planning.files.receiving import FileNotTaken, answer_columns
from programs.planning.files.services import (
    apply_plan_file,
    file_undo_refusal,
    take_plan_file,
    undo_plan_file,
    year_refusal,
)
from programs.planning.files.template import plan_template
from programs.planning.forms import own_agencies

SECONDS_BETWEEN_LOOKS = 2
MOVED = "Rencana ini disimpan orang lain sesudah halaman ini dibuka. Belum ada yang dipakai: periksa lagi, lalu pakai."
writes_plans = allowed(lambda user: own_agencies(user).exists())


@require_http_methods(["GET", "HEAD", "POST"])
@writes_plans
def file_upload(request: UserRequest) -> HttpResponse:
    """A year's plan as a file of the agency's making."""
    posted = request.method == "POST"
    asked = {name: request.GET[name] for name in ("agency", "year") if name in request.GET}
    form = PlanFileForm(
        request.POST if posted else None, request.FILES if posted else None, user=request.user, initial=asked
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            return redirect(
                take_plan_file(agency=data["agency"], year=data["year"], received=data["berkas"], user=request.user)
            )
        except FileRefused as refusal:
            form.add_error("berkas", refusal)
    context = {"form": form, "template": TemplateForm(user=request.user)}
    return render(request, "programs/planning/file_upload.html", context)


@require_safe
@writes_plans
def file_template(request: UserRequest) -> HttpResponse:
    """The workbook to fill, with what the year's draft holds already."""
    form = TemplateForm(request.GET, user=request.user)
    if not form.is_valid():
        context = {"form": PlanFileForm(user=request.user), "template": form, "errors": error_items(form)}
        return render(request, "programs/planning/file_upload.html", context)
    agency, year = form.cleaned_data["agency"], form.cleaned_data["year"]
    answer = HttpResponse(plan_template(agency, year), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, f"rencana-{agency.code}-{year}.xlsx")
    return answer


def own_file(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hands the view a file of the person's own, as long as the person writes the plans of its agency."""

    @wraps(view)
    def checked(request: UserRequest, pk: int) -> HttpResponse:
        file = get_object_or_404(PlanFile.objects.for_user(request.user).select_related("agency"), pk=pk)
        if file.agency not in own_agencies(request.user):
            raise PermissionDenied
        return view(request, file)

    return checked


@require_safe
@own_file
def file_detail(request: UserRequest, file: PlanFile) -> HttpResponse:
    """One page for every state: being read, the question, the differences, the result."""
    return _shown(file, request)


def _shown(
    file: PlanFile,
    request: UserRequest,
    *,
    refusal: str = "",
    status: int = 200,
    found: PlanFileComparison | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {"file": file, "errors": error_items([refusal] if refusal else [])}
    asks = request.GET.get("kolom") == "ubah" and file.status == PlanFile.Status.READY
    if file.status == PlanFile.Status.ASKING or asks:
        context["form"] = _columns_form(file)
    elif file.status == PlanFile.Status.READY:
        page = context["shown"] = PlanFilePage(found or PlanFileComparison(file), request.GET)
        context["closed"] = year_refusal(file.agency, file.year)
        if found:
            context["errors"] = error_items(page.errors)
    else:
        context["undoable"] = not file_undo_refusal(file)
    answer = render(request, "programs/planning/file_detail.html", context, status=status)
    if file.status == PlanFile.Status.READING and request.GET.get("segarkan") != "tidak":
        looks_again(request, answer, SECONDS_BETWEEN_LOOKS)
    return answer


def _columns_form(file: PlanFile, data: Any = None) -> PlanColumnsForm:
    return PlanColumnsForm(data, file=file, sheets=find_sheets(file.tables), known=known_to(file.agency, KIND))


@require_POST
@own_file
def file_columns(request: UserRequest, file: PlanFile) -> HttpResponse:
    """The answer to which column is which."""
    if file.status not in (PlanFile.Status.ASKING, PlanFile.Status.READY):
        return _shown(file, request, refusal="Susunan kolom berkas ini tidak ditanyakan lagi.", status=409)
    form = _columns_form(file, request.POST)
    if not form.is_valid():
        context = {"file": file, "form": form, "errors": error_items(form)}
        return render(request, "programs/planning/file_detail.html", context)
    try:
        answer_columns(file=file, chosen=form.chosen, same=form.same, actor=request.user)
    except FileNotTaken as refusal:
        return _shown(file, request, refusal=str(refusal), status=409)
    return redirect(file)


@require_POST
@own_file
def file_apply(request: UserRequest, file: PlanFile) -> HttpResponse:
    form = PlanFileVersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else -1
    if file.status == PlanFile.Status.APPLIED:  # the second of two clicks
        return redirect("planning:plan-detail", file.plan)
    try:
        found = apply_plan_file(file=file, version=version, actor=request.user)
    except EditConflict:
        return _shown(PlanFile.objects.select_related("agency").get(pk=file.pk), request, refusal=MOVED, status=409)
    except FileNotTaken as refusal:
        fresh = PlanFile.objects.select_related("agency").get(pk=file.pk)
        return _shown(fresh, request, refusal=str(refusal), status=409)
    if file.status != PlanFile.Status.APPLIED:
        return _shown(file, request, found=found)
    messages.success(request, f"Berkas dipakai: {file.changed} hal tersimpan. Periksa rencananya, lalu ajukan.")
    return redirect("planning:plan-detail", file.plan)


@require_POST
@own_file
def file_undo(request: UserRequest, file: PlanFile) -> HttpResponse:
    if file.status == PlanFile.Status.UNDONE:  # the second of two clicks
        return redirect(file)
    try:
        undo_plan_file(file=file, actor=request.user)
    except FileNotTaken as refusal:
        return _shown(file, request, refusal=str(refusal), status=409)
    messages.success(request, "Berkas dibatalkan: rencana kembali seperti sebelumnya.")
    return redirect(file)
