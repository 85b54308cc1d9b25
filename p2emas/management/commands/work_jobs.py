"""Does the jobs of the queue (imports and calculations) until it is stopped."""

import logging
import time

from django.core.management.base import CommandParser
from django.db import OperationalError, close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from p2emas import naming
from p2emas.jobs.processes import Crew
from p2emas.jobs.queue import sweep_records, take_up_lost_jobs, worker_name
from p2emas.management.named_command import NamedCommand
from p2emas.serving import maintenance

logger = logging.getLogger(__name__)
CARE_SECONDS = 30
LONGEST_WAIT = 30.0
CLOSE_LOOK = 0.2  # seconds between two looks at jobs that run


class NamedWorker(Worker):
    def run_task(self, db_task_result: DBTaskResult) -> None:
        """A worker lives long: who we are is read again for each job."""
        with naming.held():
            super().run_task(db_task_result)


class Command(NamedCommand):
    """The stock worker with two habits: it survives a locked database, and it looks after lost jobs.

    On SQLite the stock worker takes the exclusive lock at every poll and ends when it cannot get it. This one asks
    first whether anything waits, which is a plain read, and waits longer each time the database is locked. Each job
    runs in a process of its own, with a time (``JOB_SECONDS``), beside at most ``JOBS_AT_ONCE`` - 1 others.
    """

    help = "Kerjakan antrean (impor dan perhitungan) sampai dihentikan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks at the queue")
        parser.add_argument("--once", action="store_true", help="do what waits, then end")

    def handle(self, *, interval: float, once: bool, **options) -> None:
        shift = Shift(interval)
        shift.main.configure_signals()
        wait = interval
        while shift.goes_on:
            try:
                shift.look(once=once)
                wait = interval
            except OperationalError as error:  # locked, or the database is restarting
                wait = min(wait * 2, LONGEST_WAIT)
                logger.warning("the queue cannot be read (%s), next look in %.0f s", error, wait)
            if once:
                return
            close_old_connections()
            if shift.goes_on:
                time.sleep(min(wait, CLOSE_LOOK) if shift.crew else wait)


class Shift:
    """The worker that looks at the queue, the processes that do its jobs, and when lost jobs were last looked after."""

    def __init__(self, interval: float) -> None:
        self.main, self.crew, self.cared = _worker(interval), Crew(), 0.0

    @property
    def goes_on(self) -> bool:
        return bool(self.main.running or self.crew)

    def look(self, *, once: bool) -> None:
        """Begin what waits, and look after lost jobs from time to time; ``once`` does what waits in this process."""
        self.main.running_task = bool(self.crew)  # told to end, it waits for what it has begun
        if self.crew.look():
            self.cared = 0.0
        with maintenance.at_work(maintenance.files_of_this_installation()) as may_work:
            if may_work and (time.monotonic() - self.cared > CARE_SECONDS or not self.cared):
                take_up_lost_jobs()
                sweep_records()
                self.cared = time.monotonic()
            waiting = may_work and self._has_room and DBTaskResult.objects.ready().exists()
            if waiting and once:
                self.main.run()
        if waiting and not once:
            self.crew.start(_one_job)

    @property
    def _has_room(self) -> bool:
        return bool(self.main.running and self.crew.has_room)


def _worker(interval: float, *, most: int | None = None) -> Worker:
    return NamedWorker(
        queue_names=["*"], interval=interval, batch=True, backend_name="default", startup_delay=False,
        max_tasks=most, worker_id=worker_name(), excluded_queue_names=[],
    )  # fmt: skip


def _one_job() -> None:
    """In a process of its own: the next job that waits, unless the site was closed meanwhile."""
    with maintenance.at_work(maintenance.files_of_this_installation()) as may_work:
        if may_work:
            _worker(0, most=1).run()
