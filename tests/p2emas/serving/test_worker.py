"""What gunicorn answers by itself, to requests that are none."""

import socket

import pytest
from gunicorn import util

from p2emas.serving import worker


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, "Permintaan tidak dapat dibaca."),
        (414, "terlalu panjang"),
        (431, "Hapus kuki"),
        (501, "tidak dapat dibaca"),
    ],
)
def test_answer_of_the_server_itself_carries_the_headers_and_repeats_nothing(status, said):
    assert util.write_error is worker.write_error
    ours, theirs = socket.socketpair()
    with ours, theirs:
        util.write_error(ours, status, "Bad Request", "Invalid HTTP header name: '<script>'")
        head, _, body = theirs.recv(10_000).decode().partition("\r\n\r\n")

    assert head.startswith(f"HTTP/1.1 {status} ")
    assert said in body and "script" not in body
    assert {"X-Content-Type-Options: nosniff", "X-Frame-Options: DENY"} <= set(head.split("\r\n"))
    assert f"Content-Length: {len(body.encode())}" in head
