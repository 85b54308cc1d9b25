"""Work that the server does after the answer: who does it now, and what becomes of it when its worker dies.

A job is a row of django-tasks-db. A worker that is killed leaves its job RUNNING; here such a job is started
again once, then given up. A room that has records waiting for a job registers a sweep, which ends those whose
job will never come back. Real time throughout: this is about processes, not about the business.
"""

import logging
import os
import socket
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.utils import timezone

logger = logging.getLogger(__name__)
LONGEST_MINUTES = 30  # longer than any job of ours takes: a worker that hangs loses it
ATTEMPTS = 2
LONG_WAIT_SECONDS = 60
TOO_LONG = "p2emas.jobs.TooLong"
Sweep = Callable[[], int]
_sweeps: list[Sweep] = []


def register_sweep(sweep: Sweep) -> Sweep:
    """``sweep()`` ends records whose job is over without them, with a sentence, and says how many."""
    _sweeps.append(sweep)
    return sweep


def worker_name() -> str:
    """Host, process and its start, so that anybody on the same host can tell whether it still lives."""
    return name_of(os.getpid())


def name_of(pid: int) -> str:
    return f"{socket.gethostname()[:30]}:{pid}:{_started(pid)}"


def _started(pid: int) -> str:
    """The start of a process in ticks since boot (a number is used again, the pair never is); "" when it is gone."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return ""
    state, *rest = stat.rpartition(")")[2].split()
    return "" if state == "Z" else rest[18]


def is_alive(worker: str) -> bool | None:
    """Whether a worker lives; None when it ran on another host and nobody here can know."""
    host, _colon, rest = worker.rpartition(":")[0].rpartition(":")
    started = worker.rpartition(":")[2]
    if host != socket.gethostname()[:30] or not rest.isdigit():
        return None
    return bool(started) and _started(int(rest)) == started


def take_up_lost_jobs() -> tuple[int, int]:
    """Give jobs of dead workers back to the queue, or up after the second attempt; (started again, given up)."""
    from django_tasks_db.models import DBTaskResult

    again = given_up = 0
    too_old = timezone.now() - timedelta(minutes=LONGEST_MINUTES)
    for job in DBTaskResult.objects.running():
        alive = is_alive(job.worker_ids[-1]) if job.worker_ids else False
        old = job.started_at is None or job.started_at < too_old
        if not old and alive is not False:
            continue
        mine = DBTaskResult.objects.filter(pk=job.pk, status="RUNNING", started_at=job.started_at)
        if len(job.worker_ids) < ATTEMPTS and not (old and alive):
            again += mine.update(status="READY", started_at=None)
        else:
            given_up += mine.update(
                status="FAILED", finished_at=timezone.now(), exception_class_path="p2emas.jobs.Lost", traceback=""
            )
        logger.warning("job %s lost its worker", job.pk)
    return again, given_up


def give_up(worker: str) -> int:
    """End the jobs of a worker that was killed because its time was over: a second try would take as long."""
    from django_tasks_db.models import DBTaskResult

    ended = 0
    for job in DBTaskResult.objects.running():
        if job.worker_ids and job.worker_ids[-1] == worker:
            mine = DBTaskResult.objects.filter(pk=job.pk, status="RUNNING", started_at=job.started_at)
            ended += mine.update(
                status="FAILED", finished_at=timezone.now(), exception_class_path=TOO_LONG, traceback=""
            )
    return ended


def took_too_long(job: str) -> bool:
    """Whether a job was ended because its time was over."""
    from django_tasks_db.models import DBTaskResult

    try:
        return DBTaskResult.objects.filter(pk=UUID(job), exception_class_path=TOO_LONG).exists()
    except ValueError:
        return False


def sweep_records() -> int:
    return sum(sweep() for sweep in _sweeps)


def waits_long(job: str) -> bool:
    """Whether nobody has taken a job up for a minute: no worker runs, or it has more to do than it can."""
    from django_tasks_db.models import DBTaskResult

    late = timezone.now() - timedelta(seconds=LONG_WAIT_SECONDS)
    return is_under_way(job) and DBTaskResult.objects.filter(pk=job, status="READY", enqueued_at__lt=late).exists()


def is_under_way(job: str) -> bool:
    """Whether a job waits or runs."""
    from django_tasks_db.models import DBTaskResult

    try:
        UUID(job)
    except ValueError:  # done at once by a backend without a table
        return False
    return DBTaskResult.objects.filter(pk=job, status__in=["READY", "RUNNING"]).exists()
