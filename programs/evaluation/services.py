"""Weighing a target location, and deciding on it: the verdict and the step of the location in one transaction."""

from datetime import date

from django.db import transaction

from districts.locations.models import TargetLocation, may_be_passed_on
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.history.records import set_author
from p2emas.instruments.models import Minutes
from p2emas.workflow.models import StepConflict, StepNotAllowed
from programs.evaluation.criteria import criterion_answers
from programs.evaluation.models import Evaluation
from programs.evaluation.readiness_page import stored_result
from programs.evaluation.reading import readiness_inputs

Status, Verdict = TargetLocation.Status, Evaluation.Verdict


@transaction.atomic
def draft_evaluation(*, location: TargetLocation, on: date, actor: User) -> Evaluation:
    """The unfinished evaluation of ``location``, or a new one with what is known on ``on``.

    The lock lets two people who ask at one moment open one and the same.
    """
    TargetLocation.objects.select_for_update(no_key=True, of=["self"]).get(pk=location.pk)
    unfinished = Evaluation.objects.unfinished().filter(target_location=location).first()
    if unfinished is not None:
        return unfinished
    made = Evaluation(target_location=location)
    return _compute(made, on, actor)


@transaction.atomic
def compute_again(*, evaluation: Evaluation, on: date, actor: User) -> Evaluation:
    """Read a draft again. Raises ``StepConflict`` when it was proposed meanwhile."""
    held = Evaluation.objects.select_for_update(no_key=True, of=["self"]).get(pk=evaluation.pk)
    if held.status != Evaluation.Status.DRAFT:
        raise StepConflict("Penilaian ini sudah diajukan, jadi tidak dihitung lagi.")
    return _compute(held, on, actor)


def _compute(evaluation: Evaluation, on: date, actor: User) -> Evaluation:
    evaluation.inputs = readiness_inputs(evaluation.target_location.village, on)
    evaluation.criteria = [each.kept for each in criterion_answers(evaluation.inputs)]
    evaluation.computed_on, evaluation.computed_at = on, clock.now()
    evaluation.is_sample = evaluation.target_location.rests_on_sample
    set_author(evaluation, actor)
    evaluation.save()
    return evaluation


@transaction.atomic
def decide_evaluation(
    *,
    evaluation: Evaluation,
    seen: str,
    actor: User,
    verdict: str,
    reason: str,
    despite: str = "",
    minutes: Minutes | None = None,
    sources: str = "",
    waived: list[str] | None = None,
    waived_reason: str = "",
) -> None:
    """Decide; "Siap ditularkan" takes the location's step with it, all or nothing.

    ``despite`` says why it is ready although its criteria say otherwise; it is the note of the step.
    """
    against = verdict == Verdict.READY and not stored_result(evaluation).is_ready
    if against and not despite.strip():
        raise StepNotAllowed("Tulis mengapa siap walaupun syaratnya belum cukup.")
    evaluation.take_step(
        "decide", seen=seen, actor=actor, note=despite if against else reason, verdict=verdict,
        reason=reason.strip(), minutes=minutes, sources=sources.strip(), waived=waived or [],
        waived_reason=waived_reason.strip(),
    )  # fmt: skip
    if verdict != Verdict.READY:
        return
    location = TargetLocation.objects.select_for_update(no_key=True, of=["self"]).get(pk=evaluation.target_location_id)
    if location.status == Status.READY:  # from an earlier verdict
        return
    if location.status != Status.RUNNING:
        word = location.get_status_display()
        raise StepNotAllowed(f"{location} berstatus {word}. Tandai dahulu berjalan, baru dapat dinyatakan siap.")
    location.take_step("make_ready", seen=location.status, actor=actor, note=reason)


@may_be_passed_on.provide
def has_verdict(location: TargetLocation) -> bool:
    """Whether a head has decided that its success may be passed on."""
    return Evaluation.objects.decided().filter(target_location=location, verdict=Verdict.READY).exists()
