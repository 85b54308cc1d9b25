"""What applied migrations import, and nothing else: defaults, upload paths and the step that makes all first tables.

A migration that was applied somewhere is never edited, so what it names has to stay where it is. Nothing here moves,
and nothing that no migration needs moves in (tests/p2emas/test_schema.py).
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState
from django.db.models import Model

from p2emas import clock

RECEIPT_ALPHABET, RECEIPT_LENGTH = "23456789ABCDEFGHJKMNPQRSTUVWXYZ", 10


def now() -> datetime:
    """The moment of the business clock."""
    return clock.now()


def random_path(instance: Model, filename: str) -> str:
    """Where a file lies: nothing of its own name or owner shows in the path."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


def receipt_code() -> str:
    """Ten characters without 0, 1, I, L, O: they are read to others and typed from paper."""
    return "".join(secrets.choice(RECEIPT_ALPHABET) for _ in range(RECEIPT_LENGTH))


def session_code() -> str:
    """Six digits, read to those in the room."""
    return f"{secrets.randbelow(1_000_000):06d}"


class CreateModels(Operation):
    """Many ``CreateModel`` whose fields may refer to each other in any direction.

    Django draws every related model again after each operation of a migration. Of a hundred models that all hang
    together that took half a minute for an empty database; drawn once, when all are known, it takes seconds.
    """

    category = OperationCategory.ADDITION
    serialization_expand_args = ["models"]

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    def deconstruct(self) -> tuple:
        return self.__class__.__qualname__, [], {"models": self.models}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # what was drawn; asked for again, all models are drawn together
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.models)} models"
