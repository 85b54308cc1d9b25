"""A database of each released version comes to this one whole, and its migrations stay as they were."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from programs.dashboards.changes import HISTORY
from tests import releases
from tests.releases import villages
from tests.serving import ROOT, Installation
from tests.source_tree import HOUSES

pytestmark = pytest.mark.whole

RELEASES = sorted(path.name for path in releases.FOLDER.iterdir() if (path / "facts.json").exists())
FACTS = "from tests.releases.facts import facts\nanswer = facts()"
PAGES = """
from django.contrib.auth import get_user_model
from django.test import Client
visitor, coordinator = Client(), Client()
coordinator.force_login(get_user_model().objects.get(username="coordinator"))
paths = ["/", "/desa/", "/sk/", "/anggaran/", "/laporan/", "/dasbor/", "/verifikasi/", "/kelola/"]
answer = {path: (visitor if path in paths[:4] else coordinator).get(path).status_code for path in paths}
"""
VILLAGES = "from tests.releases import villages\nanswer = villages.rights()"
# Facts of an archive that a later version says in another way.
SAID_SINCE = {
    "0.1.0": {
        "rows": {
            "districts_evidencemeasure": 9,
            "programs_fund": 16,
            "programs_nomenclatureversion": 5,
            "programs_procurementmethod": 4,
            "districts_villagescope": 9,
            "districts_historicalvillagescope": 9,
            "p2emas_decree": 6,
            "p2emas_decreefile": 0,
            "p2emas_historicaldecree": 8,
            "p2emas_historicalminutes": 7,
            "p2emas_historicalregulation": 1,
            "p2emas_minutes": 7,
            "p2emas_minutesfile": 1,
            "p2emas_regulation": 1,
            "p2emas_searchword": 2621,
            "p2emas_spelling": 8702,
        },
        "complaints": [
            "Penempatan 10: cakupan desanya tidak ada.",
            "Penempatan 10: penugasannya tidak ada.",
            "Penempatan 9: desa cakupannya berbeda.",
            "Penempatan 9: tanggal cakupan desanya berbeda.",
        ],
    }
}


def read(version: str, name: str) -> dict:
    return json.loads((releases.FOLDER / version / f"{name}.json").read_text())


def facts_since(version: str) -> dict:
    """What the archive says now; a table that it did not have is empty unless said."""
    facts, since = read(version, "facts"), SAID_SINCE.get(version, {})
    empty = {model._meta.db_table: 0 for house in HOUSES for model in apps.get_app_config(house).get_models()}
    return facts | since | {"rows": dict(sorted((empty | facts["rows"] | since.get("rows", {})).items()))}


@pytest.fixture(params=RELEASES)
def version(request) -> str:
    return request.param


@pytest.fixture
def restored(version, tmp_path):
    """The archive of ``version``, brought back as `make restore` does and migrated."""
    postgres = os.environ["DATABASE_URL"] if connection.vendor == "postgresql" else ""
    installation = Installation(tmp_path / "place", postgres=postgres, name="upgrade", **read(version, "keys"))
    if postgres:
        installation._on_postgres(f'CREATE DATABASE "{installation.name}"')
    archive = releases.FOLDER / version / ("postgres.tar.xz" if postgres else "sqlite.tar.xz")
    command = [sys.executable, str(ROOT / "scripts" / "restore.py"), str(archive)]
    done = subprocess.run(command, env=installation.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    installation.manage("migrate", "--verbosity=0")
    installation.manage("rebuild_search", "--verbosity=0")
    installation.manage("collectstatic", "--no-input", "--verbosity=0")
    yield installation
    installation.remove()


def test_a_filled_database_comes_with_all_that_was_in_it(version, restored):
    assert restored.ask(FACTS) == facts_since(version)
    assert restored.ask(VILLAGES) == villages.RIGHTS[version]
    assert set(restored.ask(PAGES).values()) == {200}
    assert "No migrations to apply" in restored.manage("migrate")


def test_applied_migrations_stay_as_they_were(version):
    """An installation ran them: what changes in the file never reaches it. Write a new one."""
    assert releases.migrations().items() >= read(version, "migrations").items()


def test_a_changed_migration_is_seen(tmp_path):
    file = tmp_path / "p2emas" / "migrations" / "0001_initial.py"
    file.parent.mkdir(parents=True)
    file.write_text("one")
    before = releases.migrations(tmp_path)
    file.write_text("other")

    assert [*before] == ["p2emas/migrations/0001_initial.py"]
    assert releases.migrations(tmp_path) != before


def test_every_release_has_an_archive_for_both_databases_with_a_row_in_every_table():
    assert [version.number for version in reversed(HISTORY) if version.released_on] == RELEASES
    for version in RELEASES:
        sizes = [Path(releases.FOLDER / version / f"{kind}.tar.xz").stat().st_size for kind in releases.KINDS]
        assert max(sizes) <= 3_000_000
        assert min(read(version, "facts")["rows"].values()) > 0
