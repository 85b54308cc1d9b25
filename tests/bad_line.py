"""The line between a phone and the server: it can be cut, and it can lose every so many requests or their answers."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Thread
from urllib.parse import urlsplit

BEGINS = (b"GET ", b"POST ")
STRETCH = 65536


class BadLine:
    """Listens at a port of its own and passes on to ``behind``; nobody listens there while there is no signal."""

    def __init__(self, behind: str) -> None:
        place = urlsplit(behind)
        self.behind = (place.hostname, place.port)
        self.address = ("127.0.0.1", 0)
        self.asked = self.lost = 0
        self.loses_each = 0  # of how many requests one is lost
        self.begins_with = BEGINS  # of those requests
        self.what: tuple[str, ...] = ()  # is lost, by turns: the "request" or its "answer"
        self.seen: list[str] = []  # method and address of each request
        self._count, self._talks = Lock(), []
        self.start()

    @property
    def url(self) -> str:
        return f"http://{self.address[0]}:{self.address[1]}"

    def start(self) -> None:
        self._listener = socket.create_server(self.address)
        self.address = self._listener.getsockname()
        Thread(target=self._listen, args=[self._listener], daemon=True).start()

    def stop(self) -> None:
        """No signal: the browser's next request is refused, and the one that is under way ends."""
        for each in (self._listener, *self._talks):
            _hang_up(each)
        self._talks.clear()

    @contextmanager
    def losing(self, each: int, *what: str, begins_with: tuple[bytes, ...] = BEGINS) -> Iterator[None]:
        self.asked = self.lost = 0
        self.loses_each, self.begins_with, self.what = each, begins_with, what or ("request", "answer")
        yield
        self.loses_each = 0

    def _listen(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                phone, _address = listener.accept()
                Thread(target=self._talk, args=[phone], daemon=True).start()

    def _talk(self, phone: socket.socket) -> None:
        with suppress(OSError):
            server = socket.create_connection(self.behind)
            self._talks += phone, server
            fate = [""]
            Thread(target=self._answers, args=[server, phone, fate], daemon=True).start()
            while stretch := phone.recv(STRETCH):
                fate[0] = self._fate(stretch) or fate[0]
                if fate[0] == "request":
                    break
                server.sendall(stretch)
            _hang_up(server)
        _hang_up(phone)

    def _answers(self, server: socket.socket, phone: socket.socket, fate: list[str]) -> None:
        with suppress(OSError):
            while (stretch := server.recv(STRETCH)) and fate[0] != "answer":
                phone.sendall(stretch)
        _hang_up(phone)

    def _fate(self, stretch: bytes) -> str:
        """What is lost, where a request begins."""
        if stretch.startswith(BEGINS):
            self.seen.append(" ".join(stretch[:500].decode("latin-1").split(" ")[:2]))
        if not self.loses_each or not stretch.startswith(self.begins_with):
            return ""
        with self._count:
            self.asked += 1
            if self.asked % self.loses_each:
                return ""
            self.lost += 1
            return self.what[self.lost % len(self.what)]


def _hang_up(talk: socket.socket) -> None:
    with suppress(OSError):
        talk.shutdown(socket.SHUT_RDWR)
    talk.close()
