"""Moving deadlines: of one report, and of several that were ticked on the compliance page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from p2emas.accounts.signed_in import UserRequest
from p2emas.ui import formats
from p2emas.workflow.models import StepConflict
from programs.reporting.compliance.due_date_forms import DueDateForm
from programs.reporting.reports.due_dates import change_due_dates, may_move_due_date, movable, why_not_movable
from programs.reporting.reports.models import ProgressReport
from programs.reporting.verification.desk import is_verifier
from programs.reporting.verification.forms import read_keys


@require_http_methods(["GET", "HEAD", "POST"])
def due_date_change(request: UserRequest, pk: int) -> HttpResponse:
    reports = ProgressReport.objects.for_user(request.user)
    report = get_object_or_404(reports.select_related("agency", "period"), pk=pk)
    if not may_move_due_date(request.user, report):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = DueDateForm(data, [report], submit="Ubah jatuh tempo")
    answer = _save(form, request, report.get_absolute_url())
    if answer is not None:
        return answer
    context = {
        "report": report,
        "form": form,
        "refusal": why_not_movable(report),
        "changes": report.due_changes.select_related("by"),
    }
    return render(request, "programs/reporting/due_date_change.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def due_date_bulk(request: UserRequest) -> HttpResponse:
    """Ticked reports, each with its present date, before anything moves."""
    if not is_verifier(request.user):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    keys = read_keys(",".join((data or request.GET).getlist("laporan")))
    reports = ProgressReport.objects.for_user(request.user).among(keys).select_related("agency", "period")
    # What was ticked and has been sent meanwhile shows up as a conflict, not as silence.
    chosen = list((movable(reports) if data is None else reports).order_by("agency__short_name", "pk"))
    form = DueDateForm(data if chosen else None, chosen, submit="Ubah jatuh tempo semuanya")
    answer = _save(form, request, reverse("reporting:compliance"))
    if answer is not None:
        return answer
    return render(request, "programs/reporting/due_date_bulk.html", {"form": form})


def _save(form: DueDateForm, request: UserRequest, back: str) -> HttpResponse | None:
    """The answer to a form that was saved or came too late; None when it is to be shown again."""
    if not form.is_valid():
        return None
    new, reason = form.cleaned_data["jatuh_tempo"], form.cleaned_data["alasan"]
    try:
        change_due_dates(reports=form.reports, seen=form.shown, actor=request.user, new=new, reason=reason)
    except StepConflict:
        context = {"rows": form.rows, "new": new, "reason": reason, "url": request.get_full_path(), "back": back}
        return render(request, "programs/reporting/due_date_conflict.html", context, status=409)
    words = {"count": len(form.reports), "day": formats.weekday_date(new)}
    messages.success(request, "Jatuh tempo {count} laporan menjadi {day}.".format(**words))
    return redirect(back)
