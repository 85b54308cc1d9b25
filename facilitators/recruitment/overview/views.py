"""The page of one round in the office, its history and its steps."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from facilitators.recruitment.overview import page as round_page
from facilitators.recruitment.panel.seating import divide_applicants
from facilitators.recruitment.rounds.access import refusal_of, round_for
from p2emas.accounts.signed_in import UserRequest
from p2emas.workflow.views import riwayat_page, step_page


@require_safe
def recruitment_round_detail(request: UserRequest, code: str) -> HttpResponse:
    page = round_page.RoundPage.of(round_for(request.user, code), request.user)
    return render(request, "facilitators/recruitment/round_detail.html", vars(page))


@require_safe
def recruitment_round_history(request: UserRequest, code: str) -> HttpResponse:
    record = round_for(request.user, code)
    if not request.user.sees_everything:
        raise PermissionDenied
    return riwayat_page(request, record, round_page.PARTS)


@require_http_methods(["GET", "POST"])
def recruitment_round_step(request: UserRequest, code: str, step: str) -> HttpResponse:
    """Starting the selection divides the applicants among the panels."""
    after = divide_applicants if step == "start_selection" else None
    record = round_for(request.user, code)
    refusal = "" if request.method == "POST" else refusal_of(record, step)
    return step_page(request, record, step, after=after, extra_context={"refusal": refusal})
