"""HEAD: the headers of GET, and no body that a server would have to throw away with a warning."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from tests.factories import VillageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_connection():
    """The start and the end of a request would close the connection that holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def sent(method, path):
    """Status, headers and body as the server gets them: the test client would throw the body away by itself."""
    started = []
    environ = RequestFactory().generic(method, path).environ
    answer = WSGIHandler()(environ, lambda status, headers: started.append((status, dict(headers))))
    body = b"".join(answer)
    answer.close()
    return *started[0], body


@pytest.mark.parametrize("path", ["/", "/masuk/", "/beranda/", "/tidak-ada/", "/sehat/", "/desa/", "/robots.txt"])
def test_head_has_the_length_of_get_and_no_body(path):
    status, _headers, body = sent("GET", path)
    status_of_head, headers_of_head, nothing = sent("HEAD", path)

    assert (status_of_head, nothing) == (status, b"")
    assert abs(int(headers_of_head["Content-Length"]) - len(body)) < 40  # tokens and numbers of the request differ


def test_head_of_a_streamed_table_reads_no_row():
    path = f"/desa/{VillageFactory().slug}/kegiatan.csv"

    assert sent("GET", path)[2] != b"" == sent("HEAD", path)[2]
