"""Jobs whose worker died: started again once, then given up, and their records end with a sentence."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from p2emas.imports.models import Import
from p2emas.jobs.queue import (
    give_up,
    is_alive,
    is_under_way,
    sweep_records,
    take_up_lost_jobs,
    took_too_long,
    waits_long,
    worker_name,
)
from tests.factories import ImportFactory

pytestmark = pytest.mark.django_db


def job(*workers: str, minutes: float = 0, status: str = "RUNNING") -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [1], "kwargs": {}},
        task_path="p2emas.imports.jobs.check_import",
        worker_ids=list(workers),
        backend_name="default",
        run_after=timezone.now(),
        started_at=timezone.now() - timedelta(minutes=minutes),
        exception_class_path="",
        traceback="",
    )


@pytest.fixture
def dead() -> str:
    """The name of a worker that has ended."""
    found = subprocess.run(
        [sys.executable, "-c", "from p2emas.jobs.queue import worker_name; print(worker_name())"],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip
    return found.stdout.strip()


def test_worker_is_known_by_process_and_start(dead):
    host, pid, started = worker_name().split(":")

    assert is_alive(worker_name()) is True
    assert is_alive(dead) is False
    assert is_alive(f"{host}:{pid}:{int(started) + 1}") is False  # the number was used again
    assert is_alive(f"elsewhere:{pid}:{started}") is None
    assert is_alive("made-up") is None


def test_job_of_a_dead_worker_is_taken_up_once_then_given_up(dead):
    first, second = job(dead), job("elsewhere:1:1", dead)

    assert take_up_lost_jobs() == (1, 1)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.started_at, second.status) == ("READY", None, "FAILED")


@pytest.mark.parametrize(("worker", "minutes", "status"), [
    (worker_name(), 5, "RUNNING"),
    (worker_name(), 31, "FAILED"),  # alive, but it hangs
    ("elsewhere:1:1", 5, "RUNNING"),
    ("elsewhere:1:1", 31, "READY"),
], ids=["alive", "alive for too long", "elsewhere", "elsewhere for too long"])  # fmt: skip
def test_job_is_left_to_a_worker_that_may_live(worker, minutes, status):
    found = job(worker, minutes=minutes)

    take_up_lost_jobs()

    found.refresh_from_db()
    assert found.status == status


def test_import_whose_job_is_over_ends_with_a_sentence(dead):
    given_up, waiting = job("elsewhere:1:1", dead), job(status="READY")
    lost, queued = ImportFactory(job=str(given_up.pk)), ImportFactory(job=str(waiting.pk))

    call_command("reap_jobs", verbosity=0)

    lost.refresh_from_db()
    queued.refresh_from_db()
    assert (lost.status, lost.problem) == (
        "FAILED",
        "Pemeriksaan terhenti dua kali di tengah jalan. Unggah berkasnya lagi.",
    )
    assert queued.status == Import.Status.CHECKING


def test_only_waiting_and_running_jobs_are_under_way():
    assert {s: is_under_way(str(job(status=s).pk)) for s in ("READY", "RUNNING", "FAILED", "SUCCESSFUL")} == {
        "READY": True,
        "RUNNING": True,
        "FAILED": False,
        "SUCCESSFUL": False,
    }
    assert not is_under_way("")


@pytest.mark.parametrize(
    ("status", "seconds", "long"), [("READY", 30, False), ("READY", 90, True), ("RUNNING", 90, False)]
)
def test_job_that_nobody_takes_up_waits_long(status, seconds, long):
    found = job(status=status)
    DBTaskResult.objects.filter(pk=found.pk).update(enqueued_at=timezone.now() - timedelta(seconds=seconds))

    assert waits_long(str(found.pk)) is long
    assert not waits_long("")


def test_worker_waits_when_the_database_is_locked(monkeypatch):
    """The stock worker ends there; ours looks again, later each time."""
    from p2emas.management.commands import work_jobs

    slept, looks = [], iter([OperationalError("database is locked")] * 3 + [None])

    def ready():
        error = next(looks)
        if error:
            raise error
        raise SystemExit(0)

    monkeypatch.setattr(work_jobs.DBTaskResult.objects, "ready", ready)
    monkeypatch.setattr(work_jobs.time, "sleep", slept.append)
    monkeypatch.setattr(work_jobs.Worker, "configure_signals", lambda self: None)
    with pytest.raises(SystemExit):
        call_command("work_jobs", interval=1.0)

    assert slept == [2.0, 4.0, 8.0]


def test_worker_does_what_waits_and_ends_when_told_to_do_it_once(settings, user_as, monkeypatch):
    from p2emas.imports.jobs import check_import
    from p2emas.management.commands import work_jobs

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    monkeypatch.setattr(work_jobs.Worker, "configure_signals", lambda self: None)
    batch = ImportFactory(kind="gone", uploaded_by=user_as("coordinator"))
    waiting = check_import.enqueue(batch.pk)
    Import.objects.filter(pk=batch.pk).update(job=waiting.id)

    call_command("work_jobs", once=True)

    batch.refresh_from_db()
    assert (batch.status, batch.problem) == ("FAILED", "Jenis impor ini tidak ada lagi.")
    done = DBTaskResult.objects.get(pk=waiting.id)
    assert (done.status, len(done.worker_ids)) == ("SUCCESSFUL", 1)


def test_job_whose_time_is_over_is_given_up_at_once_and_says_so(user_as):
    """A second try would take as long."""
    batch = ImportFactory(uploaded_by=user_as("coordinator"))
    hanging, other = job("host:1:1"), job("host:2:2")
    Import.objects.filter(pk=batch.pk).update(job=str(hanging.pk))

    assert give_up("host:1:1") == 1 and sweep_records() == 1

    batch.refresh_from_db(), hanging.refresh_from_db(), other.refresh_from_db()
    assert (hanging.status, other.status) == ("FAILED", "RUNNING")
    assert took_too_long(str(hanging.pk)) and not took_too_long(str(other.pk)) and not took_too_long("")
    assert batch.status == "FAILED" and batch.problem.startswith("Pemeriksaan berkas ini terlalu lama")
