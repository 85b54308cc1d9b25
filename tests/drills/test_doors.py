"""Hostile and good files through every door of a served site: nothing stops it, and what is honest passes.

Measured meanwhile: how long each answer takes, whether `/sehat/` answers, the memory of the site's processes and of
those that read (VmHWM). The figures are printed (`pytest -s`).
"""

import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.drills import doors
from tests.serving import Answer, Installation, Server, Visitor

pytestmark = pytest.mark.alone
LONGEST, PULSE, GROWTH = 4.0, 0.5, 150  # seconds of an answer, p95 of /sehat/, MiB of a worker
DRAFTS = 40
FLOOD = 40.0  # seconds
CODE = "pendamping-uji"
SEED = """
from datetime import timedelta
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from facilitators.recruitment.apply.applicant import KEY
from tests import facilitator_factories as make
from tests.facilitators.recruitment.applying import complete_draft
from tests.factories import CandidateFactory, DecreeFactory, DistrictFactory, ProgressReportFactory
from tests.factories import SelectionRoundFactory, SurveyVisitFactory
from tests.people import person_as
def session_of(user):
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value
now = timezone.now()
round = make.RecruitmentRoundFactory(
    complete=True, code="{code}", opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1)
)
drafts = []
for number in range({drafts}):
    draft = complete_draft(round, number + 1, phone=f"+62812{{number:08d}}", started_at=now, declared_at=now)
    session = SessionStore()
    session[KEY] = draft.pk
    session.create()
    drafts.append(session.session_key)
reports = [ProgressReportFactory(draft=True) for _n in range(3)]
operators = [session_of(person_as("agency_operator", at=report.agency)) for report in reports]
selection = SelectionRoundFactory(status="SURVEY")
visit = SurveyVisitFactory(candidate=CandidateFactory(round=selection, status="ELIGIBLE"))
answer = {{
    "paper": f"paper{{round.documents.order_by('pk').first().pk}}",
    "drafts": drafts,
    "reports": [report.pk for report in reports],
    "operators": operators,
    "coordinator": session_of(person_as("coordinator")),
    "decree": DecreeFactory().pk,
    "photos": reverse("locations:visit-photos", args=[visit.candidate.round_id, visit.candidate_id, visit.pk]),
}}
"""
OUTCOME = """
from facilitators.models import ApplicationFile
from p2emas.documents.integrity import orphan_names
from p2emas.models import DecreeFile, PaperTemplate
from districts.models import SurveyPhoto
from programs.models import ReportAttachment
answer = {
    "kept": sum(m.objects.exclude(file="x/x").count() for m in (ApplicationFile, DecreeFile, SurveyPhoto, ReportAttachment)),
    "templates": PaperTemplate.objects.count(),
}
"""


# --- The site and who watches it ------------------------------------------------------------------------------------


@dataclass
class Watcher:
    """Asks for `/sehat/` all the time and looks at the memory of the workers and of what they started."""

    server: Server
    pulses: list[float] = field(default_factory=list)
    readers: list[float] = field(default_factory=list)
    largest: float = 0.0
    _over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def watching(self) -> Iterator["Watcher"]:
        self.before = max(self.server.memory())
        threads = [threading.Thread(target=job) for job in (self._pulse, self._memory)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def _pulse(self) -> None:
        while not self._over.wait(0.05):
            begun = time.monotonic()
            Visitor(self.server.url, timeout=20).get("/sehat/")
            self.pulses.append(time.monotonic() - begun)

    def _memory(self) -> None:
        while not self._over.wait(0.02):
            self.largest = max(self.largest, *self.server.memory())
            for worker in self.server.workers():
                self.readers += [_height(child) for child in _children(worker)]

    @property
    def p95(self) -> float:
        return sorted(self.pulses)[int(len(self.pulses) * 0.95)]

    def figures(self) -> str:
        return (
            f"/sehat/ p95 {self.p95:.2f} s of {len(self.pulses)}, a worker {self.before:.0f} MiB and at most "
            f"{self.largest - self.before:.0f} more, readers at most {max(self.readers, default=0):.0f} MiB"
        )


def _children(pid: int) -> list[int]:
    try:
        return [
            int(child)
            for thread in Path(f"/proc/{pid}/task").iterdir()
            for child in (thread / "children").read_text().split()
        ]
    except OSError:
        return []


def _height(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024
    except (OSError, IndexError):
        return 0.0


@dataclass
class Door:
    """A place where a file goes in: how it is sent, and which endings it takes."""

    name: str
    takes: tuple[str, ...]
    send: Callable[[tuple[str, bytes]], Answer]


@pytest.fixture(scope="module")
def made():
    """Made once: they take half a minute."""
    return {"hostile": doors.hostile(), "heavy": doors.heavy(), "templates": doors.templates(), "good": doors.good()}


@pytest.fixture
def site(installation: Installation, serve) -> tuple[Server, dict]:
    seeded = installation.ask(SEED.format(code=CODE, drafts=DRAFTS))
    server = serve(TRUSTED_PROXIES="1", STORAGE_RESERVE_MB="0", LOG_LEVEL="ERROR")
    for path in ("/masuk/", "/rekrutmen/"):  # what every worker holds once it has answered
        for _n in range(8):
            Visitor(server.url).get(path)
    return server, seeded


_networks = count(1)


def from_outside(server: Server, seeded: dict, session: str, file: tuple[str, bytes], **options: float) -> Answer:
    """An applicant of a network that nobody has sent from before."""
    number = next(_networks)
    visitor = Visitor(server.url, session=session, **options)
    address = f"10.{number >> 8 & 255}.{number & 255}.7"
    return visitor.post(
        f"/rekrutmen/{CODE}/lamar/berkas/", {"upload": "1"}, {seeded["paper"]: file}, **{"X-Forwarded-For": address}
    )


def all_doors(server: Server, seeded: dict) -> list[Door]:
    drafts, coordinator = iter(seeded["drafts"] * 20), Visitor(server.url, session=seeded["coordinator"])
    operator = Visitor(server.url, session=seeded["operators"][0])
    report, photos = seeded["reports"][0], seeded["photos"]
    text = {"caption": "Balai desa"}
    return [
        Door(
            "applicant",
            ("jpg", "png", "webp", "HEIC", "heic", "pdf"),
            lambda file: from_outside(server, seeded, next(drafts), file),
        ),
        Door(
            "report",
            ("jpg", "png", "webp", "HEIC", "heic", "pdf", "docx", "xlsx"),
            lambda file: operator.post(f"/laporan/{report}/lampiran/", {"kind": "OTHER", **text}, {"file": file}),
        ),
        Door(
            "decree",
            ("jpg", "png", "webp", "HEIC", "heic", "pdf"),
            lambda file: coordinator.post(f"/sk/{seeded['decree']}/pindaian/", text, {"file": file}),
        ),
        Door(
            "survey",
            ("jpg", "png", "webp", "HEIC", "heic"),
            lambda file: coordinator.post(photos, text, {"file": file}),
        ),
        Door(
            "template",
            ("docx",),
            lambda file: coordinator.post("/kelola/p2emas/papertemplate/add/", {"kind": "minutes"}, {"upload": file}),
        ),
        Door("import", (), lambda file: coordinator.post("/impor/baru/produksi/", {}, {"berkas": file})),
    ]


def tell(figures: str) -> None:
    """With `pytest -s`; the figures belong into the report of a run."""
    sys.stderr.write(figures + "\n")


def ending(file: tuple[str, bytes]) -> str:
    return file[0].rpartition(".")[2]


def timed(door: Door, file: tuple[str, bytes]) -> tuple[Answer, float]:
    begun = time.monotonic()
    answer = door.send(file)
    return answer, time.monotonic() - begun


# --- The drills -----------------------------------------------------------------------------------------------------


def test_hostile_files_stop_nothing_at_any_door(site, installation, made):
    server, seeded = site
    before = installation.ask(OUTCOME)
    files = {**made["hostile"], **made["heavy"], **{f"as template: {k}": v for k, v in made["templates"].items()}}
    took, wrong = {}, []

    with Watcher(server).watching() as watcher:
        for door in all_doors(server, seeded):
            for label, file in files.items():
                if door.name != "template" and label.startswith("as template"):
                    continue
                answer, took[door.name, label] = timed(door, file)
                harmless = label in made["heavy"] or (door.name == "import" and ending(file) == "xlsx")
                if answer.status not in ({200, 302} if harmless else {200}):
                    wrong.append((door.name, label, answer.status))

    slowest = sorted(took.items(), key=lambda item: -item[1])[:3]
    tell(f"\n{len(took)} hostile sendings: slowest {[(k, round(v, 2)) for k, v in slowest]}; {watcher.figures()}")
    assert wrong == []
    assert slowest[0][1] <= LONGEST
    assert watcher.p95 <= PULSE
    assert watcher.largest - watcher.before <= GROWTH
    after = installation.ask(OUTCOME)
    assert after["templates"] == before["templates"]
    assert after["kept"] - before["kept"] <= len(made["heavy"]) * 4


def test_good_files_pass_every_door_that_takes_their_kind(site, made):
    server, seeded = site
    took, refused = {}, []

    for door in all_doors(server, seeded):
        for label, file in made["good"].items():
            if ending(file) in door.takes:
                answer, took[door.name, label] = timed(door, file)
                if answer.status != 302:
                    refused.append((door.name, label, answer.status))

    tell(f"\n{len(took)} good sendings: slowest {max((v, k) for k, v in took.items())}")
    assert refused == []


@pytest.mark.parametrize("path", ["/masuk/", "/tidak/ada/"])
def test_too_large_a_form_is_answered_before_the_connection_ends(serve, path):
    """A reset would become a 502 of the proxy in front."""
    server = serve(WEB_CONCURRENCY="1")
    body = b"a=" + b"x" * 6_000_000
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nCookie: csrftoken={'a' * 32}\r\nContent-Length: {len(body)}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    )

    answer = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(head.encode() + body)
        while piece := connection.recv(65536):
            answer += piece

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert answer.rstrip().endswith(b"</html>")


def flood(url: str, seeded: dict, number: int, file: tuple[str, bytes], until: float) -> list[int]:
    """In a process of its own, behind everybody else on this machine, as strangers use none of its processors."""
    os.nice(15)
    statuses = []
    while time.time() < until:
        session = seeded["drafts"][(number * 7 + len(statuses)) % DRAFTS]
        address = f"10.{100 + number}.{len(statuses) % 250}.7"
        visitor = Visitor(url, session=session, timeout=60)
        page, files = f"/rekrutmen/{CODE}/lamar/berkas/", {seeded["paper"]: file}
        statuses.append(visitor.post(page, {"upload": "1"}, files, **{"X-Forwarded-For": address}).status)
    return statuses


def test_strangers_at_full_rate_refuse_no_file_of_an_agency(site, made):
    server, seeded = site
    heavy = [
        made["heavy"]["webp of 40 million points"],
        made["hostile"]["many objects"],
        made["heavy"]["png of 16 bits"],
    ]
    operator, report = Visitor(server.url, session=seeded["operators"][1], timeout=60), seeded["reports"][1]
    photos = [("foto.jpg", doors.picture("JPEG", (2000 + number, 1500), quality=85)) for number in range(20)]
    answers, took, until = [], [], time.time() + FLOOD

    with ProcessPoolExecutor(8, mp_context=get_context("spawn")) as pool, Watcher(server).watching() as watcher:
        floods = [pool.submit(flood, server.url, seeded, n, heavy[n % len(heavy)], until) for n in range(8)]
        time.sleep(FLOOD / 4)
        for number, photo in enumerate(photos):
            begun = time.monotonic()
            form = {"kind": "OTHER", "caption": f"Foto {number}"}
            answers.append(operator.post(f"/laporan/{report}/lampiran/", form, {"file": photo}).status)
            took.append(time.monotonic() - begun)
        ended = time.time()
        statuses = [status for each in floods for status in each.result()]

    counted = {status: statuses.count(status) for status in sorted(set(statuses))}
    tell(f"\nagency: slowest of 20 {max(took):.2f} s; strangers: {counted}; {watcher.figures()}")
    assert answers == [302] * 20
    assert ended <= until  # the strangers were there all the time
    assert set(counted) <= {200, 302, 429, 503}
    assert watcher.p95 <= PULSE
    assert watcher.largest - watcher.before <= GROWTH


def ask_for_papers(url: str, decree: int, number: int, until: float) -> list[int]:
    """As ``flood``, for the Word file and the PDF of a published decree."""
    os.nice(15)
    statuses = []
    while time.time() < until:
        address = f"10.{120 + number}.{len(statuses) % 250}.7"
        form = ("docx", "pdf")[len(statuses) % 2]
        visitor = Visitor(url, timeout=60)
        statuses.append(visitor.get(f"/sk/{decree}/naskah.{form}", **{"X-Forwarded-For": address}).status)
    return statuses


def test_papers_asked_for_at_full_rate_keep_the_pages_free(site):
    server, seeded = site
    until = time.time() + FLOOD / 2

    with ProcessPoolExecutor(8, mp_context=get_context("spawn")) as pool, Watcher(server).watching() as watcher:
        floods = [pool.submit(ask_for_papers, server.url, seeded["decree"], n, until) for n in range(8)]
        statuses = [status for each in floods for status in each.result()]

    counted = {status: statuses.count(status) for status in sorted(set(statuses))}
    tell(f"\npapers: {counted}; {watcher.figures()}")
    assert set(counted) <= {200, 503} and counted[200] > 20
    assert watcher.p95 <= PULSE
    assert watcher.largest - watcher.before <= GROWTH
