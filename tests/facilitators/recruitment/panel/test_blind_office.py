"""A panellist finds no name on any page of the office before their own score, with any other role."""

import pytest
from django.urls import reverse

from facilitators.models import ApplicationFile
from tests.facilitator_factories import (
    ApplicationFactory,
    ConflictOfInterestFactory,
    InterviewFactory,
    PanelSeatFactory,
    RecruitmentRoundFactory,
    RequirementCheckFactory,
    TestScoreFactory,
    WithdrawnConflictFactory,
)
from tests.worlds import _file

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
WORD = "kanariseleksi"
PAGES = (
    "round-detail",
    "round-history",
    "seat-list",
    "conflict-create",
    "application-list",
    "check-next",
    "application-export",
    "test-scores",
    "test-apply",
    "interview-plan",
    "interview-propose",
    "interview-invite",
    "interview-texts",
    "interview-letters",
    "interview-letters-docx",
    "result-texts",
)


@pytest.fixture
def scene(user_as):
    record = RecruitmentRoundFactory(complete=True, status="SELECTION")
    fields = {"name": f"Pelamar {WORD}", "email": f"{WORD}@contoh.id", "address": WORD, "motivation": WORD}
    rows = [ApplicationFactory(round=record, status=status, **fields) for status in ("PASSED_FILES", "PASSED_TEST")]
    for row in rows:
        TestScoreFactory(application=row, source=WORD)
        InterviewFactory(application=row, room=WORD)
        ConflictOfInterestFactory(application=row, reason=WORD)
        WithdrawnConflictFactory(application=row, reason=WORD, why=WORD)
        requirement = record.requirements.get()
        RequirementCheckFactory(application=row, requirement=requirement, checked_by=user_as("coordinator"))
    stored = _file(ApplicationFile, original_name=f"{WORD}.jpg", application=rows[0], document=record.documents.get())
    return record, rows, stored


def addresses(record, rows, stored):
    yield from (reverse(f"recruitment:{name}", args=[record.code]) for name in PAGES)
    for row in rows:
        yield row.get_absolute_url()
        yield reverse("recruitment:application-nik", args=[record.code, row.pk])
        yield reverse("recruitment:conflict-withdraw", args=[record.code, row.conflicts.get().pk])
        yield reverse("recruitment:interview-letter", args=[record.code, row.interviews.get().pk])
    yield stored.get_absolute_url()
    yield from (reverse(name) for name in ("recruitment:round-list", "dashboards:home", "outbox:message-list"))


def told_of(client, scene):
    """Addresses whose answer holds the word."""
    found = []
    for address in addresses(*scene):
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if WORD.encode() in content or WORD in str(answer.headers):
            found.append(address)
    return found


@pytest.mark.parametrize("role", ["panelist", "coordinator"])
def test_no_page_names_an_applicant_to_a_seat(role, client_as, scene):
    record, rows, _stored = scene
    client_as("coordinator").post(reverse("recruitment:interview-invite", args=[record.code]), {"version": "0"})
    client, free = client_as(role), client_as("coordinator")
    PanelSeatFactory(round=record, user=client.user)

    assert told_of(client, scene) == []
    shown = told_of(free, scene)
    for address in (rows[0].get_absolute_url(), reverse("recruitment:application-list", args=[record.code])):
        assert address in shown
    assert reverse("outbox:message-list") in shown
