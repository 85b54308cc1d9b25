"""Conflicts of interest: one service for the signed statement and for what a panellist declares while scoring."""

from django.db import transaction
from django.utils.translation import gettext as _

from facilitators.recruitment.applications import Application
from facilitators.recruitment.panel import ConflictOfInterest, PanelSeat, ScoreSheet
from facilitators.recruitment.rounds import RecruitmentRound
from p2emas import clock
from p2emas.workflow.models import StepNotAllowed


@transaction.atomic
def record_conflict(
    *, seat: PanelSeat, application: Application, origin: str, reason: str = ""
) -> tuple[ConflictOfInterest, bool]:
    """End the access of ``seat`` to ``application`` and void its sheets there; (the row, whether it is new).

    A void sheet is a missing score, never 0. Recording the same once more changes nothing. Raises ``StepNotAllowed``
    once the result was submitted, and ``ValueError`` when both are not of one round.
    """
    if seat.round_id != application.round_id:
        raise ValueError("seat and application belong to different rounds")
    held = RecruitmentRound.objects.select_for_update().get(pk=seat.round_id)
    if held.status not in RecruitmentRound.SEATING:
        raise StepNotAllowed(_("Hasil putaran ini sudah diajukan, jadi benturan kepentingan tidak dapat dicatat lagi."))
    found, created = ConflictOfInterest.objects.get_or_create(
        seat=seat, application=application, defaults={"origin": origin, "reason": reason.strip()}
    )
    sheets = ScoreSheet.objects.valid().filter(seat=seat, application=application)
    ScoreSheet.objects.filter(pk__in=list(sheets.values_list("pk", flat=True))).update(
        voided_at=clock.now(), voided_for=ScoreSheet.Void.CONFLICT
    )
    return found, created
