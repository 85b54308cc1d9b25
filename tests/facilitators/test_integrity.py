"""check_integrity says nothing of sound recruitment and placements, and finds each planted damage."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from districts.models import VillageScope
from facilitators.models import Application, Facilitator, Placement
from facilitators.placements import integrity as placements
from facilitators.placements.services import place_facilitator
from facilitators.recruitment import integrity as recruitment
from p2emas.models import Assignment
from p2emas.privacy.sealing import seal, unseal
from tests import facilitator_factories as make
from tests.factories import UserFactory, VillageFactory, VillageScopeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sound(bappeda):
    """An accepted applicant of an announced round, placed by the service."""
    record = make.RecruitmentRoundFactory(status="ANNOUNCED", announced_at=make.SENT, inputs={}, results={})
    place = make.PlaceFactory(round=record)
    row = make.ApplicationFactory(round=record, status="ACCEPTED", placed_at=place)
    person = make.FacilitatorFactory(application=row, user=UserFactory())
    contract = make.ContractFactory(facilitator=person)
    place_facilitator(
        facilitator=person, contract=contract, target_location=place.target_location, starts=contract.starts,
        ends=contract.ends, untrained_reason="Sudah bekerja",
    )  # fmt: skip
    return row


def said() -> list[str]:
    checks = (recruitment.sealed_numbers, recruitment.erased, recruitment.accepted)
    checks += (placements.assignments, placements.roles, placements.scopes)
    return [sentence for check in checks for sentence in check()]


def other_digits(row):
    Application.objects.update(nik_last4="0000")


def other_fingerprint(row):
    Application.objects.update(nik_fingerprint="f" * 64)


def broken_seal(row):
    Application.objects.update(nik_sealed=row.nik_sealed[:-8] + "AAAAAAA=")


def foreign_number(row):
    Application.objects.update(nik_sealed=seal(make.nik_of(77)))


def name_after_erasure(row):
    Application.objects.update(erased_at=make.SENT)


def nobody_made(row):
    Facilitator.objects.update(application=None)


def two_in_one_place(row):
    other = make.ApplicationFactory(round=row.round, status="ACCEPTED", placed_at=row.placed_at)
    make.FacilitatorFactory(application=other)


def other_days(row):
    Assignment.objects.filter(placements__isnull=False).update(valid_until=date(2030, 1, 1))


def other_user(row):
    Assignment.objects.filter(placements__isnull=False).update(user=UserFactory())


def other_role(row):
    Assignment.objects.filter(placements__isnull=False).update(role="coordinator")


def role_twice(row):
    held = Placement.objects.get().assignment
    other = make.PlacementFactory(
        facilitator=Placement.objects.get().facilitator, starts=held.valid_from, ends=held.valid_from
    )
    other.scope = VillageScopeFactory(user=held.user, valid_from=held.valid_from, valid_until=held.valid_from)
    other.assignment = Assignment.objects.create(
        user=held.user, agency=held.agency, role="facilitator", valid_from=other.starts, valid_until=other.ends
    )
    other.save()


def scope_of_other_days(row):
    VillageScope.objects.update(valid_until=date(2030, 1, 1))


def scope_of_another_village(row):
    VillageScope.objects.update(village=VillageFactory())


def scope_of_the_regency(row):
    VillageScope.objects.update(village=None, whole_regency=True)


def scope_of_another(row):
    VillageScope.objects.update(user=UserFactory())


def no_scope(row):
    Placement.objects.update(scope=None)


def scope_that_nobody_wrote(row):
    VillageScopeFactory(user=Facilitator.objects.get().user, consultant=True)


def no_assignment(row):
    Placement.objects.update(assignment=None)


def other_contract(row):
    Placement.objects.update(contract=make.ContractFactory())


DAMAGE = [
    (other_digits, "Empat angka terakhir"), (other_fingerprint, "Sidik NIK"), (broken_seal, "tidak dapat dibuka"),
    (foreign_number, "Sidik NIK"), (name_after_erasure, "masih memuat data pribadi"),
    (nobody_made, "belum menjadi pendamping"), (two_in_one_place, "terisi 2 orang"),
    (other_days, "tanggalnya berbeda dengan penempatannya"), (other_user, "penugasannya milik pengguna lain"),
    (other_role, "bukan sebagai pendamping"), (role_twice, "peran yang sama masih berlaku"),
    (scope_of_other_days, "tanggal cakupan desanya berbeda"), (scope_of_another_village, "desa cakupannya berbeda"),
    (scope_of_the_regency, "desa cakupannya berbeda"), (scope_of_another, "cakupan desanya milik pengguna lain"),
    (no_scope, "cakupan desanya tidak ada"), (scope_that_nobody_wrote, "tidak berasal dari penempatan"),
    (no_assignment, "penugasannya tidak ada"), (other_contract, "kontraknya milik orang lain"),
]  # fmt: skip


def test_sound_records_are_not_complained_of(sound):
    assert said() == []


@pytest.mark.parametrize(("damage", "sentence"), DAMAGE, ids=[each.__name__ for each, _sentence in DAMAGE])
def test_damage_is_found(sound, damage, sentence):
    damage(sound)

    assert sentence in " ".join(said())


def test_placement_that_ended_early_is_sound(sound):
    placement = Placement.objects.get()
    placement.ended_on, placement.end_reason = placement.starts + timedelta(days=40), "RESIGNED"
    placement.save()
    Assignment.objects.filter(placements=placement).update(valid_until=placement.ended_on)
    VillageScope.objects.filter(placement=placement).update(valid_until=placement.ended_on)

    assert said() == []


# --- Keys -------------------------------------------------------------------------------------------------------------


def test_reseal_needs_the_old_key_no_longer(settings):
    settings.PERSONAL_DATA_KEYS = ["lama" * 10]
    row = make.ApplicationFactory()
    nik = unseal(row.nik_sealed)

    settings.PERSONAL_DATA_KEYS = ["baru" * 10, "lama" * 10]
    call_command("reseal", stdout=StringIO())
    settings.PERSONAL_DATA_KEYS = ["baru" * 10]
    before = list(recruitment.sealed_numbers())
    call_command("reseal", stdout=StringIO())

    row.refresh_from_db()
    assert unseal(row.nik_sealed) == nik
    assert ["Sidik" in sentence for sentence in before] == [True]
    assert list(recruitment.sealed_numbers()) == []


def test_reseal_with_a_lost_key_changes_nothing_and_names_the_application(settings):
    settings.PERSONAL_DATA_KEYS = ["hilang" * 10]
    lost = make.ApplicationFactory()
    settings.PERSONAL_DATA_KEYS = ["ada" * 10]
    kept = make.ApplicationFactory()
    sealed = kept.nik_sealed

    with pytest.raises(CommandError, match=f"lamaran {lost.pk} "):
        call_command("reseal")

    kept.refresh_from_db()
    assert kept.nik_sealed == sealed


@pytest.mark.parametrize(("keys", "warned"), [(["sama"], True), (["lain"], False), (["lain", "sama"], False)])
def test_deployment_check_wants_a_key_of_its_own(settings, keys, warned):
    from p2emas.configuration.checks import personal_data_keys

    settings.SECRET_KEY, settings.PERSONAL_DATA_KEYS = "sama", keys

    assert [each.id for each in personal_data_keys(None)] == (["p2emas.W001"] if warned else [])
