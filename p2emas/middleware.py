"""A number for every request: on the error pages, in the logs, and in the answer's header."""

import logging
import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

_number: ContextVar[str] = ContextVar("request_number", default="-")


class RequestNumberMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = request.number = secrets.token_hex(5).upper()  # type: ignore[attr-defined]
        token = _number.set(number)
        try:
            response = self.get_response(request)
        finally:
            _number.reset(token)
        response["X-Request-Number"] = number
        return response


class RequestNumberFilter(logging.Filter):
    """Gives every log line the number of the request that it belongs to.

    Django writes its line about a 403 or 404 after the last middleware, and names the request in it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_number = getattr(getattr(record, "request", None), "number", None) or _number.get()
        return True
