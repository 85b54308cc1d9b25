"""200 phones whose requests are cut, whose answers are lost and which begin again, against a server that listens."""

import http.client
import json
from http.cookies import SimpleCookie
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from tests.programs.fieldwork.test_offline import exactly_once, facilitator, placement  # noqa: F401 - fixtures

pytestmark = [pytest.mark.drill, pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]


class Line:
    """The requests of one phone over a socket; each third is cut in its middle before it is sent whole."""

    def __init__(self, url: str, session: str) -> None:
        self.place = urlsplit(url).netloc
        self.cookies, self.sent = {settings.SESSION_COOKIE_NAME: session}, 0
        self.token = self.ask("GET", reverse("fieldwork:field-data")).json()["csrf"]

    def post(self, path: str, data: dict) -> SimpleNamespace:
        body = encode_multipart(BOUNDARY, data)
        headers = {"Content-Type": MULTIPART_CONTENT, "X-CSRFToken": self.token}
        self.sent += 1
        if self.sent % 3 == 0:
            self.cut("POST", path, body, headers)
        return self.ask("POST", path, body, headers)

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> SimpleNamespace:
        talk = http.client.HTTPConnection(self.place, timeout=60)
        talk.request(method, path, body, {"Cookie": self.cookie, **(headers or {})})
        answer = talk.getresponse()
        content = answer.read()
        for said in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: each.value for name, each in SimpleCookie(said).items()}
        talk.close()
        return SimpleNamespace(status_code=answer.status, json=lambda: json.loads(content))

    def cut(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> None:
        talk = http.client.HTTPConnection(self.place, timeout=60)
        talk.putrequest(method, path)
        for name, value in {"Cookie": self.cookie, **headers, "Content-Length": str(len(body))}.items():
            talk.putheader(name, value)
        talk.endheaders()
        talk.send(body[: len(body) // 2])
        talk.close()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())


def test_two_hundred_phones_on_a_bad_line(live_server, facilitator, placement):  # noqa: F811
    line = Line(live_server.url, facilitator.cookies[settings.SESSION_COOKIE_NAME].value)

    for seed in range(10, 210):
        exactly_once(line, placement, seed)
    assert line.sent > 600
