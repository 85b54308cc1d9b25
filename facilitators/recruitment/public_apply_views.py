"""Applying without an account, one question a page. The session knows which application is open."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from facilitators.recruitment.applicant import opened, opened_sent, shown_code
from facilitators.recruitment.apply_answers import PAGES, identity, step_form
from facilitators.recruitment.apply_pages import closed_page
from facilitators.recruitment.progress import what_follows
from facilitators.recruitment.rounds import RecruitmentRound
from facilitators.recruitment.sending import receipt_rows, takes_sendings
from facilitators.recruitment.steps import BY_SLUG
from p2emas.arrivals import arrived
from p2emas.documents.receipts import receipt_pdf


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Any page of the application. The moment of arrival is taken first: nothing that waits makes it later."""
    moment = arrived()
    record = get_object_or_404(RecruitmentRound.objects.public().for_table(), code=code)
    if step not in BY_SLUG:
        raise Http404
    application = opened(request, record)
    if application and application.status == application.Status.WITHDRAWN:
        application = None  # whoever withdrew may begin anew while the round is open
    if application and not application.may_edit():
        return redirect("recruitment:apply-receipt", code)
    in_time = takes_sendings(record, moment) if request.method == "POST" else record.is_accepting(moment)
    if not in_time:
        return closed_page(request, record, application, moment)
    if step == "identitas":
        return identity(request, record, application, moment)
    if application is None:
        return redirect("recruitment:status")
    return PAGES.get(step, step_form)(request, application, step, moment)


# --- The receipt ----------------------------------------------------------------------------------------------------


@login_not_required
@never_cache
@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    found = opened_sent(request, code)
    if found is None:
        return redirect("recruitment:status")
    application, issued = found
    context = {
        "application": application,
        "round": application.round,
        "receipt": issued,
        "code": shown_code(application),
        "track": what_follows(application),
    }
    return render(request, "facilitators/recruitment/apply_receipt.html", context)


@login_not_required
@never_cache
@require_safe
def receipt_paper(request: HttpRequest, code: str) -> HttpResponse:
    found = opened_sent(request, code)
    if found is None:
        return redirect("recruitment:status")
    application, issued = found
    title = "Tanda Terima Lamaran"
    invented = application.is_sample or application.round.is_sample
    paper = receipt_pdf(issued, receipt_rows(application), title=title, is_sample=invented)
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{issued.number}.pdf"'
    return answer
