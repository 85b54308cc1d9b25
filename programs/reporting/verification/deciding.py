"""Verifying reports: the queue, claiming, deciding, undoing. Each write is one transaction.

Everybody locks a report before its period (``ProgressReport.check_step`` does), locking the period included
(``periods.locking``): so they wait for each other and never in a circle.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import models, transaction
from django.utils import timezone

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.workflow.models import StepConflict, StepNotAllowed
from programs.reporting.reports.models import ProgressReport, ProgressReportQuerySet, ReportingPeriod
from programs.reporting.reports.parts import ReportComment


class Decision(models.TextChoices):
    APPROVE = "setujui", "Setujui"
    RETURN = "kembalikan", "Kembalikan untuk diperbaiki"
    POSTPONE = "tunda", "Tunda, putuskan nanti"


STEP_OF = {Decision.APPROVE: "approve", Decision.RETURN: "return"}


@dataclass(frozen=True)
class Remark:
    """A comment: on a line, or on the report when ``line_id`` is None; with the code of the finding that it says."""

    text: str
    internal: bool = False
    line_id: int | None = None
    finding: str = ""


def queue(user: User) -> ProgressReportQuerySet:
    """Reports on the desk that ``user`` could decide, the longest waiting first."""
    return waiting_reports(user).exclude(submitted_by=user)


def waiting_reports(user: User) -> ProgressReportQuerySet:
    """All reports on the desk, the user's own included: nobody decides their own, everybody sees them."""
    reports = ProgressReport.objects.for_user(user).awaiting_verification()
    return reports.select_related("agency", "period", "claimed_by").order_by("submitted_at", "pk")


def next_report(
    user: User, skipped: Collection[int] = (), among: Collection[int] | None = None
) -> ProgressReport | None:
    """The next one for ``user``: the oldest that nobody else is at, passing by what was skipped.

    ``among`` narrows it to those keys (a filtered queue).
    """
    candidates = queue(user) if among is None else queue(user).filter(pk__in=among)
    return _free(candidates, user).exclude(pk__in=skipped).first()


def _free(reports: ProgressReportQuerySet, user: User) -> ProgressReportQuerySet:
    at_others = models.Q(status=ProgressReport.Status.VERIFYING) & ~models.Q(claimed_by=user)
    return reports.exclude(at_others)


def claim_next(
    *, actor: User, skipped: Collection[int] = (), among: Collection[int] | None = None
) -> ProgressReport | None:
    """Claim the oldest waiting report (or continue with one that ``actor`` has claimed); None when there is none.

    ``among`` narrows it to those keys (a filtered queue). A verifier who loses a race for one simply gets the next.
    """
    passed = set(skipped)
    while True:
        candidates = queue(actor) if among is None else queue(actor).filter(pk__in=among)
        report = _free(candidates, actor).exclude(pk__in=passed).first()
        if report is None or report.status == ProgressReport.Status.VERIFYING:
            return report
        try:
            claim(report=report, actor=actor)
        except StepNotAllowed:
            passed.add(report.pk)
        else:
            return report


def claim(*, report: ProgressReport, actor: User) -> None:
    """Take a waiting report onto the desk of ``actor``; from now on its agency can no longer withdraw it."""
    report.take_step("claim", seen=ProgressReport.Status.WAITING, actor=actor, claimed_by=actor)


@transaction.atomic
def decide(
    *,
    report: ProgressReport,
    actor: User,
    decision: Decision,
    seen: str,
    version: int,
    note: str = "",
    remarks: Iterable[Remark] = (),
    requests: Iterable[Remark] = (),
) -> None:
    """Save the comments and, unless postponed, the decision: all of it or nothing.

    ``requests`` are the findings that were ticked; they replace those of a decision that was put off or taken back.
    ``seen`` and ``version`` are what the page showed. Raises ``StepConflict`` when the report has moved since,
    ``StepNotAllowed`` with a sentence when ``actor`` sent it, has no right, or comes after the period was locked.
    """
    if not report.may_take(actor, "approve"):
        raise StepNotAllowed("Anda tidak berwenang memutus laporan ini.")
    current = hold_report(report)
    if (current.status, current.version) != (seen, version) or seen not in ProgressReport.ON_DESK:
        raise StepConflict("Laporan ini sudah berubah sejak halaman Anda dibuka.")
    for remark in remarks:
        _save_remark(current, actor, remark)
    _save_requests(current, actor, requests)
    if decision != Decision.POSTPONE:
        current.take_step(
            STEP_OF[decision],
            seen=seen,
            actor=actor,
            note=note,
            decided_by=actor,
            decided_at=clock.now(),
            decided_version=version,
        )
    report.refresh_from_db()


def _save_remark(report: ProgressReport, actor: User, remark: Remark) -> None:
    same = {"line_id": remark.line_id, "text": remark.text, "internal": remark.internal, "author": actor}
    # A second click on "Tunda" must not say everything twice.
    if not ReportComment.objects.filter(report=report, resolved_at=None, **same).exists():
        ReportComment.objects.create(report=report, **same)


def _save_requests(report: ProgressReport, actor: User, requests: Iterable[Remark]) -> None:
    report.comments.open_findings().delete()
    ReportComment.objects.bulk_create(
        ReportComment(report=report, author=actor, text=each.text, line_id=each.line_id, finding=each.finding)
        for each in requests
    )


def hold_report(report: ProgressReport) -> ProgressReport:
    """The report as it is now, locked until the transaction ends.

    Of two clicks on "Tunda" the second one then sees the remarks of the first: no state moves that would stop it.
    """
    return ProgressReport.objects.select_for_update(no_key=True).get(pk=report.pk)


# --- Undo -----------------------------------------------------------------------------------------------------------


def why_not_undo(report: ProgressReport) -> str:
    """The sentence that says why the decision can no longer be taken back; empty when it can. Reads the period."""
    if report.status == ProgressReport.Status.LOCKED or report.period.status != ReportingPeriod.Status.OPEN:
        return "Periode sudah dikunci, keputusan tidak dapat dibatalkan lagi."
    if report.status == ProgressReport.Status.RETURNED and report.version != report.decided_version:
        return "SKPD sudah menyimpan perbaikan, pengembalian tidak dapat dibatalkan lagi."
    if report.status not in ProgressReport.STEPS["undo"].sources:
        return "Laporan ini tidak sedang diputus."
    return ""


def may_undo(user: User, report: ProgressReport) -> bool:
    return report.may_take(user, "undo") and not why_not_undo(report)


@transaction.atomic
def undo_decision(*, report: ProgressReport, actor: User, seen: str, version: int) -> None:
    """Take back one's decision: the report returns to the desk of ``actor``, approved figures are no longer public."""
    current = hold_report(report)
    if (current.status, current.version) != (seen, version):
        raise StepConflict("Laporan ini sudah berubah sejak halaman Anda dibuka.")
    if reason := why_not_undo(current):
        raise StepNotAllowed(reason)
    current.take_step(
        "undo", seen=seen, actor=actor, claimed_by=actor, decided_by=None, decided_at=None, decided_version=None
    )
    report.refresh_from_db()


# --- What was decided -------------------------------------------------------------------------------------------------


def decided_by_on(user: User, on: date) -> list[ProgressReport]:
    """Reports whose decision of day ``on`` by ``user`` was not undone, the latest first."""
    start = timezone.make_aware(datetime.combine(on, time.min))
    end = timezone.make_aware(datetime.combine(on, time.max))
    decided = ProgressReport.objects.for_user(user).filter(decided_by=user, decided_at__range=(start, end))
    return list(decided.select_related("agency", "period").order_by("-decided_at", "-pk"))


def already_mine(report: ProgressReport, actor: User, decision: Decision, version: int) -> bool:
    """Whether just this decision by ``actor`` was saved already: a double click or a retry, not a conflict."""
    step = STEP_OF.get(decision)
    return (
        step is not None
        and report.status == ProgressReport.STEPS[step].target
        and (report.decided_by_id, report.decided_version) == (actor.pk, version)
    )


@dataclass(frozen=True)
class QueuePlace:
    """Where a report is among those of the day: the third of twelve."""

    number: int
    total: int


def place_in_round(user: User, report: ProgressReport, on: date) -> QueuePlace | None:
    """Decided today + waiting make the round; None for a report that is not on the desk."""
    waiting = list(queue(user).values_list("pk", flat=True))
    if report.pk not in waiting:
        return None
    done = len(decided_by_on(user, on))
    return QueuePlace(done + waiting.index(report.pk) + 1, done + len(waiting))
