"""Pages of a request to correct an approved report."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.views import step_page
from programs.reporting.reopening.forms import AskReopenForm
from programs.reporting.reopening.services import ask_to_reopen, decide_request, may_ask, pending_request
from programs.reporting.reports.access import for_agency
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.reopening import ReopenRequest


@require_http_methods(["GET", "HEAD", "POST"])
@for_agency
def report_ask_reopen(request: UserRequest, report: ProgressReport) -> HttpResponse:
    """The agency says why its approved report has to be corrected."""
    form = AskReopenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ask_to_reopen(report=report, reason=form.cleaned_data["alasan"], actor=request.user)
        except StepNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Permintaan terkirim. Kepala kantor pengelola yang membukanya.")
            return redirect(report)
    context = {
        "report": report,
        "form": form,
        "pending": pending_request(report),
        "may_ask": may_ask(request.user, report),
    }
    return render(request, "programs/reporting/ask_reopen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen_step(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """A head opens the report or refuses; its agency withdraws the request."""
    requests = ReopenRequest.objects.for_user(request.user).select_related("report__period", "report__plan")
    asked = get_object_or_404(requests, pk=pk)

    def take(record: ReopenRequest, *, seen: str, actor: User, note: str) -> None:
        decide_request(record, name, seen=seen, actor=actor, note=note)

    return step_page(
        request, asked, name, take=take, template="programs/reporting/reopen_step.html", extra_context={"asked": asked}
    )
