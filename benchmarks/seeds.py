"""The seeds by name. Each is built once into a file under build/ and copied from there until its source changes."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from tests.serving import ROOT, Installation

SEEDS = {
    "small": "from benchmarks import seed; answer = seed.reports(agencies=25, periods=40)",
    "deep": "from benchmarks import seed; answer = seed.reports(agencies=250, periods=400)",
    "one": "from benchmarks import seed; answer = seed.reports(agencies=10, periods=1, lines=50)",
    "fifty": "from benchmarks import seed; answer = seed.reports(agencies=10, periods=20, lines=50)",
    "wide": "from benchmarks import wide; answer = wide.seed()",
    "search": "from benchmarks import finding; answer = finding.seed(1)",
    "search, many": "from benchmarks import finding; answer = finding.seed(100)",
    "ranking": "from benchmarks import ranking; answer = ranking.seed()",
}
KEPT = ROOT / "build" / "seeds"
FILLING = {"seed", "seeds", "wide", "regency", "paces", "ranking", "further", "finding"}
SOURCES = ("benchmarks/*.py", "*/migrations/*.py")


def fill(made: Installation, name: str) -> dict[str, Any]:
    """Put the seed ``name`` into a migrated installation; returns the numbers that addresses need."""
    kept = KEPT / f"{name}-{'postgresql' if made.postgres else 'sqlite'}-{_fingerprint()}"
    facts = kept.with_suffix(".json")
    if not facts.exists():
        answer = made.ask(f"from django.db import transaction\nwith transaction.atomic():\n    {SEEDS[name]}")
        # what autovacuum does on PostgreSQL, and `make run` and `make backup` on SQLite
        made.python("from django.db import connection\nconnection.cursor().execute('ANALYZE')")
        _forget_older(kept)
        _copy(made, kept, keep=True)
        facts.write_text(json.dumps(answer))
        return answer
    _copy(made, kept, keep=False)
    if made.postgres:
        made.python("from django.db import connection\nconnection.cursor().execute('ANALYZE')")
    return json.loads(facts.read_text())


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            if path.parent.name == "migrations" or path.stem in FILLING:
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _forget_older(kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    for old in kept.parent.glob(f"{kept.name.rpartition('-')[0]}-*"):
        old.unlink()


def _copy(made: Installation, kept: Path, *, keep: bool) -> None:
    if not made.postgres:
        database = made.folder / "data.sqlite3"
        shutil.copy(*((database, kept) if keep else (kept, database)))
        return
    # the server of scripts/postgres.sh is thrown away after each run, so the file is a dump
    if keep:
        command = ["pg_dump", "--format=custom", f"--file={kept}", made.database_url]
    else:
        command = ["pg_restore", "--clean", "--if-exists", "--no-owner", f"--dbname={made.database_url}", str(kept)]
    subprocess.run(command, check=True, capture_output=True)
