"""The services behind the verification desk: claim, decide, undo, and who may."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from p2emas import clock
from p2emas.accounts.roles import Role
from p2emas.workflow.models import StatusChange, StepConflict, StepNotAllowed
from programs.models import ProgressReport, ReportComment, ReportingPeriod
from programs.reporting.verification import deciding as verification
from programs.reporting.verification.deciding import Decision, Remark
from tests.factories import (
    AssignmentFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
S = ProgressReport.Status


def steps(report):
    return list(report.status_changes().order_by("pk").values_list("step", "old", "new", "actor", "note"))


def waiting(day, **fields):
    return ProgressReportFactory(sent=True, submitted_at=datetime(2019, 10, day, 3, tzinfo=UTC), **fields)


def decide(report, actor, decision=Decision.APPROVE, **fields):
    verification.decide(
        report=report, actor=actor, decision=decision, **{"seen": report.status, "version": report.version, **fields}
    )


# --- Queue and claim --------------------------------------------------------------------------


def test_queue_holds_what_is_on_the_desk_oldest_first_without_own(user_as):
    me = user_as("coordinator")
    newer, older = waiting(5), waiting(2)
    ProgressReportFactory(sent=True, submitted_by=me)
    ProgressReportFactory(approved=True)
    ProgressReportFactory(draft=True)
    claimed = ProgressReportFactory(verifying=True, submitted_at=datetime(2019, 10, 3, tzinfo=UTC))

    assert list(verification.queue(me)) == [older, claimed, newer]


def test_waiting_reports_show_own_too(user_as):
    me = user_as("coordinator")
    own = ProgressReportFactory(sent=True, submitted_by=me)

    assert list(verification.waiting_reports(me)) == [own]


def test_claim_next_takes_the_oldest_waiting_and_writes_one_step(user_as):
    me = user_as("coordinator")
    waiting(5), waiting(2)

    claimed = verification.claim_next(actor=me)

    assert (claimed.submitted_at.day, claimed.status, claimed.claimed_by) == (2, S.VERIFYING, me)
    assert steps(claimed) == [("claim", S.WAITING, S.VERIFYING, me.pk, "")]


def test_claim_next_passes_by_others_claims_skipped_and_what_is_outside_the_filter(user_as):
    me, other = user_as("coordinator"), user_as("coordinator")
    waiting(1, status=S.VERIFYING, claimed_by=other)
    skipped, outside, wanted = waiting(2), waiting(3), waiting(4)

    claimed = verification.claim_next(actor=me, skipped=[skipped.pk], among=[skipped.pk, wanted.pk])

    assert claimed == wanted
    outside.refresh_from_db()
    assert outside.status == S.WAITING


def test_claim_next_continues_with_what_was_claimed_before(user_as):
    me = user_as("coordinator")
    mine = waiting(1, status=S.VERIFYING, claimed_by=me)
    waiting(2)

    assert verification.claim_next(actor=me) == mine
    assert steps(mine) == []


def test_claim_next_gives_the_next_when_somebody_was_faster(user_as, monkeypatch):
    me, other = user_as("coordinator"), user_as("coordinator")
    first, second = waiting(1), waiting(2)
    real = verification.claim

    def lose_the_first(*, report, actor):
        if report == first:
            real(report=ProgressReport.objects.get(pk=first.pk), actor=other)
        real(report=report, actor=actor)

    monkeypatch.setattr(verification, "claim", lose_the_first)

    assert verification.claim_next(actor=me) == second


def test_claim_next_with_an_empty_queue_is_nothing(user_as):
    assert verification.claim_next(actor=user_as("coordinator")) is None


def test_next_report_passes_by_others_and_skipped(user_as):
    me, other = user_as("coordinator"), user_as("coordinator")
    waiting(1, status=S.VERIFYING, claimed_by=other)
    skipped, wanted = waiting(2), waiting(3)

    assert verification.next_report(me, [skipped.pk]) == wanted


# --- Decide -----------------------------------------------------------------------------------


def test_approval_stamps_who_when_and_which_version(user_as):
    me = user_as("coordinator")
    report = ProgressReportFactory(verifying=True, version=4)

    decide(report, me, note="Lengkap.")

    assert (report.status, report.decided_by, report.decided_at, report.decided_version) == (
        S.APPROVED,
        me,
        clock.now(),
        4,
    )
    assert steps(report) == [("approve", S.VERIFYING, S.APPROVED, me.pk, "Lengkap.")]


def test_return_saves_note_and_comments(user_as):
    me = user_as("coordinator")
    line = ReportLineFactory(report=ProgressReportFactory(verifying=True))
    remarks = [Remark("Mana fotonya?", line_id=line.pk), Remark("Cek ke lapangan", internal=True)]

    decide(line.report, me, Decision.RETURN, note="Foto belum ada", remarks=remarks)

    assert steps(line.report) == [("return", S.VERIFYING, S.RETURNED, me.pk, "Foto belum ada")]
    assert list(line.report.comments.values_list("text", "internal", "line", "author")) == [
        ("Mana fotonya?", False, line.pk, me.pk),
        ("Cek ke lapangan", True, None, me.pk),
    ]


def test_return_without_reason_saves_nothing(user_as):
    report = ProgressReportFactory(verifying=True)

    with pytest.raises(StepNotAllowed, match="Tulis alasannya"):
        decide(report, user_as("coordinator"), Decision.RETURN, remarks=[Remark("x")])

    report.refresh_from_db()
    assert (report.status, report.comments.count(), steps(report)) == (S.VERIFYING, 0, [])


def test_postponing_saves_comments_once_and_takes_no_step(user_as):
    me = user_as("coordinator")
    report = ProgressReportFactory(verifying=True)

    decide(report, me, Decision.POSTPONE, remarks=[Remark("Tanya dulu", internal=True)])
    decide(report, me, Decision.POSTPONE, remarks=[Remark("Tanya dulu", internal=True)])

    assert list(report.comments.values_list("text", flat=True)) == ["Tanya dulu"]
    assert (report.status, steps(report)) == (S.VERIFYING, [])


def test_any_coordinator_decides_what_another_claimed(user_as):
    report = ProgressReportFactory(verifying=True, claimed_by=user_as("coordinator"))
    other = user_as("coordinator_head")

    decide(report, other)

    assert report.decided_by == other


@pytest.mark.parametrize("decision", Decision)
def test_submitter_never_decides_not_even_in_another_role(user_as, decision):
    """Bappeda reports too: one person may be its operator and a coordinator."""
    me = user_as("coordinator")
    AssignmentFactory(user=me, agency=me.assignments.get().agency, role=Role.AGENCY_OPERATOR)
    report = ProgressReportFactory(verifying=True, submitted_by=me)

    with pytest.raises(StepNotAllowed, match="tidak berwenang"):
        decide(report, me, decision, note="x", remarks=[Remark("x")])

    assert (steps(report), ReportComment.objects.count()) == ([], 0)


def test_database_refuses_a_submitter_as_decider():
    user = UserFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressReportFactory(approved=True, submitted_by=user, decided_by=user)


@pytest.mark.parametrize("who", ["leader", "auditor", "agency_operator", "admin", "facilitator"])
def test_nobody_but_coordinators_decides(user_as, who):
    report = ProgressReportFactory(verifying=True)

    with pytest.raises(StepNotAllowed):
        decide(report, user_as(who, at=report.agency))

    report.refresh_from_db()
    assert report.status == S.VERIFYING


@pytest.mark.parametrize(
    ("traits", "fields"),
    [
        ({"verifying": True}, {"version": 99}),
        ({"verifying": True}, {"seen": S.WAITING}),
        ({"approved": True}, {"seen": S.VERIFYING}),
        ({"approved": True}, {}),
        ({"draft": True}, {}),
    ],
)
@pytest.mark.parametrize("decision", Decision)
def test_stale_page_changes_nothing(user_as, traits, fields, decision):
    report = ProgressReportFactory(**traits)
    before = ProgressReport.objects.filter(pk=report.pk).values().get()

    with pytest.raises(StepConflict):
        decide(report, user_as("coordinator"), decision, note="x", remarks=[Remark("x")], **fields)

    assert ProgressReport.objects.filter(pk=report.pk).values().get() == before
    assert (steps(report), ReportComment.objects.count()) == ([], 0)


def test_waiting_report_can_be_commented_but_not_decided_without_a_claim(user_as):
    me = user_as("coordinator")
    report = ProgressReportFactory(sent=True)

    decide(report, me, Decision.POSTPONE, remarks=[Remark("Nanti")])
    with pytest.raises(StepConflict):
        decide(report, me, Decision.APPROVE)

    assert (report.comments.count(), steps(report)) == (1, [])


def test_locked_period_refuses_every_step_of_its_reports(user_as):
    me = user_as("coordinator")
    period = ReportingPeriodFactory(status=ReportingPeriod.Status.LOCKED)
    verifying = ProgressReportFactory(verifying=True, period=period)
    sent = ProgressReportFactory(sent=True, period=period)

    with pytest.raises(StepNotAllowed, match="sudah dikunci"):
        decide(verifying, me)
    with pytest.raises(StepNotAllowed, match="sudah dikunci"):
        verification.claim(report=ProgressReport.objects.get(pk=sent.pk), actor=me)

    assert StatusChange.objects.count() == 0


# --- Undo -------------------------------------------------------------------------------------


def undo(report, actor, **fields):
    verification.undo_decision(
        report=report, actor=actor, **{"seen": report.status, "version": report.version, **fields}
    )


@pytest.mark.parametrize("decision", [Decision.APPROVE, Decision.RETURN])
def test_own_decision_is_undone_and_somebody_else_may_decide(user_as, decision):
    me, other = user_as("coordinator"), user_as("coordinator")
    report = ProgressReportFactory(verifying=True)
    decide(report, me, decision, note="x")

    undo(report, me)

    assert (report.status, report.claimed_by) == (S.VERIFYING, me)
    assert (report.decided_by, report.decided_at, report.decided_version) == (None, None, None)
    decide(report, other)
    assert report.decided_by == other
    assert [step for step, *_ in steps(report)][1:] == ["undo", "approve"]


def test_undone_approval_leaves_the_public_at_once(user_as):
    me = user_as("coordinator")
    report = ProgressReportFactory(verifying=True)
    decide(report, me)
    assert list(ProgressReport.objects.published()) == [report]

    undo(report, me)

    assert list(ProgressReport.objects.published()) == []


def test_decision_of_another_is_not_undone(user_as):
    report = ProgressReportFactory(approved=True)
    head = user_as("coordinator_head")

    with pytest.raises(StepNotAllowed):
        undo(report, head)

    assert not verification.may_undo(head, report)
    report.refresh_from_db()
    assert report.status == S.APPROVED


def test_return_is_undone_only_until_the_operator_saved(user_as):
    me = user_as("coordinator")
    report = ProgressReportFactory(verifying=True)
    decide(report, me, Decision.RETURN, note="x")
    assert verification.may_undo(me, report)

    ProgressReport.objects.filter(pk=report.pk).update(version=report.version + 1)
    report.refresh_from_db()

    assert not verification.may_undo(me, report)
    with pytest.raises(StepNotAllowed, match="SKPD sudah menyimpan"):
        undo(report, me)


def test_undo_from_a_page_that_is_outdated_is_a_conflict(user_as):
    me = user_as("coordinator")
    report = ProgressReportFactory(verifying=True)
    decide(report, me)

    with pytest.raises(StepConflict):
        undo(report, me, seen=S.RETURNED)
    with pytest.raises(StepConflict):
        undo(report, me, version=99)


def test_undo_ends_with_the_lock_of_the_period(user_as):
    me = user_as("coordinator")
    report = ProgressReportFactory(verifying=True)
    decide(report, me)
    ReportingPeriod.objects.update(status=ReportingPeriod.Status.LOCKED)

    with pytest.raises(StepNotAllowed, match="sudah dikunci"):
        undo(report, me)


def test_undo_of_what_is_not_decided_says_so(user_as):
    me = user_as("coordinator")
    report = ProgressReportFactory(verifying=True)

    with pytest.raises(StepNotAllowed, match="tidak sedang diputus"):
        undo(report, me)


# --- Around -----------------------------------------------------------------------------------


def test_second_click_is_recognised_as_the_same_decision(user_as):
    me = user_as("coordinator")
    report = ProgressReportFactory(verifying=True)
    decide(report, me)

    assert verification.already_mine(report, me, Decision.APPROVE, report.version)
    assert not verification.already_mine(report, me, Decision.RETURN, report.version)
    assert not verification.already_mine(report, me, Decision.APPROVE, report.version + 1)
    assert not verification.already_mine(report, me, Decision.POSTPONE, report.version)
    assert not verification.already_mine(report, user_as("coordinator"), Decision.APPROVE, report.version)


def test_place_in_round_counts_what_was_decided_today(user_as):
    me = user_as("coordinator")
    decide(waiting(1, status=S.VERIFYING), me)
    ProgressReportFactory(approved=True, decided_by=me, decided_at=datetime(2019, 10, 7, tzinfo=UTC))  # yesterday
    waiting(2)
    third = waiting(3)

    assert verification.place_in_round(me, third, clock.today()) == verification.QueuePlace(3, 3)
    assert verification.place_in_round(me, ProgressReportFactory(draft=True), clock.today()) is None


def test_decided_today_lists_standing_decisions_of_that_person(user_as):
    me = user_as("coordinator")
    standing, undone = waiting(1, status=S.VERIFYING), waiting(2, status=S.VERIFYING)
    decide(standing, me)
    decide(undone, me)
    undo(undone, me)
    decide(waiting(3, status=S.VERIFYING), user_as("coordinator"))

    assert verification.decided_by_on(me, clock.today()) == [standing]
