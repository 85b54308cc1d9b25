"""A worker is killed while it checks an import: the job is taken up again, or ends with a sentence; it never hangs."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.p2emas.imports.sheets import csv_file, figure
from tests.serving import ROOT, Installation, Visitor

pytestmark = pytest.mark.both_databases
ROWS = 9_000
SETTING = """
from tests import factories as make
from tests.people import lead_agency
from p2emas.models import Agency
lead = lead_agency()
user = make.UserFactory(username="coordinator")
make.AssignmentFactory(user=user, agency=lead, role="coordinator")
for n in range(300):
    make.DistrictFactory(name=f"nomor {n}")
make.CommodityFactory(name="lada")
"""
OUTCOME = """
from p2emas.models import Import
from django_tasks_db.models import DBTaskResult
batch, job = Import.objects.get(), DBTaskResult.objects.get()
answer = {"status": batch.status, "problem": batch.problem, "rows": batch.rows.count(), "job": job.status,
          "attempts": len(job.worker_ids)}
"""


def ask_once(installation: Installation, sql: str) -> str:
    """One value, without starting Django: the moment to kill is short."""
    if installation.postgres:
        import psycopg2

        connection = psycopg2.connect(installation.database_url)
    else:
        connection = sqlite3.connect(installation.folder / "data.sqlite3", timeout=20)
    try:
        cursor = connection.cursor()
        cursor.execute(sql)
        found = cursor.fetchone()
        return str(found[0]) if found else ""
    finally:
        connection.close()


def kill_while_running(installation: Installation, supervisor: subprocess.Popen, killed: list[str]) -> None:
    """Kill the worker in an attempt that was not killed before; attempts are told apart by their start."""
    running = "SELECT CAST(started_at AS TEXT) FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING'"
    until = time.monotonic() + 60
    while time.monotonic() < until:
        attempt = ask_once(installation, running)
        if attempt and attempt not in killed:
            (worker,) = Path(f"/proc/{supervisor.pid}/task/{supervisor.pid}/children").read_text().split()
            os.kill(int(worker), signal.SIGKILL)
            killed.append(attempt)
            return
        time.sleep(0.01)
    raise AssertionError("the job was never seen running")


@pytest.fixture
def supervisor(installation):
    """scripts/worker.py as `make run` starts it."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "scripts" / "worker.py")], env=installation.environment, cwd=ROOT
    )
    yield process
    process.terminate()
    assert process.wait(20) == 0


@pytest.mark.parametrize(("kills", "expected"), [
    (1, {"status": "READY", "problem": "", "rows": ROWS, "job": "SUCCESSFUL", "attempts": 2}),
    (2, {"status": "FAILED", "problem": "Pemeriksaan terhenti dua kali di tengah jalan. Unggah berkasnya lagi.",
         "job": "FAILED", "attempts": 2}),
])  # fmt: skip
def test_import_survives_one_kill_and_ends_after_two(installation, serve, supervisor, kills, expected):
    installation.python(SETTING)
    visitor = Visitor(serve().url, session=installation.session_of("coordinator"))
    rows = [figure(f"nomor {n % 300}", "lada", n, year=1990 + n // 300) for n in range(ROWS)]

    answer = visitor.post("/impor/baru/produksi/", {}, {"berkas": ("angka.csv", csv_file(rows))})
    assert answer.status == 302, answer.text
    killed: list[str] = []
    for _ in range(kills):
        kill_while_running(installation, supervisor, killed)
    until = time.monotonic() + 120
    while time.monotonic() < until:
        if ask_once(installation, "SELECT status FROM p2emas_import") != "CHECKING":
            break
        time.sleep(0.2)
    time.sleep(1)  # the job's own row follows the import's

    found = installation.ask(OUTCOME)
    assert {name: found[name] for name in expected} == expected
    assert visitor.get(answer.headers["Location"]).status == 200
