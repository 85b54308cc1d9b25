"""The gate of all proposed candidates on one page: all or nothing, errors in their row, what was typed kept."""

import pytest

from districts.locations.candidates.models import Candidate

from ..conftest import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(scene):
    return scene.candidate(), scene.candidate(scene.foreign)


def answers(*verdicts):
    data = {}
    for candidate, step, note in verdicts:
        data |= {f"c{candidate.pk}-step": step, f"c{candidate.pk}-note": note}
    return data


def states(scene):
    return dict(scene.selection.candidates.values_list("village__name", "status"))


def test_all_are_checked_in_one_saving(coordinator, scene, two):
    own, foreign = two
    data = answers((own, "pass_gate", ""), (foreign, "fail_gate", "Belum berjalan"))
    assert coordinator.post(url("gate-check", scene.selection.pk), data).status_code == 302
    assert states(scene) == {"Baning Panjang": "ELIGIBLE", "Canari Asing": "INELIGIBLE"}
    assert foreign.last_change().note == "Belum berjalan"


def test_nothing_is_praised_when_nobody_is_marked(coordinator, scene, two):
    answer = coordinator.post(url("gate-check", scene.selection.pk), answers(), follow=True)
    page = answer.content.decode()
    assert "Belum ada yang ditandai" in page
    assert "Berhasil" not in page


def test_incomplete_proof_stops_all_and_is_said_in_its_row(coordinator, scene):
    own, foreign = scene.candidate(members=None), scene.candidate(scene.foreign)
    data = answers((own, "pass_gate", "Terlihat di lapangan"), (foreign, "pass_gate", ""))
    answer = coordinator.post(url("gate-check", scene.selection.pk), data)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Bukti tidak dari nol belum lengkap" in page
    assert "Terlihat di lapangan" in page
    assert states(scene) == {"Baning Panjang": "PROPOSED", "Canari Asing": "PROPOSED"}
    assert own.last_change() is None
    assert foreign.last_change() is None


def test_failing_needs_a_reason(coordinator, scene, two):
    answer = coordinator.post(url("gate-check", scene.selection.pk), answers((two[0], "fail_gate", " ")))
    assert "Tulis mengapa desa ini tidak lolos." in answer.content.decode()
    assert states(scene)["Baning Panjang"] == "PROPOSED"


def test_what_is_left_open_stays_proposed(coordinator, scene, two):
    coordinator.post(url("gate-check", scene.selection.pk), answers((two[0], "pass_gate", "")))
    assert states(scene) == {"Baning Panjang": "ELIGIBLE", "Canari Asing": "PROPOSED"}


def test_candidate_checked_by_somebody_else_meanwhile_is_left_as_it_is(coordinator, scene, two):
    Candidate.objects.filter(pk=two[0].pk).update(status="INELIGIBLE")
    coordinator.post(
        url("gate-check", scene.selection.pk), answers((two[0], "pass_gate", ""), (two[1], "pass_gate", ""))
    )
    assert states(scene) == {"Baning Panjang": "INELIGIBLE", "Canari Asing": "ELIGIBLE"}


@pytest.mark.parametrize("step", ["choose", "promote", "survey", "x"])
def test_forged_step_is_no_choice(coordinator, scene, two, step):
    answer = coordinator.post(url("gate-check", scene.selection.pk), answers((two[0], step, "ya")))
    assert answer.status_code == 200
    assert states(scene)["Baning Panjang"] == "PROPOSED"


@pytest.mark.parametrize("status", ["CANCELLED", "DRAFT"])
def test_gate_is_closed_once_the_round_works_no_more(coordinator, scene, two, status):
    scene.to(status)
    assert coordinator.get(url("gate-check", scene.selection.pk)).status_code == 403
    answer = coordinator.post(
        url("candidate-step", scene.selection.pk, two[0].pk, "pass_gate"), {"seen": "PROPOSED", "note": ""}
    )
    assert answer.status_code == 200
    assert "tidak sedang menerima perubahan" in answer.content.decode()


def test_recheck_leads_back_with_a_reason(coordinator, scene):
    candidate = scene.candidate(status="INELIGIBLE")
    step = url("candidate-step", scene.selection.pk, candidate.pk, "recheck_gate")
    assert coordinator.post(step, {"seen": "INELIGIBLE", "note": ""}).status_code == 200
    assert coordinator.post(step, {"seen": "INELIGIBLE", "note": "Bukti baru"}).status_code == 302
    candidate.refresh_from_db()
    assert candidate.status == "PROPOSED"
