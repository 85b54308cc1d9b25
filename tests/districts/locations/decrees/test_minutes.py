"""Minutes before a decree: linked when a decision is submitted, signed when a decree carries it out."""

from datetime import date

import pytest
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination
from districts.locations.decrees.services import enact_decree
from districts.locations.rounds.models import SelectionRound
from p2emas.workflow.models import StepNotAllowed
from tests import facilitator_factories as facilitators
from tests.decree_texts import ready
from tests.factories import (
    CandidateFactory,
    CompetencyDeterminationFactory,
    CoreCompetencyFactory,
    DecreeFactory,
    DecreeItemFactory,
    MinutesFactory,
    RankingRunFactory,
    SelectionRoundFactory,
)

pytestmark = pytest.mark.django_db
DAYS = {"number": "050/9/2019", "dated": date(2019, 3, 1), "valid_from": date(2019, 3, 1)}


@pytest.fixture
def head(user_as):
    return user_as("coordinator_head")


def fixing(minutes, kind: str):
    """A draft that passes the legal check and carries out one decision that was discussed at ``minutes``."""
    decree = DecreeFactory(draft=True, **DAYS)
    if kind == "determination":
        record = CompetencyDeterminationFactory(status="DECIDED", decree=None, minutes=minutes)
        DecreeItemFactory(decree=decree, village=None, determination=record)
    elif kind == "confirmation":
        row = CoreCompetencyFactory()
        record = CompetencyDeterminationFactory(
            status="DECIDED", decree=None, minutes=minutes, district=row.district, chosen=row.commodity
        )
        DecreeItemFactory(decree=decree, action="CONFIRM", village=None, determination=record, core_competency=row)
    elif kind == "round":
        selection = SelectionRoundFactory(status="DECIDED", minutes=minutes, run=RankingRunFactory())
        candidate = CandidateFactory(round=selection, status="CHOSEN", reason="Peringkat 1.")
        CoreCompetencyFactory(district=candidate.village.district, commodity=candidate.commodity)
        DecreeItemFactory(decree=decree, village=candidate.village, candidate=candidate)
    else:
        facilitators.RecruitmentRoundFactory(status="DECIDED", judged=True, minutes=minutes, decree=decree)
    ready(decree)
    return decree


KINDS = ["determination", "confirmation", "round", "recruitment"]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_takes_effect_on_unsigned_minutes(kind, head, client_as):
    minutes = MinutesFactory(draft=True)
    decree = fixing(minutes, kind)

    with pytest.raises(StepNotAllowed, match="belum ditandatangani"):
        enact_decree(decree=decree, seen="DRAFT", actor=head)

    decree.refresh_from_db()
    assert decree.status == "DRAFT"
    page = client_as("coordinator_head").get(reverse("profiles:decree-check", args=[decree.pk])).text
    assert "belum ditandatangani" in page and f'href="{minutes.get_absolute_url()}"' in page
    assert page.count("belum ditandatangani") == 1


@pytest.mark.parametrize("kind", KINDS[:3])
@pytest.mark.parametrize("signed", [True, False], ids=["signed", "submitted-before"])
def test_signed_minutes_and_none_of_the_time_before_let_it_take_effect(kind, signed, head):
    decree = fixing(MinutesFactory() if signed else None, kind)

    enact_decree(decree=decree, seen="DRAFT", actor=head)

    decree.refresh_from_db()
    assert decree.status == "IN_FORCE"


def test_minutes_that_were_taken_back_are_not_signed(head):
    decree = fixing(MinutesFactory(status="CANCELLED"), "determination")

    with pytest.raises(StepNotAllowed, match="belum ditandatangani"):
        enact_decree(decree=decree, seen="DRAFT", actor=head)


@pytest.mark.parametrize("linked", [True, False])
def test_determination_of_a_panel_is_submitted_with_minutes_of_which_a_draft_will_do(linked, client_as):
    minutes = MinutesFactory(draft=True) if linked else None
    record = CompetencyDeterminationFactory(panel=True, status="DISCUSSED", minutes=minutes)
    client, address = client_as("coordinator"), reverse("competencies:determination-step", args=[record.pk, "submit"])

    page = client.get(address).text
    answer = client.post(address, {"seen": "DISCUSSED", "note": ""})

    record.refresh_from_db()
    assert record.status == ("SUBMITTED" if linked else "DISCUSSED")
    way = reverse("competencies:discussion", args=[record.pk])
    assert (f'href="{way}"' in page, "Kaitkan dahulu berita acara" in page) == (not linked, not linked)
    assert ("Kaitkan dahulu berita acara" in answer.text) is not linked


def test_decision_of_the_past_names_its_source_instead(user_as):
    record = CompetencyDeterminationFactory(status="DRAFT", sources="", minutes=None)
    with pytest.raises(StepNotAllowed, match="sumbernya"):
        record.take_step("submit", seen="DRAFT", actor=user_as("coordinator"))

    CompetencyDetermination.objects.filter(pk=record.pk).update(sources="Arsip Bagian Hukum.")
    record.refresh_from_db()
    record.take_step("submit", seen="DRAFT", actor=user_as("coordinator"))

    assert record.status == "SUBMITTED"


@pytest.mark.parametrize(
    ("make", "state"),
    [
        (lambda **more: CompetencyDeterminationFactory(panel=True, status="DISCUSSED", **more), "DISCUSSED"),
        (lambda **more: SelectionRoundFactory(status="SCORING", run=RankingRunFactory(), **more), "SCORING"),
        (lambda **more: facilitators.RecruitmentRoundFactory(status="SELECTION", judged=True, **more), "SELECTION"),
    ],
    ids=["determination", "round of villages", "round of facilitators"],
)
def test_nothing_is_submitted_with_minutes_that_were_cancelled_meanwhile(make, state, user_as):
    minutes = MinutesFactory(draft=True)
    record = make(minutes=minutes)
    assert record.minutes_missing() == ""
    coordinator = user_as("coordinator")
    minutes.take_step("cancel", seen="DRAFT", actor=coordinator, note="Rapat diulang.")

    with pytest.raises(StepNotAllowed, match="sudah dibatalkan"):
        record.take_step("submit", seen=state, actor=coordinator)

    record.refresh_from_db()
    assert record.status == state and "sudah dibatalkan" in record.minutes_missing()


@pytest.mark.parametrize(
    ("make", "state"),
    [
        (lambda **more: SelectionRoundFactory(status="SCORING", run=RankingRunFactory(), **more), "SCORING"),
        (lambda **more: facilitators.RecruitmentRoundFactory(status="SELECTION", judged=True, **more), "SELECTION"),
    ],
    ids=["round of villages", "round of facilitators"],
)
def test_round_is_submitted_with_minutes(make, state, user_as):
    without, with_draft = make(decided_by=None), make(decided_by=None, minutes=MinutesFactory(draft=True))

    with pytest.raises(StepNotAllowed, match="Kaitkan dahulu berita acara"):
        without.take_step("submit", seen=state, actor=user_as("coordinator"))
    with_draft.take_step("submit", seen=state, actor=user_as("coordinator"))

    assert with_draft.status == "SUBMITTED"


def test_what_is_missing_names_the_minutes_on_the_page_before(client_as):
    selection = SelectionRoundFactory()

    page = client_as("coordinator").get(reverse("locations:round-submit", args=[selection.pk])).text

    assert "Kaitkan dahulu berita acara" in page
    assert f'href="{reverse("locations:round-choices", args=[selection.pk])}"' in page
    assert SelectionRound.objects.get().status == "SCORING"
