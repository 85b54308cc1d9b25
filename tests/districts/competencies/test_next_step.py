"""One blue button on the page of a determination: the next step that works, never one that can only fail."""

import re

import pytest

from tests.factories import AssessorSeatFactory
from tests.markup import tight

from .conftest import fill

pytestmark = pytest.mark.django_db
BLUE = re.compile(r'<a class="btn btn-primary" href="([^"]*)">([^<]*)</a>')
QUIET = re.compile(r'<a class="btn btn-outline-primary" href="[^"]*">([^<]*)</a>')


def blue_of(client, record) -> list[str]:
    return [label for _url, label in BLUE.findall(tight(client.get(record.get_absolute_url()).text))]


def test_discussed_without_a_choice_leads_to_the_discussion_not_to_submitting(client_as, discussed):
    page = tight(client_as("coordinator").get(discussed.record.get_absolute_url()).text)

    assert [label for _url, label in BLUE.findall(page)] == ["Catat pembahasan dan pilihan"]
    assert "Ajukan" in QUIET.findall(page)


def test_submitting_is_blue_once_nothing_is_missing(client_as, discussed, evidence):
    type(discussed.record).objects.filter(pk=discussed.record.pk).update(
        chosen=evidence.lada, reason="Sudah berjalan.", sources="Rapat."
    )

    assert blue_of(client_as("coordinator"), discussed.record) == ["Ajukan"]


def test_draft_leads_to_the_setup_until_it_can_be_scored(client_as, draft, user_as):
    assert blue_of(client_as("coordinator"), draft) == ["Susun pilihan, kriteria, penilai"]

    AssessorSeatFactory(determination=draft, user=user_as("panelist"))
    assert blue_of(client_as("coordinator"), draft) == ["Buka penilaian"]


def test_scoring_is_closed_when_the_last_sheet_is_in(client_as, panel):
    coordinator = client_as("coordinator")
    assert blue_of(coordinator, panel.record) == []

    for seat in panel.seats:
        fill(seat)
    assert blue_of(coordinator, panel.record) == ["Tunggu nilai panel, tutup penilaian"]
