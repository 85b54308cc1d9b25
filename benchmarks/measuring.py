"""Interleaved rounds over keep-alive connections: ratios hold where milliseconds do not."""

import gzip
import http.client
import random
import statistics
import time
from dataclasses import dataclass, field

from tests.serving import Server

PATIENCE = 1  # seconds after which a connection may have been hung up by the server


class Page:
    """One address on one server, asked again and again on one connection by one signed-in user."""

    def __init__(self, name: str, server: Server, path: str, session: str = "") -> None:
        self.name, self.server, self.path = name, server, path
        self.headers = {"Accept-Encoding": "gzip", "Cookie": f"sessionid={session}" if session else ""}
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=300)
        self.used = 0.0

    def ask(self) -> tuple[float, int, str]:
        """Seconds, bytes on the wire and the page."""
        if time.perf_counter() - self.used > PATIENCE:
            self.connection.close()
            self.connection.connect()  # before the clock starts
        begun = time.perf_counter()
        self.connection.request("GET", self.path, headers=self.headers)
        response = self.connection.getresponse()
        body = response.read()
        self.used = time.perf_counter()
        seconds = self.used - begun
        if response.status not in (200, 302):  # an exact question leads to its only answer
            raise RuntimeError(f"{self.name}: {response.status} on {self.path}")
        zipped = response.headers.get("Content-Encoding") == "gzip"
        return seconds, len(body), (gzip.decompress(body) if zipped else body).decode()


@dataclass
class Times:
    seconds: list[float] = field(default_factory=list)
    size: int = 0

    @property
    def p50(self) -> float:
        return statistics.median(self.seconds)


def measure(pages: list[Page], *, rounds: int, warm_up: int = 3) -> dict[str, Times]:
    """Every page once a round, in another order each round, drawn from a fixed seed.

    So the machine's moods fall on all alike, and no page always comes after the same one: a page that its own server
    has just answered finds the processor's cache warm, which is worth a third of its time.
    """
    times = {page.name: Times() for page in pages}
    for page in pages:
        for _ in range(warm_up):
            _, times[page.name].size, _ = page.ask()
    draw = random.Random(0)
    for _ in range(rounds):
        for page in draw.sample(pages, len(pages)):
            times[page.name].seconds.append(page.ask()[0])
    return times


def ratio(times: dict[str, Times], of: str, against: str) -> float:
    """The median of the paired ratios, round by round."""
    pairs = zip(times[of].seconds, times[against].seconds, strict=True)
    return statistics.median(one / other for one, other in pairs)
