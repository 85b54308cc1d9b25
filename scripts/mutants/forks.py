"""Judges one mutant: by tests in a fork of this process, or on import in a process of its own."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from scripts.mutants.operators import Mutant
from scripts.mutants.planting import Functions
from scripts.mutants.rooms import ROOT

WALL_SECONDS = 3600  # on a busy machine the clock on the wall says little; a mutant that never ends meets ``_limit``
UNPLANTED = 3
TOOK = pytest.StashKey[float]()  # seconds of processor time of a test without a mutant


class Shelf:
    """The test database as it was before the first mutant; each fork gets it like that."""

    def __init__(self) -> None:
        from django.db import connection

        connection.close()
        self.file = Path(connection.settings_dict["NAME"])
        self.copy = self.file.with_suffix(".kept")
        self.used = self.file.exists()  # formulas are tested without a database
        if self.used:
            shutil.copy(self.file, self.copy)

    def put_back(self) -> None:
        if not self.used:
            return
        shutil.copy(self.copy, self.file)
        for leftover in ("-journal", "-wal", "-shm"):
            self.file.with_name(self.file.name + leftover).unlink(missing_ok=True)


def in_fork(
    mutant: Mutant | None, items: list[pytest.Item], session: pytest.Session, functions: Functions, shelf: Shelf
) -> tuple[str, str]:
    """The verdict, and the test that turned red."""
    shelf.put_back()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _die_with(lambda: _run(mutant, items, session, functions, writer), _limit(items))
    os.close(writer)
    verdict = _wait(child)
    with os.fdopen(reader) as said:
        return verdict, said.read()


def on_import(mutant: Mutant, items: list[pytest.Item]) -> str:
    """A fresh process. What is made of parameters may be named after a changed constant: then the whole files."""
    names = tuple(item.nodeid for item in items)
    files = tuple(dict.fromkeys(str(item.path.relative_to(ROOT)) for item in items))
    if not _is_green(names, _limit(items)):  # a name that the command line cannot say, or a case that needs another one
        names = files
        if not _is_green(names, 300):
            return "broken"
    done = _fresh(mutant, names, _limit(items) if names != files else 300)
    if done == pytest.ExitCode.USAGE_ERROR:  # no test of such a name
        done = _fresh(mutant, files, 300)
    if done == -signal.SIGXCPU:
        return "timeout"
    if done is None:
        return "broken"
    return "survived" if done == 0 else "killed"  # what cannot even be imported is noticed too


@cache
def _is_green(names: tuple[str, ...], seconds: int) -> bool:
    return _fresh(None, names, seconds) == 0


def _fresh(mutant: Mutant | None, tests: tuple[str, ...], seconds: int) -> int | None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-n0",
        "-p",
        "no:cacheprovider",
        "-m",
        "not browser and not drill",
    ]
    try:
        done = subprocess.run(
            [*command, "-p", "scripts.mutants.planting", *tests],
            cwd=ROOT,
            env=os.environ | ({"MUTANT": f"{mutant.path}|{mutant.name}"} if mutant else {}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            check=False,
            preexec_fn=lambda: _bound(seconds),
        )
    except subprocess.TimeoutExpired:
        return None
    return done.returncode


def _limit(items: list[pytest.Item]) -> int:
    """Processor time after which a mutant is thought never to end."""
    return int(20 + 5 * sum(item.stash[TOOK] for item in items))


def _bound(seconds: int) -> None:
    """The system ends what continues; only the lower limit, since processes that read files set their own."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _die_with(act: Callable[[], int], seconds: int) -> None:
    """In the fork: nothing is printed, nothing of the parent is torn down."""
    status = 70
    try:
        os.setpgrp()
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1), os.dup2(silent, 2)
        _bound(seconds)
        status = act()
    finally:
        os._exit(status)


def _run(
    mutant: Mutant | None, items: list[pytest.Item], session: pytest.Session, functions: Functions, said: int
) -> int:
    """0: every test is green, 1: one is red, whose name is written to ``said``."""
    try:
        planted = functions.plant(mutant) if mutant else 1
    except ValueError:  # without ``super()`` a method closes over nothing: such code does not fit
        planted = 0
    if not planted:
        return UNPLANTED
    for place, item in enumerate(items):
        following = items[(place + 1) % len(items)]
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            os.write(said, item.nodeid.encode())
            return 1
    return 0


def _wait(child: int) -> str:
    ends = time.monotonic() + WALL_SECONDS
    pause = 0.002
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            return {0: "survived", 1: "killed", UNPLANTED: "unplanted"}.get(code, "timeout" if code < 0 else "broken")
        time.sleep(pause)
        pause = min(pause * 1.3, 0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "broken"
