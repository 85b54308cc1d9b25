import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2emas.methods.readiness import ANSWERS, often_enough, reaches, readiness, running

from .strategies import quick

SIX = ("output", "aid", "members", "market", "share", "reports")
REQUIRED = ("output", "reports")


def judged(**answers):
    return readiness({code: answers.get(code, "met") for code in SIX}, needed=5, required=REQUIRED)


def test_five_of_six_with_those_that_are_required_are_ready():
    assert judged().is_ready
    assert judged(market="not_met").is_ready
    assert judged(market="not_applicable").is_ready
    assert not judged(market="not_applicable", share="unknown").is_ready


@pytest.mark.parametrize("answer", ["not_met", "unknown", "not_applicable"])
@pytest.mark.parametrize("code", REQUIRED)
def test_required_criterion_cannot_be_made_up_for(code, answer):
    found = judged(**{code: answer})

    assert not found.is_ready
    assert found.missing_required == (code,)


def test_answers_are_kept_apart():
    found = judged(aid="unknown", members="not_met", market="not_applicable")

    assert (found.met, found.not_met) == (("output", "share", "reports"), ("members",))
    assert (found.unknown, found.not_applicable) == (("aid",), ("market",))


@given(st.dictionaries(st.sampled_from(SIX), st.sampled_from(ANSWERS)), st.sampled_from(SIX))
@quick
def test_another_criterion_met_never_makes_it_less_ready(answers, code):
    if judged(**answers).is_ready:
        assert judged(**answers | {code: "met"}).is_ready


@pytest.mark.parametrize(
    ("answers", "needed", "required"),
    [({"a": "yes"}, 1, ()), ({"a": "met"}, 2, ()), ({"a": "met"}, 0, ()), ({"a": "met"}, 1, ("b",)), ({}, 1, ())],
)
def test_list_that_makes_no_sense_is_refused(answers, needed, required):
    with pytest.raises(ValueError, match=r"answer|needed"):
        readiness(answers, needed=needed, required=required)


@pytest.mark.parametrize(
    ("value", "threshold", "answer"),
    [(0.8, 0.8, "met"), (0.79, 0.8, "not_met"), (0, 0, "met"), (None, 0.8, "unknown"), (0.8, None, "unknown")],
)
def test_figure_against_its_threshold(value, threshold, answer):
    assert reaches(value, threshold) == answer


def test_figure_that_is_none_is_refused():
    with pytest.raises(ValueError, match="finite"):
        reaches(math.nan, 1)


@pytest.mark.parametrize(
    ("yes", "no", "unknown", "answer"),
    [
        (6, 6, 0, "met"),
        (5, 7, 0, "not_met"),
        (5, 6, 1, "unknown"),
        (6, 0, 6, "met"),
        (0, 7, 5, "not_met"),
        (0, 0, 0, "not_met"),
    ],
)
def test_months_with_a_sale(yes, no, unknown, answer):
    assert often_enough([True] * yes + [False] * no + [None] * unknown, 6) == answer


@pytest.mark.parametrize(
    ("answers", "answer"),
    [
        ([False, True, True], "met"), ([True, True, False], "not_met"), ([False, None, True], "unknown"),
        ([True], "unknown"), ([], "unknown"), ([None, False], "not_met"), ([True, None], "unknown"),
    ],
)  # fmt: skip
def test_quarters_running(answers, answer):
    assert running(answers, 2) == answer


@pytest.mark.parametrize("rule", [often_enough, running])
def test_number_needed_is_at_least_one(rule):
    with pytest.raises(ValueError, match="number needed"):
        rule([True], 0)
