"""The result of a round from plain inputs: gate, parts, final score, places, ties, agreement."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitators.recruitment.result.computing import compute_selection

MARKS = st.lists(st.tuples(*[st.integers(1, 5)] * 3), min_size=3, max_size=5)


def row(pk, marks, *, test=80.0, wishes=(1,), **fields):
    sheets = {str(seat): {"1": mark} for seat, mark in enumerate(marks, 1) if mark is not None}
    interviews = {seat: {"2": scores["1"]} for seat, scores in sheets.items()}
    return {
        "id": pk,
        "number": f"LMR-{pk:03d}",
        "panel": 1,
        "test": test,
        "wishes": list(wishes),
        "anywhere": False,
        "attempts": 1,
        "barred": [],
        "sheets": {"DOSSIER": sheets, "INTERVIEW": interviews},
    } | fields


def inputs(*rows, places=((1, 1), (2, 1)), seats=3, **fields):
    return {
        "scale": "FIVE",
        "weights": {"test": 30.0, "dossier": 30.0, "interview": 40.0},
        "pass_mark": 60.0,
        "panels": 1,
        "reserve_quota": 3,
        "criteria": [
            {"id": 1, "part": "DOSSIER", "name": "Pengalaman", "weight": 100.0},
            {"id": 2, "part": "INTERVIEW", "name": "Bicara", "weight": 100.0},
        ],
        "seats": [{"number": number, "panel": 1} for number in range(1, seats + 1)],
        "places": [{"id": pk, "village": f"Desa {pk}", "number": number} for pk, number in places],
        "applications": list(rows),
    } | fields


def by_id(result):
    return {line["id"]: line for line in result["lines"]}


def test_final_score_weighs_test_dossier_and_interview():
    lines = by_id(compute_selection(inputs(row(1, [5, 4, 3]), row(2, [2, 2, 2], test=60.0))))

    assert lines[1]["parts"]["DOSSIER"]["raw"] == pytest.approx(75)
    assert lines[1]["final"] == pytest.approx(0.3 * 80 + 0.7 * 75)
    assert lines[2]["final"] == pytest.approx(0.3 * 60 + 0.7 * 25)
    assert (lines[1]["rank"], lines[2]["rank"]) == (1, 2)


def test_scale_of_a_hundred_is_taken_as_it_is():
    lines = by_id(compute_selection(inputs(row(1, [90, 80, 70]), scale="HUNDRED")))

    assert lines[1]["parts"]["INTERVIEW"]["raw"] == pytest.approx(80)


def test_below_the_pass_mark_nobody_is_ranked():
    result = compute_selection(
        inputs(row(1, [5, 5, 5], test=59.99), row(2, [1, 1, 1], test=60.0), row(3, [3, 3, 3], test=None))
    )

    lines = by_id(result)
    assert (lines[1]["gate"], lines[1]["final"], lines[1]["place"]) == ("TEST", None, None)
    assert (lines[2]["gate"], lines[2]["place"]) == ("", 1)
    assert (lines[3]["gate"], lines[3]["final"], lines[3]["rank"]) == ("", None, None)


def test_cell_of_a_conflict_is_missing_and_no_zero():
    result = compute_selection(inputs(row(1, [None, 4, 4], barred=[1]), row(2, [5, None, 3])))

    lines = by_id(result)
    assert lines[1]["parts"]["DOSSIER"]["raw"] == pytest.approx(75)
    assert lines[1]["parts"]["DOSSIER"]["missing"] == []
    assert lines[2]["parts"]["DOSSIER"]["missing"] == [2]


def test_sheet_with_a_gap_does_not_count():
    given_row = row(1, [5, 5, 5])
    given_row["sheets"]["DOSSIER"]["1"] = {}

    line = by_id(compute_selection(inputs(given_row)))[1]

    assert line["parts"]["DOSSIER"]["missing"] == [1]
    assert "1" not in line["parts"]["DOSSIER"]["each"]


def test_part_without_weight_is_not_asked_for():
    weights = {"test": 0.0, "dossier": 50.0, "interview": 50.0}

    line = by_id(compute_selection(inputs(row(1, [5, 5, 5], test=None), weights=weights)))[1]

    assert line["final"] == pytest.approx(100)


def test_places_go_by_rank_and_wish_and_the_rest_are_reserves():
    result = compute_selection(
        inputs(
            row(1, [5, 5, 5], wishes=(2,)),
            row(2, [4, 4, 4], wishes=(2, 1)),
            row(3, [3, 3, 3], wishes=(2,)),
            row(4, [2, 2, 2], wishes=(), anywhere=True),
            row(5, [1, 1, 1], wishes=(1,)),
        )
    )

    lines = by_id(result)
    assert [(lines[pk]["place"], lines[pk]["wish"]) for pk in (1, 2, 3)] == [(2, 1), (1, 2), (None, None)]
    assert result["reserves"] == {"1": [5, 4], "2": [3, 4]}
    assert result["reserve_order"] == [3, 4, 5]


def test_reserves_are_kept_up_to_the_quota_of_each_place():
    rows = [row(pk, [mark] * 3) for pk, mark in ((1, 5), (2, 4), (3, 3), (4, 2))]

    result = compute_selection(inputs(*rows, places=((1, 1),), reserve_quota=1))

    assert result["reserves"] == {"1": [2]}
    assert result["reserve_order"] == [2]


def test_tie_that_decides_a_place_asks_for_a_second_interview():
    tied = [row(1, [4, 4, 4]), row(2, [4, 4, 4])]

    result = compute_selection(inputs(*tied, places=((1, 1),)))

    assert (result["tied"], result["again"]) == ([1, 2], [1, 2])
    assert {line["rank"] for line in result["lines"]} == {1}


def test_tie_that_decides_nothing_is_left_alone():
    own_village = compute_selection(inputs(row(1, [4, 4, 4], wishes=(1,)), row(2, [4, 4, 4], wishes=(2,))))
    below = compute_selection(inputs(row(1, [5, 5, 5]), row(2, [4, 4, 4]), row(3, [4, 4, 4]), places=((1, 1),)))

    assert own_village["tied"] == below["tied"] == []


def test_tie_whose_loser_takes_what_a_third_wants_is_seen():
    rows = [row(1, [4] * 3, wishes=(1, 2)), row(2, [4] * 3, wishes=(1,)), row(3, [4] * 3, wishes=(2,))]

    assert compute_selection(inputs(*rows))["tied"] == [1, 2, 3]


def test_tie_after_the_second_interview_is_not_sent_to_a_third():
    tied = [row(1, [4, 4, 4], attempts=2), row(2, [4, 4, 4], attempts=2)]

    result = compute_selection(inputs(*tied, places=((1, 1),)))

    assert (result["tied"], result["again"]) == ([1, 2], [])


def test_poor_agreement_with_a_tie_is_doubtful():
    marks = [[1, 5, 3], [5, 1, 3], [3, 1, 2], [2, 1, 2]]

    result = compute_selection(inputs(*[row(pk, each) for pk, each in enumerate(marks, 1)], places=((1, 1),)))

    assert result["tied"] == [1, 2]
    assert result["agreement"][0]["icc"] < 0.5
    assert result["doubtful"]


def test_agreement_is_none_with_too_little_to_judge_by():
    result = compute_selection(inputs(row(1, [5, 4, 3]), row(2, [4, 3, 2])))

    assert [(each["part"], each["icc"], each["n"], each["k"]) for each in result["agreement"]] == [
        ("DOSSIER", None, 2, 3),
        ("INTERVIEW", None, 2, 3),
    ]


def test_with_several_panels_z_ranks_and_a_severe_panel_costs_nobody():
    seats = [{"number": 1, "panel": 1}, {"number": 2, "panel": 2}]
    kind = [row(pk, [mark, None], panel=1) for pk, mark in ((1, 5), (2, 4), (3, 3))]
    severe = [row(pk, [None, mark], panel=2) for pk, mark in ((4, 3), (5, 2), (6, 1))]

    lines = by_id(compute_selection(inputs(*kind, *severe, panels=2, seats=2) | {"seats": seats}))

    assert lines[1]["final"] == pytest.approx(lines[4]["final"])
    assert lines[1]["rank"] == lines[4]["rank"] == 1
    assert lines[1]["check"] > lines[4]["check"]
    assert lines[1]["final"] == pytest.approx(0.3 * 80 + 0.7 * 60)


@given(marks=MARKS, order=st.permutations([0, 1, 2]))
def test_permuting_the_panellists_changes_nothing(marks, order):
    plain = compute_selection(inputs(*[row(pk, each) for pk, each in enumerate(marks, 1)]))
    turned = compute_selection(inputs(*[row(pk, [each[place] for place in order]) for pk, each in enumerate(marks, 1)]))

    for result in (plain, turned):
        for line in result["lines"]:
            for part in line["parts"].values():
                del part["each"]
    assert plain == turned


@given(
    marks=st.lists(st.tuples(*[st.integers(20, 80)] * 3), min_size=3, max_size=5),
    shift=st.integers(-20, 20),
    seat=st.integers(0, 2),
)
def test_constant_shift_of_a_severe_panellist_does_not_change_z(marks, shift, seat):
    moved = [[mark + shift * (place == seat) for place, mark in enumerate(each)] for each in marks]

    plain, shifted = (
        compute_selection(inputs(*[row(pk, each) for pk, each in enumerate(given_marks, 1)], scale="HUNDRED", panels=2))
        for given_marks in (marks, moved)
    )

    for pk, line in by_id(plain).items():
        other = by_id(shifted)[pk]
        assert (line["final"], line["rank"]) == (other["final"], other["rank"])
        assert [part["z"] for part in line["parts"].values()] == [part["z"] for part in other["parts"].values()]


@given(marks=MARKS)
def test_result_survives_the_way_through_json(marks):
    given_inputs = inputs(*[row(pk, each) for pk, each in enumerate(marks, 1)])
    untouched = copy.deepcopy(given_inputs)

    result = compute_selection(given_inputs)

    assert json.loads(json.dumps(result)) == result == compute_selection(json.loads(json.dumps(given_inputs)))
    assert given_inputs == untouched
