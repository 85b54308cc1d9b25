"""Proposing villages: who may, when, in how many pages, what a forged request gets, and editing the evidence."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from districts.evidence.models import CommunityGroup
from districts.locations.candidates.models import Candidate
from districts.locations.candidates.proposals import NotAccepting, propose, save_proposal
from p2emas import clock
from p2emas.history.records import last_edit
from p2emas.workflow.models import StepNotAllowed
from tests.factories import CommodityFactory, VillageFactory

from ..conftest import url

pytestmark = pytest.mark.django_db


def test_kecamatan_staff_propose_a_village_in_five_pages_from_sign_in(client, staff, scene):
    staff.user.set_password("sandi-panjang-2019")
    staff.user.save()
    pages = [client.get(reverse("account_login"))]
    answer = client.post(
        reverse("account_login"), {"login": staff.user.username, "password": "sandi-panjang-2019"}, follow=True
    )
    pages.append(answer)
    form_url = url("candidate-create", scene.selection.pk)
    assert form_url in answer.content.decode()  # the card leads there
    pages.append(client.get(form_url))
    pages.append(client.post(form_url, scene.evidence(), follow=True))
    candidate = Candidate.objects.get()
    assert pages[-1].redirect_chain[-1][0] == candidate.get_absolute_url()
    assert "Baning Panjang" in pages[-1].content.decode()
    assert len(pages) <= 5
    assert (candidate.proposed_by, candidate.status) == (staff.user, "PROPOSED")


def test_form_offers_own_villages_and_groups_only(staff, scene):
    page = staff.get(url("candidate-create", scene.selection.pk)).content.decode()
    assert "Kelompok Baning Panjang" in page
    assert "Canari Asing" not in page


def test_forged_foreign_village_is_no_choice(staff, scene):
    answer = staff.post(url("candidate-create", scene.selection.pk), scene.evidence(scene.foreign))
    assert answer.status_code == 200
    assert "village" in answer.context["form"].errors
    assert not Candidate.objects.exists()


def test_forged_kecamatan_offers_nothing_foreign(staff, scene):
    address = url("candidate-create", scene.selection.pk) + f"?kecamatan={scene.foreign.district.code}"
    assert "Canari Asing" not in staff.get(address).content.decode()
    staff.post(address, scene.evidence(scene.foreign))
    assert not Candidate.objects.exists()


@pytest.mark.parametrize("group_of", ["foreign", "neighbour"])
def test_group_of_another_village_is_refused_with_a_sentence(staff, scene, group_of):
    if group_of == "foreign":
        group = CommunityGroup.objects.get(village=scene.foreign)
    else:
        neighbour = VillageFactory(district=scene.own.district)
        group = CommunityGroup.objects.create(village=neighbour, name="Lain", kind="POKTAN", commodity=scene.commodity)
    answer = staff.post(url("candidate-create", scene.selection.pk), scene.evidence(group=group.pk))
    assert answer.status_code == 200
    assert "group" in answer.context["form"].errors
    assert not Candidate.objects.exists()


@pytest.mark.parametrize(
    ("day", "status"), [(date(2019, 9, 30), "OPEN"), (date(2019, 11, 1), "OPEN"), (date(2019, 10, 8), "SURVEY")]
)
def test_staff_may_not_propose_outside_the_schedule(staff, scene, day, status):
    scene.to(status)
    with clock.at(day):
        address = url("candidate-create", scene.selection.pk)
        assert staff.get(address).status_code == 403
        late = staff.post(address, scene.evidence(existing_activity="Sudah lama ditulis.")).content.decode()
    assert "tidak menerima usulan sekarang" in late and "Sudah lama ditulis." in late
    assert not Candidate.objects.exists()


def test_coordinator_chooses_the_kecamatan_first_and_proposes_any_village(coordinator, scene):
    address = url("candidate-create", scene.selection.pk)
    assert "Canari Asing" not in coordinator.get(address).content.decode()
    address += f"?kecamatan={scene.foreign.district.code}"
    assert coordinator.post(address, scene.evidence(scene.foreign)).status_code == 302
    assert Candidate.objects.get().village == scene.foreign


def test_village_is_proposed_once_a_round(coordinator, staff, scene):
    scene.candidate()
    answer = staff.post(url("candidate-create", scene.selection.pk), scene.evidence())
    assert answer.context["form"].errors["village"] == ["Desa ini sudah diusulkan dalam penjaringan ini."]


def test_two_proposals_at_once_leave_one_and_a_sentence(user_as, scene):
    actor = user_as("coordinator")
    scene.candidate()
    double = Candidate(village=scene.own, commodity=scene.commodity, existing_activity="Menanam")
    with pytest.raises(StepNotAllowed, match="sudah diusulkan"):
        propose(selection=scene.selection, candidate=double, actor=actor)


def test_round_that_closed_meanwhile_takes_nothing(user_as, scene):
    actor = user_as("district_admin", at=scene.own.district.office)
    late = Candidate(village=scene.own, commodity=scene.commodity, existing_activity="Menanam")
    scene.to("SURVEY")
    with pytest.raises(NotAccepting):
        propose(selection=scene.selection, candidate=late, actor=actor)


def test_staff_mend_their_proposal_until_the_gate_is_checked(staff, scene):
    candidate = scene.candidate()
    address = url("candidate-edit", scene.selection.pk, candidate.pk)
    forged = scene.evidence(scene.foreign, members="30", status="ELIGIBLE", seen=last_edit(candidate))
    assert staff.post(address, forged).status_code == 302
    candidate.refresh_from_db()
    assert (candidate.members, candidate.village, candidate.status) == (30, scene.own, "PROPOSED")
    Candidate.objects.filter(pk=candidate.pk).update(status="ELIGIBLE")
    assert staff.get(address).status_code == 403
    late = staff.post(address, forged | {"existing_activity": "Ditulis saat syarat diperiksa."})
    assert (late.status_code, "Ditulis saat syarat diperiksa." in late.content.decode()) == (409, True)
    candidate.refresh_from_db()
    assert candidate.existing_activity == "Menanam cabai di lahan 1,1 ha."


def test_gate_checked_while_the_form_was_open_keeps_what_was_checked(user_as, scene):
    actor = user_as("district_admin", at=scene.own.district.office)
    candidate = scene.candidate()
    Candidate.objects.filter(pk=candidate.pk).update(status="ELIGIBLE")
    candidate.members = 99
    with pytest.raises(NotAccepting):
        save_proposal(candidate=candidate, seen=last_edit(candidate), actor=actor)
    candidate.refresh_from_db()
    assert candidate.members == 24


def test_two_editors_of_the_evidence_see_both_versions(staff, scene):
    candidate = scene.candidate()
    typed = scene.evidence(members="30", seen=last_edit(candidate))
    candidate.members = 41
    candidate.save()
    address = url("candidate-edit", scene.selection.pk, candidate.pk)
    answer = staff.post(address, typed)
    assert answer.status_code == 409
    assert "41" in answer.content.decode()
    candidate.refresh_from_db()
    assert candidate.members == 41
    assert staff.post(address, typed | {"seen": last_edit(candidate)}).status_code == 302
    candidate.refresh_from_db()
    assert candidate.members == 30


def test_negative_price_and_wild_year_are_sentences(staff, scene):
    wrong = scene.evidence(price="-5", active_since="2020", members="banyak")
    errors = staff.post(url("candidate-create", scene.selection.pk), wrong).context["form"].errors
    assert {"price", "active_since", "members"} <= set(errors)


def test_database_refuses_a_second_candidacy(scene):
    scene.candidate()
    with pytest.raises(ValidationError):
        Candidate(round=scene.selection, village=scene.own, commodity=scene.commodity).full_clean()


def test_page_warns_of_a_commodity_beside_the_core_competency(coordinator, scene):
    child = scene.candidate(commodity=CommodityFactory(name="cabai rawit", parent=scene.commodity))
    other = scene.candidate(scene.foreign, commodity=CommodityFactory(name="tenun ikat"))
    assert coordinator.get(child.get_absolute_url()).context["departs"] == ""
    page = coordinator.get(other.get_absolute_url())
    assert "tenun ikat, sedangkan kompetensi inti" in page.context["departs"]
