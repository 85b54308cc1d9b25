"""Applying without an account, one question a page. The session knows which application is open."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from facilitators.recruitment.apply.answers import PAGES, identity_page, step_form
from facilitators.recruitment.apply.applicant import opened
from facilitators.recruitment.apply.pages import closed_page
from facilitators.recruitment.apply.sending import takes_sendings
from facilitators.recruitment.apply.steps import BY_SLUG
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.serving.arrivals import arrived


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
        application = None  # somebody who withdrew may begin again while the round is open
    if application and not application.may_edit():
        return redirect("recruitment:apply-receipt", code)
    in_time = takes_sendings(record, moment) if request.method == "POST" else record.is_accepting(moment)
    if not in_time:
        return closed_page(request, record, application, moment)
    if step == "identitas":
        return identity_page(request, record, application, moment)
    if application is None:
        return redirect("recruitment:status")
    return PAGES.get(step, step_form)(request, application, step, moment)
