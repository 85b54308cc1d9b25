"""Asking to correct an approved report, and opening it. Each write is one transaction.

Reports are locked before their period, as everywhere; requests come last.
"""

from django.db import IntegrityError, transaction

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.workflow.models import StepConflict, StepNotAllowed
from programs.reporting.periods.locking import reopen_period
from programs.reporting.reopening.keeping import keep_approved
from programs.reporting.reopening.notices import draft_notices
from programs.reporting.reopening.telling import tell_heads
from programs.reporting.reports.models import ProgressReport, ReportingPeriod
from programs.reporting.reports.reopening import ReopenRequest

DECIDED = ("open", "refuse")


def pending_request(report: ProgressReport) -> ReopenRequest | None:
    return report.reopen_requests.asked().select_related("asked_by").first()


def may_ask(user: User, report: ProgressReport) -> bool:
    """Whether ``user`` is one who asks for ``report``, in the state that it has now."""
    return report.status in ProgressReport.APPROVED_STATES and report.is_filled_by(user)


def reopening_links(user: User, report: ProgressReport) -> dict[str, object]:
    """What the page of ``report`` says of its last request, and offers to ``user``; only of an approved one."""
    if report.status not in ProgressReport.APPROVED_STATES:
        return {}
    last = report.reopen_requests.select_related("asked_by", "decided_by").first()
    if last is None or last.status != ReopenRequest.Status.ASKED:
        refused = last if last is not None and last.status == ReopenRequest.Status.REFUSED else None
        why = refused.last_change("refuse") if refused else None
        return {"may_ask_reopen": may_ask(user, report), "refused": refused, "why_refused": why.note if why else ""}
    last.report = report
    return {"asked": last, "may_open": last.may_take(user, "open"), "may_withdraw": last.may_take(user, "withdraw")}


@transaction.atomic
def ask_to_reopen(*, report: ProgressReport, reason: str, actor: User) -> ReopenRequest:
    """A request with its reason; one that waits already is answered with itself if it says the same.

    Raises ``StepNotAllowed`` with a sentence when the report is not approved, or somebody else has asked.
    """
    held = ProgressReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    if held.status not in ProgressReport.APPROVED_STATES:
        raise StepNotAllowed("Laporan ini sudah tidak disetujui lagi, jadi dapat diperbaiki tanpa permintaan.")
    waiting = pending_request(held)
    if waiting is None:
        try:
            with transaction.atomic():
                asked = ReopenRequest.objects.create(report=held, reason=reason, asked_by=actor, asked_at=clock.now())
                tell_heads(asked)
                return asked
        except IntegrityError:  # somebody asked at the same moment; on PostgreSQL the lock above already waits for it
            waiting = pending_request(held)
    if waiting is None or (waiting.asked_by_id, waiting.reason) != (actor.pk, reason):
        raise StepNotAllowed("Laporan ini sudah diminta dibuka kembali. Tunggu putusan kepala, atau tarik dahulu.")
    return waiting


@transaction.atomic
def open_for_correction(asked: ReopenRequest, *, seen: str, actor: User, note: str = "") -> None:
    """Open the report of ``asked`` for its agency, and its period with it where that is locked."""
    period = asked.report.period
    list(ProgressReport.objects.select_for_update(no_key=True).filter(period=period).order_by("pk"))
    period = ReportingPeriod.objects.select_for_update(no_key=True).get(pk=period.pk)
    asked.refresh_from_db()
    if asked.status != seen:
        raise StepConflict("Permintaan ini sudah diputus.")
    if period.status == ReportingPeriod.Status.LOCKED:
        reason = f"Koreksi laporan {asked.report.number}: {asked.reason}"
        reopen_period(period=period, actor=actor, seen=period.status, reason=reason)
    report = ProgressReport.objects.get(pk=asked.report_id)
    asked.report = report
    asked.take_step("open", seen=seen, actor=actor, note=note, decided_by=actor, decided_at=clock.now())
    keep_approved(report)
    report.take_step(
        "reopen",
        seen=ProgressReport.Status.APPROVED,
        actor=actor,
        note=asked.reason,
        claimed_by=None,
        decided_by=None,
        decided_at=None,
        decided_version=None,
    )


@transaction.atomic
def decide_request(asked: ReopenRequest, name: str, *, seen: str, actor: User, note: str) -> None:
    """Any step of a request; what a head decides is told to the agency."""
    if name == "open":
        open_for_correction(asked, seen=seen, actor=actor, note=note)
    elif name == "refuse":
        asked.take_step(name, seen=seen, actor=actor, note=note, decided_by=actor, decided_at=clock.now())
    else:
        asked.take_step(name, seen=seen, actor=actor, note=note)
    if name in DECIDED:
        draft_notices(asked, name, note)
