"""kill -9 of workers while 200 reports with photos are sent: nothing that was confirmed is lost, nothing is half."""

import http.client
import io
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from PIL import Image

from tests.filled import page_form
from tests.serving import Answer, Installation, Server, Visitor

REPORTS, FEW = 200, 12
CLIENTS = 4
SEED = """
from tests.factories import AssignmentFactory, OfficialFactory, ProgressReportFactory
from tests.factories import ReportingPeriodFactory, ReportLineFactory, UserFactory
operator = UserFactory(username="operator")
period = ReportingPeriodFactory(opened_by=operator)
answer = {{}}
for _ in range({reports}):
    report = ProgressReportFactory(period=period, draft=True, has_obstacles=False, supporting_factor="Gotong royong")
    ReportLineFactory(report=report)
    official = OfficialFactory(agency=report.agency)
    AssignmentFactory(user=operator, agency=report.agency)
    answer[report.pk] = official.pk
"""
OUTCOME = """
import hashlib
from collections import Counter
from p2emas.documents.integrity import orphan_names
from p2emas.documents.models import Receipt
from p2emas.workflow.models import StatusChange
from programs.models import ProgressReport, ReportAttachment
def whole(attachment):
    try:
        with attachment.file.open("rb") as file:
            same = hashlib.sha256(file.read()).hexdigest() == attachment.sha256
        return same and attachment.thumbnail.storage.exists(attachment.thumbnail.name)
    except OSError:
        return False
answer = {
    "states": dict(ProgressReport.objects.values_list("pk", "status")),
    "signed": list(ProgressReport.objects.exclude(signer_name="").exclude(letter_no="").values_list("pk", flat=True)),
    "receipts": Counter(Receipt.objects.values_list("object_id", flat=True)),
    "steps": Counter(StatusChange.objects.filter(step="submit").values_list("object_id", flat=True)),
    "photos": Counter(ReportAttachment.objects.values_list("report_id", flat=True)),
    "broken": [a.report_id for a in ReportAttachment.objects.all() if not whole(a)],
    "orphans": orphan_names(),
}
"""


def photo(number: int) -> bytes:
    """A photo that no other report has."""
    noise = random.Random(number)
    picture = Image.frombytes("RGB", (80, 60), noise.randbytes(80 * 60 * 3)).resize((800, 600))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


class Operator:
    """Sends one report after another and tries again when the line goes dead, as a person or a phone would."""

    def __init__(self, server: Server, session: str) -> None:
        self.visitor = Visitor(server.url, session=session, timeout=20)
        self.broken = 0

    def until_answered(self, ask) -> Answer:
        for _ in range(100):
            try:
                answer = ask()
            except (OSError, http.client.HTTPException):
                answer = None
            if answer is not None and answer.status < 500:
                return answer
            self.broken += 1
            time.sleep(0.1)
        raise AssertionError("the service did not come back")

    def send(self, pk: int, signer: int) -> str:
        """The receipt's address, once the server has confirmed it."""
        files, check = f"/laporan/{pk}/lampiran/", f"/laporan/{pk}/periksa/"
        upload = page_form(self.until_answered(lambda: self.visitor.get(files)).text, having="file")
        sent = self.until_answered(
            lambda: self.visitor.post(files, upload.filled(caption=f"Foto {pk}"), {"file": ("foto.jpg", photo(pk))})
        )
        assert sent.status == 302, sent.text[:2000]
        form = page_form(self.until_answered(lambda: self.visitor.get(check)).text, having="client_token")
        fields = form.filled(signer=str(signer), letter_no="900/1/2019", letter_date="04-10-2019", declared="on")
        confirmed = self.until_answered(lambda: self.visitor.post(check, fields))
        assert confirmed.status == 302, confirmed.text[:2000]
        return confirmed.headers["Location"]


class Killer(threading.Thread):
    """kill -9 of a worker one or two seconds after the server answers again, until it is told to stop."""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self.server, self.done, self.kills = server, threading.Event(), 0

    def run(self) -> None:
        chance = random.Random(7)
        while self._is_served() and not self.done.wait(chance.uniform(0.7, 2.0)):
            workers = self.server.workers()
            if workers:
                os.kill(chance.choice(workers), signal.SIGKILL)
                self.kills += 1

    def _is_served(self) -> bool:
        """Waits for an answer: a kill of workers that only begin cuts nothing off."""
        while not self.done.wait(0.1):
            try:
                if Visitor(self.server.url, timeout=5).get("/sehat/").status == 200:
                    return True
            except (OSError, http.client.HTTPException):
                continue
        return False


@contextmanager
def killing(server: Server) -> Iterator[Killer]:
    killer = Killer(server)
    killer.start()
    try:
        yield killer
    finally:
        killer.done.set()
        killer.join()


def send_all(server: Server, session: str, signers: dict[int, int]) -> tuple[dict[int, str], int]:
    """Where each report's confirmation led, and how many requests were cut off."""
    operators = [Operator(server, session) for _ in range(CLIENTS)]
    shares = [list(signers.items())[number::CLIENTS] for number in range(CLIENTS)]

    def work(operator: Operator, share: list[tuple[int, int]]) -> dict[int, str]:
        return {pk: operator.send(pk, signer) for pk, signer in share}

    confirmed: dict[int, str] = {}
    with ThreadPoolExecutor(CLIENTS) as pool:
        for sent in pool.map(work, operators, shares):
            confirmed |= sent
    return confirmed, sum(operator.broken for operator in operators)


def losses(outcome: dict, confirmed: dict[int, str]) -> list[str]:
    """What was confirmed and is not there, and what is there by half."""
    found = []
    for key, state in outcome["states"].items():
        moved = {
            state == "WAITING",
            int(key) in outcome["signed"],
            *(outcome[name].get(key, 0) == 1 for name in ("receipts", "steps")),
        }
        if moved == {False} and int(key) in confirmed:
            found.append(f"{key}: confirmed and lost")
        if len(moved) > 1:
            found.append(f"{key}: half sent")
        if outcome["photos"].get(key, 0) != 1:
            found.append(f"{key}: {outcome['photos'].get(key, 0)} photos")
    found += [f"{pk}: its photo is not whole" for pk in outcome["broken"]]
    return found + [f"{name}: a file without a row" for name in outcome["orphans"]]


def begin(installation: Installation, reports: int) -> tuple[dict[int, int], str]:
    installation.environment["DEMO_TODAY"] = "2019-10-08"
    signers = {int(pk): signer for pk, signer in installation.ask(SEED.format(reports=reports)).items()}
    return signers, installation.session_of("operator")


@pytest.mark.both_databases
def test_killed_workers_lose_nothing_that_was_confirmed(installation, serve):
    signers, session = begin(installation, REPORTS)
    server: Server = serve(WEB_CONCURRENCY="2", WEB_THREADS="4")
    with killing(server) as killer:
        confirmed, cut_off = send_all(server, session, signers)
    server.stop()

    left_behind = installation.ask(OUTCOME)["orphans"]  # written by a process that died before its commit
    installation.manage("remove_orphans", "--minutes=0")
    outcome = installation.ask(OUTCOME)

    assert killer.kills >= 5, "the drill killed too few workers to prove anything"
    assert cut_off > 0, "no request was cut off: the drill proves nothing"
    assert len(left_behind) <= killer.kills * CLIENTS * 2
    assert confirmed == {pk: f"/laporan/{pk}/terkirim/" for pk in signers}
    assert len(outcome["states"]) == REPORTS
    assert losses(outcome, confirmed) == []


@pytest.mark.both_databases
def test_drill_sees_a_server_that_confirms_too_early(installation, serve):
    """The drill's own test: every second report is confirmed although it is never committed."""
    signers, session = begin(installation, FEW)
    server = serve(module="tests.drills.early_answer", WEB_CONCURRENCY="2", WEB_THREADS="4")
    confirmed, _cut_off = send_all(server, session, signers)
    server.stop()

    found = losses(installation.ask(OUTCOME), confirmed)

    assert set(confirmed) == set(signers)
    assert {f"{pk}: confirmed and lost" for pk in signers if pk % 2 == 0} <= set(found)
    assert not [sentence for sentence in found if int(sentence.split(":")[0]) % 2]


def test_drill_sees_halves():
    """The drill's own test: each kind of half, planted into the answer of a sound database."""
    key, confirmed = "7", {7: "/laporan/7/terkirim/"}
    sound = {
        "states": {key: "WAITING"},
        "signed": [7],
        "receipts": {key: 1},
        "steps": {key: 1},
        "photos": {key: 1},
        "broken": [],
        "orphans": [],
    }
    planted = {
        "states": {key: "DRAFT"},
        "signed": [],
        "receipts": {},
        "steps": {key: 2},
        "photos": {},
        "broken": [7],
        "orphans": ["ab/x"],
    }

    assert losses(sound, confirmed) == []
    assert [name for name, damage in planted.items() if not losses({**sound, name: damage}, confirmed)] == []
