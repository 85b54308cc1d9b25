"""Two hundred applicants send in the last seconds before the closing: none lost, none twice, none too late by waiting."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.serving import Answer, Server, Visitor

pytestmark = [pytest.mark.alone, pytest.mark.both_databases]
APPLICANTS, LATE = 200, 10
BEFORE = 2.0  # seconds before the closing at which everybody sends
LONGEST = 10.0
CODE = "pendamping-uji"
SEED = """
from datetime import datetime, timedelta
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from facilitators.recruitment.apply.applicant import KEY
from tests import facilitator_factories as make
from tests.facilitators.recruitment.applying import complete_draft
now = timezone.now()
round = make.RecruitmentRoundFactory(
    complete=True, code="{code}", panels=2, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1)
)
answer = {{}}
for number in range({applicants}):
    draft = complete_draft(round, number + 1, phone=f"+62812{{number:08d}}", started_at=now, declared_at=now)
    session = SessionStore()
    session[KEY] = draft.pk
    session.create()
    answer[draft.pk] = session.session_key
"""
CLOSE_AT = """
from datetime import datetime, timezone
from facilitators.models import RecruitmentRound
RecruitmentRound.objects.update(closes_at=datetime.fromtimestamp({moment}, timezone.utc))
answer = True
"""
OUTCOME = """
from collections import Counter
from facilitators.models import Application, RecruitmentRound
from p2emas.documents.models import Receipt
from p2emas.workflow.models import StatusChange
sent = Application.objects.exclude(status="DRAFT")
answer = {
    "states": dict(Application.objects.values_list("pk", "status")),
    "numbers": sorted(sent.values_list("number", flat=True)),
    "panels": Counter(sent.values_list("panel", flat=True)),
    "receipts": Counter(Receipt.objects.values_list("object_id", flat=True)),
    "steps": Counter(StatusChange.objects.filter(step="send").values_list("object_id", flat=True)),
    "last": RecruitmentRound.objects.get().last_number,
    "latest": max(sent.values_list("sent_at", flat=True)).timestamp(),
}
"""


class Applicant:
    """Somebody with the check page open, the button pressed at the agreed moment."""

    def __init__(self, server: Server, session: str) -> None:
        self.visitor = Visitor(server.url, session=session, timeout=60)
        self.fields = {"version": "0", "client_token": str(uuid.uuid4())}

    def send(self) -> tuple[Answer, float]:
        begun = time.monotonic()
        answer = self.visitor.post(f"/rekrutmen/{CODE}/lamar/periksa/", self.fields)
        return answer, time.monotonic() - begun


def all_send(applicants: list[Applicant], at: float) -> list[tuple[Answer, float]]:
    """Everybody presses the button at ``at``, each in a thread of its own."""
    together = threading.Barrier(len(applicants))

    def press(applicant: Applicant) -> tuple[Answer, float]:
        together.wait()
        time.sleep(max(0.0, at - time.time()))
        return applicant.send()

    with ThreadPoolExecutor(len(applicants)) as pool:
        return list(pool.map(press, applicants))


def test_sendings_of_the_last_seconds_all_count(installation, serve):
    sessions = installation.ask(SEED.format(code=CODE, applicants=APPLICANTS + LATE))
    server = serve()
    applicants = [Applicant(server, session) for session in sessions.values()]
    early, late = applicants[:APPLICANTS], applicants[APPLICANTS:]
    for applicant in applicants[:8]:  # threads and connections of a server that has been busy
        applicant.visitor.get(f"/rekrutmen/{CODE}/lamar/periksa/")
    closing = time.time() + 12
    installation.ask(CLOSE_AT.format(moment=closing))

    answers = all_send(early, closing - BEFORE)
    again = all_send(early[:20], 0)  # the button once more, when the closing has passed
    refused = all_send(late, closing + 0.2)

    outcome = installation.ask(OUTCOME)
    kept = list(sessions)[:APPLICANTS]
    expected = {key: "SENT" if key in kept else "DRAFT" for key in sessions}
    slowest = max(took for _answer, took in answers)
    assert {answer.status for answer, _ in answers} == {302}
    assert outcome["states"] == expected
    assert outcome["receipts"] == outcome["steps"] == dict.fromkeys(kept, 1)
    assert outcome["numbers"] == [f"LMR-2020-{serial:04d}" for serial in range(1, APPLICANTS + 1)]
    assert outcome["panels"] == {"1": APPLICANTS // 2, "2": APPLICANTS // 2}
    assert outcome["last"] == APPLICANTS
    assert outcome["latest"] < closing
    assert {answer.status for answer, _ in again} == {302}
    assert {answer.status for answer, _ in refused} == {409}
    assert slowest < LONGEST, f"{slowest:.1f} s"
