"""Eight processes save at the same time on one SQLite file: nobody is told that the database is locked."""

import json
import os
import subprocess
import sys

import pytest

from tests.drills.conftest import postgres_address
from tests.serving import ROOT, Installation

PROCESSES, SAVES = 8, 250
pytestmark = pytest.mark.skipif(bool(postgres_address()), reason="SQLite alone")
SEED = f"""
from tests.factories import ReportLineFactory
answer = [ReportLineFactory(report__draft=True).pk for _ in range({PROCESSES})]
"""
WORKER = """
import json, sys
from django.db import OperationalError, connection, transaction
from programs.models import ReportLine
from programs.reporting.filling.saving import claim_report
{before}
line = ReportLine.objects.select_related("report__period").get(pk={line})
print("ready", flush=True)
sys.stdin.readline()  # all begin together
saved, locked = 0, 0
for number in range({saves}):
    try:
        with transaction.atomic():
            line.report.refresh_from_db(fields=["version"])  # read, then write: what SQLite finds hardest
            claim_report(line.report, line.report.version)
            line.spent_to_date = number + 1
            line.save()
        saved += 1
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        locked += 1
print(json.dumps([saved, locked]))
"""
CARELESS = """
options = connection.settings_dict["OPTIONS"]
options["transaction_mode"], options["timeout"] = "DEFERRED", 0.01
"""


def at_once(installation: Installation, lines: list[int], saves: int, before: str = "") -> tuple[int, int]:
    """How many savings succeeded and how many met a locked database, one process for each line."""
    workers = [
        subprocess.Popen(
            [sys.executable, os.fspath(ROOT / "manage.py"), "shell", "--verbosity=0", "--command", code],
            cwd=ROOT,
            env=installation.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for code in (WORKER.format(line=line, saves=saves, before=before) for line in lines)
    ]
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        worker.stdin.write("\n")
        worker.stdin.flush()
    answers = [worker.communicate(timeout=300)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * len(workers)
    counts = [json.loads(answer.splitlines()[-1]) for answer in answers]
    return sum(saved for saved, _locked in counts), sum(locked for _saved, locked in counts)


def test_eight_processes_save_and_none_is_locked_out(installation):
    lines = installation.ask(SEED)

    saved, locked = at_once(installation, lines, SAVES)

    assert (saved, locked) == (PROCESSES * SAVES, 0)
    kept = installation.ask(
        "from programs.models import ReportLine\n"
        "answer = [ReportLine.history.filter(history_type='~').count(), "
        "sorted(ReportLine.objects.values_list('report__version', 'spent_to_date'))]"
    )
    assert kept[0] == PROCESSES * SAVES  # each saving left its row of history
    assert {money for _version, money in kept[1]} == {SAVES}


def test_drill_sees_a_database_that_does_not_wait(installation):
    """The drill's own test: without our settings of SQLite the same work meets a locked database."""
    lines = installation.ask(SEED)

    _saved, locked = at_once(installation, lines, 100, before=CARELESS)

    assert locked > 0
