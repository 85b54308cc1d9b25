"""Seats: who may have one, when it stays, and what a conflict of interest ends."""

import pytest
from django.test import Client
from django.urls import reverse

from facilitators.models import Application, ConflictOfInterest, PanelSeat, WithdrawnConflict
from facilitators.recruitment.panel.conflicts import record_conflict, withdraw_conflict
from facilitators.recruitment.panel.seating import checkers_of, eligible_panelists
from p2emas.workflow.models import StepNotAllowed
from tests.facilitator_factories import (
    ApplicationFactory,
    ConflictOfInterestFactory,
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

    assert "tidak dapat dikeluarkan atau dipindah" in answer.content.decode()
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


def test_panelist_records_no_statement(client_as):
    client, record = client_as("coordinator"), RecruitmentRoundFactory(status="SELECTION")
    PanelSeatFactory(round=record, user=client.user)
    assert client.get(url("conflict-create", record)).status_code == 403


# --- Taken back --------------------------------------------------------------------------------------------------


def recorded(origin="STATEMENT", status="SELECTION"):
    """A conflict whose panellist had saved a score before."""
    record = RecruitmentRoundFactory(status=status, judged=status == "SUBMITTED")
    row = ConflictOfInterestFactory(
        application=ApplicationFactory(round=record, status="INVITED"), origin=origin, reason="Ipar"
    )
    sheet = ScoreSheetFactory(
        seat=row.seat, application=row.application, voided_at=row.declared_at, voided_for="CONFLICT"
    )
    return row, sheet, reverse("recruitment:conflict-withdraw", args=[record.code, row.pk])


def test_conflict_recorded_by_mistake_is_taken_back_and_scored_again(client_as):
    row, sheet, address = recorded()
    client, panellist = client_as("coordinator"), row.seat.user
    assert not Application.objects.to_score(panellist).exists()

    answer = client.post(address, {"why": "Nomor lamaran keliru"})

    assert answer.status_code == 302
    assert list(Application.objects.to_score(panellist)) == [row.application]
    kept = WithdrawnConflict.objects.get()
    assert (kept.seat, kept.application, kept.reason, kept.why, kept.withdrawn_by) == (
        row.seat, row.application, "Ipar", "Nomor lamaran keliru", client.user,
    )  # fmt: skip
    sheet.refresh_from_db()
    assert sheet.voided_for == "CONFLICT"
    ScoreSheetFactory(seat=row.seat, application=row.application)  # there is room for a new sheet
    page = client.get(url("seat-list", row.application.round)).content.decode()
    assert "Nomor lamaran keliru" in page
    assert "Tidak ada benturan kepentingan yang berlaku" in page


def test_taking_back_needs_a_reason(client_as):
    _row, _sheet, address = recorded()

    answer = client_as("coordinator").post(address, {"why": " "})

    assert answer.status_code == 200
    assert ConflictOfInterest.objects.count() == 1


def test_own_declaration_is_taken_back_by_a_head_only(client_as):
    row, _sheet, address = recorded("DECLARED")
    coordinator, panellist = client_as("coordinator"), Client()
    panellist.force_login(row.seat.user)

    assert coordinator.post(address, {"why": "Keliru"}).status_code == 403
    assert panellist.post(address, {"why": "Keliru"}).status_code == 403
    assert "Hanya kepala" in coordinator.get(url("seat-list", row.application.round)).content.decode()
    assert client_as("coordinator_head").post(address, {"why": "Keliru"}).status_code == 302
    assert ConflictOfInterest.objects.count() == 0


def test_panelist_takes_nothing_back(client_as):
    row, _sheet, address = recorded()
    client = client_as("coordinator")
    PanelSeatFactory(round=row.application.round, user=client.user)

    assert client.post(address, {"why": "Keliru"}).status_code == 403
    assert ConflictOfInterest.objects.count() == 1


def test_after_the_result_nothing_is_taken_back(client_as, user_as):
    row, _sheet, address = recorded(status="SUBMITTED")

    assert client_as("coordinator").post(address, {"why": "Keliru"}).status_code == 403
    with pytest.raises(StepNotAllowed):
        withdraw_conflict(conflict=row, why="Keliru", actor=user_as("coordinator"))
    assert ConflictOfInterest.objects.count() == 1


def test_two_who_take_it_back_leave_one_trace(user_as):
    row, _sheet, _address = recorded()
    again = ConflictOfInterest.objects.get()
    withdraw_conflict(conflict=row, why="Keliru", actor=user_as("coordinator"))

    with pytest.raises(StepNotAllowed, match="sudah ditarik"):
        withdraw_conflict(conflict=again, why="Keliru juga", actor=user_as("coordinator"))

    assert WithdrawnConflict.objects.count() == 1
