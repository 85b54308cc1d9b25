"""Files of a report: photographs, minutes, the signed covering letter; and the table of its photos."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.page import DraftedPage
from p2emas.ui.formats import file_size
from p2emas.workflow.editing import EditConflict
from programs.reporting.filling import conflicts
from programs.reporting.filling.drafts import PHOTOS
from programs.reporting.filling.figures import FigureTable
from programs.reporting.filling.file_forms import AttachmentForm, VideoRemoveForm
from programs.reporting.filling.photo_forms import PhotosForm
from programs.reporting.filling.saving import add_files, remove_file, remove_video, save_photos
from programs.reporting.reports.access import for_filling
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.parts import ReportAttachment


@require_http_methods(["GET", "HEAD", "POST"])
@for_filling
def report_files(request: UserRequest, report: ProgressReport) -> HttpResponse:
    table = FigureTable(report)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AttachmentForm(*data, owner=report, table=table)
    if form.is_valid():
        try:
            if add_files(report=report, form=form, actor=request.user):
                _say_kept(form, request)
                return redirect(_after_files(report), report.pk)
        except EditConflict:
            return _too_late(report, request)
    attachments = list(report.attachments.for_list())
    context = {
        "report": report,
        "form": form,
        "attachments": attachments,
        "photos": sum(each.is_photo for each in attachments),
        "videos": [(row, url) for row in table.sheet.videos for url in row.line.videos],
        "without_photo": table.without_photo,
        "has_minutes": any(each.kind == ReportAttachment.Kind.MINUTES for each in attachments),
    }
    return render(request, "programs/reporting/files.html", context)


def _after_files(report: ProgressReport) -> str:
    """Photos of no line are given one; a report that came back for photos and has them all is sent again."""
    table = FigureTable(report)
    if table.rows and report.attachments.photos().of_no_line().exists():
        return "reporting:report-photos"
    returned = report.status == ProgressReport.Status.RETURNED
    done = returned and any(remark.asks_for_photo for remark in table.remarks) and not table.photos_asked
    return "reporting:report-check" if done else "reporting:report-files"


def _say_kept(form: AttachmentForm, request: UserRequest) -> None:
    words = f"{len(form.kept)} berkas terunggah" if len(form.kept) != 1 else "Berkas terunggah"
    before, after = form.size_before, sum(each.size for each in form.kept)
    if not form.kept:
        words = "Tautan video disimpan"
    elif before > after:
        words = f"{words}, dikecilkan dari {file_size(before)} menjadi {file_size(after)}"
    messages.success(
        request, ". ".join([words, *(f"Tidak terunggah: {each.rstrip('.')}" for each in form.refused)]) + "."
    )


def _too_late(report: ProgressReport, request: UserRequest) -> HttpResponse:
    return render(request, "programs/reporting/not_editable.html", {"report": report}, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
@for_filling
def report_photos(request: UserRequest, report: ProgressReport) -> HttpResponse:
    """Which line each photo shows, when and where it was taken."""
    table, drafts = FigureTable(report), DraftedPage(request, PHOTOS, report, report.version)
    if drafts.is_older:
        return conflicts.of_photos(request, report, drafts.typed)
    form = PhotosForm(table, drafts.typed)
    if request.method == "POST":
        try:
            saved = form.is_valid() and save_photos(report=report, form=form, actor=request.user)
        except EditConflict:
            drafts.keep_typed()
            return conflicts.of_photos(request, report, drafts.typed)
        if saved:
            drafts.was_saved()
            messages.success(request, "Foto disimpan pada kegiatannya.")
            return redirect("reporting:report-check", report.pk)
        drafts.keep_typed(version=report.version)
    drafts.offer(lambda typed: conflicts.versions_of_photos(table, typed))
    context = {"report": report, "photos": form, "errors": form.errors, "drafts": drafts}
    return render(request, "programs/reporting/photos.html", context)


@require_POST
@for_filling
def report_file_remove(request: UserRequest, report: ProgressReport, file_pk: int) -> HttpResponse:
    attachment = report.attachments.find(file_pk)
    if attachment is not None:  # a second click finds it gone
        try:
            remove_file(report=report, attachment=attachment)
        except EditConflict:
            return _too_late(report, request)
        messages.success(request, f"Berkas {attachment.original_name} dihapus.")
    return redirect("reporting:report-files", report.pk)


@require_POST
@for_filling
def report_video_remove(request: UserRequest, report: ProgressReport, line: int) -> HttpResponse:
    """One link of a line, or with no ``tautan`` its only one."""
    row = report.lines.find(line)
    sent = VideoRemoveForm(request.POST)
    url = sent.chosen(row.videos) if row is not None and sent.is_valid() else None
    if row is not None and url is not None:
        try:
            remove_video(report=report, line=row, url=url, actor=request.user)
        except EditConflict:
            return _too_late(report, request)
        messages.success(request, "Tautan video dihapus.")
    return redirect("reporting:report-files", report.pk)
