"""kill -9 of workers while 200 reports with photos are sent: nothing that was confirmed is lost, nothing is half."""

import io
import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from tests.filled import page_form
from tests.serving import Answer, Server, Visitor

REPORTS = 200
CLIENTS = 4
SEED = f"""
from tests.factories import AgencyFactory, AssignmentFactory, OfficialFactory, ProgressReportFactory
from tests.factories import ReportingPeriodFactory, ReportLineFactory, UserFactory
operator = UserFactory(username="operator")
period = ReportingPeriodFactory(opened_by=operator)
answer = []
for _ in range({REPORTS}):
    report = ProgressReportFactory(period=period, draft=True, no_obstacles=True, supporting_factor="Gotong royong")
    ReportLineFactory(report=report)
    OfficialFactory(agency=report.agency)
    AssignmentFactory(user=operator, agency=report.agency)
    answer.append(report.pk)
"""
OUTCOME = """
import hashlib
from collections import Counter
from p2emas.documents.models import Receipt
from p2emas.workflow.models import StatusChange
from programs.models import ProgressReport, ReportAttachment
def held(attachment):
    with attachment.file.open("rb") as file:
        return hashlib.sha256(file.read()).hexdigest() == attachment.sha256
answer = {
    "states": dict(ProgressReport.objects.values_list("pk", "status")),
    "receipts": list(Receipt.objects.values_list("object_id", "number")),
    "sent": Counter(StatusChange.objects.filter(step="submit").values_list("object_id", flat=True)),
    "photos": [[a.report_id, held(a)] for a in ReportAttachment.objects.all()],
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
        for _ in range(50):
            try:
                answer = ask()
            except OSError:
                answer = None
            except Exception as error:  # http.client's own, for an answer that breaks off
                if "IncompleteRead" not in repr(error) and "RemoteDisconnected" not in repr(error):
                    raise
                answer = None
            if answer is not None and answer.status < 500:
                return answer
            self.broken += 1
            time.sleep(0.1)
        raise AssertionError("the service did not come back")

    def send(self, pk: int) -> str:
        """The receipt's address, once the server has confirmed it."""
        files, check = f"/laporan/{pk}/lampiran/", f"/laporan/{pk}/periksa/"
        upload = page_form(self.until_answered(lambda: self.visitor.get(files)).text, having="file")
        sent = self.until_answered(
            lambda: self.visitor.post(files, upload.filled(caption=f"Foto {pk}"), {"file": ("foto.jpg", photo(pk))})
        )
        assert sent.status == 302, sent.text[:2000]
        form = page_form(self.until_answered(lambda: self.visitor.get(check)).text, having="client_token")
        signer = self._signer(check)
        fields = form.filled(signer=signer, letter_no="900/1/2019", letter_date="04-10-2019", declared="on")
        confirmed = self.until_answered(lambda: self.visitor.post(check, fields))
        assert confirmed.status == 302, confirmed.text[:2000]
        return confirmed.headers["Location"]

    def _signer(self, check: str) -> str:
        html = self.until_answered(lambda: self.visitor.get(check)).text
        options = html.split('name="signer"', 1)[1].split("</select>", 1)[0].split('value="')[1:]
        return next(value for value in (option.split('"', 1)[0] for option in options) if value)


@pytest.mark.both_databases
def test_killed_workers_lose_nothing_that_was_confirmed(installation, serve):
    installation.environment["DEMO_TODAY"] = "2019-10-08"
    reports = installation.ask(SEED)
    session = installation.session_of("operator")
    server: Server = serve(WEB_CONCURRENCY="2", WEB_THREADS="4")
    operators = [Operator(server, session) for _ in range(CLIENTS)]
    done, kills = threading.Event(), []

    def kill_now_and_then() -> None:
        chance = random.Random(7)
        while not done.wait(chance.uniform(1.0, 2.5)):
            workers = server.workers()
            if workers:
                pid = chance.choice(workers)
                os.kill(pid, signal.SIGKILL)
                kills.append(pid)

    killer = threading.Thread(target=kill_now_and_then)
    killer.start()
    try:
        with ThreadPoolExecutor(CLIENTS) as pool:
            shares = [reports[number::CLIENTS] for number in range(CLIENTS)]
            confirmed = dict(
                pair
                for share in pool.map(
                    lambda work: [(pk, work[0].send(pk)) for pk in work[1]], zip(operators, shares, strict=True)
                )
                for pair in share
            )
    finally:
        done.set()
        killer.join()

    outcome = installation.ask(OUTCOME)
    assert len(kills) >= 5, "the drill killed too few workers to prove anything"
    assert sum(operator.broken for operator in operators) > 0, "no request was cut off: the drill proves nothing"
    assert confirmed == {pk: f"/laporan/{pk}/terkirim/" for pk in reports}
    assert outcome["states"] == {str(pk): "WAITING" for pk in reports}
    assert outcome["sent"] == {str(pk): 1 for pk in reports}
    assert sorted(pk for pk, _number in outcome["receipts"]) == sorted(reports)
    assert sorted(outcome["photos"]) == [[pk, True] for pk in sorted(reports)]
