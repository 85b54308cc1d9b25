"""Readiness: what each target location meets, weighing one, proposing and deciding."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from districts.locations.models import TargetLocation
from p2emas import clock
from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.forms import error_items
from p2emas.workflow.models import StepConflict, StepNotAllowed
from p2emas.workflow.riwayat import timeline
from p2emas.workflow.views import riwayat_page, step_page
from programs.evaluation.decide_form import EvaluationVerdictForm
from programs.evaluation.models import Evaluation
from programs.evaluation.readiness_page import EvaluationReplay, ReadinessPage
from programs.evaluation.services import compute_again, decide_evaluation, draft_evaluation


def get_evaluation(pk: int, request: HttpRequest) -> Evaluation:
    return get_object_or_404(Evaluation.objects.for_user(request.user).for_table(), pk=pk)


@require_POST
def evaluation_create(request: UserRequest, pk: int) -> HttpResponse:
    """Weigh a target location in force, or continue what is unfinished."""
    location = get_object_or_404(TargetLocation.objects.in_force(clock.today()).select_related("village"), pk=pk)
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    return redirect(draft_evaluation(location=location, on=clock.today(), actor=request.user))


@require_POST
def evaluation_compute(request: UserRequest, pk: int) -> HttpResponse:
    evaluation = get_evaluation(pk, request)
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    try:
        compute_again(evaluation=evaluation, on=clock.today(), actor=request.user)
        messages.success(request, "Syarat dihitung lagi dengan angka hari ini.")
    except StepConflict as refusal:
        messages.warning(request, str(refusal))
    return redirect(evaluation)


@require_safe
def evaluation_replay(request: UserRequest, pk: int) -> HttpResponse:
    """Compute the stored inputs once more, and say what is different today; nothing is written."""
    evaluation = get_evaluation(pk, request)
    context = {
        "evaluation": evaluation,
        "replay": EvaluationReplay.of(evaluation, clock.today()),
        "today": clock.today(),
    }
    return render(request, "programs/evaluation/evaluation_replay.html", context)


@require_http_methods(["GET", "POST"])
def evaluation_step(request: UserRequest, pk: int, step: str) -> HttpResponse:
    return step_page(request, get_evaluation(pk, request), step)


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_decide(request: UserRequest, pk: int) -> HttpResponse:
    evaluation = get_evaluation(pk, request)
    if not evaluation.may_take(request.user, "decide"):
        raise PermissionDenied
    page = ReadinessPage(evaluation, request.user)
    data = request.POST if request.method == "POST" else None
    form = EvaluationVerdictForm(data, shown=page, initial={"seen": evaluation.status})
    status = 200
    if form.is_valid():
        try:
            with transaction.atomic():
                seen = form.cleaned_data["seen"]
                decide_evaluation(evaluation=evaluation, seen=seen, actor=request.user, **form.chosen)
            messages.success(request, f"{evaluation}: diputuskan.")
            return redirect(evaluation)
        except StepNotAllowed as refusal:
            evaluation.refresh_from_db()
            form.add_error(None, str(refusal))
            status = 409 if isinstance(refusal, StepConflict) else 200
    context = {"evaluation": evaluation, "shown": page, "form": form, "errors": error_items(form)}
    return render(request, "programs/evaluation/evaluation_decide.html", context, status=status)


@require_safe
def evaluation_history(request: UserRequest, pk: int) -> HttpResponse:
    evaluation = get_evaluation(pk, request)
    if not request.user.sees_everything:
        raise PermissionDenied
    return riwayat_page(request, evaluation)


def history_of_evaluation(evaluation: Evaluation, request: HttpRequest) -> list:
    """The last entries, for those who read everything."""
    user = request.user
    return timeline(evaluation, limit=20)[:6] if user.is_authenticated and user.sees_everything else []
