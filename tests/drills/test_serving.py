"""What the operator of the server relies on: SIGTERM lets running requests end, a killed worker comes back."""

import gzip
import os
import re
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest

from tests.serving import Visitor

HALF = b"login=coordinator&"


def begin_slow_post(port: int) -> socket.socket:
    """A request of which the server has the head and half of the body."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    connection.sendall(
        b"POST /masuk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: %d\r\nConnection: close\r\n\r\n" % (2 * len(HALF)) + HALF
    )
    return connection


@pytest.mark.both_databases
def test_sigterm_lets_a_running_request_end(serve):
    server = serve(WEB_CONCURRENCY="1", GRACEFUL_TIMEOUT="20")
    connection = begin_slow_post(server.port)
    time.sleep(0.5)

    server.process.send_signal(signal.SIGTERM)
    time.sleep(1)
    connection.sendall(HALF)
    answer = b""
    while chunk := connection.recv(65536):
        answer += chunk

    assert answer.startswith(b"HTTP/1.1 403 ")  # no CSRF token: answered by Django, not cut off
    assert b"X-Request-Number" in answer
    assert server.process.wait(20) == 0


def test_sigterm_answers_whoever_was_let_in_and_refuses_the_others(serve):
    """A proxy may send what was refused to another server; a connection that is cut off may have been served."""
    server = serve(WEB_CONCURRENCY="2")
    outcomes, stop = Counter(), threading.Event()
    visitors = [threading.Thread(target=visit_on, args=(server.port, outcomes, stop)) for _ in range(16)]
    for visitor in visitors:
        visitor.start()
    time.sleep(1)

    server.process.send_signal(signal.SIGTERM)
    server.process.wait(60)
    time.sleep(0.2)
    stop.set()
    for visitor in visitors:
        visitor.join()

    assert set(outcomes) == {"answered", "refused"}, outcomes


def test_thousand_requests_over_two_reloads_are_all_answered(serve):
    """An update begins with SIGHUP: whoever asks meanwhile waits for the new workers, and nobody is turned away."""
    server = serve(WEB_CONCURRENCY="2")
    before = set(server.workers())
    outcomes, stop = Counter(), threading.Event()
    visitors = [threading.Thread(target=visit_on, args=(server.port, outcomes, stop)) for _ in range(8)]
    for visitor in visitors:
        visitor.start()

    for asked in (300, 600):
        wait_for(lambda least=asked: outcomes.total() > least)
        server.process.send_signal(signal.SIGHUP)
    wait_for(lambda: outcomes.total() > 1_000 and before.isdisjoint(server.workers()))
    stop.set()
    for visitor in visitors:
        visitor.join()

    assert set(outcomes) == {"answered"}, outcomes


def wait_for(happened: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def visit_on(port: int, outcomes: Counter, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            connection = socket.create_connection(("127.0.0.1", port), timeout=20)
        except ConnectionRefusedError:
            outcomes["refused"] += 1
            time.sleep(0.05)
            continue
        with connection:
            try:
                connection.sendall(b"GET /sehat/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                outcomes["answered" if connection.recv(100).startswith(b"HTTP/1.1 200") else "empty"] += 1
            except OSError:
                outcomes["cut off"] += 1


@pytest.mark.both_databases
def test_killed_worker_is_replaced(serve):
    server = serve(WEB_CONCURRENCY="2")
    before = set(server.workers())

    for pid in before:
        os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    status = 0
    while status != 200 and time.monotonic() < deadline:
        try:
            status = Visitor(server.url, timeout=2).get("/siap/").status
        except OSError:
            time.sleep(0.05)

    assert status == 200
    assert before.isdisjoint(server.workers())


def test_production_page_is_compressed_and_its_files_are_kept_for_ever(serve):
    server = serve(WEB_CONCURRENCY="1")
    visitor = Visitor(server.url)

    page = visitor.get("/masuk/", **{"Accept-Encoding": "gzip"})
    files = sorted(set(re.findall(r"[\"'](/static/[^\"'#]+)", gzip.decompress(page.body).decode())))
    answers = {path: visitor.get(path, **{"Accept-Encoding": "br, gzip"}) for path in files}

    assert page.status == 200
    assert page.headers["Content-Encoding"] == "gzip"
    assert {path.rpartition(".")[2] for path in files} >= {"css", "js"}
    assert {path: answer.status for path, answer in answers.items()} == dict.fromkeys(files, 200)
    assert [path for path, answer in answers.items() if "immutable" not in answer.headers["Cache-Control"]] == []
    assert {answers[path].headers.get("Content-Encoding") for path in files if path.endswith((".css", ".js"))} == {"br"}
