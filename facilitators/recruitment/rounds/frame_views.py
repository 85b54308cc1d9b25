"""Tables of a round in preparation: places, requirements, papers, rubric. Locked once it is published."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from facilitators.recruitment.rounds.access import round_for
from facilitators.recruitment.rounds.frame_page import FramePage, PlacesPage
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.workflow.editing import EditConflict


def _editable(user: User, code: str) -> RecruitmentRound:
    record = round_for(user, code)
    if not record.may_edit(user):
        raise PermissionDenied
    return record


@require_http_methods(["GET", "POST"])
def round_places(request: UserRequest, code: str) -> HttpResponse:
    record = _editable(request.user, code)
    page = PlacesPage(record, request.POST if request.method == "POST" else None)
    return _answer(page, request, "facilitators/recruitment/round_places.html")


@require_http_methods(["GET", "POST"])
def round_frame(request: UserRequest, code: str, part: str) -> HttpResponse:
    record = _editable(request.user, code)
    page = FramePage(record, part, request.POST if request.method == "POST" else None)
    return _answer(page, request, "facilitators/recruitment/round_frame.html")


def _answer(page: FramePage | PlacesPage, request: UserRequest, template: str) -> HttpResponse:
    if request.method == "POST" and page.is_valid():
        try:
            saved = page.save()
        except EditConflict:
            return page.conflict(request)
        if saved:
            messages.success(request, "Tersimpan.")
            return redirect("recruitment:round-detail", page.record.code)
    return render(request, template, vars(page.shown()))
