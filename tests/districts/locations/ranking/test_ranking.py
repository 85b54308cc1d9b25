"""The ranking of a round: line, ties, gaps, TOPSIS beside it, sensitivity, and its replay."""

import json
import math

import pytest
from django.urls import reverse

from districts.locations.decision.papers import _ranking, _ranking_words
from districts.locations.ranking.computing import digest_of, inputs_of, standing_of
from districts.locations.ranking.replay import changes_since, replay_of
from districts.locations.ranking.sensitivity import sensitivity_of
from districts.models import Candidate, RankingRun
from tests.factories import (
    CandidateFactory,
    CandidateValueFactory,
    CriterionFactory,
    RankingRunFactory,
    SelectionRoundFactory,
)
from tests.markup import tight


def inputs(rows: dict[str, list], *, quota: int = 2, tie_break: int | None = None) -> dict:
    """Two benefits of weight 60 and 30 and a cost of weight 10, all on goalposts 0 to 100."""
    criteria = [
        {"id": n, "name": f"K{n}", "unit": "", "direction": sign, "weight": weight, "low": 0.0, "high": 100.0}
        for n, (weight, sign) in enumerate([(60.0, 1), (30.0, 1), (10.0, -1)], 1)
    ]
    candidates = [
        {"id": n, "village": name, "district": "Kecamatan", "commodity": "cabai", "values": values}
        for n, (name, values) in enumerate(rows.items(), 1)
    ]
    return {"criteria": criteria, "quota": quota, "seed": 7, "tie_break": tie_break, "candidates": candidates}


FOUR = {"A": [90.0, 50.0, 20.0], "B": [50.0, 90.0, 20.0], "C": [40.0, 40.0, 50.0], "D": [10.0, 10.0, 90.0]}


def test_scores_are_sums_of_what_each_criterion_gives():
    standing = standing_of(inputs(FOUR))

    assert [(line.village, line.rank, round(line.score, 4)) for line in standing.ranked] == [
        ("A", 1, 0.77),
        ("B", 2, 0.65),
        ("C", 3, 0.41),
        ("D", 4, 0.1),
    ]
    assert all(math.isclose(math.fsum(line.contributions), line.score) for line in standing.ranked)
    assert [line.placed for line in standing.ranked] == [True, True, False, False]
    assert standing.weights == pytest.approx([0.6, 0.3, 0.1])
    assert standing.incomplete == standing.tied_at_line == standing.disagreeing == []


def test_missing_value_is_not_a_zero():
    """ "E" is not ranked; its bounds say whether the gap matters for the line."""
    standing = standing_of(inputs({**FOUR, "E": [None, 80.0, 10.0], "F": [5.0, None, 90.0]}))

    assert [line.village for line in standing.ranked] == ["A", "B", "C", "D"]
    gaps = {line.village: (line.missing, line.rank, line.bounds.in_quota) for line in standing.incomplete}
    assert gaps == {"E": ([0], None, None), "F": ([1], None, False)}
    assert [line.village for line in standing.undecided] == ["E"]


def test_tie_at_the_line_is_shown_until_a_rule_written_before_parts_it():
    tied = {"A": [90.0, 50.0, 20.0], "B": [50.0, 50.0, 20.0], "C": [40.0, 70.0, 20.0]}

    open_tie = standing_of(inputs(tied))
    ruled = standing_of(inputs(tied, tie_break=2))

    assert [line.village for line in open_tie.tied_at_line] == ["B", "C"]
    assert [(line.village, line.rank, line.placed) for line in ruled.ranked] == [
        ("A", 1, True),
        ("C", 2, True),
        ("B", 2, False),
    ]
    assert ruled.tie_rule == "K2"


def test_single_candidate_has_an_honest_score_and_no_topsis():
    standing = standing_of(inputs({"A": [90.0, 50.0, 20.0]}))

    assert [(line.rank, line.topsis_rank) for line in standing.ranked] == [(1, None)]


def test_villages_that_both_methods_place_differently_are_named():
    rows = {"A": [100.0, 0.0, 0.0], "B": [62.0, 60.0, 100.0], "C": [55.0, 75.0, 90.0]}
    standing = standing_of(inputs(rows, quota=1))

    expected = [line.village for line in standing.ranked if line.placed != (line.topsis_rank <= 1)]
    assert [line.village for line in standing.disagreeing] == expected and len(expected) in (0, 2)


def test_criteria_in_which_all_are_alike_and_a_single_candidate_are_named():
    standing = standing_of(inputs({"A": [90.0, 50.0, 20.0], "B": [10.0, 50.0, 20.0]}))
    alone = standing_of(inputs({"A": [90.0, 50.0, 20.0]}))

    assert standing.remarks == ["Tidak membedakan calon, karena semua mendapat sumbangan yang sama: K2, K3."]
    assert alone.remarks == ["Hanya satu calon yang lengkap: peringkatnya tanpa pembanding."]
    assert standing_of(inputs(FOUR)).remarks == []


def test_check_without_an_answer_is_a_tie_and_disagrees_with_nobody():
    standing = standing_of(inputs({name: [50.0, 50.0, 50.0] for name in "ABC"}))

    assert [line.topsis_word for line in standing.ranked] == ["seri", "seri", "seri"]
    assert standing.disagreeing == []


def test_nobody_complete_is_an_empty_ranking():
    standing = standing_of(inputs({"A": [None, 1.0, 1.0]}))

    assert (standing.ranked, [line.village for line in standing.incomplete]) == ([], ["A"])
    assert sensitivity_of(inputs({"A": [None, 1.0, 1.0]}), draws=10)["candidates"] == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["round-ranking", "round-minutes-docx"])
def test_draft_whose_criteria_weigh_nothing_yet_can_be_read(client_as, name):
    selection = SelectionRoundFactory(status="DRAFT")
    CriterionFactory(round=selection, weight=0)

    answer = client_as("coordinator").get(reverse(f"locations:{name}", args=[selection.pk]))

    assert answer.status_code == 200


def test_minutes_say_what_missing_values_can_change():
    """The paper is what stays: it has the bounds of incomplete candidates as the page does."""
    standing = standing_of(inputs({**FOUR, "E": [None, 80.0, 10.0], "F": [5.0, None, 90.0]}))

    rows = [row[1:] for row in _ranking(standing).rows if row[1] in ("A", "E", "F")]

    assert rows == [
        ["A", "Kecamatan", "77", "1", "1"],
        ["E", "Kecamatan", "33\u00a0s.d.\u00a093", "belum lengkap: 1\u00a0s.d.\u00a05", "–"],
        ["F", "Kecamatan", "4\u00a0s.d.\u00a034", "belum lengkap: 4\u00a0s.d.\u00a06", "–"],
    ]
    assert "Data yang belum lengkap menentukan garis kuota: E." in _ranking_words(standing)
    assert not any("belum lengkap" in words for words in _ranking_words(standing_of(inputs(FOUR))))


def test_sensitivity_is_the_same_for_ever():
    seen: list[int] = []
    first = sensitivity_of(inputs(FOUR), draws=200, progress=seen.append)
    again = sensitivity_of(json.loads(json.dumps(inputs(FOUR))), draws=200)

    assert first == again and seen and max(seen) == 200
    assert first["in_quota"][0] == 1.0 and first["in_quota"][3] == 0.0
    assert (first["critical"]["inside"], first["critical"]["outside"]) == (2, 3)
    assert first["reordered_without"] == []
    assert len(first["changes"]) == 3 * 6


def test_shift_that_takes_more_than_a_weight_has_cannot_be_reached(db, client_as):
    """A is 6.4 points ahead; K1 would have to fall far below 0, K2 has enough to lose, K3 may grow."""
    selection = SelectionRoundFactory(status="SCORING", quota=1)
    for name, weight, ahead, behind in (("K1", 10, 50, 46), ("K2", 60, 80, 60), ("K3", 30, 40, 60)):
        criterion = CriterionFactory(round=selection, name=name, weight=weight, low=0, high=100)
        for village, value in (("A", ahead), ("B", behind)):
            row = selection.candidates.filter(village__name=village).first()
            row = row or CandidateFactory(round=selection, village__name=village, status="SURVEYED")
            CandidateValueFactory(candidate=row, criterion=criterion, value=value)
    now = inputs_of(selection)
    found = sensitivity_of(now, draws=10)
    RankingRunFactory(
        round=selection, inputs=now, digest=digest_of(now), results=found, seed=selection.seed, draws=1000
    )

    page = tight(client_as("coordinator").get(reverse("locations:round-ranking", args=[selection.pk])).text)

    assert [round(change * 100, 1) for change in found["critical"]["changes"]] == [-160.0, -32.0, 32.0]
    table = page.split("Geseran bobot")[1].split("</details>")[0]
    assert "tidak tercapai: bobotnya hanya 10</td>" in table and "160" not in table
    assert "−32</td>" in table and "+32</td>" in table


def test_replay_finds_every_figure_that_has_changed():
    stored, now = inputs(FOUR), inputs({**FOUR, "B": [50.0, 91.0, 20.0], "E": [1.0, 1.0, 1.0]}, quota=3)
    now["criteria"][0] = {**now["criteria"][0], "weight": 50.0}
    now["tie_break"] = 2

    assert changes_since(stored, stored) == []
    assert set(changes_since(stored, now)) == {
        ("", "kuota", 2, 3),
        ("", "penentu bila nilai sama", "tidak ada", "K2"),
        ("K1", "bobot", 60.0, 50.0),
        ("B", "K2", 90.0, 91.0),
        ("E", "", None, "calon"),
    }


def test_replay_tells_villages_of_one_name_apart():
    """Two kecamatan have a village Semuntai: when one takes the other's place, the quota has changed."""
    stored, now = inputs(FOUR), inputs({**FOUR, "B": [5.0, 5.0, 90.0]})
    for given in (stored, now):
        for candidate, district in zip(given["candidates"][1:3], ("Sepauk", "Tempunak"), strict=True):
            candidate |= {"village": "Semuntai", "district": district}
    run = RankingRun(inputs=stored, results=sensitivity_of(stored, draws=10), seed=7, draws=10)

    found = replay_of(run, now)

    assert found.same
    assert (found.enters, found.leaves) == (["Semuntai (Tempunak)"], ["Semuntai (Sepauk)"])


@pytest.mark.django_db
def test_inputs_hold_candidates_past_the_gate_with_their_values(django_assert_num_queries):
    selection = SelectionRoundFactory(quota=1)
    first, second = CriterionFactory(round=selection, weight=70), CriterionFactory(round=selection, weight=30)
    passed = CandidateFactory(round=selection, status=Candidate.Status.SURVEYED)
    CandidateFactory(round=selection, status=Candidate.Status.PROPOSED)
    CandidateFactory(status=Candidate.Status.SURVEYED)
    CandidateValueFactory(candidate=passed, criterion=second, value="12.5")

    with django_assert_num_queries(3):  # criteria, values, candidates
        found = inputs_of(selection)

    assert [(each["id"], each["values"]) for each in found["candidates"]] == [(passed.pk, [None, 12.5])]
    assert [criterion["id"] for criterion in found["criteria"]] == [first.pk, second.pk]
    assert digest_of(found) == digest_of(inputs_of(selection)) == digest_of(json.loads(json.dumps(found)))
