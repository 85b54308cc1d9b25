"""Rounds that pass a success on: where they come from, whom they refuse, and points of what is known alone."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from districts.locations.candidates.matching import candidate_matches
from districts.locations.decrees.amending import effects_of
from districts.locations.decrees.services import enact_decree
from districts.locations.models import TargetLocation
from districts.locations.rounds.models import SelectionRound
from p2emas.workflow.models import StepNotAllowed
from tests.decree_texts import ready
from tests.districts.locations.conftest import url
from tests.districts.locations.overview.test_round_story import FRAME
from tests.factories import (
    CandidateFactory,
    CommodityFactory,
    CommunityGroupFactory,
    CoreCompetencyFactory,
    CriterionFactory,
    DecreeFactory,
    DecreeItemFactory,
    SelectionRoundFactory,
    TargetLocationFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def selection():
    return SelectionRoundFactory(replication=True, status="OPEN", opens=date(2019, 10, 1), closes=date(2019, 10, 31))


def receiver(selection, commodity=None, **fields):
    """A candidate in a kecamatan of its own whose competency is that of the source, or another."""
    village = VillageFactory()
    commodity = commodity or selection.source.core_competency.commodity
    CoreCompetencyFactory(district=village.district, commodity=commodity)
    return CandidateFactory(
        round=selection, village=village, status="CHOSEN", choice="CHOSEN", reason="Cocok.", **fields
    )


@pytest.mark.parametrize("fields", [{"kind": "PENULARAN"}, {"source": True}], ids=["no source", "not of its kind"])
def test_only_what_passes_a_success_on_has_a_source(fields):
    if "source" in fields:
        fields = {"source": TargetLocationFactory()}
    with pytest.raises(IntegrityError), transaction.atomic():
        SelectionRoundFactory(**fields)


@pytest.mark.parametrize("status", ["FIXED", "RUNNING", "CLOSED"])
def test_only_a_location_that_is_ready_is_passed_on(coordinator, status):
    location = TargetLocationFactory(status=status)

    answer = coordinator.post(url("round-create") + f"?sumber={location.pk}", FRAME)

    assert "Hanya lokasi yang siap ditularkan menjadi sumber" in answer.text
    assert FRAME["sources"] in answer.text and not SelectionRound.objects.exists()
    assert coordinator.get(url("round-create") + "?sumber=999").status_code == 404


def test_a_source_that_is_ended_before_the_opening_is_not_passed_on(coordinator, user_as):
    draft = SelectionRoundFactory(replication=True, status="DRAFT")
    CriterionFactory.create_batch(2, round=draft)
    TargetLocation.objects.filter(pk=draft.source.pk).update(status="CLOSED")

    with pytest.raises(StepNotAllowed, match="berstatus Selesai"):
        SelectionRound.objects.get(pk=draft.pk).take_step("open", seen="DRAFT", actor=user_as("coordinator"))


def test_criteria_follow_the_round_of_its_kind_before(coordinator):
    before = SelectionRoundFactory()
    CriterionFactory(round=before, name="Umur usaha")
    location = TargetLocationFactory(status="READY")

    address = url("round-create") + f"?sumber={location.pk}"
    first, again = (coordinator.post(address, FRAME).url for _click in range(2))
    coordinator.post(url("round-create"), FRAME | {"name": "Lokasi sasaran 2020"})

    made = SelectionRound.objects.get(kind="PENULARAN")
    assert first == again == url("round-criteria", made.pk)
    assert {row.weight for row in made.criteria.all()} == {40, 25, 15, 20}
    assert SelectionRound.objects.get(name="Lokasi sasaran 2020").criteria.get().name == "Umur usaha"


def test_candidates_bring_the_commodity_that_is_passed_on_and_not_its_own_village(selection, coordinator):
    source, other = selection.source, CommodityFactory()
    page = coordinator.get(url("candidate-create", selection.pk) + f"?kecamatan={source.village.district.code}")
    form = page.context["form"]
    assert list(form.fields["commodity"].queryset) == [source.core_competency.commodity]

    typed = {"village": source.village_id, "commodity": other.pk, "existing_activity": "Menenun"}
    answer = coordinator.post(page.request["PATH_INFO"] + f"?kecamatan={source.village.district.code}", typed)
    assert answer.context["form"].errors.keys() == {"village", "commodity"}


def test_points_are_those_of_what_is_known(selection, django_assert_num_queries, settings):
    settings.REPLICATION_FULL_MEMBERS, settings.REPLICATION_FAR_KM = 32, 50
    source = selection.source.village
    near = CandidateFactory(round=selection, members=12, village=VillageFactory(district=source.district))
    weaver = CommunityGroupFactory(village=near.village)
    type(near).objects.filter(pk=near.pk).update(group=weaver)
    unknown = CandidateFactory(round=selection, members=None)
    other = receiver(selection, CommodityFactory(name="kakao"))
    criteria = [CriterionFactory(round=selection, name=name, weight=weight)
                for name, weight in (("Potensi", 35), ("Kompetensi", 30), ("Jarak", 10), ("Kemampuan", 125))]  # fmt: skip
    rows = list(selection.candidates.for_table().order_by("pk"))

    read = SelectionRound.objects.for_table().get(pk=selection.pk)

    with django_assert_num_queries(3):  # tree, competencies, groups
        first, second, third = candidate_matches(read, rows, criteria)
    with django_assert_num_queries(3):
        candidate_matches(read, rows[:1], criteria)

    # weights over their sum of 200: 17,5, 15, 5 and 62,5; members 12 of 32, one kecamatan, a group without a union
    assert [each and float(each) for each in first.match.points] == [17.5 * 0.375, 15, 5, 31.25]
    assert second.match.points == (None, None, None, None) and second.sign == ("none", "Data kurang")
    assert (second.total, [second.value_of(name) for name in ("Potensi", "Jarak")]) == (None, [None, None])
    assert (third.sign, third.total, third.value_of("Potensi")) == (("none", "Ditolak: kakao"), None, None)
    assert (unknown.pk, other.pk) == (second.candidate.pk, third.candidate.pk)


def test_the_page_shows_points_to_those_who_read_marks(selection, coordinator, client_as):
    candidate = receiver(selection)

    assert "Kompetensi 25 dari 25" in coordinator.get(selection.get_absolute_url()).text
    staff = client_as("district_admin", at=candidate.village.district.office)
    assert "Kompetensi 25 dari 25" not in staff.get(selection.get_absolute_url()).text


def test_a_decree_refuses_another_competency_by_its_name_and_keeps_the_parent(selection, user_as):
    decree = DecreeFactory(draft=True, number="1", dated=date(2019, 10, 1), valid_from=date(2019, 10, 1))
    fits, other = receiver(selection), receiver(selection, CommodityFactory(name="kakao"))
    DecreeItemFactory(decree=decree, village=fits.village, candidate=fits)
    item = DecreeItemFactory(decree=decree, village=other.village, candidate=other)
    sentence = f"Kompetensi inti Kecamatan {other.village.district} adalah kakao"
    assert [problem for problem in effects_of(decree).problems if problem.startswith(sentence)]
    head = user_as("coordinator_head")

    with pytest.raises(StepNotAllowed, match="adalah kakao"):
        enact_decree(decree=ready(decree), seen="DRAFT", actor=head)
    item.delete()
    enact_decree(decree=ready(decree), seen="DRAFT", actor=head)

    assert [row.replicated_from for row in TargetLocation.objects.filter(decree=decree)] == [selection.source]
