"""The tables of an installation as all migrations leave them, made at once: two hundred migrations take two minutes.

Only `make test` starts from these (TABLES=models). `make test-whole` migrates, and holds there that the two are equal.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

# What a new installation begins with. Other migrations that run Python find no rows.
FILLING = (
    ("p2emas", "0007_fill_who_we_are"),
    ("districts", "0008_fill_measures"),
    ("programs", "0020_fill_funds"),
    ("programs", "0025_fill_versions_of_codes"),
    ("programs", "0032_first_ways_of_procurement"),
)


def make(path: str) -> None:
    """An SQLite file at ``path`` with every table and its first rows; each migration is recorded as applied."""
    Path(path).unlink(missing_ok=True)
    with _instead(path):
        loader = MigrationLoader(connection)
        apps = loader.project_state().apps
        with connection.schema_editor() as editor:
            for model in apps.get_models():
                if model._meta.managed and not model._meta.proxy:
                    editor.create_model(model)
        with connection.schema_editor() as editor:
            for key in FILLING:
                for operation in loader.disk_migrations[key].operations:
                    if isinstance(operation, RunPython):
                        operation.code(apps, editor)
        recorder = MigrationRecorder(connection)
        recorder.ensure_schema()
        for app, name in sorted(loader.disk_migrations):
            recorder.record_applied(app, name)


@contextmanager
def _instead(path: str) -> Iterator[None]:
    """The connection leads to ``path`` meanwhile."""
    named = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = path
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = named
