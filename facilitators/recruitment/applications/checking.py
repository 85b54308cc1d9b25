"""Writes of the administrative check: what was found, the decision, checking again, and undoing a test."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.applications.parts import RequirementCheck
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.workflow.editing import claim_version
from p2emas.workflow.models import StepNotAllowed

Reason, Status = Application.Reason, Application.Status
FOUND_IN_FILES = (Reason.FILES, Reason.DOUBLE, Reason.REQUIREMENT)
FOUND_IN_TEST = (Reason.TEST, Reason.ABSENT)


def save_check(
    *,
    application: Application,
    seen: int,
    actor: User,
    met: Mapping[int, bool],
    decision: str,
    note: str = "",
    complete_by: datetime | None = None,
    category: str = "",
) -> None:
    """Keep which requirements (by id) are met, and take the step ``decision``.

    Raises ``EditConflict`` when the application was saved or decided after version ``seen``, ``StepNotAllowed`` when
    the check is over or ``actor`` sits in the panel by now.
    """
    with transaction.atomic():
        held = RecruitmentRound.objects.select_for_update(no_key=True).get(pk=application.round_id)
        if not held.may_check(actor):
            raise StepNotAllowed("Pemeriksaan berkas tahap seleksi ini sudah ditutup, atau Anda duduk di panelnya.")
        claim_version(application, seen, *Application.BEING_CHECKED)
        application.refresh_from_db()
        known = {row.requirement_id: row for row in application.checks.all()}
        for requirement, verdict in met.items():
            row = known.get(requirement) or RequirementCheck(application=application, requirement_id=requirement)
            row.met, row.checked_by, row.checked_at = verdict, actor, clock.now()
            row.save()
        stamps: dict[str, dict[str, object]] = {
            "ask_completion": {"complete_by": complete_by},
            "pass_files": {"complete_by": None},
            "refuse_files": {"complete_by": None, "rejected_for": category},
        }
        application.take_step(decision, seen=application.status, actor=actor, note=note, **stamps[decision])


def recheck_files(application: Application, *, seen: str, actor: User, note: str = "") -> None:
    """Start the check again, for an applicant who passed or was refused for papers or a requirement."""
    _refuse_unless(
        application,
        FOUND_IN_FILES,
        "Lamaran ini tidak ditolak karena berkas atau syarat, jadi berkasnya tidak diperiksa ulang.",
    )
    application.take_step("recheck_files", seen=seen, actor=actor, note=note, rejected_for="", complete_by=None)


def undo_test(application: Application, *, seen: str, actor: User, note: str = "") -> None:
    """Back to before the result of the test, for an applicant who passed, failed or missed it."""
    _refuse_unless(
        application,
        FOUND_IN_TEST,
        "Lamaran ini tidak gugur karena tes, jadi tidak ada hasil tes yang dibatalkan.",
    )
    application.take_step("undo_test", seen=seen, actor=actor, note=note, rejected_for="")


TAKES = {"recheck_files": recheck_files, "undo_test": undo_test}


def _refuse_unless(application: Application, reasons: tuple[str, ...], sentence: str) -> None:
    stored = Application.objects.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
    if stored.status == Status.REJECTED and stored.rejected_for not in reasons:
        raise StepNotAllowed(sentence)


def may_take_now(application: Application, user: User, name: str) -> bool:
    """Whether a page offers the step: as the chain says, in the round's state, and for the reason of the refusal."""
    if application.status not in application.STEPS[name].sources or not application.may_take(user, name):
        return False
    if application.status == Status.REJECTED:
        reasons = FOUND_IN_FILES if name == "recheck_files" else FOUND_IN_TEST
        if application.rejected_for not in reasons:
            return False
    try:
        application.check_step(name)
    except StepNotAllowed:
        return False
    return True
