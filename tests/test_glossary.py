"""docs/glossary.md names what exists: models and fields with the word that screens show, roles and states."""

import re

import pytest
from django.apps import apps
from django.db.models import Model

from p2emas.accounts.roles import Role
from p2emas.workflow.models import Chain

from .source_tree import HOUSES, ROOT

TEXT = (ROOT / "docs" / "glossary.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if line.startswith("| ")]
CODE = re.compile(r"`([A-Z]\w*)(?:\.(\w+))?`")


def our_models() -> dict[str, type[Model]]:
    """Models of the four houses, without their histories and the tables that only join two of them."""
    return {
        model.__name__: model
        for house in HOUSES
        for model in apps.get_app_config(house).get_models()
        if not model.__name__.startswith("Historical")
    }


def is_seen(model: type[Model]) -> bool:
    """A model that screens show has a name in their language."""
    return "verbose_name" in model._meta.original_attrs


NAMED = [
    (words.split("; "), match[1], match[2] or "")
    for words, code, *_meaning in (row for row in ROWS if len(row) == 3)
    for match in CODE.finditer(code)
]


@pytest.mark.parametrize(("words", "name", "field"), NAMED)
def test_name_exists_and_its_row_begins_with_the_word_of_the_screens(words, name, field):
    model = our_models()[name]
    shown = model._meta.get_field(field).verbose_name if field else model._meta.verbose_name

    assert words[0] == str(shown)


def test_every_model_that_screens_show_has_one_row():
    seen = sorted(name for name, model in our_models().items() if is_seen(model))

    assert sorted(name for _words, name, field in NAMED if not field) == seen


def test_no_word_of_the_screens_stands_for_two_things():
    words = [word for words, *_rest in NAMED for word in words]

    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_every_role_is_named():
    rows = [f"| {role.label} | `{role.value}` |" for role in Role]

    assert [row for row in rows if row not in TEXT] == []


def test_every_state_of_every_chain_is_named():
    rows = [states_row(model) for model in our_models().values() if issubclass(model, Chain)]

    assert len(rows) > 10
    assert [row for row in rows if row not in TEXT] == []


def states_row(model: type[Model]) -> str:
    states = " · ".join(f"`{code}` {word}" for code, word in model._meta.get_field("status").flatchoices)
    return f"| `{model.__name__}` | {states} |"
