"""Moving deadlines: who, when, and that each move leaves its trace."""

from datetime import date

import pytest

from p2emas.workflow.models import StepConflict, StepNotAllowed
from programs.models import DueDateChange, ProgressReport, ReportingPeriod
from programs.reporting.reports.due_dates import change_due_date, change_due_dates, movable, why_not_movable
from tests.factories import ProgressReportFactory, ReportingPeriodFactory

pytestmark = pytest.mark.django_db
OLD, NEW = date(2019, 10, 7), date(2019, 10, 14)


def move(report, actor, **fields):
    return change_due_date(
        report=report, actor=actor, **{"seen": report.due_on, "new": NEW, "reason": "Banjir", **fields}
    )


def traces():
    return list(DueDateChange.objects.order_by("pk").values_list("report", "old", "new", "reason", "by"))


@pytest.mark.parametrize("who", ["coordinator", "coordinator_head"])
def test_coordinator_moves_a_deadline_and_leaves_a_trace(user_as, who):
    actor = user_as(who)
    report, other = ProgressReportFactory(draft=True), ProgressReportFactory(draft=True)

    move(report, actor)

    assert dict(ProgressReport.objects.values_list("pk", "due_on")) == {report.pk: NEW, other.pk: OLD}
    assert traces() == [(report.pk, OLD, NEW, "Banjir", actor.pk)]


@pytest.mark.parametrize("who", ["leader", "auditor", "agency_operator", "admin"])
def test_nobody_else_moves_it(user_as, who):
    report = ProgressReportFactory(draft=True)

    with pytest.raises(StepNotAllowed, match="tidak berwenang"):
        move(report, user_as(who, at=report.agency))

    assert traces() == []


@pytest.mark.parametrize("trait", ["sent", "verifying", "approved"])
def test_deadline_of_a_sent_report_is_not_moved(user_as, trait):
    report = ProgressReportFactory(**{trait: True})

    with pytest.raises(StepConflict):
        move(report, user_as("coordinator"))

    assert "sudah dikirim" in why_not_movable(report)
    assert (traces(), list(movable(ProgressReport.objects.all()))) == ([], [])


def test_deadline_in_a_locked_period_is_not_moved(user_as):
    report = ProgressReportFactory(draft=True, period=ReportingPeriodFactory(status=ReportingPeriod.Status.LOCKED))

    with pytest.raises(StepConflict):
        move(report, user_as("coordinator"))

    assert "dikunci" in why_not_movable(report)
    assert (traces(), list(movable(ProgressReport.objects.all()))) == ([], [])


def test_deadline_moved_meanwhile_is_a_conflict(user_as):
    report = ProgressReportFactory(draft=True)
    move(report, user_as("coordinator"))

    with pytest.raises(StepConflict):
        move(report, user_as("coordinator"), seen=OLD, new=date(2019, 10, 21))

    report.refresh_from_db()
    assert report.due_on == NEW


def test_second_click_moves_nothing_twice(user_as):
    actor = user_as("coordinator")
    report = ProgressReportFactory(draft=True)
    move(report, actor)

    assert move(report, actor, seen=OLD) is None
    assert len(traces()) == 1


def test_several_deadlines_move_together_or_not_at_all(user_as):
    actor = user_as("coordinator")
    first, there, sent = ProgressReportFactory(), ProgressReportFactory(due_on=NEW), ProgressReportFactory()
    seen = {report.pk: report.due_on for report in (first, there, sent)}

    assert change_due_dates(reports=[first, there], seen=seen, actor=actor, new=NEW, reason="Banjir") == 1
    assert why_not_movable(first) == ""

    ProgressReport.objects.filter(pk=sent.pk).update(due_on=date(2019, 10, 9))
    with pytest.raises(StepConflict):
        change_due_dates(reports=[there, sent], seen=seen, actor=actor, new=date(2019, 10, 21), reason="Banjir")
    there.refresh_from_db()
    assert there.due_on == NEW
    assert len(traces()) == 1
