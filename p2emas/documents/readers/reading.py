"""The site's side of reading a file in a process of its own: starts it, keeps its time, takes its answer.

Files of web requests are read in turns (`documents/turns.py`). A request reads with the seconds of the reader's setting
(2.5 or 3: somebody waits for the page); a job gives ``seconds=settings.READ_JOB_SECONDS`` (60: nobody waits, but no
file may hold the queue). Both kill the process with its group when the time is over; its memory is bounded alike.
"""

import logging
import math
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from importlib.util import find_spec
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.checks import CheckMessage, register

from p2emas.documents.kinds import FileRefused
from p2emas.documents.readers import wire
from p2emas.documents.turns import reading_turn
from p2emas.registry.checks import NAMES, wrong

logger = logging.getLogger(__name__)
CHILD = Path(__file__).with_name("child.py")
# All that the process gets to know. One arena: each further one would take 64 MiB of its address space.
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "OMP_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Reading:
    """What the process answered: JSON, pieces of bytes, and what it took (seconds of the clock, MiB at its height)."""

    value: Any
    pieces: list[bytes]
    seconds: float
    peak: float


@dataclass(frozen=True)
class Reader:
    """One kind of reading: the module that does it, how long it may take, a sentence for each way to fail.

    ``limit`` names the setting with the seconds of a web request, ``most`` bounds the bytes of the answer.
    """

    name: str
    module: str
    limit: str
    too_long: str
    too_large: str
    broken: str
    most: int = 32 * 1024 * 1024

    def __post_init__(self) -> None:
        READERS[self.name] = self

    def read(self, data: bytes, *, seconds: float | None = None, **options: Any) -> Reading:
        """Hand ``data`` and ``options`` (JSON) to a process; raises ``FileRefused`` with a sentence."""
        allowed = self._seconds_of_a_request() if seconds is None else seconds
        run = _Run(self, allowed)
        with reading_turn(self.name) as run.nice:
            answer, pieces = run.of(data, options)
        logger.info("read %s in %.2f s, %.0f MiB", self.name, run.took, answer.get("peak", 0))
        if "refused" in answer:
            raise FileRefused(answer["refused"])
        if "failed" in answer:
            logger.info("%s not read: %s", self.name, answer["failed"])
            raise FileRefused(self.too_large if answer["failed"] == "memory" else self.broken)
        return Reading(answer["value"], pieces, run.took, answer["peak"])

    def _seconds_of_a_request(self) -> float:
        return settings.READ_JOB_SECONDS if _NOBODY_WAITS.get() else getattr(settings, self.limit)


READERS: dict[str, Reader] = {}
_NOBODY_WAITS: ContextVar[bool] = ContextVar("nobody waits", default=False)


@contextmanager
def nobody_waits() -> Iterator[None]:
    """Read as a job does what the services of pages read: a command on a busy machine is no page."""
    before = _NOBODY_WAITS.set(True)
    try:
        yield
    finally:
        _NOBODY_WAITS.reset(before)


@register(NAMES)
def modules_of_readers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every module that a process of its own will read with is there; the process alone imports it."""
    wrong_ones = [reader for reader in READERS.values() if find_spec(reader.module) is None]
    return [wrong(f'Reader {reader.name}: no module is named "{reader.module}".', 6) for reader in wrong_ones]


@dataclass
class _Run:
    reader: Reader
    seconds: float
    nice: int = field(default=0, init=False)
    took: float = field(default=0.0, init=False)

    def of(self, data: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        head = {
            "module": self.reader.module,
            "options": options,
            "memory": settings.READ_MEMORY_MB * 1024 * 1024,
            "seconds": math.ceil(self.seconds) + 1,
            "most": self.reader.most,
            "nice": self.nice,
        }
        with _scratch() as given, _scratch() as answered:
            wire.write(given, head, [data])
            given.seek(0)
            self._let_run(given, answered)
            answered.seek(0)
            try:
                return wire.read(answered)
            except ValueError:  # it died before it could answer: out of memory, or a library that crashed
                return {"failed": "no answer", "peak": 0.0}, []

    def _let_run(self, given: BinaryIO, answered: BinaryIO) -> None:
        begun = time.monotonic()
        process = subprocess.Popen(  # noqa: S603 - our own file, run by our own Python
            [sys.executable, "-I", str(CHILD)],
            stdin=given,
            stdout=answered,
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
            cwd="/",
            start_new_session=True,
        )
        try:
            _wait(process, self.seconds)
        except subprocess.TimeoutExpired:
            logger.info("%s not read within %s s", self.reader.name, self.seconds)
            raise FileRefused(self.reader.too_long) from None
        finally:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            self.took = time.monotonic() - begun


def _wait(process: subprocess.Popen, seconds: float) -> None:
    """Return as soon as the process has ended: ``Popen.wait`` with a limit looks every 50 ms."""
    try:
        descriptor = os.pidfd_open(process.pid)
    except (AttributeError, OSError):  # not on Linux, or not allowed there
        process.wait(seconds)
        return
    try:
        ended = select.poll()
        ended.register(descriptor, select.POLLIN)
        if not ended.poll(seconds * 1000):
            raise subprocess.TimeoutExpired(process.args, seconds)
    finally:
        os.close(descriptor)
    process.wait()


def _scratch() -> BufferedReader:
    """A file without a name, in memory where the system can: nothing to pump, and it is gone with the process."""
    if hasattr(os, "memfd_create"):
        return cast(BufferedReader, os.fdopen(os.memfd_create("p2emas"), "w+b"))
    return cast(BufferedReader, tempfile.TemporaryFile())
