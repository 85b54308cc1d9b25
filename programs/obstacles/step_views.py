"""Taking the steps of an obstacle: who answers until when, the answer, and those that ask for a note alone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.page import DraftedPage
from p2emas.ui import formats
from p2emas.workflow.models import StepConflict, StepNotAllowed
from p2emas.workflow.views import edit_conflict_page, step_page
from programs.obstacles.models import Obstacle
from programs.obstacles.page import ObstaclePage
from programs.obstacles.services import answer_day, answer_obstacle, decline_obstacle, send_obstacle
from programs.obstacles.step_forms import ANSWERING_FORM, ObstacleAnswerForm, ObstacleSendForm
from programs.obstacles.views import get_obstacle

SENDING = ("route", "pass_on", "send_back")


@require_http_methods(["GET", "HEAD", "POST"])
def obstacle_step(request: UserRequest, pk: int, name: str) -> HttpResponse:
    obstacle = get_obstacle(pk, request)
    if name == "decline":
        return step_page(request, obstacle, name, take=decline_obstacle, then=reverse("obstacles:obstacle-list"))
    return step_page(request, obstacle, name)


@require_http_methods(["GET", "HEAD", "POST"])
def obstacle_send(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Who answers and in how many working days: at first, after an answer that was not enough, or somebody else."""
    obstacle = get_obstacle(pk, request)
    if name not in SENDING:
        raise Http404
    if not obstacle.may_take(request.user, name):
        raise PermissionDenied
    form = ObstacleSendForm(request.POST if request.method == "POST" else None, obstacle=obstacle, name=name)
    if request.method != "POST" and obstacle.status not in obstacle.STEPS[name].sources:
        return _moved_on(obstacle, request)
    if form.is_valid():
        try:
            _send(obstacle, name, form, request)
        except StepConflict:
            return _sent_or_conflict(obstacle, name, form, request)
        except StepNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            return _sent(obstacle, request)
    context = {"obstacle": obstacle, "form": form, "step": obstacle.STEPS[name]}
    return render(request, "programs/obstacles/obstacle_send.html", context)


def _send(obstacle: Obstacle, name: str, form: ObstacleSendForm, request: UserRequest) -> None:
    responsible = form.cleaned_data.get("responsible") or obstacle.responsible
    assert responsible is not None  # an answered obstacle has one
    send_obstacle(
        obstacle=obstacle,
        name=name,
        responsible=responsible,
        due_on=answer_day(form.cleaned_data["days"], clock.today()),
        seen=str(form.cleaned_data["seen"] or ""),
        since=str(form.cleaned_data["since"] or ""),
        actor=request.user,
        note=form.cleaned_data["note"],
    )


def _sent(obstacle: Obstacle, request: UserRequest) -> HttpResponse:
    day = formats.long_date(obstacle.due_on)
    messages.success(request, f"{obstacle.responsible} diminta menjawab paling lambat {day}.")
    return redirect(obstacle)


def _sent_or_conflict(obstacle: Obstacle, name: str, form: ObstacleSendForm, request: UserRequest) -> HttpResponse:
    """A second click is no conflict: the obstacle is with whom its author chose."""
    obstacle.refresh_from_db()
    last, chosen = obstacle.last_change(), form.cleaned_data.get("responsible") or obstacle.responsible
    wanted = (name, request.user.pk, form.cleaned_data["note"].strip(), chosen)
    if last and (last.step, last.actor_id, last.note, obstacle.responsible) == wanted:
        return _sent(obstacle, request)
    mine = {"Keadaan": Obstacle.Status.ROUTED.label, "Penanggung jawab": chosen, "Alasan": form.cleaned_data["note"]}
    return edit_conflict_page(request, obstacle, mine=mine, theirs=_stored(obstacle), replace={}, is_open=False)


def _stored(obstacle: Obstacle) -> dict[str, object]:
    """What is there now, as the page with both versions says it."""
    last = obstacle.last_change()
    return {
        "Keadaan": obstacle.get_status_display(),
        "Penanggung jawab": obstacle.responsible,
        "Alasan": last.note if last else "",
    }


def _moved_on(obstacle: Obstacle, request: UserRequest) -> HttpResponse:
    messages.warning(request, f"Langkah ini tidak berlaku lagi: kendala ini {obstacle.get_status_display().lower()}.")
    return redirect(obstacle)


@require_http_methods(["GET", "HEAD", "POST"])
def obstacle_answer(request: UserRequest, pk: int) -> HttpResponse:
    obstacle = get_obstacle(pk, request)
    if not obstacle.may_take(request.user, "answer"):
        raise PermissionDenied
    if request.method != "POST" and obstacle.status != Obstacle.Status.ROUTED:
        return _moved_on(obstacle, request)
    drafts = DraftedPage(request, ANSWERING_FORM, obstacle, 0)
    files = request.FILES if request.method == "POST" else None
    form = drafts.on(ObstacleAnswerForm(drafts.typed, files, obstacle=obstacle))
    if request.method == "POST" and form.is_valid():
        try:
            if _answered(form, obstacle, request):
                drafts.was_saved()
                messages.success(request, "Jawaban terkirim. Pelapor menutup kendala ini atau mengembalikannya.")
                return redirect(obstacle)
        except StepConflict:
            drafts.keep_typed()
            return _answer_conflict(obstacle, form, request)
    drafts.offer()
    shown = ObstaclePage(obstacle, request.user, clock.today())
    context = {"obstacle": obstacle, "form": form, "drafts": drafts, "shown": shown}
    return render(request, "programs/obstacles/obstacle_answer.html", context)


def _answered(form: ObstacleAnswerForm, obstacle: Obstacle, request: UserRequest) -> bool:
    said = form.cleaned_data
    try:
        answer_obstacle(
            obstacle=obstacle,
            text=said["answer"],
            promised_on=said["promised_on"],
            files=said["attached"],
            seen=str(said["seen"] or ""),
            actor=request.user,
        )
    except StepConflict:
        raise
    except StepNotAllowed as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as refusal:  # a file that is refused after all
        form.add_error("attached", refusal)
    return not form.errors


def _answer_conflict(obstacle: Obstacle, form: ObstacleAnswerForm, request: UserRequest) -> HttpResponse:
    """What was typed beside what is there; a second click by the same person is no conflict."""
    obstacle.refresh_from_db()
    typed = form.cleaned_data["answer"].strip()
    if obstacle.answered_by_id == request.user.pk and obstacle.answer == typed:
        return redirect(obstacle)
    mine = {"Jawaban": typed, "Selesai paling lambat": formats.long_date(form.cleaned_data["promised_on"])}
    theirs = {
        "Keadaan": obstacle.get_status_display(),
        "Jawaban": obstacle.answer,
        "Selesai paling lambat": formats.long_date(obstacle.promised_on) if obstacle.promised_on else "",
    }
    return edit_conflict_page(request, obstacle, mine=mine, theirs=theirs, replace={}, is_open=False)
