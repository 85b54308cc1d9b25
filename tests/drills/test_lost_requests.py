"""200 visits from phones on a line that loses requests and answers, which are killed and send again, to a real gunicorn."""

import http.client
import json
import os
import random
import socket
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from tests.programs.fieldwork.test_pages import phone

pytestmark = [pytest.mark.drill, pytest.mark.both_databases]
SCHEDULES = int(os.environ.get("SCHEDULES", "200"))
PHONES = 4
PATIENCE = 60  # attempts, of which each ends well by chance
PEOPLE = f"""
from tests.facilitator_factories import PlacementFactory
from tests.people import lead_agency, person_as
answer = []
for _number in range({PHONES}):
    user = person_as("facilitator")
    placement = PlacementFactory(facilitator__user=user)
    answer.append([user.username, placement.target_location.village_id])
"""
FOUND = """
from collections import Counter
from p2emas.documents.models import Receipt
from programs.fieldwork.models import FieldPhoto, FieldReport
from programs.obstacles.models import Obstacle
answer = {
    "rows": [[str(token), status, text] for token, status, text
             in FieldReport.objects.values_list("client_token", "status", "obstacle_text")],
    "receipts": [[str(token), number] for token, number in Receipt.objects.values_list("client_token", "number")],
    "photos": [[str(token), digest] for token, digest
               in FieldPhoto.objects.values_list("report__client_token", "sent_sha256")],
    "obstacles": list(Obstacle.objects.values_list("text", flat=True)),
}
"""


class Lost(Exception):
    """Nothing came back, or nobody was there any more to read it."""


@dataclass
class Visit:
    """What a phone keeps of one visit; only this outlives a kill."""

    data: dict
    photos: list[bytes]
    numbers: set[str] = field(default_factory=set)
    receipts: set[str] = field(default_factory=set)

    @property
    def token(self) -> str:
        return self.data["token"]


class Phone:
    """Sends as static/js/antrean.js does, each request over a connection of its own."""

    def __init__(self, url: str, session: str) -> None:
        parts = urlsplit(url)
        self.place = (parts.hostname, parts.port)
        self.cookie, self.csrf = f"sessionid={session}", ""
        status, headers, said = self.ask(b"", "GET", "/lapangan/data/", "")
        assert status == 200
        self.csrf = said["csrf"]
        self.cookie += "; " + "; ".join(each.partition(";")[0] for each in headers.get_all("Set-Cookie"))

    def ask(self, body: bytes, method: str, path: str, fate: str) -> tuple[int, http.client.HTTPMessage, dict]:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.place[0]}", "Connection: close", f"Cookie: {self.cookie}"]
        lines += [f"X-CSRFToken: {self.csrf}", f"Content-Type: {MULTIPART_CONTENT}", f"Content-Length: {len(body)}"]
        whole = "\r\n".join([*lines, "", ""]).encode() + body
        with socket.create_connection(self.place, timeout=60) as talk:
            talk.sendall(whole if fate != "request" else whole[: -(len(body) // 2)])
            if fate:
                raise Lost
            answer = http.client.HTTPResponse(talk)
            answer.begin()
            return answer.status, answer.headers, json.loads(answer.read())

    def post(self, visit: Visit, path: str, data: dict, chance: random.Random) -> dict:
        fate = chance.choices(("", "request", "answer", "killed"), (60, 14, 14, 12))[0]
        status, _headers, said = self.ask(
            encode_multipart(BOUNDARY, data), "POST", path, fate if fate != "killed" else ""
        )
        assert status == 200, said
        if fate == "killed":  # between the answer and what the phone would have noted of it
            raise Lost
        visit.numbers.add(said["number"])
        return said

    def try_once(self, visit: Visit, chance: random.Random) -> None:
        """An item leaves the phone only with the receipt."""
        said = self.post(visit, "/lapangan/kirim/", visit.data, chance)
        for number in said["missing"]:
            photo = SimpleUploadedFile("foto.jpg", visit.photos[number - 1], "image/jpeg")
            said = self.post(visit, f"/lapangan/kirim/{visit.token}/foto/{number}/", {"foto": photo}, chance)
        visit.receipts |= {said["receipt"]} - {""}

    def try_in_windows(self, visit: Visit, *seeds: float) -> None:
        """In one, or in two that know nothing of each other."""

        def attempt(seed: float) -> None:
            with suppress(Lost):
                self.try_once(visit, random.Random(seed))

        with ThreadPoolExecutor(len(seeds)) as windows:
            list(windows.map(attempt, seeds))


def picture(seed: int, number: int) -> bytes:
    made = BytesIO()
    Image.new("RGB", (64, 48), (seed % 256, number * 40, seed // 256)).save(made, "JPEG")
    return made.getvalue()


def begin(village: int, seed: int, chance: random.Random) -> Visit:
    place = SimpleNamespace(target_location=SimpleNamespace(village=SimpleNamespace(pk=village)))
    photos = [picture(seed, number) for number in range(chance.randrange(4))]
    return Visit(phone(place, *photos, obstacle_text=f"Alat {seed} rusak."), photos)


def tell(each: Phone, village: int, seed: int) -> Visit:
    """One visit until its receipt is there, and once more after that."""
    chance = random.Random(seed)
    visit = begin(village, seed, chance)
    for _attempt in range(PATIENCE):
        each.try_in_windows(visit, *(chance.random() for _window in range(chance.choice((1, 1, 2)))))
        if visit.receipts:
            break
    return visit


def test_every_visit_arrives_once(installation, serve):
    installation.environment["DEMO_TODAY"] = "2019-10-08"
    people = installation.ask(PEOPLE)
    sessions = [installation.session_of(username) for username, _village in people]
    server = serve(WEB_CONCURRENCY="2", READ_PHOTO_SECONDS="60")  # a busy machine loses nothing either
    phones = [Phone(server.url, session) for session in sessions]

    def one(seed: int) -> Visit:
        return tell(phones[seed % PHONES], people[seed % PHONES][1], seed)

    with ThreadPoolExecutor(PHONES) as pool:
        visits = list(pool.map(one, range(SCHEDULES)))

    found = installation.ask(FOUND)
    assert [len(each.numbers) for each in visits] == [len(each.receipts) for each in visits] == [1] * SCHEDULES
    assert sorted(found["rows"]) == sorted([each.token, "SENT", each.data["obstacle_text"]] for each in visits)
    assert sorted(token for token, _number in found["receipts"]) == sorted(each.token for each in visits)
    assert sorted(found["photos"]) == sorted(
        [each.token, listed["sha256"]] for each in visits for listed in json.loads(each.data["photos"])
    )
    assert Counter(found["obstacles"]) == Counter(each.data["obstacle_text"] for each in visits)
