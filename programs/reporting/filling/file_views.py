"""Files of a report: photographs, minutes, the signed covering letter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from p2emas.accounts.signed_in import UserRequest
from p2emas.workflow.editing import EditConflict
from programs.reporting.filling.figures import FigureTable
from programs.reporting.filling.file_forms import AttachmentForm
from programs.reporting.filling.saving import add_file, remove_file
from programs.reporting.reports.access import for_filling
from programs.reporting.reports.models import ProgressReport


@require_http_methods(["GET", "HEAD", "POST"])
@for_filling
def report_files(request: UserRequest, report: ProgressReport) -> HttpResponse:
    table = FigureTable(report)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AttachmentForm(*data, owner=report, table=table)
    if form.is_valid():
        try:
            if add_file(report=report, form=form, actor=request.user):
                messages.success(request, "Berkas terunggah.")
                return redirect("reporting:report-files", report.pk)
        except EditConflict:
            return render(request, "programs/reporting/not_editable.html", {"report": report}, status=409)
    context = {
        "report": report,
        "form": form,
        "attachments": report.attachments.for_list(),
        "without_photo": table.without_photo,
        "has_minutes": report.attachments.minutes().exists(),
    }
    return render(request, "programs/reporting/files.html", context)


@require_POST
@for_filling
def report_file_remove(request: UserRequest, report: ProgressReport, file_pk: int) -> HttpResponse:
    attachment = report.attachments.find(file_pk)
    if attachment is not None:  # a second click finds it gone
        try:
            remove_file(report=report, attachment=attachment)
        except EditConflict:
            return render(request, "programs/reporting/not_editable.html", {"report": report}, status=409)
        messages.success(request, f"Berkas {attachment.original_name} dihapus.")
    return redirect("reporting:report-files", report.pk)
