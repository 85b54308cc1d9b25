"""Conflicts of interest: recorded from a statement or declared while scoring, and taken back when it was a mistake."""

from django.db import transaction

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.conflict_records import ConflictOfInterest, WithdrawnConflict
from facilitators.recruitment.panel.models import PanelSeat, ScoreSheet
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.roles import Role
from p2emas.workflow.models import StepNotAllowed


@transaction.atomic
def record_conflict(
    *, seat: PanelSeat, application: Application, origin: str, reason: str = ""
) -> tuple[ConflictOfInterest, bool]:
    """End the access of ``seat`` to ``application`` and void its sheets there; (the row, whether it is new).

    A void sheet is a missing score, never 0. Recording the same again changes nothing. Raises ``StepNotAllowed``
    once the result was submitted, and ``ValueError`` when both are not of one round.
    """
    if seat.round_id != application.round_id:
        raise ValueError("seat and application belong to different rounds")
    held = RecruitmentRound.objects.select_for_update(no_key=True).get(pk=seat.round_id)
    if held.status not in RecruitmentRound.SEATING:
        raise StepNotAllowed(
            "Hasil tahap seleksi ini sudah diajukan, jadi benturan kepentingan tidak dapat dicatat lagi."
        )
    found, created = ConflictOfInterest.objects.get_or_create(
        seat=seat, application=application, defaults={"origin": origin, "reason": reason.strip()}
    )
    sheets = ScoreSheet.objects.valid().filter(seat=seat, application=application)
    ScoreSheet.objects.filter(pk__in=list(sheets.values_list("pk", flat=True))).update(
        voided_at=clock.now(), voided_for=ScoreSheet.Void.CONFLICT
    )
    return found, created


def may_withdraw_conflict(user: User, record: RecruitmentRound, conflict: ConflictOfInterest) -> bool:
    """Like recording it; what panellists declared themselves only a head takes back."""
    stated = conflict.origin == ConflictOfInterest.Origin.STATEMENT
    return record.may_record_conflict(user) and (stated or user.has_role(Role.COORDINATOR_HEAD))


@transaction.atomic
def withdraw_conflict(*, conflict: ConflictOfInterest, why: str, actor: User) -> WithdrawnConflict:
    """Give the access back. Sheets that were voided stay void: the panellist scores again.

    Raises ``StepNotAllowed`` once the result was submitted, or when somebody else has taken it back already.
    """
    held = RecruitmentRound.objects.select_for_update(no_key=True).get(pk=conflict.seat.round_id)
    if held.status not in RecruitmentRound.SEATING:
        raise StepNotAllowed(
            "Hasil tahap seleksi ini sudah diajukan, jadi benturan kepentingan tidak dapat ditarik lagi."
        )
    gone, _rows = ConflictOfInterest.objects.filter(pk=conflict.pk).delete()
    if not gone:
        raise StepNotAllowed("Benturan kepentingan ini sudah ditarik.")
    return WithdrawnConflict.objects.create(
        seat=conflict.seat,
        application=conflict.application,
        origin=conflict.origin,
        reason=conflict.reason,
        declared_at=conflict.declared_at,
        withdrawn_by=actor,
        why=why.strip(),
    )
