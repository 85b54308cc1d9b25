"""A migrated SQLite file kept from one test run to the next, named after the migrations that made it.

With TABLES=models there is one for the rooms, whose tables were made at once (``tests/made.py``).
"""

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

from django.db import connection

from tests import made

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".pytest_cache" / "migrated"


def template() -> Path:
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(str(path).encode() + path.read_bytes())
    kind = "models-" if _at_once() else ""
    return FOLDER / f"{kind}{digest.hexdigest()[:20]}.sqlite3"


def _at_once() -> bool:
    return os.environ.get("TABLES") == "models"


def place() -> bool:
    """Put the file where the test database is expected; False when there is none (or on another engine)."""
    name = connection.settings_dict["TEST"]["NAME"]
    if connection.vendor != "sqlite" or not name:
        return False
    if template().exists():
        shutil.copy(template(), name)
        return True
    if _at_once():
        made.make(name)
        return True
    return False


def keep() -> None:
    """Save the database as it is before the first test, for the next run."""
    target = template()
    if connection.vendor != "sqlite" or target.exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    kind = "models-*" if _at_once() else "[!m]*"
    for outdated in FOLDER.glob(f"{kind}.sqlite3"):
        outdated.unlink(missing_ok=True)
    part = target.with_suffix(f".{Path(connection.settings_dict['NAME']).parent.name}.part")
    source, copy = sqlite3.connect(connection.settings_dict["NAME"]), sqlite3.connect(part)
    source.backup(copy)
    # where no chosen test is marked ``django_db`` pytest-django sets up no database: nothing to keep
    migrated = copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'django_migrations'").fetchone()
    copy.close()
    source.close()
    if migrated:
        part.replace(target)
    else:
        part.unlink()
