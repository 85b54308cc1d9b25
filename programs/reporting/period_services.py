"""Locking a quarter and reopening it, together with its approved reports."""

from django.db import transaction

from p2emas.accounts.models import User
from programs.reporting.models import ProgressReport, ReportingPeriod


@transaction.atomic
def lock_period(*, period: ReportingPeriod, actor: User, seen: str) -> int:
    """Lock a quarter and each of its approved reports; returns how many reports.

    Refused (``StepNotAllowed``) while one is waiting or being verified. What was never sent stays unsent and
    counts as missing. The period's own row is locked first: a decision at the same moment comes before or not.
    """
    period.take_step("lock", seen=seen, actor=actor)
    return _move_reports(period, "lock", ProgressReport.Status.APPROVED, actor)


@transaction.atomic
def reopen_period(*, period: ReportingPeriod, actor: User, seen: str, reason: str) -> int:
    """Open a locked quarter again: its reports are approved once more and can be undone by their deciders."""
    period.take_step("reopen", seen=seen, actor=actor, note=reason)
    return _move_reports(period, "unlock", ProgressReport.Status.LOCKED, actor, reason)


def _move_reports(period: ReportingPeriod, step: str, status: str, actor: User, note: str = "") -> int:
    reports = list(period.reports.select_for_update(of=("self",)).filter(status=status).order_by("pk"))
    for report in reports:
        report.take_step(step, seen=status, actor=actor, note=note)
    return len(reports)
