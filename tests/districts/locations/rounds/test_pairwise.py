"""Weights from pairwise comparison: own judgments alone, the group's mean, consistency, and what writes them."""

import pytest

from districts.locations.rounds.criteria import PairwiseJudgment
from districts.locations.rounds.framing import save_judgments
from districts.locations.rounds.pairwise import _statement, comparison_of
from p2emas.workflow.editing import EditConflict
from tests.factories import CriterionFactory

from ..conftest import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(scene):
    """Three criteria of a draft: their ids."""
    scene.to("DRAFT")
    CriterionFactory(round=scene.selection, name="Lahan", weight=0)
    return list(scene.selection.criteria.values_list("pk", flat=True))


def judged(scene, user, three, *grades):
    pairs = [(three[0], three[1]), (three[0], three[2]), (three[1], three[2])]
    for (first, second), grade in zip(pairs, grades, strict=True):
        PairwiseJudgment.objects.create(round=scene.selection, user=user, first_id=first, second_id=second, grade=grade)


def posted(three, *grades):
    pairs = [(three[0], three[1]), (three[0], three[2]), (three[1], three[2])]
    return {f"p-{a}-{b}": grade for (a, b), grade in zip(pairs, grades, strict=True)}


def test_group_is_the_geometric_mean_of_complete_members(user_as, scene, three):
    judged(scene, user_as("coordinator"), three, 2, 4, 2)
    judged(scene, user_as("coordinator_head"), three, -2, -4, -2)
    half = user_as("coordinator")
    PairwiseJudgment.objects.create(round=scene.selection, user=half, first_id=three[0], second_id=three[1], grade=9)
    found = comparison_of(scene.selection)
    assert found.complete == 2
    assert [round(share, 6) for _criterion, share in found.shares] == [0.333333] * 3
    assert sorted((member.judged, member.ratio is None) for member in found.members) == [
        (1, True), (3, False), (3, False),
    ]  # fmt: skip
    assert found.contradiction == ""


def test_contradiction_is_named_in_words_and_not_accepted(coordinator, scene, three):
    judged(scene, coordinator.user, three, 9, -9, 9)
    found = comparison_of(scene.selection)
    assert not found.result.accepted
    assert "Anggota 9 kali lebih penting daripada Jarak" in found.contradiction
    assert "Lahan 9 kali lebih penting daripada Anggota" in found.contradiction
    page = coordinator.get(url("round-weights", scene.selection.pk)).content.decode()
    assert "belum diterima" in page
    assert found.contradiction in page


def test_importance_just_above_one_is_not_called_once_as_important(scene, three):
    """ "1 kali lebih penting" would say the opposite of what it says."""
    said = _statement(list(three), [[1.0, 1.02, 1], [1 / 1.02, 1.0, 1], [1, 1, 1.0]], 0, 1)

    assert "1,02 kali lebih penting daripada" in said


def test_each_person_writes_the_own_judgments_alone(coordinator, user_as, scene, three):
    other = user_as("coordinator_head")
    judged(scene, other, three, 2, 4, 2)
    answer = coordinator.post(url("round-weights", scene.selection.pk), posted(three, "-3", "", "5"))
    assert answer.status_code == 302
    assert list(scene.selection.judgments.filter(user=other).values_list("grade", flat=True)) == [2, 4, 2]
    assert scene.selection.judgments.grades_of(coordinator.user) == {
        (three[0], three[1]): -3,
        (three[1], three[2]): 5,
    }
    coordinator.post(url("round-weights", scene.selection.pk), posted(three, "", "", "5"))
    assert scene.selection.judgments.grades_of(coordinator.user) == {(three[1], three[2]): 5}


def test_judgments_typed_while_the_round_opened_are_shown_not_lost(coordinator, client_as, scene, three):
    judged(scene, coordinator.user, three, 2, 4, 2)
    scene.to("OPEN")

    late = coordinator.post(url("round-weights", scene.selection.pk), posted(three, "9", "4", "2"))

    text = late.content.decode()
    assert (late.status_code, "Anggota mutlak lebih penting" in text) == (409, True)
    assert "Anggota hampir sama penting, sedikit di atas" in text and "1 isian berbeda" in text
    assert f'<a class="btn btn-primary" href="{scene.selection.get_absolute_url()}">' in text
    assert set(scene.selection.judgments.values_list("grade", flat=True)) == {2, 4}
    assert coordinator.get(url("round-weights", scene.selection.pk)).status_code == 403
    assert client_as("auditor").post(url("round-weights", scene.selection.pk), {}).status_code == 403


@pytest.mark.parametrize("grade", ["0", "-1", "10", "x", "1.5"])
def test_forged_grade_is_a_sentence(coordinator, scene, three, grade):
    answer = coordinator.post(url("round-weights", scene.selection.pk), posted(three, grade, "", ""))
    assert answer.status_code == 200
    assert not scene.selection.judgments.exists()


def test_weights_are_written_as_percent(coordinator, scene, three):
    judged(scene, coordinator.user, three, 2, 4, 2)
    seen = comparison_of(scene.selection).fingerprint
    answer = coordinator.post(url("weights-use", scene.selection.pk), {"version": "0", "seen": seen})
    assert answer.status_code == 302
    weights = [float(weight) for weight in scene.selection.criteria.values_list("weight", flat=True)]
    assert weights == pytest.approx([57.142857, 28.571429, 14.285714], abs=1e-6)


def test_weights_that_changed_since_they_were_shown_are_not_written(coordinator, user_as, scene, three):
    judged(scene, coordinator.user, three, 2, 4, 2)
    seen = comparison_of(scene.selection).fingerprint
    judged(scene, user_as("coordinator_head"), three, 9, 9, 1)
    answer = coordinator.post(url("weights-use", scene.selection.pk), {"version": "0", "seen": seen}, follow=True)
    assert "Penilaian berubah sejak halaman ditampilkan" in answer.content.decode()
    assert list(scene.selection.criteria.values_list("weight", flat=True)) == [60, 40, 0]


@pytest.mark.parametrize("version", ["7", "", "x"])
def test_stale_version_writes_no_weight(coordinator, scene, three, version):
    judged(scene, coordinator.user, three, 2, 4, 2)
    seen = comparison_of(scene.selection).fingerprint
    answer = coordinator.post(url("weights-use", scene.selection.pk), {"version": version, "seen": seen})
    assert answer.status_code == (409 if version == "7" else 302)
    assert list(scene.selection.criteria.values_list("weight", flat=True)) == [60, 40, 0]


def test_nothing_judged_gives_no_weight(coordinator, scene, three):
    assert comparison_of(scene.selection).result is None
    page = coordinator.get(url("round-weights", scene.selection.pk)).content.decode()
    assert "Belum ada anggota yang menilai semua pasangan." in page


@pytest.mark.parametrize("count", [1, 10])
def test_too_few_or_too_many_criteria_say_so(coordinator, scene, count):
    scene.to("DRAFT")
    if count == 1:
        scene.criteria[1].delete()
    else:
        CriterionFactory.create_batch(8, round=scene.selection)
    page = coordinator.get(url("round-weights", scene.selection.pk)).content.decode()
    assert "dua sampai sembilan kriteria" in page
    assert coordinator.post(url("round-weights", scene.selection.pk), {}).status_code == 200


def test_round_that_has_opened_takes_no_judgment(user_as, scene):
    first, second = scene.criteria
    with pytest.raises(EditConflict):
        save_judgments(selection=scene.selection, user=user_as("coordinator"), grades={(first.pk, second.pk): 3})
    assert not PairwiseJudgment.objects.exists()


def test_queries_do_not_grow_with_members(coordinator, user_as, scene, three, django_assert_max_num_queries):
    for _member in range(3):
        judged(scene, user_as("coordinator"), three, 2, 4, 2)
    with django_assert_max_num_queries(12):
        coordinator.get(url("round-weights", scene.selection.pk))
