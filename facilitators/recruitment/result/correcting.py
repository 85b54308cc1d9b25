"""Correcting a locked score by signed minutes. Nothing is overwritten: the correction is a row of its own."""

from datetime import date

from django.db import models, transaction

from facilitators.recruitment.panel.corrections import CountedScore, ScoreCorrection, counting
from facilitators.recruitment.panel.models import SheetScore
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.accounts.models import User
from p2emas.workflow.models import StepNotAllowed


def correctable(record: RecruitmentRound, application: int) -> "models.QuerySet[CountedScore]":
    """Locked scores of one applicant that count, each with ``counts``; those of void sheets do not."""
    rows = counting().filter(sheet__seat__round=record, sheet__application=application, sheet__voided_at=None)
    return rows.select_related("criterion", "sheet__seat__user").order_by("sheet__part", "sheet__seat", "criterion")


@transaction.atomic
def correct_score(
    *, score: SheetScore, seen: int, new: int, minutes_no: str, minutes_on: date, reason: str, actor: User
) -> ScoreCorrection:
    """Let ``new`` count instead of ``seen``, the value that the page showed.

    The same correction once more (a second click) is the one that is there. Raises ``StepNotAllowed`` for those who may
    not, when the selection no longer runs, when the sheet became void, or when somebody corrected it meanwhile.
    """
    record = RecruitmentRound.objects.select_for_update(no_key=True).get(seats__sheets__scores=score.pk)
    if not record.may_correct(actor):
        raise StepNotAllowed(
            "Nilai hanya dapat dikoreksi selama seleksi berjalan, oleh koordinator yang bukan anggota panel."
        )
    last = score.corrections.order_by("-pk").first()
    if last and (last.old, last.new, last.minutes_no, last.by_id) == (seen, new, minutes_no.strip(), actor.pk):
        return last
    current = counting().filter(pk=score.pk, sheet__voided_at=None).values_list("counts", flat=True).first()
    if current != seen:
        raise StepNotAllowed("Nilai ini sudah berubah sejak halaman ini dibuka. Periksa lagi, lalu ulangi.")
    if new == seen:
        raise StepNotAllowed("Nilai hasil koreksi sama dengan nilai yang berlaku, jadi tidak ada yang dikoreksi.")
    return ScoreCorrection.objects.create(
        score=score,
        old=seen,
        new=new,
        minutes_no=minutes_no.strip(),
        minutes_on=minutes_on,
        reason=reason.strip(),
        by=actor,
    )
