"""Checking a report, sending it, and the receipt."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.models import Receipt
from p2emas.documents.receipts import receipt_pdf
from p2emas.drafts.page import UnsavedDrafts
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepNotAllowed
from programs.reporting.reports.access import for_agency, for_sending, get_report
from programs.reporting.reports.deadlines import due_seen_on
from programs.reporting.reports.models import ProgressReport
from programs.reporting.sending.content import ReportContent
from programs.reporting.sending.forms import ReportSendForm
from programs.reporting.sending.services import (
    last_report_receipt,
    report_receipt_rows,
    submit_report,
    what_follows_sending,
)
from programs.reporting.sending.tasks import ReportTasks


@require_http_methods(["GET", "HEAD", "POST"])
@for_agency
@for_sending
def report_check(request: UserRequest, report: ProgressReport) -> HttpResponse:
    tasks = ReportTasks(report)
    data = request.POST if request.method == "POST" else None
    form = ReportSendForm(data, report=report, over_budget=tasks.figures.over_budget)
    if form.is_valid():
        try:
            submit_report(report=report, actor=request.user, **form.sending())
            return redirect("reporting:report-receipt", report.pk)
        except EditConflict:
            report.refresh_from_db()
            if report.status in ProgressReport.ON_DESK:  # the same click, a moment earlier
                return redirect("reporting:report-receipt", report.pk)
            return render(request, "programs/reporting/changed_since_check.html", {"report": report}, status=409)
        except StepNotAllowed as refusal:
            report.refresh_from_db()
            form.add_error(None, str(refusal))
    context = {
        "report": report,
        "form": form,
        "unsaved": UnsavedDrafts.of(report, request.user),
        "content": ReportContent(report, tasks.completeness),
        "status": tasks,
        "due": due_seen_on(report.due_on, clock.today()),
    }
    return render(request, "programs/reporting/check.html", context)


def _receipt_or_404(report: ProgressReport) -> Receipt:
    receipt = last_report_receipt(report)
    if receipt is None:
        raise Http404
    return receipt


@require_safe
def report_receipt(request: UserRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk)
    receipt = _receipt_or_404(report)
    context = {"report": report, "receipt": receipt, "lines": what_follows_sending(report)}
    return render(request, "programs/reporting/receipt.html", context)


@require_safe
def report_receipt_pdf(request: UserRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk)
    receipt = _receipt_or_404(report)
    paper = receipt_pdf(receipt, report_receipt_rows(report), is_sample=report.is_sample)
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{receipt.number}.pdf"'
    return answer
