import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.methods.selection import Choice, Placing, panel_mean, serial_choice, weighted_score

from .strategies import quick

VILLAGES = "PQRS"
wishes = st.lists(
    st.tuples(st.lists(st.sampled_from(VILLAGES), unique=True, max_size=4), st.booleans()), max_size=9
).map(lambda rows: {number: Choice(*row) for number, row in enumerate(rows)})
capacities = st.fixed_dictionaries({village: st.integers(min_value=0, max_value=3) for village in VILLAGES})
marks = st.lists(st.none() | st.integers(min_value=0, max_value=1000).map(lambda tenth: tenth / 10), max_size=9)


# Marks


@pytest.mark.parametrize(
    ("scores", "mean"),
    [
        ([80], 80),
        ([70, 80], 75),
        ([0, 80, 100, 60], 60),
        ([0, 60, 70, 80, 100], 70),
        ([0, 60, None, 70, 80, None, 100], 70),
        ([0, 60, 70, None, 80], 52.5),
        ([0, 0, 0, 0, 100], 0),
        ([0.1, 0.2, 0.3], 0.2),
        ([Decimal("0.1"), Decimal("0.2")], 0.15),
        ([], None),
        ([None, None], None),
    ],
)
def test_panel_mean(scores, mean):
    assert panel_mean(scores) == mean


def test_panel_mean_trims_from_the_number_that_is_set():
    assert panel_mean([0, 50, 70], trim_from=3) == 50
    assert panel_mean([0, 50, 70, 80, 100], trim_from=6) == 60


@pytest.mark.parametrize("trim_from", [2, 0, -1, 2.5, None, True])
def test_panel_mean_that_could_trim_everything_raises(trim_from):
    with pytest.raises(ValueError, match="trim_from must be a whole number of at least 3"):
        panel_mean([1, 2], trim_from=trim_from)


@pytest.mark.parametrize("bad", [math.nan, math.inf, Decimal("NaN"), 10**400, True, "80", 2j])
def test_dishonest_mark_raises(bad):
    with pytest.raises(ValueError, match=r"^Score 2 .*\.$"):
        panel_mean([None, bad])
    with pytest.raises(ValueError, match=r"^Part 2 .*\.$"):
        weighted_score([None, bad], [1, 1])


def test_weighted_score_by_hand():
    assert weighted_score([80, 60, 90], [30, 30, 40]) == 78
    assert weighted_score([80, 60, 90], [0.3, 0.3, 0.4]) == 78
    assert weighted_score([80, 60], [1, 0]) == 80


@pytest.mark.parametrize("weights", [[1, 1], [1, 0]])
def test_missing_part_leaves_no_score(weights):
    assert weighted_score([80, None], weights) is None


@pytest.mark.parametrize(
    ("parts", "weights", "sentence"),
    [
        ([], [], "no part"),
        ([80, 60], [1], "1 weights for 2 criteria"),
        ([80, 60], [0, 0], "weights sum to 0"),
        ([80, None], [0, 0], "weights sum to 0"),
        ([80, 60], [1, -1], "Weight 2 is negative"),
        ([80, 60], [1, math.nan], "Weight 2 must be finite"),
        ([80, 60], [1, None], "Weight 2 must be a number"),
    ],
)
def test_dishonest_weights_raise(parts, weights, sentence):
    with pytest.raises(ValueError, match=sentence):
        weighted_score(parts, weights)


# Places


def test_serial_choice_by_hand():
    placing = serial_choice(
        ["A", "B", "C", "D", "E", "F"],
        {
            "A": ["P", "Q"],
            "B": ["P", "R"],
            "C": Choice(["P"], anywhere=True),
            "D": ["P"],
            "E": Choice([], anywhere=True),
            "F": ["Q"],
            "not in the order": ["P"],
        },
        {"P": 1, "Q": 1, "R": 1},
    )

    assert placing == Placing({"A": "P", "B": "R", "C": "Q"}, {"P": ["D", "E"], "Q": ["F", "E"], "R": ["E"]})


def test_anywhere_is_the_first_free_village_of_the_list():
    placing = serial_choice(["A"], {"A": Choice(["P"], anywhere=True)}, {"P": 0, "R": 1, "Q": 1})

    assert placing.placed == {"A": "R"}


def test_who_named_the_village_comes_before_who_goes_anywhere():
    choices = {"A": ["P"], "B": Choice(["Q"], anywhere=True), "C": ["P"]}
    placing = serial_choice("ABC", choices, {"P": 1, "Q": 0})

    assert placing == Placing({"A": "P"}, {"P": ["C", "B"], "Q": ["B"]})


def test_pair_is_a_choice():
    for anywhere in (True, False):
        placing = serial_choice("AB", {"A": ["P"], "B": (["P"], anywhere)}, {"P": 1, "Q": 1})

        assert placing == serial_choice("AB", {"A": ["P"], "B": Choice(["P"], anywhere=anywhere)}, {"P": 1, "Q": 1})
    assert serial_choice("A", {"A": ("Q", "P")}, {"P": 1, "Q": 1}).placed == {"A": "Q"}


def test_several_places_and_nobody():
    assert serial_choice("AB", {"A": ["P"], "B": ["P"]}, {"P": 2}) == Placing({"A": "P", "B": "P"}, {"P": []})
    assert serial_choice([], {}, {"P": 2}) == Placing({}, {"P": []})
    assert serial_choice(["A"], {"A": []}, {}) == Placing({}, {})
    assert serial_choice(["A"], {"A": []}, {"P": 1}) == Placing({}, {"P": []})


def test_keys_may_be_any_numbers():
    assert serial_choice([0], {0: [0]}, {0: 1}).placed == {0: 0}


@pytest.mark.parametrize(
    ("order", "choices", "places", "sentence"),
    [
        ("AA", {"A": []}, {"P": 1}, "An applicant is twice"),
        ("AB", {"A": []}, {"P": 1}, "Applicant B has no entry"),
        ("A", {"A": ["Z"]}, {"P": 1}, "Applicant A named 'Z', which has no places"),
        ("A", {"A": [None]}, {"P": 1}, "Applicant A named None"),
        ("A", {"A": [["P"]]}, {"P": 1}, "Applicant A named .'P'., which has no places"),
        ("A", {"A": ["P", "P"]}, {"P": 1}, "Applicant A named a village twice"),
        ("A", {"A": "PQ"}, {"P": 1, "Q": 1}, "must be a list of villages, not 'PQ'"),
        ("A", {"A": []}, {"P": -1}, "Places of P must be a whole number"),
        ("A", {"A": []}, {"P": 1.5}, "Places of P must be a whole number"),
        ("A", {"A": []}, {"P": None}, "Places of P must be a whole number"),
    ],
)
def test_dishonest_wish_raises(order, choices, places, sentence):
    with pytest.raises(ValueError, match=sentence):
        serial_choice(order, choices, places)


# Properties


@quick
@given(marks, st.randoms(use_true_random=False))
def test_order_of_panellists_and_missing_cells_change_no_mean(scores, random):
    mean = panel_mean(scores)

    assert panel_mean(random.sample(scores, len(scores))) == mean
    assert panel_mean([*scores, None]) == mean
    known = [score for score in scores if score is not None]
    assert mean is None if not known else min(known) <= mean <= max(known)


@quick
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 50)), min_size=1, max_size=5), st.integers(1, 10**6))
def test_weighted_score_lies_between_the_parts_and_knows_no_scale(rows, factor):
    parts, weights = zip(*rows, strict=True)
    score = weighted_score(parts, weights)

    assert min(parts) <= score <= max(parts)
    assert weighted_score(parts, [weight * factor for weight in weights]) == score


@quick
@given(wishes, capacities)
def test_serial_choice_is_never_over_capacity_and_leaves_no_wish_unheard(choices, places):
    placing = serial_choice(choices, choices, places)
    taken = list(placing.placed.values())

    assert all(taken.count(village) <= number for village, number in places.items())
    for applicant, wish in choices.items():
        reserve_of = {village for village, queue in placing.reserves.items() if applicant in queue}
        if applicant in placing.placed:
            assert reserve_of == set()
            assert wish.anywhere or placing.placed[applicant] in wish.villages
        else:
            assert reserve_of == (set(places) if wish.anywhere else set(wish.villages))
            # those who wait would take no village that is still free
            assert all(taken.count(village) == places[village] for village in reserve_of)


@quick
@given(wishes, capacities)
def test_nobody_envies_a_worse_applicant(choices, places):
    placing = serial_choice(choices, choices, places)
    for applicant, wish in choices.items():
        own = placing.placed.get(applicant)
        better = wish.villages[: wish.villages.index(own)] if own in wish.villages else wish.villages
        assert not any(placing.placed.get(other) in better for other in choices if other > applicant)


@quick
@given(wishes, capacities)
def test_a_worse_applicant_never_changes_the_place_of_a_better_one(choices, places):
    whole = serial_choice(choices, choices, places).placed
    for number in choices:
        first = serial_choice(list(choices)[:number], choices, places).placed
        assert first == {applicant: village for applicant, village in whole.items() if applicant < number}
