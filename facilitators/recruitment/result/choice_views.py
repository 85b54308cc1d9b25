"""Marking, handing over and deciding the applicants of a round, and announcing what was decided."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.result.announcing import announce_round, letters_for
from facilitators.recruitment.result.choice_forms import ApplicantChoicesForm
from facilitators.recruitment.result.choosing import save_applicant_choices, submit_recruitment
from facilitators.recruitment.result.computing import compute_selection
from facilitators.recruitment.result.deciding import decide_recruitment
from facilitators.recruitment.result.drafts import MARKS, versions_of_marks
from facilitators.recruitment.result.inputs import selection_inputs
from facilitators.recruitment.result.pending import choice_departures, selection_blockers
from facilitators.recruitment.result.ranking_page import ApplicantRankingPage
from facilitators.recruitment.result.ranking_views import scored_round_for
from facilitators.recruitment.rounds.access import refusal_of
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.page import DraftedPage
from p2emas.ui.forms import error_items
from p2emas.ui.layout import Sent
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.views import edit_conflict_page, step_page, versions_of


@never_cache
@require_http_methods(["GET", "POST"])
def applicant_choices(request: UserRequest, code: str) -> HttpResponse:
    """Every invited applicant's mark, in the order of the ranking; seen by nobody outside until it is announced."""
    record = scored_round_for(request.user, code)
    if not record.may_select(request.user):
        raise PermissionDenied
    drafts = DraftedPage(request, MARKS, record, record.version)
    results = compute_selection(selection_inputs(record))
    form = ApplicantChoicesForm.of(record, results, drafts.typed)
    if drafts.is_older:
        return _choices_conflict(record, form, request, drafts)
    if request.method == "POST" and form.is_valid():
        try:
            text = form.text.cleaned_data
            save_applicant_choices(
                record=record, version=form.seen, choices=form.choices, text=text, actor=request.user
            )
        except EditConflict:
            drafts.keep_typed()
            return _choices_conflict(scored_round_for(request.user, code), form, request, drafts)
        drafts.was_saved()
        messages.success(request, "Pilihan tersimpan. Belum berlaku sampai diputuskan bersama.")
        return redirect("recruitment:round-submit", code)
    drafts.offer(lambda typed: versions_of_marks(record, results, typed))
    context = {"record": record, "choices": form, "errors": error_items(*form.forms), "drafts": drafts}
    context["uninvited"] = record.applications.open_to_choice().count() - len(form.marks)
    return render(request, "facilitators/recruitment/choices.html", context)


def _choices_conflict(
    record: RecruitmentRound, typed: ApplicantChoicesForm, request: UserRequest, drafts: DraftedPage
) -> HttpResponse:
    """Both versions of every mark; ``record`` is read again, so the stored ones are fresh."""
    fresh = ApplicantChoicesForm.of(record, compute_selection(selection_inputs(record)))
    stored = {mark.application.pk: mark for mark in fresh.marks}
    mine, _old = versions_of(typed.text)
    theirs = versions_of(fresh.text)[1]
    for mark in typed.marks:
        name = f"{mark.application}, "
        mine |= versions_of(mark, name)[0]
        if mark.application.pk in stored:
            theirs |= versions_of(stored[mark.application.pk], name)[1]
    replace = {"version": record.version}
    return edit_conflict_page(request, record, mine=mine, theirs=theirs, replace=replace, typed=drafts.taken_data)


@require_http_methods(["GET", "POST"])
def recruitment_round_submit(request: UserRequest, code: str) -> HttpResponse:
    """The check page before the choices go to the head."""
    record = scored_round_for(request.user, code)
    shown = ApplicantRankingPage.of(record, request.user, request.GET)
    is_open = record.status == RecruitmentRound.Status.SELECTION
    context = _summary(record, shown) | {"blockers": selection_blockers(record, shown.results) if is_open else []}
    return step_page(
        request,
        record,
        "submit",
        take=partial(_submit, digest=request.POST.get("digest", "")[:64]),
        along=Sent(digest=shown.digest),
        extra_context=context,
        template="facilitators/recruitment/round_submit.html",
        then=reverse("recruitment:ranking", args=[code]),
    )


def _submit(record: RecruitmentRound, *, seen: str, actor: User, note: str, digest: str) -> None:
    submit_recruitment(record=record, seen=seen, digest=digest, actor=actor, note=note)


@require_http_methods(["GET", "POST"])
def recruitment_round_decide(request: UserRequest, code: str) -> HttpResponse:
    """All choices beside the ranking; one decision for all of them."""
    record = scored_round_for(request.user, code)
    shown = ApplicantRankingPage.of(record, request.user, request.GET)
    return step_page(
        request,
        record,
        "decide",
        take=_decide,
        extra_context=_summary(record, shown),
        template="facilitators/recruitment/round_decide.html",
        then=reverse("recruitment:ranking", args=[code]),
    )


def _decide(record: RecruitmentRound, *, seen: str, actor: User, note: str) -> None:
    decide_recruitment(record=record, seen=seen, actor=actor, note=note)


def _summary(record: RecruitmentRound, shown: ApplicantRankingPage) -> dict[str, object]:
    """Applicants by choice: (word, [(applicant, line of the ranking, departure)])."""
    lines = {line["id"]: line for line in shown.results["lines"]}
    rows = list(record.applications.open_to_choice().for_table().order_by("reserve_rank", "number"))
    departs = choice_departures(record, shown.results)
    groups = [
        (word, [(row, lines.get(row.pk), departs.get(row.pk, "")) for row in rows if row.choice == code])
        for code, word in Application.Choice.choices
    ]
    return {"shown": shown, "groups": groups}


@require_http_methods(["GET", "POST"])
def round_announce(request: UserRequest, code: str) -> HttpResponse:
    """What becomes public, how many letters wait, until when objections are taken."""
    record = scored_round_for(request.user, code)
    facts = {"letters": len(letters_for(record)), "counts": record.applications.outcomes()}
    return step_page(
        request,
        record,
        "announce",
        take=_announce,
        extra_context=facts | {"refusal": "" if request.method == "POST" else refusal_of(record, "announce")},
        template="facilitators/recruitment/round_announce.html",
        then=reverse("recruitment:announcement", args=[code]),
    )


def _announce(record: RecruitmentRound, *, seen: str, actor: User, note: str) -> None:
    announce_round(record=record, seen=seen, actor=actor, note=note)
