"""Locking a quarter with its approved reports, and opening it again."""

import pytest

from p2emas.workflow.models import StepConflict, StepNotAllowed
from programs.models import ProgressReport, ReportingPeriod
from programs.reporting.period_services import lock_period, reopen_period
from tests.factories import ProgressReportFactory, ReportingPeriodFactory

pytestmark = pytest.mark.django_db
S = ProgressReport.Status
OPEN, LOCKED = ReportingPeriod.Status.OPEN, ReportingPeriod.Status.LOCKED


def steps(record):
    return list(record.status_changes().order_by("pk").values_list("step", "old", "new", "actor", "note"))


def states(period):
    return dict(period.reports.values_list("pk", "status"))


def test_head_locks_the_approved_and_leaves_the_unsent(user_as):
    head = user_as("coordinator_head")
    period = ReportingPeriodFactory()
    approved = ProgressReportFactory(period=period, approved=True)
    unsent = ProgressReportFactory(period=period, draft=True)
    elsewhere = ProgressReportFactory(period=ReportingPeriodFactory(number=2), approved=True)

    count = lock_period(period=period, actor=head, seen=OPEN)

    assert count == 1
    assert states(period) == {approved.pk: S.LOCKED, unsent.pk: S.DRAFT}
    assert steps(period) == [("lock", OPEN, LOCKED, head.pk, "")]
    assert steps(approved) == [("lock", S.APPROVED, S.LOCKED, head.pk, "")]
    assert (steps(unsent), steps(elsewhere)) == ([], [])


@pytest.mark.parametrize("trait", ["sent", "verifying"])
def test_lock_is_refused_while_a_report_is_on_the_desk(user_as, trait):
    period = ReportingPeriodFactory()
    approved = ProgressReportFactory(period=period, approved=True)
    ProgressReportFactory(period=period, **{trait: True})

    with pytest.raises(StepNotAllowed, match="meja verifikasi"):
        lock_period(period=period, actor=user_as("coordinator_head"), seen=OPEN)

    period.refresh_from_db()
    assert (period.status, steps(period), steps(approved)) == (OPEN, [], [])


@pytest.mark.parametrize("who", ["coordinator", "leader", "auditor", "agency_operator", "admin"])
def test_only_a_head_locks_and_reopens(user_as, who):
    user = user_as(who)
    period, locked = ReportingPeriodFactory(), ReportingPeriodFactory(number=2, status=LOCKED)

    with pytest.raises(StepNotAllowed, match="tidak berwenang"):
        lock_period(period=period, actor=user, seen=OPEN)
    with pytest.raises(StepNotAllowed, match="tidak berwenang"):
        reopen_period(period=locked, actor=user, seen=LOCKED, reason="x")


def test_reopening_gives_the_reports_back_with_the_reason(user_as):
    head = user_as("coordinator_head")
    period = ReportingPeriodFactory()
    approved = ProgressReportFactory(period=period, approved=True)
    ProgressReportFactory(period=period, draft=True)
    lock_period(period=period, actor=head, seen=OPEN)

    count = reopen_period(period=period, actor=head, seen=LOCKED, reason="Koreksi SP2D")

    assert (count, period.status) == (1, OPEN)
    assert steps(approved)[-1] == ("unlock", S.LOCKED, S.APPROVED, head.pk, "Koreksi SP2D")
    assert steps(period)[-1] == ("reopen", LOCKED, OPEN, head.pk, "Koreksi SP2D")


def test_reopening_needs_a_reason(user_as):
    period = ReportingPeriodFactory(status=LOCKED)

    with pytest.raises(StepNotAllowed, match="Tulis alasannya"):
        reopen_period(period=period, actor=user_as("coordinator_head"), seen=LOCKED, reason="  ")


def test_second_lock_is_a_conflict_and_writes_nothing(user_as):
    head = user_as("coordinator_head")
    period = ReportingPeriodFactory()
    lock_period(period=period, actor=head, seen=OPEN)

    with pytest.raises(StepConflict):
        lock_period(period=period, actor=head, seen=OPEN)

    assert len(steps(period)) == 1
