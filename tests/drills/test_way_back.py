"""The villages of facilitators, homes and answers on obstacles go back to the columns of 0.1.0 and come over again.

On the way stands what no person could write there: a second village on days of the first, a slug that leads to no
village, a report that was sent without an answer.
"""

import os
import subprocess
import sys

import pytest
from django.db import connection

from tests import releases
from tests.releases import villages
from tests.serving import ROOT, Installation
from tests.test_upgrade import read

pytestmark = [pytest.mark.drill, pytest.mark.both_databases]
VERSION = "0.1.0"
ROLES_AT_ONCE = """
from p2emas.models import User
user = User.objects.get(village_scopes__village__slug="solam-raya")
answer = [user.assignments.count(), user.village_scopes.count()]
"""


@pytest.fixture
def restored(tmp_path):
    postgres = os.environ["DATABASE_URL"] if connection.vendor == "postgresql" else ""
    installation = Installation(tmp_path / "place", postgres=postgres, name="wayback", **read(VERSION, "keys"))
    if postgres:
        installation._on_postgres(f'CREATE DATABASE "{installation.name}"')
    archive = releases.FOLDER / VERSION / ("postgres.tar.xz" if postgres else "sqlite.tar.xz")
    command = [sys.executable, str(ROOT / "scripts" / "restore.py"), str(archive)]
    subprocess.run(command, env=installation.environment, capture_output=True, check=True)
    yield installation
    installation.remove()


def asked(installation: Installation, name: str):
    return installation.ask(f"from tests.releases import villages\nanswer = villages.{name}()")


def back(installation: Installation) -> None:
    for house, name in villages.BEFORE:
        installation.manage("migrate", house, name, "--verbosity=0")


def test_way_back_and_forth_changes_no_right_and_no_column(restored):
    back(restored)
    assert asked(restored, "old_rights") == villages.RIGHTS[VERSION]

    asked(restored, "damage")
    with pytest.raises(RuntimeError, match=r"lama-hilang \(penugasan \d+\)"):
        restored.manage("migrate", "facilitators")
    with pytest.raises(RuntimeError, match=r"tanpa jawaban tentang kendala: nomor \d+\."):
        restored.manage("migrate", "programs", "0006")
    back(restored)
    asked(restored, "repair")
    rights, stored = asked(restored, "old_rights"), asked(restored, "stored")

    restored.manage("migrate", "--verbosity=0")
    assert asked(restored, "rights") == rights != villages.RIGHTS[VERSION]
    assert restored.ask(ROLES_AT_ONCE) == [1, 2]

    back(restored)
    assert asked(restored, "stored") == stored
    restored.manage("migrate", "--verbosity=0")
    assert asked(restored, "rights") == rights
