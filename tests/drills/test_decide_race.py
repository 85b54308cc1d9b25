"""Two people act on one report at the same moment, each on a connection of their own."""

import os
from collections.abc import Callable

import pytest
from django.test import Client

from p2emas.workflow.models import StatusChange, StepNotAllowed
from programs.models import ProgressReport, ReportingPeriod
from programs.reporting.periods.locking import lock_period
from programs.reporting.verification import deciding as verification
from programs.reporting.verification.deciding import Decision
from tests.drills.racing import at_once
from tests.factories import ProgressReportFactory, ReportingPeriodFactory

pytestmark = [pytest.mark.drill, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
S = ProgressReport.Status
ROUNDS = int(os.environ.get("RACES", "200"))
LOCK_ROUNDS = min(ROUNDS, 50)


def test_two_coordinators_decide_one_report(client_as):
    """In each round one decision stands, the other is told and leaves no trace; each wins sometimes or never, both fine."""
    approving, returning = client_as("coordinator"), client_as("coordinator")
    outcomes = []
    for _round in range(ROUNDS):
        report = ProgressReportFactory(verifying=True)
        address, seen = f"/laporan/{report.pk}/verifikasi/", {"status": report.status, "versi": report.version}

        def decide(client: Client, address=address, **typed: str):
            return client.post(address, typed, headers={"host": "localhost"})

        approved, returned = at_once(
            lambda seen=seen: decide(approving, keputusan="setujui", komentar="dari satu", **seen),
            lambda seen=seen: decide(
                returning, keputusan="kembalikan", catatan="Foto belum ada", komentar="dari dua", **seen
            ),
        )

        report.refresh_from_db()
        won = approved.status_code == 302
        assert sorted([approved.status_code, returned.status_code]) == [302, 409]
        loser = returned if won else approved
        assert "keputusan Anda tidak disimpan" in loser.content.decode()
        assert (report.status, report.decided_by) == (
            (S.APPROVED, approving.user) if won else (S.RETURNED, returning.user)
        )
        steps = report.status_changes().values_list("step", "actor")
        assert list(steps) == [("approve", approving.user.pk) if won else ("return", returning.user.pk)]
        assert list(report.comments.values_list("text", flat=True)) == ["dari satu" if won else "dari dua"]
        outcomes.append(won)

    assert len(outcomes) == ROUNDS
    assert StatusChange.objects.count() == ROUNDS


def attempt(act: Callable[..., object], **fields) -> bool:
    """Whether the act was done; a refusal is an answer, anything else fails the drill."""
    try:
        act(**fields)
    except StepNotAllowed:
        return False
    return True


def test_withdrawing_and_starting_to_verify(user_as):
    """Either the agency gets its report back or a coordinator has it, never both."""
    coordinator = user_as("coordinator")
    for _round in range(LOCK_ROUNDS):
        report = ProgressReportFactory(sent=True)
        operator = user_as("agency_operator", at=report.agency)
        first, second = ProgressReport.objects.get(pk=report.pk), ProgressReport.objects.get(pk=report.pk)

        withdrawn, claimed = at_once(
            lambda mine=first, who=operator: attempt(mine.take_step, name="withdraw", seen=S.WAITING, actor=who),
            lambda mine=second: attempt(verification.claim, report=mine, actor=coordinator),
        )

        report.refresh_from_db()
        assert withdrawn is not claimed
        assert (report.status, report.claimed_by) == ((S.DRAFT, None) if withdrawn else (S.VERIFYING, coordinator))
        assert report.status_changes().count() == 1


@pytest.mark.parametrize("act", ["approve", "undo"])
def test_period_is_locked_while_a_report_is_decided(user_as, act):
    """Either comes first, and never does a locked quarter hold a report that is not locked."""
    head, coordinator = user_as("coordinator_head"), user_as("coordinator")
    for number in range(LOCK_ROUNDS):
        period = ReportingPeriodFactory(year=2000 + number)
        traits = {"approved": True, "decided_by": coordinator} if act == "undo" else {"verifying": True}
        report = ProgressReportFactory(period=period, **traits)
        fresh = ProgressReport.objects.get(pk=report.pk)
        seen = {"report": fresh, "actor": coordinator, "seen": report.status, "version": report.version}

        def decide(seen=seen) -> bool:
            if act == "undo":
                return attempt(verification.undo_decision, **seen)
            return attempt(verification.decide, decision=Decision.APPROVE, **seen)

        def lock(period=period) -> bool:
            mine = ReportingPeriod.objects.get(pk=period.pk)
            return attempt(lock_period, period=mine, actor=head, seen=ReportingPeriod.Status.OPEN)

        decided, locked = at_once(decide, lock)

        report.refresh_from_db(), period.refresh_from_db()
        assert (period.status == ReportingPeriod.Status.LOCKED) is locked
        assert (report.status == S.LOCKED) is locked
        if act == "undo":
            assert decided is not locked  # whoever comes second is refused
        else:
            assert decided  # a lock that comes first is refused by the report on the desk
