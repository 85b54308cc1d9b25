"""What names minutes, on their page and on that of their meeting: its state, and the step that still waits."""

import pytest
from django.urls import reverse

from districts.models import CompetencyDetermination, SelectionRound
from facilitators.models import RecruitmentRound
from p2emas.instruments.discussed import BEFORE, DECIDED, discussed_with
from tests import facilitator_factories as facilitators
from tests.factories import (
    CandidateFactory,
    CompetencyDeterminationFactory,
    DecreeFactory,
    DecreeItemFactory,
    MeetingFactory,
    MinutesFactory,
    RankingRunFactory,
    SelectionRoundFactory,
)
from tests.markup import squeezed

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes():
    return MinutesFactory()


def determination(minutes, **fields):
    return CompetencyDeterminationFactory(minutes=minutes, decree=None, **fields)


def waits(minutes, user):
    return {each.record: each.waits for each in discussed_with(minutes, user)}


def test_each_record_says_what_still_waits(minutes, user_as):
    draft = DecreeFactory(draft=True)
    village_round = SelectionRoundFactory(status="DECIDED", minutes=minutes, run=RankingRunFactory())
    chosen = CandidateFactory(round=village_round, status="CHOSEN")
    DecreeItemFactory(decree=draft, village=chosen.village, candidate=chosen)
    drafted = determination(minutes, status="DECIDED")
    DecreeItemFactory(decree=draft, village=None, determination=drafted)
    recruitment = facilitators.RecruitmentRoundFactory(status="ANNOUNCED", judged=True, minutes=minutes, decree=draft)
    expected = {
        determination(minutes, status="DRAFT"): "Belum diajukan oleh koordinator",
        determination(minutes, status="SUBMITTED"): "Menunggu diputuskan Kepala Bappeda",
        determination(minutes, status="DECIDED"): "Siap dibuatkan SK oleh koordinator",
        determination(minutes, status="CANCELLED"): "",
        drafted: "Konsep SK menunggu diberlakukan Kepala Bappeda",
        village_round: "Konsep SK menunggu diberlakukan Kepala Bappeda",
        recruitment: "Konsep SK menunggu diberlakukan Kepala Bappeda",
    }

    assert waits(minutes, user_as("auditor")) == expected


def test_unsigned_minutes_come_first_and_what_is_in_force_waits_for_nothing(user_as):
    minutes, auditor = MinutesFactory(draft=True), user_as("auditor")
    draft = DecreeFactory(draft=True)
    recruitment = facilitators.RecruitmentRoundFactory(status="DECIDED", judged=True, minutes=minutes, decree=draft)
    assert waits(minutes, auditor) == {recruitment: "Berita acara ini ditandatangani dahulu, lalu SK diberlakukan"}

    type(draft).objects.filter(pk=draft.pk).update(
        status="IN_FORCE", number="1", dated="2019-10-08", valid_from="2019-10-08"
    )

    assert waits(minutes, auditor) == {recruitment: ""}


def test_every_state_is_before_decided_or_says_nothing():
    ends = {"ENACTED", "REVOKED", "CANCELLED"}
    for model in (CompetencyDetermination, SelectionRound, RecruitmentRound):
        assert set(model.Status.values) <= BEFORE | DECIDED | {"SUBMITTED"} | ends


def test_both_pages_lead_to_the_record_and_to_the_step(minutes, client_as):
    meeting = MeetingFactory(held=True, minutes=minutes)
    record = determination(minutes, status="DECIDED")
    desk, auditor, public = client_as("coordinator"), client_as("auditor"), client_as("anonymous")
    step = f'href="{reverse("profiles:decree-ready")}">Siap dibuatkan SK oleh koordinator'
    link = f'<a href="{record.get_absolute_url()}">{record}</a>'

    for address in (meeting.get_absolute_url(), minutes.get_absolute_url()):
        page = squeezed(desk.get(address).text)
        assert link in page and step in page and "Diputuskan" in page
        read = squeezed(auditor.get(address).text)
        assert link in read and step not in read and "Siap dibuatkan SK oleh koordinator" in read
    outside = squeezed(public.get(minutes.get_absolute_url()).text)
    assert "Siap dibuatkan SK" not in outside


def test_minutes_that_nothing_names_lead_to_the_decisions(minutes, client_as):
    meeting = MeetingFactory(held=True, minutes=minutes)

    for address in (meeting.get_absolute_url(), minutes.get_absolute_url()):
        assert f'<a href="{reverse("locations:decisions")}">daftar keputusan</a>' in squeezed(
            client_as("coordinator").get(address).text
        )
