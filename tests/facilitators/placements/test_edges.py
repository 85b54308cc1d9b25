"""Bounds and refusals of placements: the last day, the longest text, who is named, what a stale page overwrites."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.urls import reverse

from facilitators.models import Appraisal, Placement
from facilitators.placements import integrity, services
from facilitators.placements.accounts import suggest_username
from facilitators.placements.people_forms import FacilitatorListForm
from facilitators.placements.waiting import placement_tasks
from p2emas import clock
from p2emas.history.records import last_edit
from p2emas.models import OutboxMessage
from p2emas.workflow.editing import EditConflict
from tests import facilitator_factories as make
from tests.factories import DecreeFactory, TargetLocationFactory, UserFactory, VillageFactory

pytestmark = pytest.mark.django_db
TODAY, STARTS, ENDS = date(2019, 10, 8), date(2019, 10, 14), date(2019, 12, 31)


@pytest.fixture
def location(bappeda):
    return TargetLocationFactory(valid_from=date(2019, 1, 1))


def trained(**fields):
    person = make.FacilitatorFactory(**{"email": "orang@contoh.id"} | fields)
    make.EnrolmentFactory(facilitator=person, outcome="PASSED")
    return person


def place(person=None, location=None, **fields) -> Placement:
    person = person or trained()
    contract = fields.pop("contract", None) or make.ContractFactory(facilitator=person)
    given = {"facilitator": person, "contract": contract, "target_location": location, "starts": STARTS, "ends": ENDS}
    return services.place_facilitator(**given | fields)


def replace(placement: Placement, person, **fields) -> Placement:
    given = {"facilitator": person, "contract": make.ContractFactory(facilitator=person), "handover": "Berkas di desa"}
    given |= {"starts": date(2019, 12, 1), "ends": ENDS}
    return services.replace_facilitator(placement=placement, **given | fields)


# --- Days and names ------------------------------------------------------------------------------------------------


def test_placement_of_one_day_is_made_and_must_have_its_assignment(location):
    placement = place(None, location, ends=STARTS)
    before = list(integrity.assignments())
    Placement.objects.update(assignment=None)

    assert (before, placement.assignment.valid_until) == ([], STARTS)
    assert list(integrity.assignments()) == [f"Penempatan {placement.pk}: penugasannya tidak ada."]


@pytest.mark.parametrize(("until", "told"), [("2019-12-30", True), ("2019-12-31", False), ("2020-01-01", False)])
def test_location_that_ends_first_is_told_and_one_that_ends_with_the_placement_is_not(client_as, until, told):
    location = TargetLocationFactory(valid_from=date(2019, 1, 1), valid_until=until, closed_by=DecreeFactory())
    placement = make.PlacementFactory(target_location=location, starts=STARTS, ends=ENDS)

    page = client_as("coordinator").get(placement.get_absolute_url()).content.decode()

    assert ("menjadi lokasi sasaran sampai" in page) is told


def test_long_name_gives_a_username_of_fifty_letters_and_a_number():
    UserFactory(username="a" * 50)

    assert suggest_username("B" * 60) == "b" * 50
    assert suggest_username("A" * 60) == "a" * 50 + "2"


def test_list_without_a_condition_is_asked_nothing():
    form = FacilitatorListForm(QueryDict("cari=lama"))

    assert (form.wanted(), form.errors) == ({"cari": "lama"}, {})


def test_who_never_accepted_gets_one_letter_and_a_new_one_only_when_it_has_gone(location):
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    person = trained(user=user)
    contract = make.ContractFactory(facilitator=person)
    place(person, location, contract=contract, ends=STARTS)
    first = OutboxMessage.objects.count()
    place(person, location, contract=contract, starts=STARTS + timedelta(days=1), ends=STARTS + timedelta(days=1))
    waiting = OutboxMessage.objects.count()
    OutboxMessage.objects.update(released_at=clock.now(), sent_at=clock.now())
    place(person, location, contract=contract, starts=STARTS + timedelta(days=2))

    assert (first, waiting, OutboxMessage.objects.count()) == (1, 1, 2)


# --- The home of the office ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("number", "more"), [(3, ""), (4, " dan 1 desa lain")])
def test_three_empty_villages_are_named_and_the_others_counted(user_as, number, more):
    villages = [VillageFactory(name=name) for name in ("Desa D", "Desa B", "Desa C", "Desa A")[-number:]]
    for village in villages:
        TargetLocationFactory(village=village, valid_from=date(2019, 1, 1))

    (task,) = placement_tasks(user_as("coordinator"), TODAY)

    named = ", ".join(map(str, sorted(villages, key=lambda village: village.name)[:3]))
    assert (task.count, task.sentence) == (number, f"{named}{more}.")


@pytest.mark.parametrize(("number", "more"), [(3, 0), (4, 1)])
def test_three_people_left_behind_are_named_and_the_others_counted(user_as, number, more):
    for name in ["Orang A", "Orang B", "Orang C", "Orang D"][:number]:
        over = TargetLocationFactory(
            valid_from=date(2019, 1, 1), valid_until=date(2019, 9, 30), closed_by=DecreeFactory()
        )
        make.PlacementFactory(facilitator__name=name, target_location=over)

    task = next(each for each in placement_tasks(user_as("coordinator"), TODAY) if "sudah berakhir" in each.title)

    assert [name for name in ("Orang A", "Orang B", "Orang C", "Orang D") if name in task.sentence] == [
        "Orang A", "Orang B", "Orang C",
    ]  # fmt: skip
    assert (f" dan {more} lainnya" in task.sentence) == bool(more)


# --- Pages ---------------------------------------------------------------------------------------------------------


def test_load_is_not_read_by_a_facilitator(client_as):
    assert client_as("facilitator").get(reverse("placements:load")).status_code == 403
    assert client_as("leader").get(reverse("placements:load")).status_code == 200


def test_match_shows_the_points_of_each_reason_that_has_some(client_as, location):
    application = make.ApplicationFactory(anywhere=True)
    make.FacilitatorFactory(application=application)

    page = client_as("coordinator").get(f"/pendamping/cocok/?lokasi={location.pk}").content.decode()

    assert "<li>Bersedia di mana saja menurut lamaran (+1)</li>" in page
    assert "<li>Belum lulus pelatihan</li>" in page


def test_consultant_is_placed_without_a_village_and_a_username(client_as):
    person = trained(name="Rina Sari, S.P.", email="")
    contract = make.ContractFactory(facilitator=person)
    typed = {
        "consultant": "on", "contract": contract.pk, "starts": "14-10-2019", "ends": "31-12-2019",
        "email": "rina@contoh.id",
    }  # fmt: skip
    client, url = client_as("coordinator"), reverse("placements:placement-create", args=[person.pk])

    form = client.get(url).content.decode()
    client.post(url, typed)

    made = Placement.objects.get()
    assert (made.target_location, made.assignment.user.username) == (None, "rina.sari")
    assert 'name="username"' in form
    assert "(opsional)" not in form  # what only some need is not called optional


@pytest.mark.parametrize(("length", "taken"), [(300, True), (301, False)])
def test_reason_for_the_untrained_is_no_longer_than_what_is_stored(client_as, location, length, taken):
    person = make.FacilitatorFactory(email="a@contoh.id")
    contract = make.ContractFactory(facilitator=person)
    typed = {
        "target_location": location.pk, "contract": contract.pk, "starts": "14-10-2019", "ends": "31-12-2019",
        "email": "a@contoh.id", "untrained_reason": "x" * length,
    }  # fmt: skip

    page = client_as("coordinator").post(reverse("placements:placement-create", args=[person.pk]), typed)

    assert Placement.objects.exists() is taken
    assert ("Isi paling banyak 300 huruf" in page.content.decode()) is not taken


def test_refused_replacement_says_why_and_keeps_what_was_typed(client_as, location):
    old, person = place(None, location), trained(email="baru@contoh.id")
    contract = make.ContractFactory(facilitator=person, ends=date(2019, 12, 30))
    typed = {
        "seen": last_edit(old), "contract": contract.pk, "starts": "02-12-2019", "ends": "31-12-2019",
        "reason": "RESIGNED", "handover": "Berkas di rumah ketua", "note": "",
    }  # fmt: skip

    page = client_as("coordinator").post(reverse("placements:placement-replace", args=[old.pk]), typed)

    text = page.content.decode()
    assert page.status_code == 200
    assert "Kontraknya berakhir 30 Desember 2019" in text
    assert ("02-12-2019" in text, "Berkas di rumah ketua" in text) == (True, True)
    old.refresh_from_db()
    assert old.ended_on is None


def test_stale_page_adds_no_handover_to_somebody_who_left(location):
    old = place(None, location)
    services.end_placement(placement=old, ended_on=date(2019, 11, 15), reason="RESIGNED", handover="Yang pertama")
    seen = last_edit(old)
    old.refresh_from_db()
    old.handover = "Orang lain menulis"
    old.save()

    with pytest.raises(EditConflict):
        replace(old, trained(email="baru@contoh.id"), seen=seen)

    assert [row.handover for row in Placement.objects.all()] == ["Orang lain menulis"]


@pytest.mark.parametrize(("length", "taken"), [(4000, True), (4001, False)])
def test_appraisal_is_stored_up_to_its_longest_findings(client_as, length, taken):
    placement = make.PlacementFactory()
    client, url = client_as("coordinator"), reverse("placements:placement-appraise", args=[placement.pk])
    typed = {"appraised_on": "07-10-2019", "score": "85", "findings": "x" * length, "advice": "EXTEND"}

    page = client.post(url, typed)

    stored = [(row.placement, row.appraised_on, row.score) for row in Appraisal.objects.all()]
    assert stored == ([(placement, date(2019, 10, 7), 85)] if taken else [])
    assert ("Isi paling banyak 4.000 huruf" in page.content.decode()) is not taken
