"""The badge of every state that a model has is known, by chain and by word."""

import pytest
from django.apps import apps

from p2emas.ui import states

SHAPES = {"circle", "half", "dot", "square", "check", "cross", "back", "alert", "lock", "up", "send", "clock"}
COLOURS = {"", "open", "blue", "yellow", "violet", "green", "red", "teal"}
CHAINED = sorted(
    (
        model
        for model in apps.get_models()
        if model._meta.app_label in {"p2emas", "districts", "facilitators", "programs"}
        and not model._meta.model_name.startswith("historical")
        and any(field.name == "status" and field.choices for field in model._meta.fields)
    ),
    key=lambda model: model._meta.label,
)


@pytest.mark.parametrize("model", CHAINED, ids=lambda model: model._meta.label)
def test_every_status_of_a_model_has_its_badge(model):
    known = states.look_of(model)
    for code, label in model._meta.get_field("status").choices:
        assert known[code.lower()][0] == str(label)


def test_badges_use_known_shapes_and_colours():
    for looks in states.CHAINS.values():
        for word, colour, shape in looks.values():
            assert word
            assert colour in COLOURS
            assert shape in SHAPES


def test_red_is_for_late_error_and_revoked_only():
    red = {word for looks in states.CHAINS.values() for word, colour, _ in looks.values() if colour == "red"}
    assert red == {"Terlambat", "Galat", "Dicabut"}


def test_badge_without_chain_is_found_by_its_word_else_grey():
    assert states.badge("", "X", "Dikembalikan") == {"word": "Dikembalikan", "colour": "yellow", "shape": "back"}
    assert states.badge("", "X", "Entah") == {"word": "Entah", "colour": "", "shape": "half"}
    assert states.badge("report", "DRAFT", "Draf lama")["word"] == "Draf lama"
