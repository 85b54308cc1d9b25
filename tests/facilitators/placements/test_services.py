"""Placing, ending, replacing, extending: the assignment follows, and each refusal is a sentence beside its field."""

from datetime import date, timedelta

import pytest

from facilitators.models import Placement
from facilitators.placements import services
from facilitators.placements.accounts import suggest_username
from facilitators.placements.matching import matches_for
from facilitators.placements.papers import contract_text
from facilitators.placements.refusals import PlacementRefused
from p2emas.history.records import last_edit
from p2emas.models import Assignment, OutboxMessage, User
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.riwayat import timeline
from tests import facilitator_factories as make
from tests.factories import (
    AssignmentFactory,
    DecreeFactory,
    TargetLocationFactory,
    UserFactory,
    VillageFactory,
    VillageScopeFactory,
)
from tests.markup import tight

pytestmark = pytest.mark.django_db
STARTS, ENDS = date(2019, 10, 14), date(2019, 12, 31)
HANDOVER = "Berkas di kantor desa"


@pytest.fixture
def location(bappeda):
    return TargetLocationFactory(valid_from=date(2019, 1, 1))


def trained(**fields):
    person = make.FacilitatorFactory(
        **{"email": f"p{make.FacilitatorFactory._meta.next_sequence()}@contoh.id"} | fields
    )
    make.EnrolmentFactory(facilitator=person, outcome="PASSED")
    return person


def place(person=None, location=None, **fields) -> Placement:
    person = person or trained()
    contract = fields.pop("contract", None) or make.ContractFactory(facilitator=person, ends=date(2020, 12, 31))
    given = {"facilitator": person, "contract": contract, "target_location": location, "starts": STARTS, "ends": ENDS}
    return services.place_facilitator(**given | fields)


def test_placement_makes_account_assignment_and_invitation(location):
    person = trained(name="Siti Aminah, S.P.", email="siti@contoh.id")

    placement = place(person, location)

    person.refresh_from_db()
    assert (person.user.username, person.user.email, person.user.condition) == (
        "siti.aminah",
        "siti@contoh.id",
        "invited",
    )
    held = placement.assignment
    assert (held.user, held.role) == (person.user, "facilitator")
    scope = placement.scope
    assert (scope.user, scope.village, scope.whole_regency) == (person.user, location.village, False)
    assert (scope.valid_from, scope.valid_until) == (STARTS, ENDS)
    assert (held.agency.code, held.valid_from, held.valid_until) == ("bappeda", STARTS, ENDS)
    assert [letter.recipient for letter in OutboxMessage.objects.waiting_for_release()] == ["siti@contoh.id"]


def test_invitation_of_an_invented_person_says_so(location):
    for is_sample in (True, False):
        place(trained(is_sample=is_sample), location)

    bodies = [letter.body for letter in OutboxMessage.objects.order_by("pk")]
    assert [body.startswith("DATA CONTOH") for body in bodies] == [True, False]


def test_consultant_gets_the_whole_regency(bappeda):
    scope = place().scope

    assert (scope.village, scope.whole_regency, scope.words) == (None, True, "seluruh kabupaten")


def test_who_has_an_account_gets_only_the_assignment(location):
    user = UserFactory()
    user.set_password("rahasia-sekali-2019")
    user.save()

    placement = place(trained(user=user), location)

    assert placement.assignment.user == user
    assert not OutboxMessage.objects.exists()
    assert User.objects.count() == 1


def test_assignment_written_before_there_were_placements_is_taken_over(location, bappeda):
    user = UserFactory()
    old = AssignmentFactory(user=user, agency=bappeda, role="facilitator", valid_from=date(2019, 1, 1))
    scope = VillageScopeFactory(user=user, village=location.village, valid_from=date(2019, 1, 1))

    placement = place(trained(user=user), location)

    assert (placement.assignment, placement.scope) == (old, scope)
    for row in (old, scope):
        row.refresh_from_db()
        assert (row.valid_from, row.valid_until) == (date(2019, 1, 1), ENDS)


def test_second_click_is_the_same_placement(location):
    person = trained()
    contract = make.ContractFactory(facilitator=person)

    first, again = (place(person, location, contract=contract) for _ in range(2))

    assert first == again
    assert Placement.objects.count() == Assignment.objects.count() == User.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts": date(2018, 12, 31)}, "starts"),
        ({"ends": date(2021, 1, 1)}, "ends"),
        ({"ends": date(2019, 10, 1)}, "ends"),
    ],
)
def test_period_outside_the_contract_is_refused(location, fields, field):
    with pytest.raises(PlacementRefused) as refusal:
        place(None, location, **fields)

    assert refusal.value.field == field
    assert not Placement.objects.exists()
    assert not User.objects.exists()


def test_contract_of_somebody_else_is_refused(location):
    with pytest.raises(PlacementRefused, match="orang lain"):
        place(None, location, contract=make.ContractFactory())


def test_ended_target_location_is_refused(bappeda):
    ended = TargetLocationFactory(
        valid_from=date(2018, 1, 1), valid_until=date(2019, 11, 30), closed_by=DecreeFactory()
    )

    with pytest.raises(PlacementRefused, match="30 November 2019"):
        place(None, ended)

    assert place(None, ended, ends=date(2019, 11, 30)).pk


def test_target_location_of_later_is_refused(bappeda):
    with pytest.raises(PlacementRefused) as refusal:
        place(None, TargetLocationFactory(valid_from=date(2019, 11, 1)))

    assert refusal.value.field == "starts"


def test_second_village_is_refused_beyond_the_cap(location, settings):
    person = trained()
    place(person, location)
    other = TargetLocationFactory(valid_from=date(2019, 1, 1))

    with pytest.raises(PlacementRefused, match="Ia masih bertugas"):
        place(person, other)
    settings.FACILITATOR_VILLAGE_CAP = 2

    assert place(person, other).pk
    with pytest.raises(PlacementRefused, match="Batasnya 2"):
        place(person, TargetLocationFactory(valid_from=date(2019, 1, 1)))


def test_consultant_does_not_count_against_the_cap(location):
    person = trained()
    place(person)

    assert place(person, location).pk
    with pytest.raises(PlacementRefused, match="Ia masih bertugas"):
        place(person, starts=date(2019, 11, 1))


def test_one_after_the_other_is_no_overlap(location):
    person = trained()
    place(person, location, ends=date(2019, 10, 31))

    assert place(person, TargetLocationFactory(valid_from=date(2019, 1, 1)), starts=date(2019, 11, 1)).pk


def test_untrained_needs_a_reason_that_is_kept(location):
    person = make.FacilitatorFactory(email="a@contoh.id")

    with pytest.raises(PlacementRefused) as refusal:
        place(person, location)

    assert refusal.value.field == "untrained_reason"
    assert place(person, location, untrained_reason=" Sudah bertugas ").untrained_reason == "Sudah bertugas"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "Ada@contoh.id"}, "email"),
        ({"username": "ADA", "email": "b@c.id"}, "username"),
    ],
)
def test_account_that_cannot_be_made_leaves_nothing(location, fields, field):
    UserFactory(username="ada", email="ada@contoh.id")

    with pytest.raises(PlacementRefused) as refusal:
        place(trained(email=""), location, **fields)

    assert refusal.value.field == field
    assert not Placement.objects.exists()
    assert not Assignment.objects.exists()


def test_inactive_account_is_refused(location):
    with pytest.raises(PlacementRefused, match="nonaktif"):
        place(trained(user=UserFactory(is_active=False)), location)


def test_usernames_are_offered_from_the_name():
    UserFactory(username="siti.aminah")

    assert suggest_username("Siti Aminah Lestari, S.P., M.Si.") == "siti.aminah2"
    assert suggest_username("Émile") == "emile"
    assert suggest_username("  ") == "pendamping"


# --- Ending --------------------------------------------------------------------------------------------------------


def end(placement: Placement, on: date = date(2019, 11, 15), **fields) -> Placement:
    return services.end_placement(
        **{"placement": placement, "ended_on": on, "reason": "RESIGNED", "handover": HANDOVER} | fields
    )


def test_the_right_ends_the_same_day(location):
    placement = end(place(None, location))

    assert placement.assignment.valid_until == date(2019, 11, 15)
    assert not placement.is_in_force(date(2019, 11, 16))


def test_who_never_began_loses_the_assignment(location):
    placement = end(place(None, location), date(2019, 10, 13), handover="")

    assert placement.assignment is None
    assert not Assignment.objects.exists()
    assert not Placement.objects.in_force(STARTS).exists()
    assert Placement.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"on": date(2020, 1, 1)}, "ended_on"),
        ({"on": date(2019, 10, 1)}, "ended_on"),
        ({"handover": " "}, "handover"),
        ({"reason": "OTHER"}, "note"),
    ],
)
def test_end_that_makes_no_sense_is_refused(location, fields, field):
    placement = place(None, location)

    with pytest.raises(PlacementRefused) as refusal:
        end(placement, **fields)

    assert refusal.value.field == field
    placement.refresh_from_db()
    assert placement.ended_on is None


def test_second_click_ends_once_and_another_end_is_a_conflict(location):
    placement = place(None, location)
    end(placement, seen=last_edit(placement))
    edits = placement.history.count()

    end(placement, seen=last_edit(placement))

    assert placement.history.count() == edits
    with pytest.raises(EditConflict):
        end(placement, date(2019, 11, 20))


def test_stale_page_ends_nothing(location):
    placement = place(None, location)
    seen = last_edit(placement)
    placement.handover = "Orang lain menulis"
    placement.save()

    with pytest.raises(EditConflict):
        end(placement, seen=seen)

    assert Placement.objects.get().ended_on is None


# --- Replacing -----------------------------------------------------------------------------------------------------


def replace(placement: Placement, person=None, **fields) -> Placement:
    person = person or trained()
    contract = fields.pop("contract", None) or make.ContractFactory(facilitator=person)
    given = {
        "facilitator": person,
        "contract": contract,
        "starts": date(2019, 12, 1),
        "ends": ENDS,
        "handover": HANDOVER,
    }
    return services.replace_facilitator(placement=placement, **given | fields)


def test_replacing_ends_one_and_places_the_other(location):
    old = place(None, location)

    new = replace(old)

    old.refresh_from_db()
    assert (old.ended_on, old.end_reason, old.handover) == (date(2019, 11, 30), "REPLACED", HANDOVER)
    assert (new.replaces, new.target_location) == (old, location)
    assert list(Placement.objects.in_force(date(2019, 12, 1))) == [new]
    assert list(Placement.objects.in_force(date(2019, 11, 30))) == [old]


def test_refused_replacement_ends_nobody(location):
    old = place(None, location)

    with pytest.raises(PlacementRefused):
        replace(old, make.FacilitatorFactory(email=""))

    old.refresh_from_db()
    assert (old.ended_on, old.assignment.valid_until) == (None, ENDS)


def test_replacing_twice_is_one_successor_and_another_a_conflict(location):
    old, person = place(None, location), trained()
    contract = make.ContractFactory(facilitator=person)

    first, again = (replace(old, person, contract=contract) for _ in range(2))

    assert first == again
    with pytest.raises(EditConflict):
        replace(old)


def test_somebody_who_left_is_replaced_later(location):
    old = end(place(None, location))

    with pytest.raises(PlacementRefused, match="15 November 2019"):
        replace(old, starts=date(2019, 11, 15))
    new = replace(old, handover="Ditambah")

    old.refresh_from_db()
    assert (old.ended_on, old.end_reason, old.handover) == (date(2019, 11, 15), "RESIGNED", "Ditambah")
    assert new.replaces == old


def test_nobody_replaces_himself(location):
    old = place(None, location)

    with pytest.raises(PlacementRefused, match="orang lain"):
        replace(old, old.facilitator)


# --- Extending -----------------------------------------------------------------------------------------------------


def appraise(placement: Placement, advice: str = "EXTEND", on: date = date(2019, 10, 20)):
    return services.appraise_placement(placement=placement, appraised_on=on, score=80, findings="Baik", advice=advice)


def test_extension_needs_an_appraisal_that_advises_it(location):
    placement = place(None, location)

    for advice in (None, "END"):
        if advice:
            appraise(placement, advice)
        with pytest.raises(PlacementRefused, match="penilaian kinerja"):
            services.extend_placement(placement=placement, ends=date(2020, 6, 30))
    appraise(placement, on=date(2019, 10, 21))
    longer = services.extend_placement(placement=placement, ends=date(2020, 6, 30))

    assert (longer.ends, longer.assignment.valid_until) == (date(2020, 6, 30), date(2020, 6, 30))


def test_extension_under_a_new_contract_continues_without_a_gap(location):
    person = trained()
    placement = place(person, location, contract=make.ContractFactory(facilitator=person))
    appraise(placement)
    late = make.ContractFactory(facilitator=person, starts=date(2020, 2, 1), ends=date(2020, 12, 31))
    new = make.ContractFactory(facilitator=person, starts=date(2020, 1, 1), ends=date(2020, 12, 31))

    with pytest.raises(PlacementRefused) as refusal:
        services.extend_placement(placement=placement, ends=date(2020, 12, 31), contract=late)
    longer = services.extend_placement(placement=placement, ends=date(2020, 12, 31), contract=new)

    assert refusal.value.field == "contract"
    assert longer.contract == new
    with pytest.raises(PlacementRefused, match="penilaian kinerja"):  # of the new term there is none yet
        services.extend_placement(placement=longer, ends=date(2021, 1, 31))


def test_extension_beyond_contract_or_target_location_is_refused(location):
    placement = place(None, location)
    appraise(placement)

    with pytest.raises(PlacementRefused) as beyond:
        services.extend_placement(placement=placement, ends=date(2021, 1, 1))
    location.valid_until, location.closed_by = date(2020, 1, 31), DecreeFactory()
    location.save()
    with pytest.raises(PlacementRefused) as ended:
        services.extend_placement(placement=placement, ends=date(2020, 6, 30))

    assert (beyond.value.field, ended.value.field) == ("ends", "target_location")


def test_ended_placement_is_not_extended(location):
    placement = place(None, location)
    appraise(placement)
    end(placement)

    with pytest.raises(PlacementRefused, match="sudah diakhiri"):
        services.extend_placement(placement=placement, ends=date(2020, 6, 30))


def test_same_appraisal_twice_is_one(location):
    placement = place(None, location)

    assert appraise(placement) == appraise(placement)
    assert placement.appraisals.count() == 1


def test_contract_names_the_whole_home_and_where_its_time_was_spent():
    village = VillageFactory(name="Mekar Jaya", district__name="Sintang")
    person = make.FacilitatorFactory(home_village=village)
    old = make.ContractFactory(facilitator=person, starts=date(2018, 1, 2), ends=date(2018, 12, 31))
    new = make.ContractFactory(facilitator=person, starts=date(2019, 1, 1), ends=date(2019, 12, 31))
    placement = make.PlacementFactory(facilitator=person, contract=new, starts=old.starts, ends=new.ends)

    written = contract_text(old)

    assert written.parties[1][1].endswith("berdomisili di Desa Mekar Jaya, Kecamatan Sintang")
    assert f"{placement.place_name} sejak 2 Januari 2018 sampai 31 Desember 2018" in str(written.articles)


def test_contract_names_its_basis_fund_duties_sanctions_and_who_signs():
    person = make.FacilitatorFactory(application=make.ApplicationFactory(status="SENT"))
    round_ = person.application.round
    decree = DecreeFactory(number="050/451/2017", dated=date(2017, 9, 25), about="penetapan pendamping")
    type(round_).objects.filter(pk=round_.pk).update(decree=decree)
    contract = make.ContractFactory(
        facilitator=person,
        dated=date(2017, 10, 2),
        starts=date(2017, 10, 2),
        ends=date(2019, 3, 31),
        signer_nip="196501011990031001",
    )

    written = contract_text(contract)

    articles = {section.title: " ".join(section.paragraphs) for section in written.articles}
    assert list(articles) == [
        "Pasal 1: Dasar",
        "Pasal 2: Tugas dan kewajiban",
        "Pasal 3: Jangka waktu",
        "Pasal 4: Honor dan pembiayaan",
        "Pasal 5: Sanksi",
        "Pasal 6: Serah terima",
        "Pasal 7: Perpanjangan",
    ]
    assert "1. Undang-Undang Nomor 6 Tahun 2014" in articles["Pasal 1: Dasar"]
    assert articles["Pasal 1: Dasar"].endswith(f"{decree} tanggal 25 September 2017 tentang penetapan pendamping.")
    assert "tahun anggaran 2017, 2018, dan 2019." in articles["Pasal 4: Honor dan pembiayaan"]
    assert "mengakhiri kontrak ini secara tertulis" in articles["Pasal 5: Sanksi"]
    assert "NIP 196501011990031001" in written.parties[0][1] and written.signers[0].nip == "196501011990031001"

    type(decree).objects.filter(pk=decree.pk).update(dated=date(2017, 11, 1))
    assert str(decree) not in str(contract_text(contract).articles)  # signed after the contract


def test_contract_says_what_was_agreed_and_nothing_that_came_later(location):
    placement = place(None, location)
    contract = placement.contract
    agreed = str(contract_text(contract).articles)
    services.end_placement(placement=placement, ended_on=date(2019, 10, 20), reason="RESIGNED", handover="Buku kas")
    place(placement.facilitator, TargetLocationFactory(), contract=contract, starts=date(2019, 10, 21))

    assert "sampai 31 Desember 2019" in agreed
    assert str(contract_text(contract).articles) == agreed


@pytest.mark.parametrize("renewed", [True, False])
def test_contract_does_not_follow_an_extension(location, renewed):
    placement = place(None, location, ends=date(2019, 11, 30))
    contract, agreed = placement.contract, str(contract_text(placement.contract).articles)
    other = make.ContractFactory(facilitator=placement.facilitator, starts=date(2019, 12, 1), ends=date(2020, 12, 31))
    appraise(placement)
    services.extend_placement(placement=placement, ends=date(2019, 12, 31), contract=other if renewed else None)

    assert str(contract_text(contract).articles) == agreed
    if renewed:
        assert f"{location} sejak 1 Desember 2019 sampai 31 Desember 2019" in str(contract_text(other).articles)


def test_who_lives_outside_the_regency_is_told_so(location, client_as, user_as):
    application = make.ApplicationFactory(home_village=None, home_district=None, address="Jalan Merdeka 1, Pontianak")
    outside = make.FacilitatorFactory(application=application, home_village=None, home_district=None)
    unknown = make.FacilitatorFactory(home_village=None, home_district=None)

    told = {
        match.facilitator: [reason.text for reason in match.reasons]
        for match in matches_for(location, user_as("coordinator"), date(2019, 10, 8))
    }
    page = tight(client_as("coordinator").get(outside.get_absolute_url()).text)

    assert "Tinggal di luar Kabupaten Sintang" in told[outside]
    assert "Domisili belum dicatat" in told[unknown]
    assert "<dt>Domisili</dt><dd>Di luar Kabupaten Sintang</dd>" in page


def test_placement_that_never_began_is_told_so_and_begins_another_day(location, client_as):
    first = place(location=location)
    person, contract = first.facilitator, first.contract
    services.end_placement(placement=first, ended_on=STARTS - timedelta(days=1), reason="RESIGNED")

    with pytest.raises(PlacementRefused, match="hari mulai yang lain") as refusal:
        place(person, location, contract=contract)
    pages = [client_as("coordinator").get(record.get_absolute_url()).content.decode() for record in (first, person)]
    paper = contract_text(contract)
    (ended,) = [entry for entry in timeline(first) if entry.changes]
    second = place(person, location, contract=contract, starts=STARTS + timedelta(days=1))

    assert refusal.value.field == "starts"
    assert all("Tidak jadi" in page and "13 Oktober 2019" not in page and "Akan mulai" not in page for page in pages)
    assert str(location) not in str(paper.articles)
    assert ("penugasan", "sudah dihapus", "–") in [(each.label, each.old, each.new) for each in ended.changes]
    assert second.starts > first.starts


def test_placement_that_was_called_off_binds_nobody(location, user_as):
    called_off = place(location=location)
    person = called_off.facilitator
    services.end_placement(placement=called_off, ended_on=STARTS - timedelta(days=1), reason="RESIGNED")

    (match,) = matches_for(location, user_as("coordinator"), date(2019, 10, 8))
    earlier = place(person, location, contract=called_off.contract, starts=STARTS - timedelta(days=5))

    assert (match.is_free, match.busy) == (True, [])
    assert earlier.starts < called_off.starts
