"""The tables that `make test` starts from are those that the migrations leave, with the same first rows."""

import re
import sqlite3
import subprocess
import sys

import pytest
from django.db import connection

from tests import migrated
from tests.serving import ROOT

pytestmark = [pytest.mark.whole, pytest.mark.skipif(connection.vendor != "sqlite", reason="only made on SQLite")]
NAMED = re.compile(r'CONSTRAINT "(\w+)" (CHECK|UNIQUE)')
# When each migration was applied, and what Django writes after migrating.
WRITTEN_LATER = {"django_migrations", "django_content_type", "auth_permission", "sqlite_sequence", "django_site"}


def schema_of(database: sqlite3.Connection) -> dict[str, dict[str, list]]:
    """Columns, keys, indexes and constraints of each table; columns come in another order after an ALTER."""
    found = {}
    for name, text in database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall():
        if name.startswith("sqlite_") or name == "p2emas_cache":  # the second is no model
            continue
        columns = [row[1:] for row in database.execute(f'PRAGMA table_info("{name}")')]
        keys = [row[2:5] for row in database.execute(f'PRAGMA foreign_key_list("{name}")')]
        indexes = [
            (row[2], row[4], [each[2] for each in database.execute(f'PRAGMA index_info("{row[1]}")')])
            for row in database.execute(f'PRAGMA index_list("{name}")')
        ]
        found[name] = {
            "columns": sorted((column, kind.lower(), *more) for column, kind, *more in columns),
            "keys": sorted(keys),
            "indexes": sorted(map(str, indexes)),
            "constraints": sorted(NAMED.findall(text)),
            "checks": [text.count("CHECK")],
        }
    return found


def rows_of(database: sqlite3.Connection, tables: set[str]) -> dict[str, list]:
    """Sorted by their columns' names, since the order of columns differs."""
    found = {}
    for name in sorted(tables - WRITTEN_LATER):
        columns = sorted(f'"{row[1]}"' for row in database.execute(f'PRAGMA table_info("{name}")'))
        if rows := database.execute(f'SELECT {", ".join(columns)} FROM "{name}"').fetchall():
            found[name] = sorted(map(str, rows))
    return found


@pytest.mark.django_db
def test_tables_made_at_once_are_those_of_the_migrations(tmp_path):
    path = tmp_path / "made.sqlite3"
    code = f"import django\ndjango.setup()\nfrom tests import made\nmade.make({str(path)!r})"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    # as it was before the first test: one that commits takes rows of the migrations away
    copy = sqlite3.connect(migrated.template())

    at_once = sqlite3.connect(path)
    schema = schema_of(copy)
    assert schema_of(at_once) == schema and len(schema) > 100
    applied = {name for (name,) in copy.execute("SELECT DISTINCT app || '.' || name FROM django_migrations")}
    assert {name for (name,) in at_once.execute("SELECT app || '.' || name FROM django_migrations")} == applied
    filled = rows_of(at_once, set(schema))
    assert set(filled) == {
        "districts_evidencemeasure", "p2emas_identity", "programs_fund", "programs_nomenclatureversion",
        "programs_procurementmethod",
    }  # fmt: skip
    before = rows_of(copy, set(filled))
    assert {name: len(rows) for name, rows in before.items()} == {name: len(rows) for name, rows in filled.items()}
    at_once.close()
    copy.close()
