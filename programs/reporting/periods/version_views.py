"""A report and the versions of its plan: what another one changes, and taking it over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from p2emas.accounts.signed_in import UserRequest
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepNotAllowed
from programs.reporting.periods.opening import take_plan_over
from programs.reporting.periods.plan_versions import change_version, version_change, version_choice
from programs.reporting.reports.access import for_agency, seen_version
from programs.reporting.reports.models import ProgressReport


@require_http_methods(["GET", "HEAD", "POST"])
@for_agency
def report_take_plan(request: UserRequest, report: ProgressReport) -> HttpResponse:
    """GET shows what another version of the plan changes, POST takes it over; a report without one takes the first."""
    if report.plan_id is None:
        return _take_first_plan(report, request)
    if not report.is_editable:
        status = 409 if request.method == "POST" else 200
        return render(request, "programs/reporting/not_editable.html", {"report": report}, status=status)
    refusal = _take_over(report, request) if request.method == "POST" else ""
    if refusal is None:
        return redirect(report)
    choice = version_choice(report)
    offered = (choice.later, choice.earlier)
    context = {
        "report": report,
        "choice": choice,
        "changes": [version_change(report, plan) for plan in offered if plan is not None],
        "refusal": refusal,
    }
    return render(request, "programs/reporting/plan_version.html", context, status=409 if refusal else 200)


def _take_first_plan(report: ProgressReport, request: UserRequest) -> HttpResponse:
    if request.method == "POST":
        if take_plan_over(report=report):
            messages.success(request, "Rencana kerja dan anggaran sudah dipakai laporan ini.")
        else:
            messages.warning(request, "Rencana kerja dan anggaran tahun ini belum ditetapkan.")
    return redirect(report)


def _take_over(report: ProgressReport, request: UserRequest) -> str | None:
    """None when it is done, else the sentence that says why not."""
    text = request.POST.get("plan", "")
    plan = version_choice(report).find(int(text)) if text.isascii() and text.isdigit() and len(text) < 11 else None
    if plan is None:
        if text == str(report.plan_id):  # a second click: it is done
            return None
        return "Versi rencana itu tidak dapat lagi dipakai laporan ini. Periksa pilihan di bawah."
    try:
        change_version(report=report, plan=plan, version=seen_version(request), actor=request.user)
    except EditConflict:
        return "Orang lain menyimpan laporan ini lebih dahulu, jadi versinya belum diganti. Periksa sekali lagi."
    except StepNotAllowed as refused:
        report.refresh_from_db()
        return str(refused)
    messages.success(request, f"Laporan ini sekarang mengikuti {plan.dated_name}.")
    return None
