"""Writes about candidates: proposing a village, editing its evidence, checking the gate of many at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from districts.locations.candidates.models import Candidate
from districts.locations.rounds.models import SelectionRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.workflow.editing import check_last_edit
from p2emas.workflow.models import StepNotAllowed

TAKEN = "Desa ini sudah diusulkan dalam penjaringan ini."


class NotAccepting(Exception):
    """The round or the candidate does not take this any more; nothing was written."""


@dataclass(frozen=True)
class GateVerdict:
    """What somebody found at the gate: step "pass_gate" or "fail_gate", with the reason."""

    candidate: Candidate
    step: str
    note: str


@transaction.atomic
def propose(*, selection: SelectionRound, candidate: Candidate, actor: User) -> Candidate:
    """Enter ``candidate`` in the round if it still takes proposals of ``actor``.

    Raises ``NotAccepting``, or ``StepNotAllowed`` when somebody else has just proposed the village.
    """
    current = SelectionRound.objects.select_for_update(no_key=True).get(pk=selection.pk)
    if not current.may_propose(actor, clock.today()):
        raise NotAccepting
    candidate.round, candidate.proposed_by, candidate.is_sample = current, actor, current.is_sample
    try:
        with transaction.atomic():
            candidate.save()
    except IntegrityError as error:
        raise StepNotAllowed(TAKEN) from error
    return candidate


@transaction.atomic
def save_proposal(*, candidate: Candidate, seen: int | None, actor: User) -> Candidate:
    """Keep the evidence as it was edited.

    Raises ``NotAccepting`` when the gate was checked meanwhile, ``EditConflict`` when somebody else saved after the
    edit ``seen``.
    """
    SelectionRound.objects.select_for_update(no_key=True).get(pk=candidate.round_id)
    current = Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)
    if not current.may_edit(actor):
        raise NotAccepting
    check_last_edit(current, seen)
    candidate.status = current.status
    candidate.save()
    return candidate


def check_gate(*, verdicts: Iterable[GateVerdict], actor: User) -> dict[int, str]:
    """Take all steps or none; what forbids one is a sentence for that candidate."""
    refusals: dict[int, str] = {}
    with transaction.atomic():
        for verdict in verdicts:
            try:
                verdict.candidate.take_step(
                    verdict.step, seen=Candidate.Status.PROPOSED, actor=actor, note=verdict.note
                )
            except StepNotAllowed as refusal:
                refusals[verdict.candidate.pk] = str(refusal)
        if refusals:
            transaction.set_rollback(True)
    return refusals
