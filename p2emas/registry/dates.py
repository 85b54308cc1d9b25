"""Dates that rooms contribute to the calendar."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Span:
    """The days that are asked for, both included."""

    first: date
    last: date

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True)
class CalendarDate:
    """What happens on one day, or from ``day`` to ``until``.

    ``word`` and ``number`` leave the site in a calendar file: what is due, and the number of its record; no name, no
    text that somebody typed. ``title`` and ``detail`` are for the page, whose reader may open ``url``. ``key`` names
    the date among those of its kind, once for good: a date that is moved keeps it.
    """

    key: str
    day: date
    word: str
    title: str
    number: str = ""
    detail: str = ""
    url: str = ""
    until: date | None = None

    @property
    def last(self) -> date:
        return self.until or self.day


Dates = Iterable[CalendarDate]


@dataclass(frozen=True)
class DateKind:
    """One kind of dates. ``of_reader`` reads through ``for_user``; ``public`` are those that anybody may know.

    ``title`` is its word in the filter, ``place`` its order there and within a day. ``on_home``: whether its dates are
    among those ahead on the home page too.
    """

    code: str
    title: str
    place: int
    of_reader: Callable[[Any, Span], Dates]
    public: Callable[[Span], Dates] | None = None
    on_home: bool = True
