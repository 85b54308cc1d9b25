"""What is true for every request: its number on error pages and in logs, the answer to HEAD, who may keep an answer."""

import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, RawPostDataException, StreamingHttpResponse
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware

from p2emas import naming
from p2emas.serving.plain_text import plain_form, put_form

_number: ContextVar[str] = ContextVar("request_number", default="-")


class NumberedRequest(HttpRequest):
    number: str


class RequestNumberMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: NumberedRequest) -> HttpResponse:
        number = request.number = secrets.token_hex(5).upper()
        token = _number.set(number)
        try:
            response = self.get_response(request)
        finally:
            _number.reset(token)
        response["X-Request-Number"] = number
        return response


class HeadMiddleware:
    """An answer to HEAD is the headers of GET; its body stays here, where a server would throw it away and warn."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "HEAD":
            if isinstance(response, StreamingHttpResponse):
                response.streaming_content = ()  # what it would read is closed with the response
            elif isinstance(response, HttpResponse):
                response.headers.setdefault("Content-Length", str(len(response.content)))
                response.content = b""
        return response


class NamesMiddleware:
    """Who we are is read once for a request, and its times go by the zone of the regency.

    Both hold until the last byte is out and the jobs after it are done (``request_finished``, see ``apps``): a file
    that is streamed says the same names as its page. The probes ask for neither.
    """

    PROBES = ("/sehat/", "/siap/")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path not in self.PROBES:
            naming.hold()
        return self.get_response(request)


class RequestNumberFilter(logging.Filter):
    """Gives every log line the number of the request that it belongs to.

    Django writes its line about a 403 or 404 after the last middleware, and names the request in it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        record.request_number = getattr(request, "number", None) or _number.get()
        user = getattr(request, "user", None)
        if getattr(record, "status_code", None) == 403 and user is not None:
            record.user = user.pk  # whom it was denied
        return True


class PrivateAnswerMiddleware:
    """What was made for one session no proxy may keep, and the browser asks again before it shows it once more.

    Not ``no-store``: going back must not lose what somebody typed. Views of more delicate things say so themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        name = settings.SESSION_COOKIE_NAME
        if name in request.COOKIES or name in response.cookies:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class WholeBodyMiddleware:
    """Takes what is left of a request after an early answer: too large a form, a page that is not there.

    A server that closes a connection with bytes unread resets it, and the proxy in front makes a 502 of our answer.
    """

    MOST, PIECE = 64 * 1024 * 1024, 64 * 1024

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.headers.get("Content-Length", "0") != "0":
            with suppress(OSError, RawPostDataException):
                for _piece in range(self.MOST // self.PIECE):
                    if not request.read(self.PIECE):
                        break
        return response


class PlainTextMiddleware:
    """What was typed loses the control characters that no paper can show, before any form or view sees it.

    Filters and searches are typed too: PostgreSQL has no text with a NUL in it and would refuse the query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        put_form(request, "GET", plain_form(request.GET))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """The body not earlier: until here nobody but the check of the token has needed the body."""
        if request.method == "POST":
            put_form(request, "POST", plain_form(request.POST))


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Our own files go out without the policies of pages: a style sheet obeys none, slow links wait for each byte."""

    @staticmethod
    def serve(static_file, request: HttpRequest) -> HttpResponse:
        response = WhiteNoiseMiddleware.serve(static_file, request)
        response._csp_exempt = response.xframe_options_exempt = True
        response._permissions_policy_override = None
        return response
