"""Candidates in the back office: own villages, rounds that take proposals, a status that only the pages move."""

import pytest
from django.urls import reverse

from districts.locations.candidates.models import Candidate
from tests.factories import SelectionRoundFactory

pytestmark = pytest.mark.django_db

LIST = "admin:districts_candidate_changelist"
ADD = "admin:districts_candidate_add"


def page_of(candidate) -> str:
    return reverse("admin:districts_candidate_change", args=[candidate.pk])


def test_staff_add_an_own_village(staff, scene):
    data = scene.evidence(round=scene.selection.pk, group=scene.own.groups.get().pk, status="ELIGIBLE")
    assert staff.post(reverse(ADD), data).status_code == 302
    made = Candidate.objects.get()
    assert (made.village, made.status, made.proposed_by) == (scene.own, "PROPOSED", staff.user)


def test_staff_see_and_find_own_candidates_only(staff, scene):
    own, foreign = scene.candidate(), scene.candidate(scene.foreign)
    assert set(staff.get(reverse(LIST)).context["cl"].result_list) == {own}
    assert set(staff.get(reverse(LIST) + "?q=Canari").context["cl"].result_list) == set()
    assert staff.get(page_of(foreign)).status_code == 404
    assert staff.post(page_of(foreign), scene.evidence(members="1")).status_code == 404


@pytest.mark.parametrize("forged", ["village", "round", "closed", "group"])
def test_forged_choice_is_refused(staff, scene, forged):
    data = scene.evidence(round=scene.selection.pk)
    if forged == "village":
        data["village"] = scene.foreign.pk
    elif forged == "round":
        data["round"] = SelectionRoundFactory(status="DRAFT").pk
    elif forged == "closed":
        scene.to("SURVEY")
    else:
        data["group"] = scene.foreign.groups.get().pk
    assert staff.post(reverse(ADD), data).status_code == 200
    assert not Candidate.objects.exists()


def test_staff_mend_until_the_gate_is_checked_and_move_nothing_else(staff, scene):
    candidate = scene.candidate()
    forged = scene.evidence(
        scene.foreign, members="31", status="CHOSEN", choice="CHOSEN", reason="x", round=SelectionRoundFactory().pk
    )
    assert staff.post(page_of(candidate), forged).status_code == 302
    candidate.refresh_from_db()
    assert (candidate.members, candidate.village, candidate.round) == (31, scene.own, scene.selection)
    assert (candidate.status, candidate.choice, candidate.reason) == ("PROPOSED", "", "")
    Candidate.objects.filter(pk=candidate.pk).update(status="ELIGIBLE")
    assert staff.get(page_of(candidate)).status_code == 200  # to read
    assert staff.post(page_of(candidate), forged).status_code == 403


def test_village_twice_is_a_sentence(staff, scene):
    scene.candidate()
    answer = staff.post(reverse(ADD), scene.evidence(round=scene.selection.pk))
    assert "Desa ini sudah diusulkan dalam penjaringan ini." in answer.content.decode()
    assert Candidate.objects.count() == 1


def test_group_of_another_own_village_is_a_sentence(coordinator, scene):
    data = scene.evidence(round=scene.selection.pk, group=scene.foreign.groups.get().pk)
    answer = coordinator.post(reverse(ADD), data)
    assert "Pilih kelompok dari desa yang diusulkan." in answer.content.decode()


def test_nobody_deletes_and_the_auditor_only_reads(client_as, coordinator, scene):
    candidate = scene.candidate()
    gone = reverse("admin:districts_candidate_delete", args=[candidate.pk])
    assert coordinator.post(gone, {"post": "yes"}).status_code == 403
    auditor = client_as("auditor")
    assert auditor.get(page_of(candidate)).status_code == 200
    assert auditor.post(page_of(candidate), scene.evidence()).status_code == 403
    assert auditor.get(reverse(ADD)).status_code == 403
