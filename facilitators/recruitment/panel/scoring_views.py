"""The panel's pages: the list of own work, blind dossiers, interviews, and the word about a conflict of interest."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.conflict_records import ConflictOfInterest
from facilitators.recruitment.panel.conflicts import record_conflict
from facilitators.recruitment.panel.models import PanelSeat, Part
from facilitators.recruitment.panel.scoring_forms import DeclaredConflictForm
from facilitators.recruitment.panel.scoring_page import ADDRESS, SeatWork, SheetPage
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.banners import say_saved
from p2emas.workflow.models import StepNotAllowed


@never_cache
@require_safe
def score_list(request: UserRequest, code: str) -> HttpResponse:
    record = get_object_or_404(RecruitmentRound.objects.for_user(request.user).for_table(), code=code)
    seat = record.seats.of(request.user).first()
    if seat is None:
        raise PermissionDenied
    return render(request, "facilitators/recruitment/score_list.html", {"record": record, "work": SeatWork(seat)})


@require_http_methods(["GET", "POST"])
def score_dossier(request: UserRequest, code: str, pk: int) -> HttpResponse:
    """Blind until the panellist's own score is saved. Starts from the seat, never from what other roles see."""
    rows = Application.objects.to_score(request.user).judged().with_places()
    application = get_object_or_404(rows, pk=pk, round__code=code)
    return _sheet(application, request, Part.DOSSIER)


@require_http_methods(["GET", "POST"])
def score_interview(request: UserRequest, code: str, pk: int) -> HttpResponse:
    """With name and place: only those who have saved their dossier score come here."""
    rows = Application.objects.for_user(request.user).to_score(request.user).judged().interviewees().with_places()
    application = get_object_or_404(rows, pk=pk, round__code=code)
    return _sheet(application, request, Part.INTERVIEW)


def _sheet(application: Application, request: UserRequest, part: Part) -> HttpResponse:
    seat = _seat(application, request.user)
    page = SheetPage(application, seat, part, request.POST if request.method == "POST" else None)
    if request.method == "POST" and page.own is None and page.form.is_valid():
        try:
            saved = page.save()
        except StepNotAllowed as refusal:
            page.form.add_error(None, str(refusal))
        else:
            return _onward(page, request, saved=saved)
    elif request.method == "POST" and page.own is not None:
        return _onward(page, request, saved=False)
    return render(request, "facilitators/recruitment/score_sheet.html", vars(page.shown()))


_SAVED = "Nilai Anda terkunci."
_KEPT = "Nilai Anda untuk pelamar itu sudah terkunci sebelumnya; tidak ada yang diubah."


def _onward(page: SheetPage, request: UserRequest, *, saved: bool) -> HttpResponse:
    """ "Kunci nilai dan berikutnya": straight to the next one, so that each applicant costs one page."""
    say_saved(request, _SAVED, changed=saved, otherwise=_KEPT)
    following = page.next()
    if following is None:
        return redirect("recruitment:score-list", page.seat.round.code)
    return redirect(ADDRESS[Part(page.part)], page.seat.round.code, following.pk)


def _seat(application: Application, user: User) -> PanelSeat:
    seat = application.round.seats.of(user).get()
    seat.round, seat.user = application.round, user
    return seat


@require_http_methods(["GET", "POST"])
def conflict_declare(request: UserRequest, code: str, pk: int) -> HttpResponse:
    """Open once the name shows. It voids their sheets and ends the access, so it leads back to the list."""
    rows = Application.objects.for_user(request.user).to_score(request.user).judged().select_related("round")
    application = get_object_or_404(rows, pk=pk, round__code=code)
    form = DeclaredConflictForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            record_conflict(
                seat=_seat(application, request.user),
                application=application,
                origin=ConflictOfInterest.Origin.DECLARED,
                reason=form.cleaned_data["reason"],
            )
        except StepNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Benturan kepentingan tercatat dan nilai Anda untuknya batal.")
            return redirect("recruitment:score-list", code)
    context = {"record": application.round, "person": application, "form": form}
    return render(request, "facilitators/recruitment/conflict_declare.html", context)
