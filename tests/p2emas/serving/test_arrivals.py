"""A deadline is compared with the moment at which a request came in, not with that at which a thread took it up."""

import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from gunicorn.workers.gthread import ThreadWorker

from p2emas import clock
from p2emas.serving import arrivals
from p2emas.serving.worker import NotingWorker


@pytest.fixture(autouse=True)
def nothing_noted():
    yield
    arrivals.note(None)


def test_request_of_a_server_that_notes_nothing_arrives_now():
    with clock.at(clock.now()) as _:
        assert arrivals.arrived() == clock.now()


def test_what_waited_in_the_row_arrived_earlier():
    arrivals.note(time.monotonic() - 7)

    assert timedelta(seconds=7) <= arrivals.waited() < timedelta(seconds=8)


@pytest.mark.parametrize(("moment", "waited"), [(-1e9, arrivals.LONGEST), (1e9, 0)])
def test_a_moment_that_cannot_be_moves_no_deadline_far(moment, waited):
    arrivals.note(time.monotonic() + moment)

    assert arrivals.waited() == timedelta(seconds=waited)


def test_worker_notes_when_a_connection_came_in_and_forgets_it_afterwards(monkeypatch):
    worker, seen = NotingWorker.__new__(NotingWorker), []
    monkeypatch.setattr(ThreadWorker, "enqueue_req", lambda self, conn: None)
    monkeypatch.setattr(ThreadWorker, "handle", lambda self, conn: seen.append(arrivals.waited()))
    conn = SimpleNamespace()

    worker.enqueue_req(conn)
    conn.came_in -= 3
    worker.handle(conn)

    assert seen[0] >= timedelta(seconds=3)
    assert arrivals.waited() == timedelta(0)
