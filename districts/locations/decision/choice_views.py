"""Marking, submitting and deciding the candidates of a round; moving a reserve up; ending a location."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from districts.locations.candidates.models import Candidate
from districts.locations.decision.choice_forms import ChoicesForm, CloseForm, PromoteForm
from districts.locations.decision.choosing import blockers, departures, needs_discussion, save_choices, submit_round
from districts.locations.decision.deciding import decide_round, draft_closing, promote_reserve
from districts.locations.decision.drafts import CHOICES, versions_of_choices
from districts.locations.decision.ranking_page import RankingPage
from districts.locations.models import TargetLocation
from districts.locations.ranking.computing import inputs_of, standing_of
from districts.locations.ranking.replay import changes_from, changes_since
from districts.locations.rounds.models import SelectionRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.page import DraftedPage
from p2emas.ui.forms import error_items
from p2emas.ui.layout import FieldsOf, Sent
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.views import edit_conflict_page, step_page, still_open, versions_of


def _in_scope(user: User, pk: int) -> SelectionRound:
    return get_object_or_404(SelectionRound.objects.for_user(user).for_ranking(), pk=pk)


@require_http_methods(["GET", "POST"])
def round_choices(request: UserRequest, pk: int) -> HttpResponse:
    """Every candidate's mark and reason, in the order of the ranking, saved together and shown to nobody outside."""
    selection = _in_scope(request.user, pk)
    still = still_open(request, selection.may_choose(request.user), selection.is_worked_by)
    shown = RankingPage.of(selection, request.GET, stored=False)
    drafts = DraftedPage(request, CHOICES, selection, selection.version)
    form = ChoicesForm.of(selection, shown.standing, drafts.typed)
    if drafts.is_older:
        return _both_versions(selection, form, request, drafts)
    if request.method == "POST" and (form.is_valid() or not still):
        try:
            if not still:  # submitted meanwhile: what was typed is shown beside it
                raise EditConflict
            version = int(request.POST.get("version") or -1)
            text = form.text.cleaned_data
            save_choices(selection=selection, version=version, choices=form.choices, text=text, actor=request.user)
        except (EditConflict, ValueError):
            drafts.keep_typed()
            return _both_versions(_in_scope(request.user, pk), form, request, drafts)
        drafts.was_saved()
        messages.success(request, "Pilihan tersimpan. Belum berlaku sampai diputuskan bersama.")
        return redirect("locations:round-submit", pk=pk)
    drafts.offer(lambda typed: versions_of_choices(selection, shown.standing, typed))
    errors = error_items(*form.forms)
    context = {"selection": selection, "shown": shown, "choices": form, "errors": errors, "drafts": drafts}
    return render(request, "districts/locations/round_choices.html", context)


def _both_versions(
    stored: SelectionRound, typed: ChoicesForm, request: UserRequest, drafts: DraftedPage
) -> HttpResponse:
    """Every mark as it was typed and as it is stored now."""
    fresh = ChoicesForm.of(stored, standing_of(inputs_of(stored)))
    marks = {mark.candidate.pk: mark for mark in fresh.marks}
    mine, _old = versions_of(typed.text)
    theirs = versions_of(fresh.text)[1]
    for mark in typed.marks:
        name = f"{mark.candidate}, "
        mine |= versions_of(mark, name)[0]
        if mark.candidate.pk in marks:
            theirs |= versions_of(marks[mark.candidate.pk], name)[1]
    return edit_conflict_page(
        request,
        stored,
        mine=mine,
        theirs=theirs,
        replace={"version": stored.version},
        parts=["candidates"],
        typed=drafts.taken_data,
        is_open=stored.may_choose(request.user),
    )


@require_http_methods(["GET", "POST"])
def location_round_submit(request: UserRequest, pk: int) -> HttpResponse:
    """The check page before the choices go to the head."""
    selection = _in_scope(request.user, pk)
    shown = RankingPage.of(selection, request.GET)
    digest = request.POST.get("digest", "")[:64]
    context = _summary(selection, shown)
    if digest and digest != shown.digest:
        context["changes"] = changes_from(selection, digest)
    return step_page(
        request,
        selection,
        "submit",
        take=partial(_submit, digest=digest),
        along=Sent(digest=shown.digest),
        extra_context=context,
        template="districts/locations/round_submit.html",
    )


def _submit(selection: SelectionRound, *, seen: str, actor: User, note: str, digest: str) -> None:
    submit_round(selection=selection, seen=seen, digest=digest, actor=actor, note=note)


@require_http_methods(["GET", "POST"])
def location_round_decide(request: UserRequest, pk: int) -> HttpResponse:
    """All choices with their reasons beside the ranking; one decision for all of them."""
    selection = _in_scope(request.user, pk)
    shown = RankingPage.of(selection, request.GET)
    context = _summary(selection, shown)
    if selection.run:
        context["changes"] = changes_since(selection.run.inputs, inputs_of(selection))
    return step_page(
        request,
        selection,
        "decide",
        take=_decide,
        extra_context=context,
        template="districts/locations/round_decide.html",
    )


def _decide(selection: SelectionRound, *, seen: str, actor: User, note: str) -> None:
    decide_round(selection=selection, seen=seen, actor=actor, note=note)


def _summary(selection: SelectionRound, shown: RankingPage) -> dict[str, object]:
    rows = list(selection.candidates.marked().for_table())
    ranks = {line.id: line.rank for line in shown.standing.ranked}  # ties share theirs
    return {
        "selection": selection,
        "shown": shown,
        "blockers": blockers(selection, shown.standing) if selection.status == selection.Status.SCORING else [],
        "needs_discussion": needs_discussion(shown.standing),
        "groups": [
            (word, [(row, ranks.get(row.pk), departs.get(row.pk, "")) for row in rows if row.choice == code])
            for departs in [departures(selection, shown.standing)]
            for code, word in Candidate.Choice.choices
        ],
    }


@require_http_methods(["GET", "POST"])
def candidate_promote(request: UserRequest, pk: int, candidate: int) -> HttpResponse:
    """ "Tetapkan cadangan": the next reserve moves up, and the amendment that sets it is drafted."""
    record = get_object_or_404(Candidate.objects.for_user(request.user).for_table(), pk=candidate, round__pk=pk)
    form = PromoteForm(request.POST if request.method == "POST" else None, selection=record.round)
    form.is_valid()
    return step_page(
        request,
        record,
        "promote",
        take=partial(_promote, form=form),
        along=FieldsOf(form, "leaving"),
        template="districts/locations/candidate_promote.html",
    )


def _promote(candidate: Candidate, *, seen: str, actor: User, note: str, form: PromoteForm) -> None:
    if form.errors:
        raise StepNotAllowed("Pilih lokasi yang diakhiri dari daftar.")
    promote_reserve(candidate=candidate, leaving=form.cleaned_data["leaving"], seen=seen, actor=actor, note=note)


@require_http_methods(["GET", "POST"])
def location_close(request: UserRequest, pk: int) -> HttpResponse:
    """Draft the decree that ends a target location; it stays in force until that decree is."""
    location = get_object_or_404(TargetLocation.objects.in_force(clock.today()).for_table(), pk=pk)
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            decree = draft_closing(location=location, actor=request.user, reason=form.cleaned_data["reason"])
        except StepNotAllowed as refused:
            form.add_error("reason", str(refused))
        else:
            messages.success(request, "Konsep keputusan dibuat. Lokasi tetap berlaku sampai keputusan diberlakukan.")
            return redirect(decree)
    return render(request, "districts/locations/location_close.html", {"form": form, "location": location})
