"""Scores, bounds, sensitivity and agreement of stored inputs by hand."""

import pytest

from districts.competencies.analysis.words import agreement, join_words
from districts.competencies.panel.computing import compute


def criterion(pk, kind="PANEL", weight="50", low="1", high="5", figure=""):
    return {"id": pk, "name": f"K{pk}", "kind": kind, "figure": figure, "weight": weight, "low": low, "high": high}


def inputs(scores, values=None, criteria=None, names=("lada", "karet", "kopi")):
    """``scores``: option -> one list of assessors' scores for each PANEL criterion."""
    criteria = criteria or [criterion(1), criterion(2)]
    panel = [row["id"] for row in criteria if row["kind"] == "PANEL"]
    rows = [
        [option, panel[place], seat, score]
        for option, lists in scores.items()
        for place, marks in enumerate(lists)
        for seat, score in enumerate(marks, start=1)
    ]
    return {
        "options": [{"id": pk, "commodity": pk + 100, "name": name} for pk, name in enumerate(names, start=1)],
        "criteria": criteria,
        "values": values or {},
        "scores": rows,
        "assessors": 2,
    }


def test_score_is_the_sum_of_its_contributions():
    found = compute(inputs({1: [(5, 5), (3, 3)], 2: [(1, 3), (1, 1)], 3: [(3, 3), (3, 5)]}))

    lada, karet, kopi = found["rows"]
    assert lada["contributions"] == [0.5, 0.25]
    assert (lada["score"], karet["score"], kopi["score"]) == (0.75, 0.125, 0.625)
    assert [row["rank"] for row in found["rows"]] == [1, 3, 2]
    assert found["winners"] == [1]
    assert found["shares"] == [0.5, 0.5]


def test_weights_are_shares_of_their_sum_and_values_stay_inside_the_goalposts():
    criteria = [criterion(1, "EVIDENCE", "30", "0", "2", "LQ"), criterion(2, weight="10")]
    found = compute(inputs({1: [(5, 5)], 2: [(1, 1)], 3: [(3, 3)]},
                           {"1": {"LQ": 7.0}, "2": {"LQ": 0.5}, "3": {"LQ": 1.0}}, criteria))  # fmt: skip

    assert [row["contributions"] for row in found["rows"]] == [[0.75, 0.25], [0.1875, 0.0], [0.375, 0.125]]


def test_option_with_a_gap_has_bounds_instead_of_a_rank():
    criteria = [criterion(1, "EVIDENCE", "50", "0", "2", "LQ"), criterion(2, weight="50")]
    found = compute(inputs({1: [(5, 5)], 2: [(1, 1)], 3: [(5, 5)]},
                           {"1": {"LQ": 1.0}, "2": {"LQ": 1.0}, "3": {"LQ": None}}, criteria))  # fmt: skip

    craft = found["rows"][2]
    assert (craft["rank"], craft["score"], craft["missing"]) == (None, None, [0])
    assert (craft["low"], craft["high"], craft["best_rank"], craft["worst_rank"]) == (0.5, 1.0, 1, 2)
    assert [row["rank"] for row in found["rows"][:2]] == [1, 2]


def test_nothing_complete_has_no_winner():
    criteria = [criterion(1, "EVIDENCE", "50", "0", "2", "LQ")]
    found = compute(inputs({}, {"1": {"LQ": None}, "2": {}, "3": {"LQ": None}}, criteria))

    assert (found["winners"], found["changes"]) == ([], [])


def test_ties_win_together():
    found = compute(inputs({1: [(4, 4), (4, 4)], 2: [(4, 4), (4, 4)], 3: [(2, 2), (2, 2)]}))

    assert found["winners"] == [1, 2]
    assert [row["rank"] for row in found["rows"]] == [1, 1, 3]


def test_moved_weights_name_their_winner():
    found = compute(inputs({1: [(5, 5), (2, 2)], 2: [(3, 3), (4, 4)], 3: [(1, 1), (1, 1)]}))

    assert found["winners"] == [1, 2]  # (1 + 0.25) / 2 = (0.5 + 0.75) / 2
    moved = {(change["criterion"], change["change"]): change["winners"] for change in found["changes"]}
    assert (moved[0, 0.1], moved[0, -0.1], moved[1, 0.1]) == ([1], [2], [2])
    assert len(moved) == 12


def test_agreement_of_the_panel_needs_three_options():
    same = inputs({1: [(5, 5), (5, 5)], 2: [(3, 3), (3, 3)], 3: [(1, 1), (1, 1)]})
    assert compute(same)["agreement"]["all"] == {"one": 1.0, "mean": 1.0}

    two = inputs({1: [(5, 5), (5, 5)], 2: [(3, 3), (3, 3)]}, names=("lada", "karet"))
    assert compute(two)["agreement"]["all"] is None


@pytest.mark.parametrize(
    ("value", "word"),
    [(None, "tidak dapat dihitung"), (-0.3, "rendah"), (0.49, "rendah"), (0.5, "sedang"), (0.75, "baik"),
     (0.9, "sangat baik")],
)  # fmt: skip
def test_agreement_in_words(value, word):
    assert agreement(value) == word


def test_names_in_a_sentence():
    assert [join_words(names) for names in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a dan b", "a, b, dan c"]
