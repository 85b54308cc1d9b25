"""An empty database gets its tables in seconds, as each house makes all of its own in one step."""

from importlib import import_module

import pytest
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import CASCADE, BigAutoField, ForeignKey

from p2emas.tables import CreateModels
from tests.source_tree import HOUSES


@pytest.mark.parametrize("house", HOUSES)
def test_first_migration_makes_all_tables_in_one_step(house):
    """Written anew by `makemigrations` it would be hundreds of steps: put its CreateModel into one CreateModels."""
    first = import_module(f"{house}.migrations.0001_initial").Migration

    assert [type(step) for step in first.operations] == [CreateModels]


def test_models_that_refer_to_each_other_are_drawn_once(monkeypatch):
    state, drawn = ProjectState(), []
    state.add_model(ModelState("p2emas", "Before", [("id", BigAutoField(primary_key=True))]))
    assert state.apps.get_model("p2emas", "before")
    render = ModelState.render
    monkeypatch.setattr(ModelState, "render", lambda self, apps: [drawn.append(self.name), render(self, apps)][1])

    CreateModels([related("One", to="Other"), related("Other", to="One")]).state_forwards("p2emas", state)

    assert state.apps.get_model("p2emas", "one")._meta.get_field("to").related_model.__name__ == "Other"
    assert sorted(drawn) == ["Before", "One", "Other"]


def related(name: str, *, to: str) -> CreateModel:
    return CreateModel(name, [("id", BigAutoField(primary_key=True)), ("to", ForeignKey(f"p2emas.{to}", CASCADE))])
