"""Two coordinators decide one report at the same moment: one wins, the other is told, one row of history."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.filled import page_form
from tests.serving import Answer, Server, Visitor

ROUNDS = 200
SEED = f"""
from tests.factories import AgencyFactory, AssignmentFactory, ProgressReportFactory, UserFactory
from tests.factories import ReportingPeriodFactory
from p2emas.accounts.roles import Role
bappeda = AgencyFactory(code="bappeda")
for name in ("satu", "dua"):
    AssignmentFactory(user=UserFactory(username=name), agency=bappeda, role=Role.COORDINATOR)
sender = UserFactory(username="pengirim")
period = ReportingPeriodFactory(opened_by=sender)
reports = [
    ProgressReportFactory(period=period, verifying=True, submitted_by=sender) for _ in range({ROUNDS})
]
answer = [report.pk for report in reports]
"""
OUTCOME = """
from programs.models import ProgressReport
from p2emas.workflow.models import StatusChange
rows = list(StatusChange.objects.filter(step__in=["approve", "return"]).values_list("object_id", "step", "actor__username"))
answer = {"changes": rows, "states": dict(ProgressReport.objects.values_list("pk", "status"))}
"""
STEP = {"setujui": "approve", "kembalikan": "return"}
STATE = {"approve": "APPROVED", "return": "RETURNED"}


def decide(visitor: Visitor, path: str, fields: list, together: threading.Barrier) -> Answer:
    together.wait()
    return visitor.post(path, fields)


@pytest.mark.both_databases
def test_of_two_simultaneous_decisions_one_wins(installation, serve):
    reports = installation.ask(SEED)
    server: Server = serve(WEB_CONCURRENCY="2", WEB_THREADS="4")
    who = {name: Visitor(server.url, session=installation.session_of(name)) for name in ("satu", "dua")}
    told = []

    with ThreadPoolExecutor(2) as pool:
        for number, pk in enumerate(reports):
            path = f"/laporan/{pk}/verifikasi/"
            wishes = ("setujui", "kembalikan") if number % 2 else ("setujui", "setujui")
            sendings = []
            for (name, visitor), wish in zip(who.items(), wishes, strict=True):
                form = page_form(visitor.get(path).text, having="keputusan")
                reason = {"catatan": "Foto belum ada"} if wish == "kembalikan" else {}
                sendings.append((name, visitor, wish, form.filled(keputusan=wish, **reason)))
            together = threading.Barrier(2)
            answers = list(pool.map(lambda sending: decide(sending[1], path, sending[3], together), sendings))  # noqa: B023
            statuses = sorted(answer.status for answer in answers)
            assert statuses == [302, 409], (number, statuses)
            winner = next(sending for sending, answer in zip(sendings, answers, strict=True) if answer.status == 302)
            told.append([pk, STEP[winner[2]], winner[0]])

    outcome = installation.ask(OUTCOME)
    assert sorted(outcome["changes"]) == sorted(told)
    assert outcome["states"] == {str(pk): STATE[step] for pk, step, _name in told}
