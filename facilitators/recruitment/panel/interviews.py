"""Interviews: a schedule for all who passed the test, changed person by person, and the invitations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.panel.letters import changed_mail, invitation_mail
from facilitators.recruitment.panel.models import Interview
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.outbox.models import OutboxMessage
from p2emas.outbox.services import draft_message
from p2emas.ui.formats import moment
from p2emas.workflow.editing import claim_version
from p2emas.workflow.models import StepNotAllowed

Status = Application.Status
FIRST = 1  # a tie at the line leads to a second one (interview_again)


@dataclass(frozen=True)
class Slot:
    """When and where one applicant is interviewed; None: not planned."""

    application: Application
    at: datetime | None
    room: str


Where = tuple[datetime, str]  # a moment in one room


def where(at: datetime, room: str) -> Where:
    """Rooms are typed: the same one in capitals or with two spaces is the same."""
    return at, " ".join(room.casefold().split())


def others(record: RecruitmentRound, but: Iterable[int]) -> dict[Where, Application]:
    """Who of the round is interviewed when and where, without the applicants ``but``."""
    rows = Interview.objects.of_others(record, but)
    return {where(row.at, row.room): row.application for row in rows}


@dataclass(frozen=True)
class Invited:
    """What an invitation did: how many were invited, to how many a letter was drafted."""

    count: int
    letters: int


@transaction.atomic
def plan_interviews(*, record: RecruitmentRound, seen: int, start: datetime, minutes: int, room: str) -> int:
    """One after another by number, each panel on its own, for who passed. Raises ``EditConflict``, or
    ``StepNotAllowed`` where somebody who is invited already has that time and room."""
    claim_version(record, seen, RecruitmentRound.Status.SELECTION)
    rows = record.applications.in_state(Status.PASSED_TEST).order_by("panel", "number", "pk")
    taken = others(record, [row.pk for row in rows])
    count = 0
    for panel, group in groupby(rows, key=lambda row: row.panel):
        there = f"{room}, panel {panel}" if record.panels > 1 else room
        for place, application in enumerate(group):
            at = start + timedelta(minutes=minutes * place)
            if other := taken.get(where(at, there)):
                sentence = "%(other)s sudah diundang pada %(at)s di tempat ini. Pilih waktu atau tempat lain."
                raise StepNotAllowed(sentence % {"other": other, "at": moment(at)})
            _place(application, at, there)
            count += 1
    return count


@transaction.atomic
def save_slots(*, record: RecruitmentRound, seen: int, slots: Iterable[Slot]) -> Invited:
    """Times and rooms as typed; who is invited already gets a letter about the change. Raises ``EditConflict``."""
    claim_version(record, seen, RecruitmentRound.Status.SELECTION)
    count = letters = 0
    for slot in slots:
        application = slot.application
        if slot.at is None:
            if application.status == Status.PASSED_TEST:
                for row in application.interviews.all():
                    row.delete()
            continue
        interview = _place(application, slot.at, slot.room)
        if interview is None:
            continue
        count += 1
        if application.status == Status.INVITED:
            letters += draft_letter(application, *changed_mail(interview))
    return Invited(count, letters)


def _place(application: Application, at: datetime, room: str) -> Interview | None:
    """The interview when something changed, else None."""
    row = application.interviews.newest().first() or Interview(application=application, attempt=FIRST)
    if row.pk and (row.at, row.room) == (at, room):
        return None
    row.at, row.room = at, room
    row.save()
    return row


@transaction.atomic
def invite_all(*, record: RecruitmentRound, seen: int, actor: User) -> Invited:
    """Invite everybody who passed and has a time; letters by mail wait in the outbox for a person to release them.

    Raises ``EditConflict``, or ``StepNotAllowed`` when a time is over already.
    """
    claim_version(record, seen, RecruitmentRound.Status.SELECTION)
    rows = list(Interview.objects.to_invite(record))
    if late := [row for row in rows if row.at <= clock.now()]:
        raise StepNotAllowed(f"Waktu wawancara {late[0].application} sudah lewat. Ubah dahulu jadwalnya.")
    letters = 0
    for interview in rows:
        application = interview.application
        application.take_step("invite", seen=Status.PASSED_TEST, actor=actor)
        letters += draft_letter(application, *invitation_mail(interview))
    return Invited(len(rows), letters)


def draft_letter(application: Application, subject: str, body: str) -> bool:
    """Put it in the outbox for a person to release; False for who gave no address."""
    if not application.email:
        return False
    draft_message(
        kind=OutboxMessage.Kind.INTERVIEW,
        recipient=application.email,
        subject=subject,
        body=body,
        record=application,
    )
    return True
