"""The archive of a release on the database of the run, as it was written, and steps from one place to another."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from tests import releases
from tests.serving import ROOT, Installation
from tests.test_upgrade import read

# The last places from which one can go back: minutes and regulations leave the decrees for good.
LAST_WAY_BACK = (("programs", "0048"), ("facilitators", "0014"), ("districts", "0013"), ("p2emas", "0028"))
RESTORED = """
import sys
sys.argv = ["restore", {archive!r}]
sys.path.insert(0, "scripts")
import restore
restore.finish = lambda: None
restore.main()
"""


@contextmanager
def unmigrated(folder: Path, name: str, version: str = "0.1.0") -> Iterator[Installation]:
    postgres = os.environ["DATABASE_URL"] if connection.vendor == "postgresql" else ""
    installation = Installation(folder / "place", postgres=postgres, name=name, **read(version, "keys"))
    if postgres:
        installation._on_postgres(f'CREATE DATABASE "{installation.name}"')
    packed = releases.FOLDER / version / ("postgres.tar.xz" if postgres else "sqlite.tar.xz")
    command = [sys.executable, "-c", RESTORED.format(archive=str(packed))]
    done = subprocess.run(command, cwd=ROOT, env=installation.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    yield installation
    installation.remove()


def migrate(installation: Installation, *places: tuple[str, str]) -> None:
    for app, name in places:
        installation.manage("migrate", app, name, "--verbosity=0")
