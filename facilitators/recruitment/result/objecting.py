"""Objections to an announced result: recorded as they came, answered once."""

from datetime import date

from django.db import transaction

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.result.people import Objection
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.models import User
from p2emas.workflow.models import StepConflict


@transaction.atomic
def record_objection(
    *, record: RecruitmentRound, application: Application | None, sender: str, received_on: date, text: str
) -> Objection:
    """Keep an objection; sent twice, the same words stay one."""
    RecruitmentRound.objects.select_for_update(of=("self",), no_key=True).get(pk=record.pk)
    objection, _made = Objection.objects.get_or_create(
        round=record,
        application=application,
        sender=sender,
        received_on=received_on,
        text=text,
        defaults={"is_sample": record.is_sample},
    )
    return objection


@transaction.atomic
def answer_objection(*, objection: Objection, answer: str, actor: User) -> None:
    """Answer it and close it. Raises ``StepConflict`` when somebody answered before, with another answer kept."""
    waiting = Objection.objects.filter(pk=objection.pk, status=Objection.Status.RECEIVED)
    if not waiting.update(answer=answer.strip()):
        objection.refresh_from_db()
        raise StepConflict("Keberatan ini sudah dijawab orang lain. Jawaban Anda tidak disimpan.")
    objection.refresh_from_db()
    objection.take_step("answer", seen=Objection.Status.RECEIVED, actor=actor)
