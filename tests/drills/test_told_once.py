"""The jobs that tell and send are killed anywhere: nothing is told twice, no letter comes twice, each open one is listed.

Each run starts from nothing told, kills one process at a random moment of telling and sending, and lets the next one
finish; one that ended before its kill does not count. It has to end as a run that nobody kills. What the mail server
took is counted there, not in our table.
"""

import email.policy
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress

import pytest

from tests.p2emas.outbox.smtp_sink import running
from tests.serving import ROOT, Installation

pytestmark = pytest.mark.both_databases
RUNS = int(os.environ.get("KILLS", "20"))
AGENCIES, PEOPLE, PROMISES = 12, 2, 4
KINDS = ("report-due", "action-item", "weekly-digest")
SETTING = f"""
from datetime import date
from tests import factories as make
from tests.people import person_as
person_as("coordinator")
period = make.ReportingPeriodFactory(year=2019, number=3, due_on=date(2019, 10, 7))
for n in range({AGENCIES}):
    report = make.ProgressReportFactory(draft=True, period=period, due_on=period.due_on)
    for role in ("agency_operator", "agency_head")[:{PEOPLE}]:
        make.AssignmentFactory(user=make.UserFactory(), agency=report.agency, role=role)
    if n < {PROMISES}:
        make.ActionItemFactory(responsible=report.agency, text=f"Janji {{n}}", due_on=period.due_on)
"""
# Starts of Django are the most of a run, so one process is started, without a connection, and forks each that works.
SHOP = """
import json, os, sys, traceback
from datetime import timedelta
from django.core.management import call_command
from p2emas.models import Assignment, Notification, OutboxMessage
from p2emas.outbox.models import CLAIM, real_now

def forget():
    Notification.objects.all().delete()
    OutboxMessage.objects.all().delete()

def work():
    print("begun", os.getpid(), flush=True)
    call_command("tell_due", verbosity=0)
    call_command("send_mail_queue", verbosity=0)

def outcome():
    # Nobody sends a letter any more whose sending began so long ago: it is on the list of the office.
    coordinator = Assignment.objects.get(role="coordinator").user
    letters, named = OutboxMessage.objects.all(), ("recipient", "subject")
    letters.begun().update(begun_at=real_now() - CLAIM - timedelta(minutes=1))
    print(json.dumps({
        "told": list(Notification.objects.values_list("user", "kind", "occasion")),
        "letters": list(letters.values_list(*named)),
        "sent": list(letters.sent().values_list(*named)),
        "listed": list(letters.for_user(coordinator).in_state("maybe").values_list(*named)),
        "due": letters.due().count(),
    }), flush=True)

for line in sys.stdin:
    child = os.fork()
    if not child:
        try:
            globals()[line.strip()]()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    print("ended", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Shop:
    """Processes that tell and send, one after the other."""

    def __init__(self, installation: Installation) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "shell", "--verbosity=0", "--command", SHOP],
            cwd=ROOT, env=installation.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, what: str) -> str:
        """The first line that the process says."""
        print(what, file=self.process.stdin, flush=True)
        return self.process.stdout.readline()

    def ended(self) -> int:
        word, status = self.process.stdout.readline().split()
        assert word == "ended"
        return int(status)

    def forget(self) -> None:
        assert self.ask("forget") == "ended 0\n"

    def work(self, *, until: float | None = None) -> int:
        """Tell and send, killed after so many seconds; how the process ended."""
        pid = int(self.ask("work").split()[1])
        if until is not None:
            time.sleep(until)
            with suppress(ProcessLookupError):  # it had ended
                os.kill(pid, signal.SIGKILL)
        return self.ended()

    def outcome(self) -> dict:
        found = json.loads(self.ask("outcome"))
        assert self.ended() == 0
        return found

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(30)


def taken(mails: list[str]) -> Counter[tuple[str, str]]:
    """How often the mail server took each letter: by its address and what it is about."""
    parsed = [email.message_from_string(mail, policy=email.policy.default) for mail in mails]
    return Counter((str(mail["To"]), str(mail["Subject"])) for mail in parsed)


def counted(rows: list[list]) -> Counter[tuple]:
    return Counter(map(tuple, rows))


def test_killed_jobs_tell_once_and_list_every_open_letter(installation):
    with running() as sink:
        port = sink.server_address[1]
        installation.environment |= {"EMAIL_URL": f"smtp://127.0.0.1:{port}", "DEMO_TODAY": "2019-10-04"}
        installation.python(SETTING)
        shop = Shop(installation)
        shop.forget()
        begun = time.monotonic()
        assert shop.work() == 0
        span = time.monotonic() - begun  # the longest: later runs find their files in memory
        whole, came = shop.outcome(), taken(sink.mails)
        told, letters = counted(whole["told"]), counted(whole["letters"])
        assert {kind for _user, kind, _occasion in told} == set(KINDS)
        assert set(told.values()) == set(letters.values()) == {1}
        assert came == letters and not whole["listed"]  # nothing was killed
        assert len(letters) >= (2 * AGENCIES + PROMISES) * PEOPLE
        moments, killed, open_letters, run = random.Random(20191004), 0, 0, 0
        while killed < RUNS:
            run += 1
            assert run < 10 * RUNS, "the kills come after the end"
            sink.mails.clear()
            shop.forget()
            if shop.work(until=moments.uniform(0, span)) != -signal.SIGKILL:
                span *= 0.8  # it had ended
                continue
            killed += 1
            assert shop.work() == 0
            found, came = shop.outcome(), taken(sink.mails)
            listed, sent = counted(found["listed"]), counted(found["sent"])
            assert counted(found["told"]) == told, run
            assert counted(found["letters"]) == letters, run
            assert set(came.values()) == {1}, (run, came)
            assert found["due"] == 0, run
            # Every letter came, or is on the list of those that a person looks at; none is on neither.
            assert sent + listed == letters, run
            assert set(letters) - set(came) <= set(listed), run
            open_letters += listed.total()
        shop.close()
        assert open_letters <= killed  # a kill leaves at most the one letter that was on its way
