"""An empty database gets its tables in seconds, and applied migrations find for good what they import."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import CASCADE, BigAutoField, ForeignKey

from p2emas.schema import CreateModels
from tests.source_tree import HOUSES, ROOT, parsed, plant


@pytest.mark.parametrize("house", HOUSES)
def test_first_migration_makes_all_tables_in_one_step(house):
    """Written again by `makemigrations` it would be hundreds of steps: put its CreateModel into one CreateModels."""
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


def imports_of_ours(root: Path) -> Iterator[str]:
    """Every import of ours in a migration below ``root``, but for the module that never moves."""
    for path in sorted(file for house in HOUSES for file in (root / house / "migrations").glob("*.py")):
        for node in ast.walk(parsed(path)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}" if node.level == 0 else "." for alias in node.names]
            for name in names:
                ours = name == "." or name.partition(".")[0] in HOUSES
                if ours and not f"{name}.".startswith("p2emas.schema."):
                    yield f"{path.relative_to(root)}: {name}"


def test_migrations_import_nothing_of_ours_that_may_move():
    assert list(imports_of_ours(ROOT)) == []


def test_an_import_that_may_move_is_found(tmp_path):
    text = "import p2emas.clock\nfrom p2emas import schema\nfrom p2emas.schema import now\nfrom . import x\nimport django.db\n"
    root = plant(tmp_path, {"districts/migrations/0002_x.py": text})

    assert [found.partition(": ")[2] for found in imports_of_ours(root)] == ["p2emas.clock", "."]


def test_schema_holds_only_what_migrations_import():
    texts = [path.read_text("utf-8") for house in HOUSES for path in (ROOT / house / "migrations").glob("*.py")]
    source = parsed(ROOT / "p2emas" / "schema.py").body
    defined = [node.name for node in source if isinstance(node, ast.FunctionDef | ast.ClassDef)]

    assert [name for name in defined if not any(f"schema.{name}" in text for text in texts)] == []
