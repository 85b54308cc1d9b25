"""The database on which pages are recorded: the demo, and the states that it has no need of."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

from tests.drills.reach import ROLES, ask
from tests.serving import Installation

KEYS = {
    "SECRET_KEY": "documents-before-and-after-0123456789-0123456789-0123456789",
    "DEMO_TODAY": "2019-10-08",
    **{
        f"READ_{kind}_SECONDS": "60" for kind in ("PHOTO", "PDF", "SHEET", "TEMPLATE")
    },  # a busy machine changes nothing
}


def build(folder: Path) -> None:
    """Database, files and sessions in ``folder``; a later run with other code reads the same ones."""
    shutil.rmtree(folder, ignore_errors=True)
    installation = Installation(folder, **KEYS).prepare()
    installation.manage("load_regions")
    installation.manage("demo")
    further = ask(installation, "beginnings()")
    sessions = {"anonymous": "", **further["sessions"], **ask(installation, f"sessions({ROLES!r})")}
    now = datetime.now(UTC).isoformat(timespec="minutes")  # the fixed time of the clock while pages are recorded
    content = {"now": now, "environment": installation.environment, "sessions": sessions, "starts": further["starts"]}
    (folder / "world.json").write_text(json.dumps(content, indent=1))
