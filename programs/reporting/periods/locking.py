"""Locking a quarter and reopening it, together with its approved reports.

The reports' rows are locked before that of the period, as every step of a report does: nobody waits in a circle.
"""

from django.db import transaction

from p2emas.accounts.models import User
from programs.reporting.reports.models import ProgressReport, ReportingPeriod


@transaction.atomic
def lock_period(*, period: ReportingPeriod, actor: User, seen: str) -> int:
    """Lock a quarter and each of its approved reports; returns how many reports.

    Refused (``StepNotAllowed``) while one is waiting or being verified. What was never sent stays unsent and
    counts as missing. A decision at the same moment comes before or is refused.
    """
    reports = _held(period)
    period.take_step("lock", seen=seen, actor=actor)
    return _move(reports, "lock", ProgressReport.Status.APPROVED, actor)


@transaction.atomic
def reopen_period(*, period: ReportingPeriod, actor: User, seen: str, reason: str) -> int:
    """Open a locked quarter again: its reports are approved once more and can be undone by their deciders."""
    reports = _held(period)
    period.take_step("reopen", seen=seen, actor=actor, note=reason)
    return _move(reports, "unlock", ProgressReport.Status.LOCKED, actor, reason)


def _held(period: ReportingPeriod) -> list[ProgressReport]:
    return list(ProgressReport.objects.select_for_update(no_key=True).filter(period=period).order_by("pk"))


def _move(reports: list[ProgressReport], step: str, status: str, actor: User, note: str = "") -> int:
    moving = [report for report in reports if report.status == status]
    for report in moving:
        report.take_step(step, seen=status, actor=actor, note=note)
    return len(moving)
