"""What one sign or one number would take: who is asked to decide, how narrow a line is, what a decree ends."""

from datetime import date

import pytest
from django.urls import reverse

from districts.locations.candidates.models import CandidateValue
from districts.locations.decision.choice_forms import ChoicesForm
from districts.locations.decision.deciding import decide_round
from districts.locations.decrees.drafting import draft_all
from districts.locations.decrees.services import revoke_decree
from districts.locations.ranking.computing import digest_of, inputs_of, standing_of
from districts.locations.ranking.replay import DRAWN_AGAIN_UP_TO, replay_of
from districts.locations.ranking.sensitivity import sensitivity_of
from districts.locations.rounds.models import SelectionRound
from districts.locations.rounds.pairwise import _statement
from districts.models import RankingRun
from p2emas import clock
from p2emas.workflow.track import Task
from tests.factories import (
    CompetencyDeterminationFactory,
    DecreeFactory,
    RankingRunFactory,
    SelectionRoundFactory,
)

from .conftest import enacted, url, weighed_round
from .ranking.test_ranking import inputs
from .rounds.test_frame import rows, stored

pytestmark = pytest.mark.django_db


def tasks(client, selection) -> dict[str, Task]:
    return {task.label: task for task in client.get(selection.get_absolute_url()).context["tasks"]}


# --- What is asked of whom --------------------------------------------------------------------------------------------


def test_gates_are_done_once_nobody_waits_while_proposals_still_come_in(coordinator, scene):
    scene.candidate(status="ELIGIBLE")
    assert tasks(coordinator, scene.selection)["Periksa syarat dasar"].done

    scene.candidate(scene.foreign)
    assert not tasks(coordinator, scene.selection)["Periksa syarat dasar"].done


def test_head_is_led_to_the_decision_while_it_waits(client_as, scene):
    head = client_as("coordinator_head")
    enacted(scene.selection)  # it keeps the run that a submitted round needs

    found = [tasks(head, scene.to(status))["Putuskan"].url for status in ("SCORING", "SUBMITTED", "DECIDED")]

    assert found == ["", url("round-decide", scene.selection.pk), ""]


def test_submitted_round_is_a_card_of_every_head_but_the_one_who_submitted_it(client_as, scene):
    author, other = client_as("coordinator_head"), client_as("coordinator_head")
    enacted(scene.selection)
    SelectionRound.objects.filter(pk=scene.selection.pk).update(status="SUBMITTED", submitted_by=author.user)

    pages = [client.get(reverse("dashboards:home")).content.decode() for client in (author, other)]

    assert ["Pilihan lokasi diajukan: Lokasi sasaran 2020" in page for page in pages] == [False, True]


@pytest.mark.parametrize(
    ("who", "found"), [("coordinator", ["buka", "lewat"]), ("district_admin", ["buka"]), ("agency_operator", [])]
)
def test_rounds_to_propose_in_are_those_of_the_day_for_a_kecamatan(user_as, scene, who, found):
    """A coordinator enters what arrived late; a kecamatan whose time is over is not offered the round."""
    SelectionRound.objects.filter(pk=scene.selection.pk).update(name="buka")
    SelectionRoundFactory(name="lewat", status="OPEN", opens=date(2019, 9, 1), closes=date(2019, 10, 7))
    user = user_as(who, at=scene.own.district.office) if who == "district_admin" else user_as(who)

    assert sorted(map(str, SelectionRound.objects.proposable(user, date(2019, 10, 8)))) == found


@pytest.mark.parametrize("name", ["round-detail", "round-history", "round-ranking", "candidate-list", "round-replay"])
def test_page_that_shows_a_round_takes_nothing(coordinator, scene, name):
    assert coordinator.post(url(name, scene.selection.pk), {}).status_code == 405


def test_form_of_a_visit_is_read_and_sent_in_no_other_way(coordinator, scene):
    scene.to("SURVEY")
    address = url("visit-create", scene.selection.pk, scene.candidate(status="ELIGIBLE").pk)

    assert [coordinator.put(address).status_code, coordinator.delete(address).status_code] == [405, 405]


def test_page_of_a_candidate_shows_its_eight_newest_changes(coordinator, scene):
    candidate = scene.candidate()
    for day in range(9, 18):
        with clock.at(date(2019, 10, day)):
            candidate.members = 20 + day
            candidate.save()

    assert len(coordinator.get(candidate.get_absolute_url()).context["history"]) == 8


# --- What is typed ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("letters", "refused"), [(2000, False), (2001, True)])
def test_existing_activity_is_told_when_it_is_too_long(staff, scene, letters, refused):
    answer = staff.post(
        url("candidate-create", scene.selection.pk), scene.evidence(existing_activity="x" * letters)
    ).content.decode()

    assert ("Isi paling banyak 2.000 huruf" in answer, "x" * 2001 in answer) == (refused, refused)
    assert scene.selection.candidates.exists() is not refused


@pytest.mark.parametrize(("letters", "valid"), [(1000, True), (1001, False)])
def test_reason_of_a_mark_has_room_for_a_thousand_letters(letters, valid):
    selection = weighed_round()
    line = standing_of(inputs_of(selection)).ranked[0]
    sent = {f"calon-{line.id}-choice": "CHOSEN", f"calon-{line.id}-reason": "x" * letters}

    form = ChoicesForm.of(selection, standing_of(inputs_of(selection)), sent)
    form.is_valid()

    assert ("reason" not in form.marks[0].errors) is valid


def test_last_row_that_the_table_takes_can_part_equal_scores(coordinator, scene):
    scene.to("DRAFT")
    empty = [("", "", "", "", "")] * 12
    data = rows(*stored(scene), *empty, ("", "Lahan", "30", "0", "5"), initial=2, tie_break="kriteria-14")

    assert coordinator.post(url("round-criteria", scene.selection.pk), data).status_code == 302
    scene.selection.refresh_from_db()
    assert scene.selection.tie_break.name == "Lahan"


# --- What is said of figures ------------------------------------------------------------------------------------------


def test_gap_at_the_line_is_said_with_one_decimal_where_that_is_enough(coordinator):
    selection = weighed_round()
    CandidateValue.objects.filter(candidate__village__name="Baning Panjang").update(value="56.68")

    assert "dengan selisih 3,3 poin" in coordinator.get(url("round-ranking", selection.pk)).content.decode()


def test_importance_just_above_one_is_said_to_the_third_decimal():
    said = _statement(["Anggota", "Jarak"], [[1.0, 1.02346], [1 / 1.02346, 1.0]], 0, 1)

    assert said == "Anggota 1,023 kali lebih penting daripada Jarak"


def test_equal_scores_are_marked_also_where_they_do_not_touch_the_line(coordinator):
    selection = weighed_round()
    CandidateValue.objects.filter(candidate__village__name="Bekuan Luyang").update(value=40)

    assert [line.tied for line in standing_of(inputs_of(selection)).ranked] == [False, False, True, True]
    page = coordinator.get(url("round-ranking", selection.pk)).content.decode()
    assert page.count("Nilainya sama dengan calon lain") == 2


def test_decision_over_many_candidates_is_the_same_though_its_draws_are_not_repeated():
    """Draws of more than fifty would keep the reader waiting: the rest still has to agree to the last figure."""
    many = inputs({f"Desa {n:03}": [float(n), 90.0 - n, 20.0] for n in range(DRAWN_AGAIN_UP_TO + 1)})
    run = RankingRun(inputs=many, results=sensitivity_of(many, draws=3), seed=7, draws=3)

    found = replay_of(run, many)

    assert (found.same, found.drawn, found.changes) == (True, False, [])


# --- What a decision does ---------------------------------------------------------------------------------------------


def test_village_is_chosen_by_the_decision_of_its_round_and_by_no_step_of_its_own(client_as, scene):
    head = client_as("coordinator_head")
    scene.to("SCORING")
    candidate = scene.candidate(status="SURVEYED")

    answers = [
        head.post(url("candidate-step", scene.selection.pk, candidate.pk, step), {"seen": "SURVEYED", "note": "Ya."})
        for step in ("choose", "reserve", "pass_over")
    ]

    candidate.refresh_from_db()
    assert ([answer.status_code for answer in answers], candidate.status) == ([404] * 3, "SURVEYED")
    assert head.get(candidate.get_absolute_url()).context["steps"] == []


def test_decision_takes_the_competency_that_waits_for_a_decree_along(user_as):
    """A chosen village rests on the competency of its kecamatan: decided, but not in force yet."""
    selection = weighed_round()
    first = selection.candidates.get(village__name="Ensaid Panjang")
    first.village.district.competencies.all().delete()
    waiting = CompetencyDeterminationFactory(district=first.village.district, status="DECIDED", decree=None)
    for place, candidate in enumerate(selection.candidates.ranked().order_by("pk")):
        candidate.choice = "CHOSEN" if place < 2 else "NOT_CHOSEN"
        candidate.reason = "Menurut peringkat."
        candidate.save()
    now = inputs_of(selection)
    run = RankingRunFactory(round=selection, inputs=now, digest=digest_of(now), seed=selection.seed)
    SelectionRound.objects.filter(pk=selection.pk).update(
        status="SUBMITTED", run=run, submitted_by=user_as("coordinator")
    )
    selection.refresh_from_db()

    decide_round(selection=selection, seen="SUBMITTED", actor=user_as("coordinator_head"))
    decree = draft_all(user_as("coordinator"))

    opened = [(item.determination, str(item.village or "")) for item in decree.items.order_by("pk")]
    assert opened == [(waiting, ""), (None, "Ensaid Panjang"), (None, "Pakak")]


def test_decree_that_is_revoked_takes_its_round_along(user_as, scene):
    head, decree = user_as("coordinator_head"), DecreeFactory()
    SelectionRound.objects.filter(pk=enacted(scene.selection).pk).update(decree=decree)

    revoke_decree(decree=decree, seen="IN_FORCE", actor=head, note="Masa berlaku habis")

    scene.selection.refresh_from_db()
    assert (scene.selection.status, scene.selection.last_change("revoke").actor) == ("REVOKED", head)
