"""Dates as a calendar file (RFC 5545), written by ``icalendar``: kinds, days and numbers of records, nothing else."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from p2emas.calendar.reading import KindDate
from p2emas.naming import said
from p2emas.registry.dates import Span

BACK, AHEAD = timedelta(days=92), timedelta(days=548)
CONTENT_TYPE = "text/calendar; charset=utf-8"


def file_span(today: date) -> Span:
    """A quarter back and a year and a half ahead."""
    return Span(today - BACK, today + AHEAD)


def calendar_file(rows: Iterable[KindDate], today: date) -> bytes:
    """All-day events. The stamp is the day of the business, so that a day's files are alike and need not be sent."""
    from icalendar import Calendar, Event

    made, host = Calendar(), urlsplit(settings.SITE_URL).hostname or "p2emas"
    stamp = datetime.combine(today, time(), UTC)
    for name, text in _head():
        made.add(name, text)
    for row in rows:
        event, found = Event(), row.date
        event.add("uid", f"{row.kind.code}-{found.key}@{host}")
        event.add("dtstamp", stamp)
        event.add("dtstart", found.day)
        event.add("dtend", found.last + timedelta(days=1))
        event.add("summary", f"{found.word} {found.number}".strip())
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())


def _head() -> list[tuple[str, str]]:
    name = said("{programme} {regency}")
    return [
        ("version", "2.0"),
        ("prodid", f"-//{name}//Kalender//ID"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("x-wr-calname", name),
        ("x-published-ttl", "PT6H"),
    ]


def calendar_answer(request: HttpRequest, content: bytes, name: str, *, cache: str) -> HttpResponse:
    """The file, or 304 where the reader has it already."""
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = cache
    answer["ETag"] = etag
    answer["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=etag, response=answer) or answer
