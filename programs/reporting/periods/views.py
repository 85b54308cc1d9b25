"""Quarters: which are open, opening one, and how far its reports are."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from p2emas import clock
from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.paging import paginate
from programs.reporting.periods.forms import OpenPeriodForm
from programs.reporting.periods.opening import CannotOpen, expected_reports, open_period
from programs.reporting.reports.deadlines import mark_late
from programs.reporting.reports.models import ProgressReport, ReportingPeriod


@require_safe
def period_list(request: UserRequest) -> HttpResponse:
    periods = ReportingPeriod.objects.for_user(request.user).for_table(ProgressReport.objects.for_user(request.user))
    page = paginate(periods.order_by("-year", "-number"), request.GET)
    context = {"page": page, "may_open": request.user.has_role(*COORDINATORS)}
    return render(request, "programs/reporting/period_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def period_open(request: UserRequest) -> HttpResponse:
    """GET shows who will get a report and until when; POST opens the quarter."""
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else request.GET if "triwulan" in request.GET else None
    form = OpenPeriodForm(data)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        context |= {"expected": expected_reports(*form.quarter), "due_on": form.due_on}
        if request.method == "POST":
            try:
                year, quarter = form.quarter
                period = open_period(year=year, quarter=quarter, opened_by=request.user, due_on=form.due_on)
            except CannotOpen as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, f"{period} sudah dibuka.")
                return redirect(period)
    return render(request, "programs/reporting/period_open.html", context)


@require_safe
def period_detail(request: UserRequest, pk: int) -> HttpResponse:
    period = get_object_or_404(ReportingPeriod.objects.for_user(request.user).select_related("opened_by"), pk=pk)
    reports = ProgressReport.objects.for_user(request.user).of_period(period)
    page = paginate(reports.for_table().order_by("agency__short_name"), request.GET, size=50)
    mark_late(page.rows)
    context = {
        "period": period,
        "counts": reports.count_by_status(),
        "page": page,
        "late": reports.late(clock.today()).count(),
        "without_plan": reports.without_plan().count(),
        "steps": [name for name, _step in period.open_steps(request.user)],
    }
    return render(request, "programs/reporting/period_detail.html", context)
