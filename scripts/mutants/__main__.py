"""usage: python -m scripts.mutants [--only TEXT] [--again] [ROOM ...]   prints the survivors and a table.

A run continues where the last one stopped: what was judged is kept while its module is the same (build/mutants).
"""

import argparse
import json
import math
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from scripts.mutants.rooms import ROOMS, ROOT

EQUIVALENTS = Path(__file__).parent / "equivalents.json"
RESULTS = ROOT / "build" / "mutants"


def equivalents() -> dict[str, str]:
    return json.loads(EQUIVALENTS.read_text())


def wilson(killed: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share that was measured on a sample."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, killed / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return middle - half, middle + half


@contextmanager
def silent() -> Iterator[None]:
    """Words of pytest and of the site about thousands of tests help nobody."""
    kept, nothing = [os.dup(1), os.dup(2)], os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nothing, stream)
    try:
        yield
    finally:
        sys.stdout.flush()
        for stream in (1, 2):
            os.dup2(kept[stream - 1], stream)


def run_room(name: str, only: str, *, again: bool, tests: list[str]) -> int:
    """One room in this process (Django can be set up once only)."""
    from scripts.mutants.running import Mutating, Outcome, fingerprint

    voice = os.fdopen(os.dup(2), "w")

    def log(line: str) -> None:
        print(line, file=voice, flush=True)

    RESULTS.mkdir(parents=True, exist_ok=True)
    file = RESULTS / f"{name}.json"
    now = {str(path.relative_to(ROOT)): fingerprint(path) for path in ROOMS[name].modules()}

    def stored() -> dict[str, dict]:
        """What has been judged of modules as they are now, by the name of the mutant."""
        rows = json.loads(file.read_text()) if file.exists() else []
        return {row["name"]: row for row in rows if row["source"] == now.get(row["name"].partition(":")[0])}

    def keep(outcomes: list[Outcome]) -> None:
        """After each mutant, so that a run that is stopped has said something."""
        rows, key = stored(), outcomes[-1].mutant.name
        drawn = rows[key]["drawn"] if key in rows else not only  # what somebody picked says nothing of the whole
        rows[key] = {**row_of(outcomes[-1]), "drawn": drawn}
        file.with_suffix(".new").write_text(json.dumps(list(rows.values()), indent=1))
        file.with_suffix(".new").replace(file)

    survived = {key for key, row in stored().items() if row["verdict"] not in NOTICED and key not in equivalents()}
    judged = {(key, row["source"]) for key, row in stored().items() if not (only and only in key)}
    plugin = Mutating(ROOMS[name], log=log, keep=keep, only=only, judged=frozenset(judged))
    if again:
        plugin.among = frozenset(survived)
        plugin.judged = frozenset(each for each in judged if each[0] not in survived)
    arguments = ["-q", "-n0", "--capture=no", "-p", "no:cacheprovider", "-m", "not browser and not drill"]
    with silent():
        code = pytest.main([*arguments, *(tests or ROOMS[name].tests)], plugins=[plugin])
    if code == pytest.ExitCode.INTERNAL_ERROR or not plugin.green or not file.exists():
        log(f"{name}: nothing was judged ({code!r})")
        return 1
    if not only:
        print(summary(name, list(stored().values())))
    return 0


NOTICED = {"killed", "timeout"}


def row_of(outcome: Any) -> dict[str, Any]:
    mutant = outcome.mutant
    known = {"verdict": outcome.verdict, "tests": outcome.tests, "seconds": round(outcome.seconds, 2)}
    return {"name": mutant.name, "line": mutant.line, "source": outcome.source} | known


def summary(name: str, rows: list[dict]) -> str:
    """A line of the table in docs/mutants.md."""
    named = equivalents()
    rows = [row for row in rows if row["drawn"]]
    counted = [row for row in rows if row["name"] not in named]
    killed = sum(row["verdict"] in NOTICED for row in counted)
    low, high = wilson(killed, len(counted))
    seconds = sum(row["seconds"] for row in rows)
    share = 100 * killed / len(counted) if counted else 0
    return (
        f"| {name} | {len(rows)} | {len(rows) - len(counted)} | {killed} | {len(counted) - killed} "
        f"| {share:.1f} % | {100 * low:.0f}-{100 * high:.0f} % | {seconds / 60:.1f} min |"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help=", ".join(ROOMS))
    parser.add_argument("--only", default="", help="mutants whose name holds this text, without a sample")
    parser.add_argument("--again", action="store_true", help="judge once more what survived, with every test")
    parser.add_argument("--tests", nargs="+", default=[], metavar="PATH", help="instead of all the tests of the room")
    parser.add_argument("--so-far", action="store_true", help="print what has been judged, run nothing")
    parser.add_argument("--in-this-process", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    rooms = asked.rooms or list(ROOMS)
    if unknown := set(rooms) - set(ROOMS):
        parser.error(f"no such room: {', '.join(sorted(unknown))}")
    if asked.so_far:
        for name in ROOMS:
            if name in rooms and (RESULTS / f"{name}.json").exists():
                print(summary(name, json.loads((RESULTS / f"{name}.json").read_text())))
        return 0
    if asked.in_this_process or len(rooms) == 1:
        return run_room(rooms[0], asked.only, again=asked.again, tests=asked.tests)
    import subprocess

    failed = 0
    for name in rooms:
        options = ["--only", asked.only, *(["--again"] if asked.again else [])]
        command = [sys.executable, "-m", "scripts.mutants", "--in-this-process", *options, name]
        failed |= subprocess.run(command, cwd=ROOT, check=False).returncode
    return failed


if __name__ == "__main__":
    sys.exit(main())
