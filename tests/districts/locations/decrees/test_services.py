"""A decree opens and closes rows: whole, in order, or not at all."""

from datetime import date

import pytest
from django.urls import reverse

from districts.competencies.models import CompetencyDetermination, CoreCompetency
from districts.locations.decrees.services import enact_decree, revoke_decree
from districts.locations.models import DecreeItem, TargetLocation
from p2emas import clock
from p2emas.documents.models import Decree
from p2emas.models import StatusChange
from p2emas.workflow.models import StepConflict, StepNotAllowed
from tests.decree_texts import ready
from tests.factories import (
    CompetencyDeterminationFactory,
    CoreCompetencyFactory,
    DecreeFactory,
    DecreeItemFactory,
    TargetLocationFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db
Status = CompetencyDetermination.Status


@pytest.fixture
def head(user_as):
    return user_as("coordinator_head")


def draft(**fields):
    values = {"number": "050/9/2019", "dated": date(2019, 3, 1), "valid_from": date(2019, 3, 1)} | fields
    return DecreeFactory(draft=True, **values)


def ending():
    """A draft that ends one target location."""
    decree = draft()
    DecreeItemFactory(decree=decree, action="CLOSE", village=None, target_location=TargetLocationFactory())
    return decree


def enact(decree, actor):
    if decree.kind == Decree.Kind.SK:
        ready(decree)
    enact_decree(decree=decree, seen=Decree.Status.DRAFT, actor=actor)


def test_enact_opens_competency_then_location(head):
    village = VillageFactory()
    determination = CompetencyDeterminationFactory(district=village.district, status=Status.DECIDED, decree=None)
    decree = draft()
    DecreeItemFactory(decree=decree, village=village)
    DecreeItemFactory(decree=decree, village=None, determination=determination)

    enact(decree, head)

    location = TargetLocation.objects.get()
    determination.refresh_from_db()
    assert (location.village, location.decree, location.valid_from) == (village, decree, date(2019, 3, 1))
    assert location.core_competency.commodity == determination.chosen
    assert (determination.status, determination.decree) == (Status.ENACTED, decree)
    assert decree.status == Decree.Status.IN_FORCE
    assert set(StatusChange.objects.values_list("step", "actor")) == {("enact", head.pk)}


def test_amendment_closes_one_row_and_opens_the_next(head):
    old = TargetLocationFactory()
    new = VillageFactory(district=old.village.district)
    decree = draft(amends=old.decree)
    DecreeItemFactory(decree=decree, village=new)
    DecreeItemFactory(decree=decree, action=DecreeItem.Action.CLOSE, village=None, target_location=old)

    enact(decree, head)

    old.refresh_from_db()
    assert (old.valid_until, old.closed_by, old.status) == (date(2019, 2, 28), decree, TargetLocation.Status.CLOSED)
    day_before, day = date(2019, 2, 28), date(2019, 3, 1)
    assert [row.village for row in TargetLocation.objects.in_force(day_before)] == [old.village]
    assert [row.village for row in TargetLocation.objects.in_force(day)] == [new]


def test_competency_is_replaced_when_its_locations_close_too(head):
    location = TargetLocationFactory()
    competency = location.core_competency
    following = CompetencyDeterminationFactory(district=competency.district, status=Status.DECIDED, decree=None)
    decree = draft()
    DecreeItemFactory(decree=decree, village=None, determination=following)
    DecreeItemFactory(decree=decree, action="CLOSE", village=None, core_competency=competency)
    DecreeItemFactory(decree=decree, action="CLOSE", village=None, target_location=location)

    enact(decree, head)

    competency.determination.refresh_from_db()
    assert competency.determination.status == Status.REVOKED
    assert CoreCompetency.objects.get(valid_until=None).commodity == following.chosen


def test_determination_revoked_from_a_later_day_says_from_when(head, client_as):
    """Its competency holds until the day before, so neither list nor page calls it revoked already."""
    competency = CoreCompetencyFactory()
    decree = draft(valid_from=date(2020, 1, 1))
    DecreeItemFactory(decree=decree, action="CLOSE", village=None, core_competency=competency)

    enact(decree, head)

    client, page = client_as("coordinator"), competency.determination.get_absolute_url()
    for address in (page, reverse("competencies:determination-list")):
        assert "Dicabut per 1 Januari 2020</span>" in client.get(address).content.decode()
        with clock.at(date(2020, 1, 1)):
            assert "Dicabut</span>" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (lambda d: Decree.objects.filter(pk=d.pk).update(number=""), "Isi nomor"),
        (lambda d: None, "Isi lampiran keputusan dulu"),
        (lambda d: DecreeItemFactory(decree=d), "belum punya kompetensi inti"),
        (lambda d: DecreeItemFactory(decree=d, village=TargetLocationFactory().village), "sudah menjadi lokasi"),
        (
            lambda d: DecreeItemFactory(
                decree=d, village=None, determination=CompetencyDeterminationFactory(draft=True)
            ),
            "belum diputuskan",
        ),
        (
            lambda d: DecreeItemFactory(
                decree=d,
                village=None,
                determination=CompetencyDeterminationFactory(
                    district=CoreCompetencyFactory().district, status=Status.DECIDED
                ),
            ),
            "sudah punya kompetensi inti",
        ),
        (
            lambda d: DecreeItemFactory(
                decree=d, action="CLOSE", village=None, core_competency=TargetLocationFactory().core_competency
            ),
            "Akhiri juga lokasi itu",
        ),
        (
            lambda d: DecreeItemFactory(
                decree=d, action="CLOSE", village=None, target_location=TargetLocationFactory(valid_from=d.valid_from)
            ),
            "harus mulai sesudah hari itu",
        ),
    ],
)
def test_enact_refused_changes_nothing(head, prepare, sentence):
    decree = draft()
    prepare(decree)
    decree.refresh_from_db()
    before = (TargetLocation.objects.filter(valid_until=None).count(), CoreCompetency.objects.count())

    with pytest.raises(StepNotAllowed, match=sentence):
        enact(decree, head)

    decree.refresh_from_db()
    assert decree.status == Decree.Status.DRAFT
    assert (TargetLocation.objects.filter(valid_until=None).count(), CoreCompetency.objects.count()) == before
    assert not StatusChange.objects.exists()


def test_closing_a_row_twice_is_told(head):
    old = TargetLocationFactory()
    first, second = draft(), draft(number="050/10/2019", valid_from=date(2019, 4, 1))
    for decree in (first, second):  # as drafts that are older than the rule may
        DecreeItemFactory(decree=decree, action="CLOSE", village=None, target_location=old, in_draft=decree == first)
    enact(first, head)

    with pytest.raises(StepNotAllowed):
        enact(second, head)


def test_enact_twice_is_a_conflict(head):
    decree = ending()
    enact(decree, head)

    with pytest.raises(StepConflict):
        enact(decree, head)


@pytest.mark.parametrize("who", ["coordinator", "leader", "auditor", "admin", "agency_operator"])
def test_only_a_head_enacts(user_as, who):
    decree = ending()

    with pytest.raises(StepNotAllowed):
        enact(decree, user_as(who))


def test_revoke_waits_until_rows_are_closed(head):
    location = TargetLocationFactory()

    with pytest.raises(StepNotAllowed, match="Masih ada 2 baris"):
        revoke_decree(decree=location.decree, seen=Decree.Status.IN_FORCE, actor=head, note="Diganti")

    location.decree.refresh_from_db()
    assert location.decree.status == Decree.Status.IN_FORCE


def test_revoke_with_nothing_standing(head):
    decree = DecreeFactory()

    revoke_decree(decree=decree, seen=Decree.Status.IN_FORCE, actor=head, note="Masa berlaku habis")

    assert decree.status == Decree.Status.REVOKED
    assert decree.last_change("revoke").note == "Masa berlaku habis"
