"""Plant one fault at a time and see one test module turn red: whether the tests notice what must never happen.

usage: python -m scripts.faults [-j PROCESSES] [--green] [--postgres] [TEXT ...]   only faults whose name holds a TEXT

The faults are in scripts/fault_table.py. Each is planted in a copy of the tree, and the module named beside it has to
fail; that it passes without the fault is seen by the suite, or with --green. A fault whose text is no longer in its
file fails loudly: fix the table.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

from scripts.fault import Fault
from scripts.fault_table import FAULTS

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("p2emas", "districts", "facilitators", "programs", "templates", "static", "tests", "scripts", "docs")
FILES = ("manage.py", "pyproject.toml", "requirements.txt", "requirements-dev.txt", "gunicorn.conf.py")
LONGEST = 600  # seconds
ROOMS = "not drill and not browser and not whole"  # what `make test` runs: it has to notice each fault
BROWSER = "browser and not drill"


def tree(folder: Path) -> Path:
    """A copy of the source."""
    for name in COPIED:
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.sqlite3"))
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    return folder


def run(folder: Path, *modules: str, those: str = ROOMS) -> tuple[int, str]:
    """pytest's answer: 0 green, 1 red, anything else means that nothing was judged."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider", "-m", those, *modules],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    return done.returncode, done.stdout[-1500:]


def plant(fault: Fault, folder: Path) -> None:
    path = folder / fault.path
    text = path.read_text()
    if text.count(fault.old) != 1:
        raise LookupError(f"{fault.path} holds it {text.count(fault.old)} times: {fault.old!r}")
    path.write_text(text.replace(fault.old, fault.new))


def judge(fault: Fault, folder: Path) -> str:
    """Empty when the module noticed, else the sentence that says what is wrong."""
    path = folder / fault.path
    kept = path.read_text() if path.exists() else ""
    try:
        plant(fault, folder)
        code, said = run(folder, fault.tests, those=BROWSER if fault.browser else ROOMS)
    except (LookupError, OSError) as error:
        return f"the fault can no longer be planted: {error}"
    except subprocess.TimeoutExpired:
        return f"{fault.tests} took longer than {LONGEST} s"
    finally:
        if kept:
            path.write_text(kept)
    if code == 0:
        return f"nobody noticed: {fault.tests} is green"
    return "" if code == 1 and " failed" in said else f"{fault.tests} could not be run:\n{said}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*", metavar="TEXT")
    parser.add_argument("-j", type=int, default=2, metavar="PROCESSES")
    parser.add_argument("--postgres", action="store_true", help="those that show on PostgreSQL (scripts/postgres.sh)")
    parser.add_argument("--green", action="store_true", help="run the modules once without any fault")
    asked = parser.parse_args()
    faults = [
        fault
        for fault in FAULTS
        if fault.postgres == asked.postgres and (not asked.texts or any(text in fault.name for text in asked.texts))
    ]
    began, wrong = time.monotonic(), 0
    with tempfile.TemporaryDirectory(prefix="p2emas-faults-") as base:
        folders: Queue[Path] = Queue()
        for number in range(asked.j):
            folders.put(tree(Path(base) / str(number)))

        def one(fault: Fault) -> tuple[Fault, str, float]:
            folder, start = folders.get(), time.monotonic()
            try:
                return fault, judge(fault, folder), time.monotonic() - start
            finally:
                folders.put(folder)

        if asked.green:
            code, said = run(folders.queue[0], *dict.fromkeys(fault.tests for fault in faults))
            print(f"{'red' if code else 'green'} without a fault\n{said}")
            return code
        with ThreadPoolExecutor(asked.j) as pool:
            for fault, problem, seconds in pool.map(one, faults):
                print(f"{'FAILED' if problem else 'noticed'}  {seconds:4.1f} s  {fault.name}", flush=True)
                if problem:
                    wrong += 1
                    print(f"        {problem}")
    print(f"{len(faults) - wrong} of {len(faults)} faults noticed, {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
