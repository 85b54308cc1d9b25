"""Seats of a round's panel, and conflicts of interest from signed statements."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from facilitators.recruitment.panel.conflict_records import ConflictOfInterest, WithdrawnConflict
from facilitators.recruitment.panel.conflicts import may_withdraw_conflict, record_conflict, withdraw_conflict
from facilitators.recruitment.panel.seat_forms import RecordedConflictForm, SeatsForm, WithdrawForm
from facilitators.recruitment.panel.seating import (
    checkers_of,
    eligible_panelists,
    names_of,
    save_panel_seats,
    seats_with_sheets,
)
from facilitators.recruitment.rounds.access import round_for
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.views import edit_conflict_page, versions_of


@require_http_methods(["GET", "POST"])
def seat_list(request: UserRequest, code: str) -> HttpResponse:
    record, posted = round_for(request.user, code), request.method == "POST"
    if not request.user.sees_everything or (posted and not record.may_seat(request.user)):
        raise PermissionDenied
    checkers = checkers_of(record)
    form = _seats_form(record, checkers, request.POST if posted else None)
    if posted and form.is_valid():
        try:
            save_panel_seats(record=record, seen=form.cleaned_data["version"], panels=form.panels())
        except EditConflict:
            mine, theirs = versions_of(form)[0], versions_of(_seats_form(record, checkers, None))[1]
            replace = {"version": record.version}
            return edit_conflict_page(request, record, mine=mine, theirs=theirs, replace=replace, parts=["seats"])
        except StepNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Susunan panel tersimpan.")
            return redirect("recruitment:seat-list", record.code)
    context = _context(record, request.user, form, checkers)
    return render(request, "facilitators/recruitment/seat_list.html", context)


def _seats_form(record: RecruitmentRound, checkers: set[int], data: QueryDict | None) -> SeatsForm:
    seated = {seat.user_id: seat.panel for seat in record.seats.all()}
    people = eligible_panelists(record, checkers)
    return SeatsForm(data, initial={"version": record.version}, record=record, people=people, seated=seated)


def _context(record: RecruitmentRound, user: User, form: SeatsForm, checkers: set[int]) -> dict[str, object]:
    reads = record.may_read_applications(user)
    conflicts = ConflictOfInterest.objects.of_round(record) if reads else []
    return {
        "record": record,
        "form": form,
        "may_seat": record.may_seat(user),
        "may_record": record.may_record_conflict(user),
        "seats": list(seats_with_sheets(record)),
        "checkers": list(names_of(checkers)) if reads else [],
        "reads": reads,
        "conflicts": [(row, may_withdraw_conflict(user, record, row)) for row in conflicts],
        "withdrawn": list(WithdrawnConflict.objects.of_round(record)) if reads else [],
    }


@require_http_methods(["GET", "POST"])
def conflict_create(request: UserRequest, code: str) -> HttpResponse:
    record = round_for(request.user, code)
    if not record.may_record_conflict(request.user):
        raise PermissionDenied
    form = RecordedConflictForm(request.POST if request.method == "POST" else None, record=record)
    if request.method == "POST" and form.is_valid():
        found = {"seat": form.cleaned_data["seat"], "application": form.application}
        try:
            record_conflict(**found, origin=ConflictOfInterest.Origin.STATEMENT, reason=form.cleaned_data["reason"])
        except StepNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Panelis itu tidak lagi menilai lamaran ini.")
            return redirect("recruitment:seat-list", record.code)
    return render(request, "facilitators/recruitment/conflict_form.html", {"form": form, "record": record})


@require_http_methods(["GET", "POST"])
def conflict_withdraw(request: UserRequest, code: str, pk: int) -> HttpResponse:
    record = round_for(request.user, code)
    if not record.may_record_conflict(request.user):
        raise PermissionDenied
    conflict = ConflictOfInterest.objects.of_round(record).find(pk)
    if conflict is None and request.method == "POST":  # a second click
        messages.info(request, "Benturan kepentingan itu sudah ditarik.")
        return redirect("recruitment:seat-list", record.code)
    if conflict is None:
        raise Http404
    if not may_withdraw_conflict(request.user, record, conflict):
        raise PermissionDenied
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_conflict(conflict=conflict, why=form.cleaned_data["why"], actor=request.user)
        except StepNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{conflict.seat} menilai lagi lamaran {conflict.application}.")
            return redirect("recruitment:seat-list", record.code)
    context = {"form": form, "record": record, "conflict": conflict}
    return render(request, "facilitators/recruitment/conflict_withdraw.html", context)
