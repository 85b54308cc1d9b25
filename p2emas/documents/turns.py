"""Whose file is read next: one at a time for strangers and one for people signed in, in each process of the site.

Reading costs a process and up to three seconds of a processor, and strangers may send as much as they like. They wait
among themselves, never in front of an agency; those of one network (/24 or /48) never have two files read at once, and
after five refused ones they are told to come back later. Those who wait are served in the order in which files came, so
that somebody with twelve files lets others in between. Jobs and commands wait for nobody. Papers take the same turns:
a Word file is filled by such a process, and the PDF of a published decree can be asked for by everybody.
"""

import fcntl
import logging
import os
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property

from p2emas.accounts.sign_in.addresses import client_address, networks_of
from p2emas.documents.kinds import FileRefused

logger = logging.getLogger(__name__)
LOOK_AGAIN = 0.1
STRANGERS_NICE = 10  # a file of an agency gets the processor first
BUSY_RETRY = 10
A_FILE = 100_000  # bytes of a form that brings more than what was typed


class NotRead(FileRefused):
    """The file was not even looked at; it may come again after ``retry_after`` seconds."""

    def __init__(self, sentence: str, *, status: int, retry_after: int) -> None:
        super().__init__(sentence)
        self.status, self.retry_after = status, retry_after


# --- One request ----------------------------------------------------------------------------------------------------


@dataclass
class Visit:
    """A request that brings files: who sends it, until when it waits, what became of its files."""

    request: HttpRequest
    read: int = 0
    sent_away: NotRead | None = None
    until: float = 0.0

    @cached_property
    def is_stranger(self) -> bool:
        return not self.request.user.is_authenticated

    @cached_property
    def network(self) -> str:
        return networks_of(client_address(self.request))[1]


_visit: ContextVar[Visit | None] = ContextVar("visit", default=None)


def strangers_network() -> str:
    """The network of the stranger whose request this is; "" for people signed in, jobs and commands."""
    visit = _visit.get()
    return visit.network if visit is not None and visit.is_stranger else ""


class VisitMiddleware:
    """Knows who sends a file, or asks for a paper. A page that could read no file says so by its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        visit = Visit(request)
        if request.method == "POST" and _brings_files(request) and visit.is_stranger and (early := _too_early(visit)):
            return early
        token = _visit.set(visit)
        try:
            response = self.get_response(request)
        finally:
            _visit.reset(token)
        if visit.sent_away is not None and not visit.read and response.status_code == 200:
            response.status_code = visit.sent_away.status
            response["Retry-After"] = str(visit.sent_away.retry_after)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A paper that could not be made now: no turn came, or its process took too long on a busy machine."""
        if not isinstance(exception, FileRefused) or request.method not in {"GET", "HEAD"}:
            return None
        number = getattr(request, "number", "-")
        answer = render(request, "errors/paper.html", {"request_number": number}, status=503)
        answer["Retry-After"] = str(BUSY_RETRY)
        return answer


def _brings_files(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return request.content_type == "multipart/form-data" and length.isdecimal() and int(length) > A_FILE


def _too_early(visit: Visit) -> HttpResponse | None:
    """An answer before the body is taken apart, which costs more than the answer: no place is free, or must wait."""
    wait = _wait_of(visit.network)
    if not wait and not STRANGERS.is_full():
        return None
    answer = render(visit.request, "errors/files.html", {"minutes": -(-wait // 60)}, status=429 if wait else 503)
    answer["Retry-After"] = str(wait or BUSY_RETRY)
    return answer


@contextmanager
def reading_turn(name: str) -> Iterator[int]:
    """Wait until a file may be read; yields the niceness of the process that reads it, or raises ``NotRead``."""
    visit = _visit.get()
    if visit is None:
        yield 0
        return
    visit.until = visit.until or time.monotonic() + settings.READ_WAIT_SECONDS
    gate = STRANGERS if visit.is_stranger else SIGNED_IN
    with gate.entered(visit.network if visit.is_stranger else "", visit.until) as entered:
        if not entered:
            logger.info("no turn to read a %s", name)
            _send_away(visit, _busy(), status=503, retry_after=BUSY_RETRY)
        visit.read += 1
        yield STRANGERS_NICE if visit.is_stranger else 0


@contextmanager
def strangers_turn(name: str) -> Iterator[None]:
    """``turn`` for strangers who ask for a page; nobody else waits."""
    visit = _visit.get()
    if visit is None or not visit.is_stranger or visit.request.method == "POST":
        yield
        return
    with reading_turn(name):
        yield


def _busy() -> str:
    return "Berkas ini belum terbaca karena server sedang membaca berkas lain. Kirim lagi sebentar lagi."


def _send_away(visit: Visit, sentence: str, *, status: int, retry_after: int) -> None:
    visit.sent_away = NotRead(sentence, status=status, retry_after=retry_after)
    raise visit.sent_away


# --- Refused files of one network -----------------------------------------------------------------------------------


@contextmanager
def refusals_counted() -> Iterator[None]:
    """Around the reading of one file: refused files of a stranger's network count, after five none is read."""
    visit = _visit.get()
    if visit is None or not visit.is_stranger:
        yield
        return
    if wait := _wait_of(visit.network):
        _send_away(visit, _too_many(settings.STRANGERS_REFUSED_FILES, wait), status=429, retry_after=wait)
    try:
        yield
    except NotRead:
        raise
    except FileRefused:
        stamps = [*_refusals(visit.network), time.time()][-settings.STRANGERS_REFUSED_FILES :]
        cache.set(_key(visit.network), stamps, settings.STRANGERS_REFUSED_MINUTES * 60)
        raise


def _key(network: str) -> str:
    return f"refused-files:{network}"


def _refusals(network: str) -> list[float]:
    since = time.time() - settings.STRANGERS_REFUSED_MINUTES * 60
    return [stamp for stamp in cache.get(_key(network), ()) if stamp > since]


def _wait_of(network: str) -> int:
    """Seconds until a network may send files again; 0 for now."""
    stamps = _refusals(network)
    if len(stamps) < settings.STRANGERS_REFUSED_FILES:
        return 0
    return max(
        1, int(stamps[-settings.STRANGERS_REFUSED_FILES] + settings.STRANGERS_REFUSED_MINUTES * 60 - time.time())
    )


def _too_many(refused: int, wait: int) -> str:
    minutes = -(-wait // 60)
    return f"{refused} berkas dari jaringan ini baru saja ditolak. Coba lagi dalam {minutes} menit."


# --- The gates ------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class _Waiting:
    network: str
    held_up: bool = False  # its network has a file being read in another process


@dataclass
class Gate:
    """One reader at a time; ``room`` bounds how many may be inside, reading or waiting, so that pages keep threads."""

    room: Callable[[], int] | None = None
    _waiting: list[_Waiting] = field(default_factory=list)
    _reading: bool = False
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def entered(self, network: str, until: float) -> Iterator[bool]:
        """Whether the turn came before ``until``."""
        if not self._enter(_Waiting(network), until):
            yield False
            return
        try:
            yield True
        finally:
            with self._changed:
                self._reading = False
                NETWORKS.leave(network)
                self._changed.notify_all()

    def is_full(self) -> bool:
        return self.room is not None and len(self._waiting) + self._reading >= self.room()

    def _enter(self, mine: _Waiting, until: float) -> bool:
        with self._changed:
            if self.is_full():
                return False
            self._waiting.append(mine)
            try:
                while not self._is_next(mine):
                    left = until - time.monotonic()
                    if left <= 0:
                        return False
                    self._changed.wait(min(left, LOOK_AGAIN))
                self._reading = True
                return True
            finally:
                self._waiting.remove(mine)
                self._changed.notify_all()

    def _is_next(self, mine: _Waiting) -> bool:
        if self._reading:
            return False
        for each in self._waiting:
            if each is mine:
                mine.held_up = not NETWORKS.enter(mine.network)
                return not mine.held_up
            if not each.held_up:
                return False
        return False


class _Networks:
    """Which networks have a file being read, in all processes of this machine: a lock on one byte of a file each.

    The system takes back the locks of a process that dies.
    """

    def __init__(self) -> None:
        self._file: int | None = None

    def enter(self, network: str) -> bool:
        if not network:
            return True
        try:
            fcntl.lockf(self._opened(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, self._place(network))
        except BlockingIOError:
            return False
        except OSError:
            logger.exception("no locks for networks: each process counts for itself")
        return True

    def leave(self, network: str) -> None:
        if network and self._file is not None:
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, self._place(network))

    def _opened(self) -> int:
        if self._file is None:
            mark = zlib.crc32(str(settings.MEDIA_ROOT).encode())
            path = Path(tempfile.gettempdir()) / f"p2emas-{os.getuid()}-{mark:08x}.turns"
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        return self._file

    @staticmethod
    def _place(network: str) -> int:
        return zlib.crc32(network.encode())


NETWORKS = _Networks()
STRANGERS = Gate(room=lambda: max(1, settings.WEB_THREADS // 2))
SIGNED_IN = Gate()
