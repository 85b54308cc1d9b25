"""Locking a quarter and reopening it: a page that says what will happen, then the step."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.forms import PlainForm
from p2emas.ui.layout import form_helper
from p2emas.workflow.models import StepConflict, StepNotAllowed
from programs.reporting.periods.locking import lock_period, reopen_period
from programs.reporting.reports.models import ProgressReport, ReportingPeriod


class SeenStatusForm(PlainForm):
    """Which state the page showed; anything else counts as an old page."""

    helper = form_helper("Kunci periode")
    status = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, data, period: ReportingPeriod) -> None:
        super().__init__(data, initial={"status": period.status})


class ReopenForm(SeenStatusForm):
    helper = form_helper("Buka kembali")
    alasan = forms.CharField(
        label="Alasan",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Tercatat di riwayat periode dan tiap laporannya.",
    )


def _get_period(pk: int, step: str, request: UserRequest) -> ReportingPeriod:
    period = get_object_or_404(ReportingPeriod.objects.for_user(request.user), pk=pk)
    if not period.may_take(request.user, step):
        raise PermissionDenied
    return period


@require_http_methods(["GET", "HEAD", "POST"])
def period_lock(request: UserRequest, pk: int) -> HttpResponse:
    period = _get_period(pk, "lock", request)
    form = SeenStatusForm(request.POST if request.method == "POST" else None, period)

    def lock() -> str:
        seen = form.cleaned_data["status"]
        count = lock_period(period=period, actor=request.user, seen=seen)
        return f"{period} dikunci bersama {count} laporan."

    answer = _take(period, form, lock, ReportingPeriod.Status.LOCKED, request)
    if answer is not None:
        return answer
    reports = period.reports.select_related("agency", "period").order_by("agency__short_name", "pk")
    context = {
        "period": period,
        "form": form,
        "on_desk": [report for report in reports if report.status in ProgressReport.ON_DESK],
        "unsent": [report for report in reports if report.status in ProgressReport.NOT_RECEIVED],
        "returned": [report for report in reports if report.status == ProgressReport.Status.RETURNED],
        "approved": sum(report.status == ProgressReport.Status.APPROVED for report in reports),
    }
    return render(request, "programs/reporting/period_lock.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def period_reopen(request: UserRequest, pk: int) -> HttpResponse:
    period = _get_period(pk, "reopen", request)
    form = ReopenForm(request.POST if request.method == "POST" else None, period)

    def reopen() -> str:
        seen, reason = form.cleaned_data["status"], form.cleaned_data["alasan"]
        reopen_period(period=period, actor=request.user, seen=seen, reason=reason)
        return f"{period} dibuka kembali."

    answer = _take(period, form, reopen, ReportingPeriod.Status.OPEN, request)
    if answer is not None:
        return answer
    context = {"period": period, "form": form, "locked": period.reports.locked().count()}
    return render(request, "programs/reporting/period_reopen.html", context)


def _take(
    period: ReportingPeriod, form: SeenStatusForm, act: Callable[[], str], target: str, request: UserRequest
) -> HttpResponse | None:
    """The answer to a sent form; None when the page is to be shown (again)."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        done = act()
    except StepConflict:
        period.refresh_from_db()
        change = period.last_change()
        if period.status == target and change is not None and change.actor_id == request.user.pk:
            return redirect(period)  # a second click: it is done
        context = {"period": period, "change": change, "typed": form.cleaned_data.get("alasan", "")}
        return render(request, "programs/reporting/period_conflict.html", context, status=409)
    except StepNotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, done)
    return redirect(period)
