"""Each job in a process of its own: it has a time, and what hangs in one does not hold up the next.

A job is forked off the worker, which has Django ready and no connection open. The worker keeps the time and kills the
process when it is over; a job dies with its worker, so that nobody works unwatched.
"""

import ctypes
import logging
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connections

from p2emas.jobs.queue import give_up, name_of, sweep_records

logger = logging.getLogger(__name__)
DIES_WITH_ITS_PARENT = 1  # PR_SET_PDEATHSIG of Linux


@dataclass(frozen=True)
class _Running:
    pid: int
    name: str
    until: float


class Crew:
    """The jobs that run now."""

    def __init__(self) -> None:
        self._running: list[_Running] = []

    def __bool__(self) -> bool:
        return bool(self._running)

    @property
    def has_room(self) -> bool:
        return len(self._running) < settings.JOBS_AT_ONCE

    def start(self, work: Callable[[], None]) -> None:
        """Fork a process that does ``work`` and ends."""
        connections.close_all()  # a connection shared by two processes mixes their answers
        parent = os.getpid()
        pid = os.fork()
        if not pid:
            _work(work, parent)
        self._running.append(_Running(pid, name_of(pid), time.monotonic() + settings.JOB_SECONDS))

    def look(self) -> bool:
        """Take leave of jobs that have ended, kill those whose time is over; whether one died without saying so."""
        died = False
        for each in list(self._running):
            ended, status = os.waitpid(each.pid, os.WNOHANG)
            if not ended and time.monotonic() < each.until:
                continue
            self._running.remove(each)
            if ended:
                died = died or status != 0
            else:
                self._end(each)
        return died

    def _end(self, each: _Running) -> None:
        os.kill(each.pid, signal.SIGKILL)
        os.waitpid(each.pid, 0)
        logger.warning("a job ran longer than %s s and was ended", settings.JOB_SECONDS)
        if give_up(each.name):
            sweep_records()


def _work(work: Callable[[], None], parent: int) -> None:
    """In the new process, which never returns from here."""
    status = 1
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
            signal.signal(number, signal.SIG_IGN)  # the worker was told too and waits for us
        ctypes.CDLL(None).prctl(DIES_WITH_ITS_PARENT, signal.SIGKILL)
        if os.getppid() == parent:
            work()
            status = 0
    except BaseException:  # of any kind: it must not continue in a copy of the worker
        logger.exception("the process of a job failed")
    finally:
        connections.close_all()
        logging.shutdown()
        os._exit(status)
