"""Uploading, watching the check, reading the preview, applying, and taking back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from p2emas.accounts.sign_in.session_store import looks_again
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.kinds import XLSX, FileRefused
from p2emas.documents.tables import csv_response
from p2emas.imports.applying.undoing import undo_import
from p2emas.imports.arranging import answer_of, question_form
from p2emas.imports.columns_shape import MemoryForm
from p2emas.imports.forms import FormatForm, ImportFilterForm, UploadForm
from p2emas.imports.kinds import ImportKind, kind_of, kinds
from p2emas.imports.memory import keep_layout, known_to, office_of
from p2emas.imports.models import Import, may_read_imports
from p2emas.imports.preview import page_of
from p2emas.imports.services import (
    answer_format,
    answer_layout,
    ask_layout_again,
    begin_applying,
    start_import,
)
from p2emas.imports.workbooks import csv_headings, problems_workbook, template_rows, template_workbook
from p2emas.jobs.queue import waits_long
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from p2emas.ui.paging import paginate
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.riwayat import timeline
from p2emas.workflow.views import riwayat_page, step_page

SECONDS_BETWEEN_LOOKS = 2
TAKEN_BY = {"undo": undo_import, "rearrange": ask_layout_again}


@require_safe
def import_list(request: UserRequest) -> HttpResponse:
    if not may_read_imports(request.user):
        raise PermissionDenied
    form = ImportFilterForm(request.GET)
    found = form.apply(Import.objects.for_user(request.user)).for_table()
    page = paginate(found, request.GET)
    every = kinds()
    context = {
        "page": page,
        "rows": [(batch, every[batch.kind].title if batch.kind in every else batch.kind) for batch in page],
        "kinds": [kind for kind in every.values() if kind.may(request.user)],
        "filters": Filters(form, request.GET),
        "errors": error_items(form),
    }
    return render(request, "p2emas/imports/import_list.html", context)


def _kind(code: str, request: UserRequest) -> ImportKind:
    kind = kind_of(code)
    if kind is None:
        raise Http404
    if not kind.may(request.user):
        raise PermissionDenied
    return kind


@require_http_methods(["GET", "HEAD", "POST"])
def import_upload(request: UserRequest, kind: str) -> HttpResponse:
    """The template of one kind, and the form that takes it back."""
    chosen = _kind(kind, request)
    posted = request.method == "POST"
    form = UploadForm(request.POST if posted else None, request.FILES if posted else None, kind=chosen)
    if form.is_valid():
        try:
            return redirect(start_import(kind=chosen, received=form.cleaned_data["berkas"], user=request.user))
        except FileRefused as refusal:  # the disk, which only the writing knows
            form.add_error("berkas", refusal)
    context = {"kind": chosen, "form": form, "prefill": chosen.prefill_form(user=request.user, kind=chosen)}
    context["known"] = known_to(office_of(request.user), chosen.code)
    return render(request, "p2emas/imports/import_upload.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def layout_edit(request: UserRequest, kind: str) -> HttpResponse:
    """What is remembered of the files of one's office: to be corrected, or forgotten."""
    chosen = _kind(kind, request)
    office = office_of(request.user)
    known = known_to(office, chosen.code)
    form = MemoryForm(request.POST if request.method == "POST" else None, kind=chosen, known=known)
    if form.is_valid():
        forgotten = "lupakan" in request.POST
        keep_layout(office, chosen.code, {} if forgotten else form.memory(known), request.user)
        messages.success(request, "Susunan kolom dilupakan." if forgotten else "Susunan kolom disimpan.")
        return redirect("imports:import-upload", chosen.code)
    context = {"kind": chosen, "form": form, "office": office, "errors": error_items(form)}
    return render(request, "p2emas/imports/layout_edit.html", context)


@require_safe
def template_download(request: UserRequest, kind: str) -> HttpResponse:
    """The template with the keys of one's own scope; as CSV when asked."""
    chosen = _kind(kind, request)
    form = chosen.prefill_form(request.GET, user=request.user, kind=chosen)
    if not form.is_valid():
        context = {"kind": chosen, "form": UploadForm(kind=chosen), "prefill": form, "errors": error_items(form)}
        return render(request, "p2emas/imports/import_upload.html", context)
    if request.GET.get("format") == "csv":
        rows = template_rows(chosen, request.user, form.cleaned_data)
        return csv_response(f"templat-{chosen.code}.csv", csv_headings(chosen), rows)
    content = template_workbook(chosen, request.user, form.cleaned_data)
    return _workbook(content, f"templat-{chosen.code}.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


def _batch(pk: int, request: UserRequest) -> Import:
    return get_object_or_404(Import.objects.for_user(request.user).for_table().select_related("applied_by"), pk=pk)


@require_safe
def import_detail(request: UserRequest, pk: int) -> HttpResponse:
    """One page for every state: progress that looks again by itself, the preview, the result."""
    batch = _batch(pk, request)
    if batch.status in (Import.Status.CHECKING, Import.Status.APPLYING):
        return _progress(batch, request)
    return _shown(batch, request)


def _progress(batch: Import, request: UserRequest) -> HttpResponse:
    """The page looks again by itself, by a header: it works without a script, and the reader can stop it."""
    looking = request.GET.get("segarkan") != "tidak"
    context = {"batch": batch, "kind": kind_of(batch.kind), "looking": looking}
    context["waits_long"] = waits_long(batch.job)
    context["applying"] = batch.status == Import.Status.APPLYING
    context["may_cancel"] = not context["applying"] and batch.may_take(request.user, "cancel")
    answer = render(request, "p2emas/imports/import_progress.html", context)
    if looking:
        looks_again(request, answer, SECONDS_BETWEEN_LOOKS)
    return answer


def _shown(
    batch: Import, request: UserRequest, *, refusal: str = "", status: int = 200, form: forms.Form | None = None
) -> HttpResponse:
    context = page_of(batch, request.GET, request.user) | {"history": timeline(batch, limit=20)[:5]}
    if context["may_answer"]:
        context["form"] = form or question_form(batch, request.user) or FormatForm(None, batch=batch)
    if refusal or form:
        context["errors"] = error_items([refusal] if refusal else form)
    return render(request, "p2emas/imports/import_detail.html", context, status=status)


@require_POST
def import_format(request: UserRequest, pk: int) -> HttpResponse:
    """The answer to how the file writes its numbers."""
    batch = _batch(pk, request)
    if not batch.may_take(request.user, "answer"):
        raise PermissionDenied
    form = FormatForm(request.POST, batch=batch)
    if batch.status == Import.Status.ASKING and not form.is_valid():
        return _shown(batch, request, form=form)
    try:
        chosen = form.cleaned_data.get("angka", "") if form.is_valid() else ""
        seen = str(request.POST.get("seen", ""))[:10]
        answer_format(batch=batch, number_format=chosen, seen=seen, actor=request.user)
    except StepNotAllowed as refusal:
        return _shown(_batch(pk, request), request, refusal=str(refusal), status=409)
    return redirect(batch)


@require_POST
def import_layout(request: UserRequest, pk: int) -> HttpResponse:
    """The answer to which column is which."""
    batch = _batch(pk, request)
    if not batch.may_take(request.user, "answer"):
        raise PermissionDenied
    form = question_form(batch, request.user, request.POST)
    if form is not None and not form.is_valid():
        return _shown(batch, request, form=form)
    try:
        if form is None:
            raise StepNotAllowed("Berkas ini tidak menanyakan susunan kolomnya.")
        seen = str(request.POST.get("seen", ""))[:10]
        answer_layout(batch=batch, answer=answer_of(batch, form), seen=seen, actor=request.user)
    except StepNotAllowed as refusal:
        return _shown(_batch(pk, request), request, refusal=str(refusal), status=409)
    return redirect(batch)


@require_POST
def import_apply(request: UserRequest, pk: int) -> HttpResponse:
    batch = _batch(pk, request)
    if not batch.may_take(request.user, "apply"):
        raise PermissionDenied
    if batch.status == Import.Status.APPLIED and batch.applied_by_id == request.user.pk:  # the second of two clicks
        return redirect(batch)
    if batch.status == Import.Status.APPLYING:  # handed to a worker by the first of two clicks
        return redirect(batch)
    try:
        begin_applying(batch=batch, seen=str(request.POST.get("seen", ""))[:10], actor=request.user)
    except StepNotAllowed as refusal:
        return _shown(_batch(pk, request), request, refusal=str(refusal), status=409)
    batch.refresh_from_db()
    if batch.status == Import.Status.APPLIED:
        messages.success(request, "Impor diterapkan.")
    return redirect(batch)


@require_http_methods(["GET", "HEAD", "POST"])
def import_step(request: UserRequest, pk: int, name: str) -> HttpResponse:
    batch = _batch(pk, request)
    return step_page(request, batch, name, take=TAKEN_BY.get(name))


@require_safe
def import_history(request: UserRequest, pk: int) -> HttpResponse:
    return riwayat_page(request, _batch(pk, request))


@require_safe
def problem_download(request: UserRequest, pk: int) -> HttpResponse:
    """The rows with an error as .xlsx: to be corrected and uploaded again."""
    batch = _batch(pk, request)
    kind = kind_of(batch.kind)
    if kind is None or not batch.rows.wrong().exists():
        raise Http404
    return _workbook(problems_workbook(kind, request.user, batch), f"baris-galat-impor-{batch.pk}.xlsx")
