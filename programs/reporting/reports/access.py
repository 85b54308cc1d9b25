"""The two questions that every page of a report asks first: which report, and may this user write in it."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from p2emas.accounts.signed_in import UserRequest
from p2emas.workflow.models import AGENCY_STEP
from programs.reporting.reports.models import ProgressReport

LARGEST_VERSION = 2**31 - 1


def get_report(request: UserRequest, pk: int) -> ProgressReport:
    """The report in the scope of who asks, or 404."""
    return get_object_or_404(ProgressReport.objects.for_user(request.user).for_page().with_receipt(), pk=pk)


def for_agency(view: Callable) -> Callable:
    """Hands the view a report of the user's own agency: others get 404 outside their scope, else 403."""

    @wraps(view)
    def checked(request: UserRequest, pk: int, **kwargs) -> HttpResponse:
        report = get_report(request, pk)
        if not AGENCY_STEP & report.roles_of(request.user):
            raise PermissionDenied
        return view(request, report, **kwargs)

    return checked


def for_filling(view: Callable) -> Callable:
    """As ``for_agency``, and a page that says why when the report cannot be filled now.

    What was typed before the report was sent or locked still reaches the view, which answers with both versions.
    """

    @wraps(view)
    def checked(request: UserRequest, report: ProgressReport, **kwargs) -> HttpResponse:
        if report.plan_id is None or (not report.is_editable and request.method != "POST"):
            return render(request, "programs/reporting/not_editable.html", {"report": report})
        return view(request, report, **kwargs)

    return for_agency(checked)


def for_sending(view: Callable) -> Callable:
    """A report that was just sent leads to its receipt: a second click or a reload finds what the first one did."""

    @wraps(view)
    def checked(request: UserRequest, report: ProgressReport, **kwargs) -> HttpResponse:
        if report.status in ProgressReport.ON_DESK:
            return redirect("reporting:report-receipt", report.pk)
        if report.plan_id is None or not report.is_editable:
            return render(request, "programs/reporting/not_editable.html", {"report": report})
        return view(request, report, **kwargs)

    return checked


def seen_version(request: UserRequest) -> int:
    """The version that the sent page was drawn from; 0, which no report has, when it says none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= LARGEST_VERSION else 0
