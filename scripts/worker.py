"""Keeps `manage.py work_jobs` running beside the server that started this script, and ends with it.

A worker that dies is started again, at once after a long life, later and later when it dies young.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, str(ROOT / "manage.py"), "work_jobs"]
LOOK_SECONDS = 0.5
LONG_LIFE = 60.0
SHORTEST_WAIT, LONGEST_WAIT = 1.0, 30.0


def main() -> None:
    server = os.getppid()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_args: sys.exit(0))
    wait, worker = SHORTEST_WAIT, None
    try:
        while serving(server):
            begun = time.monotonic()
            worker = subprocess.Popen(COMMAND, cwd=ROOT)
            while worker.poll() is None and serving(server):
                time.sleep(LOOK_SECONDS)
            wait = SHORTEST_WAIT if time.monotonic() - begun > LONG_LIFE else min(wait * 2, LONGEST_WAIT)
            until = time.monotonic() + wait
            while serving(server) and time.monotonic() < until:
                time.sleep(LOOK_SECONDS)
    finally:
        end(worker)


def serving(server: int) -> bool:
    """Whether the server that started us lives: an orphan gets another parent."""
    return os.getppid() == server


def end(worker: subprocess.Popen | None) -> None:
    """Let a running job end, for ten seconds."""
    if worker is None or worker.poll() is not None:
        return
    worker.terminate()
    try:
        worker.wait(timeout=10)
    except subprocess.TimeoutExpired:
        worker.kill()


if __name__ == "__main__":
    main()
