"""The badge of every state that a model has is known, by chain and by word."""

import re

import pytest
from django.apps import apps

from p2emas.ui import states
from tests.source_tree import ROOT, template_files

SHAPES = {"circle", "half", "dot", "square", "check", "cross", "back", "alert", "lock", "up", "send", "clock", "plus"}
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
    known = states.badges_of(model)
    for code, label in model._meta.get_field("status").choices:
        assert known[code.lower()][0] == str(label)


def test_badges_use_known_shapes_and_colours():
    for badges in states.chains().values():
        for word, colour, shape in badges.values():
            assert word
            assert colour in COLOURS
            assert shape in SHAPES


def test_red_is_for_late_error_and_revoked_only():
    red = {word for badges in states.chains().values() for word, colour, _ in badges.values() if colour == "red"}
    assert red == {"Terlambat", "Galat", "Dicabut"}


def test_unknown_code_stays_grey_and_a_label_replaces_the_word():
    assert states.badge("report", "ENTAH") == {"word": "ENTAH", "colour": "", "shape": "half"}
    assert states.badge("report", "ENTAH", "Entah") == {"word": "Entah", "colour": "", "shape": "half"}
    assert states.badge("report", "RETURNED") == {"word": "Dikembalikan", "colour": "yellow", "shape": "back"}
    assert states.badge("report", "DRAFT", "Draf lama")["word"] == "Draf lama"


def test_templates_name_chains_codes_and_signs_that_there_are():
    chains, named = states.chains(), 0
    for path in template_files(ROOT):
        text = path.read_text("utf-8")
        for chain, code in re.findall(r'{%\s*state\s+"(\w+)"\s+(?:"(\w+)")?', text):
            assert chain in chains and code in {"", *chains[chain]}, (path, chain, code)
            named += 1
        assert set(re.findall(r'{%\s*sign\s+"(\w+)"', text)) <= set(states.SIGNS), path
    assert named > 20
