"""Error pages with a sentence, a request number and a contact; none of them says whether a foreign row exists."""

import errno
import sys
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from p2emas.serving import maintenance
from p2emas.serving.after_response import when_closed

TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
UNREACHABLE = (OperationalError, InterfaceError)
# The database answers, yet others hold what this request wants: SQLite's names, PostgreSQL's codes for a serialisation
# failure, a deadlock and a lock that is not available.
BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "40001", "40P01", "55P03")
# A table or column is missing: the database awaits migrating (SQLite calls this an operational error by itself).
UNFINISHED = ("42P01", "42703")
# The disk is full: for SQLite, for PostgreSQL, and where a large upload waits before any view sees it.
FULL, FULL_DISK = ("SQLITE_FULL", "53100"), (errno.ENOSPC, errno.EDQUOT)


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
    """500; or 503 with "try again": database or cache do not answer, or are busy with others, or the disk is full."""
    error = sys.exc_info()[1]
    busy, full = is_busy(error), is_full(error)
    unreachable = full or isinstance(error, UNREACHABLE) or is_cache_down(error) or _code(error) in UNFINISHED
    try:
        response = _page(request, 503 if unreachable else 500, "busy" if busy else "full" if full else None)
    except Exception:  # noqa: BLE001 - what broke the page may break this one too: then without a template
        sentence = f"Terjadi gangguan. Coba lagi nanti. Nomor permintaan {getattr(request, 'number', '-')}."
        response = HttpResponse(sentence, status=500, content_type="text/plain; charset=utf-8")
    if unreachable:
        response["Retry-After"] = "5" if busy else "30"
    return response


def is_busy(error: BaseException | None) -> bool:
    """Whether the database refused because of others' locks ("database is locked"): a second try will do."""
    return _code(error).startswith(BUSY)


def is_full(error: BaseException | None) -> bool:
    return _code(error) in FULL or (isinstance(error, OSError) and error.errno in FULL_DISK)


def is_cache_down(error: BaseException | None) -> bool:
    """Whether the shared cache does not answer; asked by name, for its library is loaded only where it is used."""
    return type(error).__module__ == "redis.exceptions"


def _code(error: BaseException | None) -> str:
    """What the driver calls the refusal; "" for anything else."""
    driver = error.__cause__ if isinstance(error, OperationalError | ProgrammingError) else None
    return getattr(driver, "sqlite_errorname", None) or getattr(driver, "pgcode", None) or ""


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


class MaintenanceMiddleware:
    """Answers 503 while the site is closed; while it is open, says that a request is at work until its answer ends."""

    OPEN = ("/sehat/", "/siap/")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info in self.OPEN:
            return self.get_response(request)
        handle = maintenance.begin_work(maintenance.files_of_this_installation())
        if handle is None:
            page = _page(request, 503, "maintenance")
            page["Retry-After"] = str(maintenance.RETRY_SECONDS)
            page._has_been_logged = True  # type: ignore[attr-defined]  # no fault, so no line for each visitor
            return page
        try:
            response = self.get_response(request)
        except BaseException:
            maintenance.end_work(handle)
            raise
        when_closed(response, lambda: maintenance.end_work(handle))
        return response
