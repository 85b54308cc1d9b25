"""A job that hangs is ended with a sentence when its time is over, and meanwhile holds up nobody's import."""

import subprocess
import sys
import time

import pytest

from tests.p2emas.imports.sheets import csv_file, figure
from tests.serving import ROOT, Installation

pytestmark = [pytest.mark.drill, pytest.mark.both_databases]
LIMIT = 12
SETTING = f"""
from p2emas.imports.kinds import kind_of
from p2emas.imports.services import start_import
from p2emas.imports.tables import receive_table
from p2emas.models import Agency, Import
from tests import factories as make
from tests.people import lead_agency
from tests.drills.hanging import hang
from tests.p2emas.imports.sheets import upload
lead = lead_agency()
user = make.UserFactory(username="coordinator")
make.AssignmentFactory(user=user, agency=lead, role="coordinator")
make.DistrictFactory(name="Kelam"), make.CommodityFactory(name="lada")
hostile = make.ImportFactory(uploaded_by=user, agency=lead)
Import.objects.filter(pk=hostile.pk).update(job=hang.enqueue(hostile.pk).id)
received = receive_table(upload({csv_file([figure("Kelam", "lada", 5)])!r}, "isian.csv"))
honest = start_import(kind=kind_of("produksi"), received=received, user=user)
answer = [hostile.pk, honest.pk]
"""
OUTCOME = """
from p2emas.models import Import
from django_tasks_db.models import DBTaskResult
jobs = {str(job.pk): job for job in DBTaskResult.objects.all()}
answer = [[b.status, b.problem, jobs[b.job].status, len(jobs[b.job].worker_ids)] for b in Import.objects.order_by("pk")]
"""


def outcome(installation: Installation, wanted, seconds: float):
    until = time.monotonic() + seconds
    while not wanted(found := installation.ask(OUTCOME)):
        assert time.monotonic() < until, found
    return found


def test_job_that_hangs_is_ended_and_holds_up_nobody(installation):
    installation.ask(SETTING)
    command = [sys.executable, str(ROOT / "manage.py"), "work_jobs"]
    worker = subprocess.Popen(command, env={**installation.environment, "JOB_SECONDS": str(LIMIT)}, cwd=ROOT)
    try:
        hostile, honest = outcome(installation, lambda found: found[1][0] == "READY", 60)
        assert hostile[2] in {"RUNNING", "FAILED"} and honest[2] in {"RUNNING", "SUCCESSFUL"}

        hostile, _honest = outcome(installation, lambda found: found[0][0] == "FAILED", LIMIT + 60)
        assert hostile[1:] == [
            "Pemeriksaan berkas ini terlalu lama, jadi dihentikan. Bagi menjadi beberapa berkas, lalu unggah lagi.",
            "FAILED",
            1,
        ]
    finally:
        worker.terminate()
        assert worker.wait(20) == 0
