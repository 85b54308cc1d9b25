"""The dates of one reader, from all rooms."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from p2emas.accounts.models import User
from p2emas.accounts.signed_in import Anyone
from p2emas.registry.contributions import date_kinds
from p2emas.registry.dates import CalendarDate, DateKind, Span


@dataclass(frozen=True)
class KindDate:
    """One date, with its kind."""

    kind: DateKind
    date: CalendarDate


def dates_of(reader: Anyone | None, span: Span, kind: str = "", *, for_home: bool = False) -> list[KindDate]:
    """In their order; of one ``kind`` alone when it is named. Of nobody (None) only what is public."""
    kinds = date_kinds().values()
    wanted = [each for each in kinds if kind in ("", each.code) and (each.on_home or not for_home)]
    if isinstance(reader, User):
        return _ordered((each, each.of_reader(reader, span)) for each in wanted)
    return _ordered((each, each.public(span)) for each in wanted if each.public is not None)


def kinds_for(reader: Anyone) -> Iterator[DateKind]:
    """The kinds that the page of this reader offers."""
    signed_in = isinstance(reader, User)
    return (kind for kind in date_kinds().values() if signed_in or kind.public is not None)


def _ordered(found: Iterable[tuple[DateKind, Iterable[CalendarDate]]]) -> list[KindDate]:
    rows = [KindDate(kind, date) for kind, dates in found for date in dates]
    return sorted(rows, key=lambda row: (row.date.day, row.kind.place, row.date.number, row.date.key))
