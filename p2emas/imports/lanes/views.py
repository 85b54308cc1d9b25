"""The pages of a lane: its workbook, sending it back, the differences, applying them, taking them back."""

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from p2emas.accounts.sign_in.session_store import looks_again
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.kinds import XLSX, FileRefused
from p2emas.documents.tables import log_export
from p2emas.exports.lists import list_response, wanted_file
from p2emas.imports.lanes.comparing import LaneComparison
from p2emas.imports.lanes.forms import PasteForm, WorkbookForm
from p2emas.imports.lanes.listing import differences_file
from p2emas.imports.lanes.models import LaneUpload
from p2emas.imports.lanes.office_tables import LaneColumnsForm
from p2emas.imports.lanes.page import DifferencePage, LaneBox
from p2emas.imports.lanes.receiving import answer_lane_columns, columns_form, take_file
from p2emas.imports.lanes.services import (
    LaneRefused,
    apply_upload,
    take_text,
    undo_refusal,
    undo_upload,
)
from p2emas.imports.lanes.shapes import Lane, lane_of
from p2emas.imports.lanes.writing import lane_workbook
from p2emas.ui.forms import error_items
from p2emas.workflow.editing import EditConflict

SECONDS_BETWEEN_LOOKS = 2
LARGEST_VERSION = 2**31 - 1
NOT_ASKED = "Susunan kolom berkas ini tidak ditanyakan."
MOVED = "Ada yang menyimpan sesudah halaman ini dibuka. Belum ada yang dipakai: periksa lagi, lalu pakai."


def _lane(code: str, user: Any, record: int) -> tuple[Lane[Any], models.Model]:
    lane = lane_of(code)
    if lane is None:
        raise Http404
    return lane, lane.find(user, record)


@require_http_methods(["GET", "HEAD", "POST"])
def lane_page(request: UserRequest, lane: str, record: int) -> HttpResponse:
    """Download, upload and paste of one record; the box of its page posts here."""
    kind, found = _lane(lane, request.user, record)
    box = LaneBox.of(kind, found, request.user)
    if request.method != "POST" or not kind.is_open(found):
        context = {"box": box, "closed": "" if kind.is_open(found) else kind.closed(found)}
        return render(request, "p2emas/imports/lane.html", _to_page(context, box))
    which = PasteForm if "tempelan" in request.POST else WorkbookForm
    form = which(request.POST, request.FILES, lane=lane, record=record)
    if form.is_valid():
        try:
            return redirect(_taken(form, kind, found, request))
        except FileRefused as refusal:
            form.add_error("berkas" if isinstance(form, WorkbookForm) else "tempelan", refusal)
    context = _to_page({"box": box, "errors": error_items(form)}, box)
    context["paste" if isinstance(form, PasteForm) else "file"] = form
    return render(request, "p2emas/imports/lane.html", context)


def _to_page(context: dict[str, Any], box: LaneBox) -> dict[str, Any]:
    return context | {"file": box.file, "paste": box.paste, "back": _back(box.lane, box.record)}


def _back(lane: Lane[Any], record: models.Model) -> dict[str, str]:
    """The record and its page; ``about`` names the version of the plan too."""
    name = lane.name_of(record)
    return {
        "url": lane.url_of(record),
        "name": name,
        "about": " · ".join(filter(None, (name, lane.rests_on(record)))),
    }


def _taken(form: WorkbookForm | PasteForm, lane: Lane[Any], record: models.Model, request: UserRequest) -> LaneUpload:
    if isinstance(form, PasteForm):
        return take_text(lane=lane, record=record, text=form.cleaned_data["tempelan"], user=request.user)
    return take_file(lane=lane, record=record, received=form.cleaned_data["berkas"], user=request.user)


@require_safe
def workbook_download(request: UserRequest, lane: str, record: int) -> HttpResponse:
    kind, found = _lane(lane, request.user, record)
    if not kind.is_open(found):
        messages.warning(request, kind.closed(found))
        return redirect(kind.url_of(found))
    name = f"{kind.file_name(found)}.xlsx"
    log_export(request.user, name)
    answer = HttpResponse(lane_workbook(kind, found), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _upload(pk: int, request: UserRequest) -> tuple[LaneUpload, Lane[Any], models.Model]:
    upload = get_object_or_404(LaneUpload.objects.for_user(request.user), pk=pk)
    lane, record = _lane(upload.lane, request.user, upload.record)
    return upload, lane, record


@require_safe
def upload_detail(request: UserRequest, pk: int) -> HttpResponse:
    """The differences, also as a file; of an upload that was applied what became of it."""
    upload, lane, record = _upload(pk, request)
    if wanted_file(request) and upload.status == LaneUpload.Status.READY:
        made = differences_file(LaneComparison(lane, record, upload))
        log_export(request.user, made.name)
        return list_response(request, made)
    return _shown(upload, request, lane, record)


def _shown(
    upload: LaneUpload,
    request: UserRequest,
    lane: Lane[Any],
    record: models.Model,
    *,
    comparison: LaneComparison | None = None,
    form: LaneColumnsForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "upload": upload,
        "back": _back(lane, record),
        "again_url": LaneBox.of(lane, record, request.user).url,
        "closed": "" if lane.is_open(record) else lane.closed(record),
    }
    if form or _asks(upload, request):
        form = form or _columns_form(upload, lane, record, request.GET)
        context |= _question(upload, form) | {"errors": error_items([refusal] if refusal else form)}
    elif upload.status == LaneUpload.Status.READY:
        page = DifferencePage(comparison or LaneComparison(lane, record, upload), asked=comparison is not None)
        context |= {"page": page, "errors": error_items([refusal] if refusal else page.errors)}
    else:
        context |= {"undoable": not undo_refusal(lane, record, upload), "errors": error_items([refusal])}
    answer = render(request, "p2emas/imports/lane_upload.html", context, status=status)
    if upload.status == LaneUpload.Status.READING and request.GET.get("segarkan") != "tidak":
        looks_again(request, answer, SECONDS_BETWEEN_LOOKS)
    return answer


def _asks(upload: LaneUpload, request: UserRequest) -> bool:
    return upload.asks_again and (upload.status == LaneUpload.Status.ASKING or "kolom" in request.GET)


def _columns_form(
    upload: LaneUpload, lane: Lane[Any], record: models.Model, asked: QueryDict, data: QueryDict | None = None
) -> LaneColumnsForm:
    """The question about the columns of one sheet: the one that ``asked`` names, else the one that was guessed."""
    return columns_form(upload, lane, record, str(asked.get("lembar", ""))[:60], data)


def _question(upload: LaneUpload, form: LaneColumnsForm) -> dict[str, Any]:
    names = list((upload.asked or {})["found"])
    others = [name for name in names if name != form.kind.title]
    return {"form": form, "sheet": form.kind.title, "other_sheets": others}


@require_POST
def upload_columns(request: UserRequest, pk: int) -> HttpResponse:
    """The answer to which column is which."""
    upload, lane, record = _upload(pk, request)
    if not lane.is_open(record) or not upload.asks_again:
        refusal = NOT_ASKED if lane.is_open(record) else lane.closed(record)
        return _shown(upload, request, lane, record, refusal=refusal, status=409)
    form = _columns_form(upload, lane, record, request.POST, request.POST)
    if form.is_valid():
        answer = {"sheet": form.kind.title, **form.answer()}
        try:
            return redirect(answer_lane_columns(upload=upload, lane=lane, record=record, answer=answer))
        except FileRefused as refusal:
            form.add_error(None, refusal)
    return _shown(upload, request, lane, record, form=form)


@require_POST
def upload_apply(request: UserRequest, pk: int) -> HttpResponse:
    upload, lane, record = _upload(pk, request)
    if upload.status == LaneUpload.Status.APPLIED:  # the second of two clicks
        return redirect(lane.url_of(record))
    answers = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    try:
        found = apply_upload(
            lane=lane, record=record, upload=upload, answers=answers, version=_version(request.POST), actor=request.user
        )
    except EditConflict:
        _upload_again, lane, record = _upload(pk, request)
        found = LaneComparison(lane, record, upload, answers)
        return _shown(upload, request, lane, record, comparison=found, refusal=MOVED, status=409)
    except LaneRefused as refusal:
        upload, lane, record = _upload(pk, request)
        return _shown(upload, request, lane, record, refusal=str(refusal), status=409)
    if found.to_decide:
        return _shown(upload, request, lane, record, comparison=found)
    messages.success(request, f"Isian Excel dipakai: {upload.changes_in_words}.")
    return redirect(lane.url_of(record))


def _version(sent: QueryDict) -> int:
    text = sent.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= LARGEST_VERSION else 0


@require_POST
def upload_undo(request: UserRequest, pk: int) -> HttpResponse:
    upload, lane, record = _upload(pk, request)
    if upload.status == LaneUpload.Status.UNDONE:  # the second of two clicks
        return redirect(lane.url_of(record))
    try:
        undo_upload(lane=lane, record=record, upload=upload, actor=request.user)
    except LaneRefused as refusal:
        upload, lane, record = _upload(pk, request)
        return _shown(upload, request, lane, record, refusal=str(refusal), status=409)
    messages.success(request, "Isian Excel dibatalkan: semua sel kembali seperti sebelumnya.")
    return redirect(lane.url_of(record))
