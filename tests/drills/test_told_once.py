"""The jobs that tell and send are killed anywhere: nothing is told twice, no reminder comes twice, no letter is lost.

Each run starts from nothing told, kills one process at a random moment of telling and sending, and lets the next one
finish. What the mail server took is counted there, not in our table.
"""

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from tests.p2emas.outbox.smtp_sink import running
from tests.serving import ROOT, Installation

pytestmark = pytest.mark.both_databases
RUNS = int(os.environ.get("KILLS", "20"))
AGENCIES, PEOPLE = 12, 2
DUE = "jatuh tempo 1 hari kerja lagi"
SETTING = f"""
from datetime import date
from tests import factories as make
period = make.ReportingPeriodFactory(year=2019, number=3, due_on=date(2019, 10, 7))
for n in range({AGENCIES}):
    report = make.ProgressReportFactory(draft=True, period=period, due_on=period.due_on)
    for role in ("agency_operator", "agency_head")[:{PEOPLE}]:
        make.AssignmentFactory(user=make.UserFactory(), agency=report.agency, role=role)
"""
WORK = """
import sys
from django.core.management import call_command
from p2emas.models import Notification, OutboxMessage
if {anew}:
    Notification.objects.all().delete()
    OutboxMessage.objects.all().delete()
print("begun", flush=True)
call_command("tell_due", verbosity=0)
call_command("send_mail_queue", verbosity=0)
"""
OUTCOME = """
from p2emas.models import Notification, OutboxMessage
letters = OutboxMessage.objects.filter(kind="reminder", subject__contains="jatuh tempo")
answer = {
    "told": list(Notification.objects.filter(kind="report-due").values_list("user", "occasion")),
    "letters": list(letters.values_list("recipient", flat=True)),
    "sent": list(letters.sent().values_list("recipient", flat=True)),
    "listed": list(letters.begun().values_list("recipient", flat=True)),
    "due": letters.due().count(),
}
"""


def start(installation: Installation, *, anew: bool) -> subprocess.Popen:
    """A process that tells and sends, just before its first statement."""
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "shell", "--verbosity=0", "--command", WORK.format(anew=anew)],
        cwd=ROOT, env=installation.environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def taken(mails: list[str]) -> Counter[str]:
    """How often the mail server took a letter about the due date to each address; the week's letter is another one."""
    about = [mail for mail in mails if DUE in mail]
    return Counter(found for mail in about for found in re.findall(r"^To: (\S+)\r?$", mail, re.MULTILINE))


def test_killed_jobs_tell_once_and_list_every_open_letter(installation):
    with running() as sink:
        port = sink.server_address[1]
        installation.environment |= {"EMAIL_URL": f"smtp://127.0.0.1:{port}", "DEMO_TODAY": "2019-10-04"}
        installation.python(SETTING)
        begun = time.monotonic()
        assert start(installation, anew=True).wait(120) == 0
        span = time.monotonic() - begun
        assert sum(taken(sink.mails).values()) == AGENCIES * PEOPLE  # and nothing was killed
        moments, open_letters = random.Random(20191004), 0
        for run in range(RUNS):
            sink.mails.clear()
            process = start(installation, anew=True)
            time.sleep(moments.uniform(0, span))
            process.send_signal(signal.SIGKILL)
            process.wait(30)
            assert start(installation, anew=False).wait(120) == 0
            found, came = installation.ask(OUTCOME), taken(sink.mails)
            assert len(found["told"]) == len({tuple(pair) for pair in found["told"]}) == AGENCIES * PEOPLE, run
            assert len(found["letters"]) == AGENCIES * PEOPLE, run
            assert max(came.values()) == 1, (run, came)
            assert found["due"] == 0, run
            # Every letter came, or is on the list of those that a person looks at; none is on neither.
            assert set(found["letters"]) == set(found["sent"]) | set(found["listed"]), run
            assert set(found["letters"]) - set(came) <= set(found["listed"]), run
            open_letters += len(found["listed"])
        assert open_letters <= RUNS  # a kill leaves at most the one letter that was on its way
