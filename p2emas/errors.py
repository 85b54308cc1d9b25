"""Error pages with a sentence, a request number and a contact; none of them says whether a foreign row exists."""

import sys
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
UNREACHABLE = (OperationalError, InterfaceError)
# The database answers, yet others hold what this request wants: SQLite's names, PostgreSQL's codes for a serialisation
# failure, a deadlock and a lock that is not available.
BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "40001", "40P01", "55P03")


def _page(request: HttpRequest, status: int, template: str | int | None = None) -> HttpResponse:
    number = getattr(request, "number", "-")
    return render(request, f"errors/{template or status}.html", {"request_number": number}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 413 if isinstance(exception, TOO_BIG) else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 with "try again" when the database does not answer, or is busy with others."""
    error = sys.exc_info()[1]
    unreachable, busy = isinstance(error, UNREACHABLE), is_busy(error)
    try:
        response = _page(request, 503 if unreachable else 500, "busy" if busy else None)
    except Exception:  # noqa: BLE001 - whatever broke the page may break this one too: then without a template
        sentence = f"Terjadi gangguan. Coba lagi nanti. Nomor permintaan {getattr(request, 'number', '-')}."
        response = HttpResponse(sentence, status=500, content_type="text/plain; charset=utf-8")
    if unreachable:
        response["Retry-After"] = "5" if busy else "30"
    return response


def is_busy(error: BaseException | None) -> bool:
    """Whether the database refused because of others' locks ("database is locked"): a second try will do."""
    if not isinstance(error, OperationalError):
        return False
    driver = error.__cause__
    code = getattr(driver, "sqlite_errorname", None) or getattr(driver, "pgcode", None) or ""
    return code.startswith(BUSY)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, "csrf")


class MethodNotAllowedMiddleware:
    """Gives Django's empty 405 answer a page; the Allow header stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.streaming or response.content:
            return response
        page = _page(request, 405)
        page["Allow"] = response.get("Allow", "GET")
        return page
