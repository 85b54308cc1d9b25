"""Where a record is on its way: behind, at or before each state, also for states that are not on the way."""

import pytest
from django.db.models import TextChoices

from p2emas.workflow.track import Station, Track


class Status(TextChoices):
    DRAFT = "DRAFT", "Konsep"
    OPEN = "OPEN", "Dibuka"
    ENACTED = "ENACTED", "Ditetapkan"
    REVOKED = "REVOKED", "Dicabut"
    CANCELLED = "CANCELLED", "Dibatalkan"


WAY = (Status.DRAFT, Status.OPEN, Status.ENACTED)


def track(present: str) -> Track:
    return Track(WAY, present, after=(Status.REVOKED,), off=(Status.CANCELLED,))


@pytest.mark.parametrize(
    ("present", "past", "at", "reached"),
    [
        ("DRAFT", set(), {"DRAFT"}, {"DRAFT"}),
        ("OPEN", {"DRAFT"}, {"OPEN"}, {"DRAFT", "OPEN"}),
        ("ENACTED", {"DRAFT", "OPEN"}, {"ENACTED"}, {"DRAFT", "OPEN", "ENACTED"}),
        ("REVOKED", {"DRAFT", "OPEN", "ENACTED"}, set(), {"DRAFT", "OPEN", "ENACTED"}),
        ("CANCELLED", set(), set(), set()),
    ],
)
def test_questions_about_every_state_of_the_way(present, past, at, reached):
    asked = track(present)

    assert {state for state in WAY if asked.past(state)} == past
    assert {state for state in WAY if asked.at(state)} == at
    assert {state for state in WAY if asked.reached(state)} == reached
    assert asked.is_off == (present == "CANCELLED")


def test_stations_of_a_record_on_its_way():
    assert track("OPEN").stations() == [
        Station("Konsep", done=True, current=False),
        Station("Dibuka", done=False, current=True),
        Station("Ditetapkan", done=False, current=False),
    ]


def test_stations_after_the_last_state_are_all_done_and_a_cancelled_record_has_none():
    assert track("REVOKED").stations() == [Station(state.label, done=True, current=False) for state in WAY]
    assert track("CANCELLED").stations() == []


def test_present_state_that_no_list_names_is_refused():
    with pytest.raises(ValueError, match="'CANCELLED' is neither on the way"):
        Track(WAY, "CANCELLED", after=(Status.REVOKED,))


@pytest.mark.parametrize("question", ["past", "at", "reached"])
@pytest.mark.parametrize("present", ["OPEN", "REVOKED", "CANCELLED"])
def test_question_about_a_state_beside_the_way_is_refused(present, question):
    with pytest.raises(ValueError, match="not in tuple"):
        getattr(track(present), question)(Status.REVOKED)
