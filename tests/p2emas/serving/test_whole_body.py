"""An answer that comes before the whole body was read takes the rest of it."""

import io

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse

from p2emas.serving.middleware import WholeBodyMiddleware


class Body(io.BytesIO):
    def close(self) -> None:
        pass


def request_with(size: int) -> tuple[WSGIRequest, Body]:
    body = Body(b"x" * size)
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/",
        "CONTENT_LENGTH": str(size),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.input": body,
    }
    return WSGIRequest(environ), body


@pytest.mark.parametrize("read", [0, 10, 6_000_000])
def test_rest_of_a_body_is_taken(read):
    request, body = request_with(6_000_000)

    def view(request):
        request.read(read)
        return HttpResponse("dini")

    assert WholeBodyMiddleware(view)(request).content == b"dini"
    assert body.read() == b""


def test_form_that_was_read_is_no_error():
    request, _body = request_with(1000)

    assert WholeBodyMiddleware(lambda request: HttpResponse(request.POST.get("a", "-")))(request).content == b"-"


def test_line_that_goes_dead_is_no_error():
    request, _body = request_with(1000)
    request._stream = None  # what reading raises is the client's doing

    class Dead:
        def read(self, *_size):
            raise ConnectionResetError

    request._stream = Dead()
    assert WholeBodyMiddleware(lambda request: HttpResponse("ya"))(request).content == b"ya"
