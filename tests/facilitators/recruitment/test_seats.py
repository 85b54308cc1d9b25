"""Seats: who may have one, when it stays, and what a conflict of interest ends."""

import pytest
from django.urls import reverse

from facilitators.models import ConflictOfInterest, PanelSeat
from facilitators.recruitment.conflicts import record_conflict
from facilitators.recruitment.seating import checkers_of, eligible_panelists
from p2emas.workflow.models import StepNotAllowed
from tests.facilitator_factories import (
    ApplicationFactory,
    PanelSeatFactory,
    RecruitmentRoundFactory,
    RequirementCheckFactory,
    ScoreSheetFactory,
)

pytestmark = pytest.mark.django_db


def url(name, record):
    return reverse(f"recruitment:{name}", args=[record.code])


def test_heads_and_checkers_get_no_seat(user_as):
    record = RecruitmentRoundFactory()
    panelist, coordinator, checker, decider = (
        user_as(role) for role in ("panelist", "coordinator", "coordinator", "coordinator")
    )
    user_as("coordinator_head")
    user_as("auditor")
    RequirementCheckFactory(application=ApplicationFactory(round=record), checked_by=checker)
    RequirementCheckFactory(checked_by=coordinator)  # in another round
    ApplicationFactory(round=record).take_step("pass_files", seen="SENT", actor=decider)

    assert set(eligible_panelists(record, checkers_of(record))) == {panelist, coordinator}


def test_seats_are_given_and_taken(client_as, user_as):
    record, panelist, gone = RecruitmentRoundFactory(), user_as("panelist"), user_as("panelist")
    PanelSeatFactory(round=record, user=gone)
    client = client_as("coordinator")

    answer = client.post(url("seat-list", record), {"version": "0", f"u{panelist.pk}": "1", f"u{gone.pk}": ""})

    assert answer.status_code == 302
    assert list(record.seats.values_list("user", flat=True)) == [panelist.pk]


def test_seat_with_a_sheet_stays(client_as, user_as):
    record = RecruitmentRoundFactory(status="SELECTION")
    seat = PanelSeatFactory(round=record, user=user_as("panelist"))
    ScoreSheetFactory(seat=seat, application=ApplicationFactory(round=record, status="PASSED_FILES"))

    answer = client_as("coordinator").post(url("seat-list", record), {"version": "0", f"u{seat.user_id}": ""})

    assert "tidak dapat dicabut" in answer.content.decode()
    assert PanelSeat.objects.filter(pk=seat.pk).exists()
    record.refresh_from_db()
    assert record.version == 0


def test_forged_seat_of_a_checker_is_ignored(client_as):
    record, client = RecruitmentRoundFactory(), client_as("coordinator")
    checker = RequirementCheckFactory(application=ApplicationFactory(round=record)).checked_by

    client.post(url("seat-list", record), {"version": "0", f"u{checker.pk}": "1"})

    assert record.seats.count() == 0


def test_seats_are_frozen_once_the_result_was_submitted(client_as):
    record = RecruitmentRoundFactory(status="SUBMITTED", judged=True)
    assert client_as("coordinator").post(url("seat-list", record), {"version": "0"}).status_code == 403


def test_statement_voids_the_sheets_of_that_seat_and_applicant_only(client_as):
    record = RecruitmentRoundFactory(status="SELECTION")
    seat, other_seat = PanelSeatFactory.create_batch(2, round=record)
    application, other = ApplicationFactory.create_batch(2, round=record, status="INVITED")
    void = ScoreSheetFactory(seat=seat, application=application)
    kept = [
        ScoreSheetFactory(seat=other_seat, application=application),
        ScoreSheetFactory(seat=seat, application=other),
    ]
    typed = {"seat": seat.pk, "number": f" {application.number.lower()} ", "reason": "Saudara ipar"}
    client = client_as("coordinator")

    answer = client.post(url("conflict-create", record), typed)
    client.post(url("conflict-create", record), typed)  # a second click

    assert answer.status_code == 302
    row = ConflictOfInterest.objects.get()
    assert (row.seat, row.application, row.origin, row.reason) == (seat, application, "STATEMENT", "Saudara ipar")
    void.refresh_from_db()
    assert (void.voided_for, void.voided_at is not None) == ("CONFLICT", True)
    for sheet in kept:
        sheet.refresh_from_db()
        assert sheet.voided_at is None


def test_conflict_is_of_one_round_and_before_the_result():
    seat, application = PanelSeatFactory(), ApplicationFactory()
    with pytest.raises(ValueError, match="different rounds"):
        record_conflict(seat=seat, application=application, origin="STATEMENT")
    late = PanelSeatFactory(round=RecruitmentRoundFactory(status="SUBMITTED", judged=True))
    with pytest.raises(StepNotAllowed):
        record_conflict(seat=late, application=ApplicationFactory(round=late.round), origin="STATEMENT")
    assert ConflictOfInterest.objects.count() == 0


def test_number_of_another_round_or_of_nobody_is_refused(client_as):
    record = RecruitmentRoundFactory(status="SELECTION")
    seat, foreign = PanelSeatFactory(round=record), ApplicationFactory()

    answer = client_as("coordinator").post(
        url("conflict-create", record), {"seat": seat.pk, "number": foreign.number, "reason": "Ipar"}
    )

    assert "Tidak ada lamaran bernomor" in answer.content.decode()
    assert ConflictOfInterest.objects.count() == 0


def test_whoever_sits_records_no_statement(client_as):
    client, record = client_as("coordinator"), RecruitmentRoundFactory(status="SELECTION")
    PanelSeatFactory(round=record, user=client.user)
    assert client.get(url("conflict-create", record)).status_code == 403
