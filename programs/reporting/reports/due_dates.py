"""Moving a report's deadline: who, from when to when, and why."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from p2emas.accounts.models import User
from p2emas.workflow.models import COORDINATOR_STEP, StepConflict, StepNotAllowed
from programs.reporting.reports.models import ProgressReport, ProgressReportQuerySet, ReportingPeriod
from programs.reporting.reports.parts import DueDateChange

LATEST = timedelta(days=366)  # after the end of the quarter


def may_move_due_date(user: User, report: ProgressReport) -> bool:
    """Whether ``user`` is one who moves deadlines (whether it can still be moved is another question)."""
    return user.is_active and bool(COORDINATOR_STEP & report.roles_of(user))


def movable(reports: ProgressReportQuerySet) -> ProgressReportQuerySet:
    """Reports whose deadline still means something: with the agency, the period open."""
    return reports.filter(status__in=ProgressReport.WITH_AGENCY, period__status=ReportingPeriod.Status.OPEN)


def why_not_movable(report: ProgressReport) -> str:
    """The sentence that says why the deadline cannot be moved; empty when it can."""
    if report.period.status != ReportingPeriod.Status.OPEN:
        return "Periode ini sudah dikunci."
    if report.status not in ProgressReport.WITH_AGENCY:
        return "Laporan ini sudah dikirim, jatuh temponya tidak dipindah lagi."
    return ""


@transaction.atomic
def change_due_date(*, report: ProgressReport, actor: User, seen: date, new: date, reason: str) -> DueDateChange | None:
    """Move the deadline from ``seen`` to ``new``; None when just that was done before (a second click).

    Raises ``StepConflict`` when it was moved, sent or locked meanwhile; nothing is changed then.
    """
    if not may_move_due_date(actor, report):
        raise StepNotAllowed("Anda tidak berwenang memindah jatuh tempo.")
    # The history leaves due_on out: a DueDateChange is its history, with the reason.
    moved = movable(ProgressReport.objects.filter(pk=report.pk, due_on=seen)).update(due_on=new)
    if not moved:
        report.refresh_from_db()
        done = report.due_changes.filter(old=seen, new=new, reason=reason, by=actor).exists()
        if report.due_on == new and done:
            return None
        raise StepConflict("Laporan ini sudah berubah sejak halaman Anda dibuka.")
    report.due_on = new
    return DueDateChange.objects.create(report=report, old=seen, new=new, reason=reason, by=actor)


@transaction.atomic
def change_due_dates(
    *, reports: Iterable[ProgressReport], seen: dict[int, date], actor: User, new: date, reason: str
) -> int:
    """Move several deadlines at once, all or none; returns how many moved (those already there are left)."""
    changes = [
        change_due_date(report=report, actor=actor, seen=seen[report.pk], new=new, reason=reason)
        for report in sorted(reports, key=lambda report: report.pk)  # the order in which a period is locked
        if seen[report.pk] != new
    ]
    return sum(change is not None for change in changes)
