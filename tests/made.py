"""The tables of an installation as all migrations leave them, made at once: two hundred migrations take two minutes.

Tests and drills start from these; ``tests/test_migrations.py`` migrates and holds that the two are equal.
"""

from collections.abc import Iterator
from contextlib import contextmanager

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


def make() -> None:
    """In the empty database that the connection leads to; each migration is recorded as applied."""
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


def test_database() -> bool:
    """The database of the tests; True tells pytest-django to keep it, and Django then finds nothing to migrate."""
    with _instead(connection.creation._create_test_db(verbosity=0, autoclobber=True)):
        make()
    return True


@contextmanager
def _instead(name: str) -> Iterator[None]:
    """The connection leads to the database ``name`` meanwhile."""
    named = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = named
