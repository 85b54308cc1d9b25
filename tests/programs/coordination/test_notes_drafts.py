"""Notes that were typed while a meeting runs and not saved: kept, beside what another wrote, ended by the signature."""

import uuid

import pytest
from django.core.cache import cache
from django.urls import reverse

from p2emas.models import FormDraft
from programs.coordination.minutes import draft_minutes
from programs.coordination.noting import mark_of_notes, version_of_notes
from programs.models import AgendaLine
from tests.conftest import TODAY
from tests.factories import AgendaLineFactory, MeetingAttendanceFactory, MeetingFactory
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def line():
    meeting = MeetingFactory(held=True)
    MeetingAttendanceFactory(meeting=meeting, was_there=True)
    return AgendaLineFactory(meeting=meeting, title="Jalan kopi")


@pytest.fixture
def coordinator(client_as):
    return client_as("coordinator")


def page_of(line: AgendaLine) -> str:
    return reverse("coordination:meeting-notes", args=[line.meeting_id])


def typed(line: AgendaLine, words: str) -> dict[str, str]:
    mark = mark_of_notes(line.meeting)
    mine = {f"catatan-{line.pk}": words, "isian": str(uuid.uuid4()), "mulai": str(version_of_notes(mark))}
    return {"seen": mark} | mine


def keep(client, line: AgendaLine, words: str) -> dict[str, str]:
    cache.clear()
    sent = typed(line, words)
    answer = client.post(reverse("drafts:draft-save", args=["catatan-rapat", line.meeting_id]), sent)
    assert answer.json() == {"words": "Tersimpan 09.00"}
    return sent


def test_notes_come_back_until_they_are_saved(coordinator, line):
    sent = keep(coordinator, line, "Kontrak 21 Oktober.")
    assert "Kontrak 21 Oktober." in text_of(coordinator.get(page_of(line)))
    line.refresh_from_db()
    assert line.note == ""

    assert coordinator.post(page_of(line), sent).status_code == 302

    line.refresh_from_db()
    assert line.note == "Kontrak 21 Oktober."
    assert not FormDraft.objects.exists()


def test_notes_of_two_people_are_shown_beside_each_other(coordinator, client_as, line):
    mine, theirs = typed(line, "Punya saya"), typed(line, "Punya rekan")
    client_as("coordinator").post(page_of(line), theirs)

    refused = coordinator.post(page_of(line), mine)

    assert refused.status_code == 409
    assert "Punya saya" in text_of(refused) and "Punya rekan" in text_of(refused)
    assert FormDraft.objects.get().fields[f"catatan-{line.pk}"] == ["Punya saya"]
    again = coordinator.post(page_of(line), mine | {"seen": mark_of_notes(line.meeting)})
    assert again.status_code == 302
    line.refresh_from_db()
    assert line.note == "Punya saya"


def test_end_of_the_meeting_keeps_what_is_typed_and_the_signature_ends_it(coordinator, user_as):
    meeting = MeetingFactory(invited=True, held_on=TODAY)
    MeetingAttendanceFactory(meeting=meeting, was_there=True)
    line = AgendaLineFactory(meeting=meeting)
    keep(coordinator, line, "Sedang ditulis")
    meeting.take_step("close", seen=meeting.status, actor=coordinator.user)
    assert FormDraft.objects.get().ended_at is None

    minutes = draft_minutes(meeting=meeting, by=coordinator.user)
    minutes.number = "050/7/BA/2019"
    minutes.save()
    minutes.take_step("sign", seen="DRAFT", actor=user_as("coordinator"))

    assert FormDraft.objects.get().ended_at is not None
