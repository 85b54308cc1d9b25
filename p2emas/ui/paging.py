"""One paginator: the count stops at 1,000, page numbers reach the first 1,000 rows, deeper pages go by key.

Counting or skipping a hundred thousand rows costs more than the page itself; a key condition with an index does not.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist, FieldError, ValidationError
from django.db.models import F, Field, ForeignKey, ForeignObjectRel, Model, Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from . import formats
from .links import with_query

COUNT_LIMIT = 1_000
SIZES = (25, 50, 100)


@dataclass
class Page:
    """The rows of one page and the links around it; ``partials/_paging.html`` draws it."""

    rows: list[Any]
    size: int
    count: int
    more: bool  # there are more than COUNT_LIMIT rows
    number: int | None = None  # None on pages that go by key
    previous: str = ""
    next: str = ""
    start: str = ""  # link to the first page, on pages that go by key
    numbers: list[dict[str, Any]] = field(default_factory=list)
    sizes: list[dict[str, Any]] = field(default_factory=list)

    def __iter__(self):
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def first(self) -> int | None:
        return (self.number - 1) * self.size + 1 if self.number and self.rows else None

    @property
    def last(self) -> int | None:
        return self.first + len(self.rows) - 1 if self.first else None

    @property
    def count_text(self) -> str:
        """ "53" or "lebih dari 1.000"."""
        return f"lebih dari {formats.number(COUNT_LIMIT)}" if self.more else formats.number(self.count)

    @property
    def range_text(self) -> str:
        """ "51–53 dari 53", for the caption."""
        if not self.rows:
            return "tidak ada"
        if self.first is None:
            return f"{len(self.rows)} baris, dari {self.count_text}"
        span = f"{formats.number(self.first)}–{formats.number(self.last)}" if self.last != self.first else self.first
        return f"{span} dari {self.count_text}"


def paginate(
    rows: QuerySet, query: QueryDict, *, size: int = 25, keys_first: bool = False, fields: Sequence[str] = ()
) -> Page:
    """The page of ``rows`` that ``query`` (baris, halaman, setelah, sebelum) asks for; nonsense gives the first.

    Two queries. ``rows`` comes ordered (``Sorting.apply`` or ``order_by``); the primary key is added as the last key.
    ``keys_first``: one query more, for rows of many tables in an order that no index has, so that the database sorts
    keys and reads the other tables for one page only. ``fields``: rows are dictionaries of them, for a table of which
    every row would need several models.
    """
    size = _size(query, size)
    order = _Order(rows, keys_first=keys_first, fields=fields)
    counted = rows.order_by().values("pk")[: COUNT_LIMIT + 1].count()
    page = Page(rows=[], size=size, count=min(counted, COUNT_LIMIT), more=counted > COUNT_LIMIT)
    page.sizes = [{"size": each, "link": _link(query, baris=each), "current": each == size} for each in SIZES]
    for key, backward in (("setelah", False), ("sebelum", True)):
        position = order.decode(query.get(key, ""))
        if position is not None:
            return _by_key(page, order, position, backward, query)
    return _by_number(page, order, query)


def paginate_list(rows: Sequence[Any], query: QueryDict, *, size: int = 100) -> Page:
    """The page of rows that are computed already (a ranking): the same links, no query."""
    page = Page(rows=[], size=_size(query, size), count=len(rows), more=False)
    page.sizes = [{"size": each, "link": _link(query, baris=each), "current": each == page.size} for each in SIZES]
    last = max(1, -(-page.count // page.size))
    page.number = min(_whole(query.get("halaman", ""), 1), last)
    page.rows = list(rows[(page.number - 1) * page.size : page.number * page.size])
    _link_numbers(page, query, last)
    return page


def _by_number(page: Page, order: "_Order", query: QueryDict) -> Page:
    last = max(1, -(-page.count // page.size))
    page.number = min(_whole(query.get("halaman", ""), 1), last)
    offset = (page.number - 1) * page.size
    page.rows = order.read(order.ordered(), offset, min(offset + page.size, COUNT_LIMIT))
    _link_numbers(page, query, last)
    if page.number == last and page.more and page.rows:
        page.next = _link(query, setelah=order.encode(page.rows[-1]))
    return page


def _link_numbers(page: Page, query: QueryDict, last: int) -> None:
    number = page.number or 1
    if number > 1:
        page.previous = _link(query, halaman=number - 1)
    if number < last:
        page.next = _link(query, halaman=number + 1)
    page.numbers = [_number(query, each, number) for each in _shown(number, last)] if last > 1 else []


def _by_key(page: Page, order: "_Order", position: list[Any], backward: bool, query: QueryDict) -> Page:
    found = order.read(order.beyond(position, backward), 0, page.size + 1)
    further = len(found) > page.size
    page.rows = found[: page.size]
    page.start = _link(query)
    if backward:
        page.rows.reverse()
    if page.rows and (further or not backward):
        page.previous = _link(query, sebelum=order.encode(page.rows[0]))
    if page.rows and (further or backward):
        page.next = _link(query, setelah=order.encode(page.rows[-1]))
    return page


def _shown(current: int, last: int) -> list[int | None]:
    """1 … 4 5 6 … 40: first, last and the neighbours; None where numbers are left out."""
    wanted = sorted({1, last, *range(max(1, current - 1), min(last, current + 1) + 1)})
    shown: list[int | None] = []
    for each in wanted:
        if shown and each - shown[-1] == 2:
            shown.append(each - 1)
        elif shown and each - shown[-1] > 2:
            shown.append(None)
        shown.append(each)
    return shown


def _number(query: QueryDict, each: int | None, current: int) -> dict[str, Any]:
    if each is None:
        return {"gap": True}
    return {"number": each, "link": _link(query, halaman=each), "current": each == current}


def _link(query: QueryDict, **place: object) -> str:
    return with_query(query, **({"halaman": None, "setelah": None, "sebelum": None} | place))


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 7 and int(text) else default


def _size(query: QueryDict, default: int) -> int:
    asked = _whole(query.get("baris", ""), default)
    return asked if asked in SIZES else default


class _Order:
    """The order of a queryset as keys that can be compared: after this row, before that row."""

    def __init__(self, rows: QuerySet, *, keys_first: bool = False, fields: Sequence[str] = ()) -> None:
        self.rows, self.keys_first, self.fields = rows, keys_first, fields
        names = [name for name in rows.query.order_by or rows.model._meta.ordering if isinstance(name, str)]
        names = [name for name in names if name != "?"]
        if not any(name.lstrip("-") in {"pk", rows.model._meta.pk.name} for name in names):
            names.append("pk")
        self.keys = [_Key(rows, name) for name in names]

    def read(self, rows: QuerySet, start: int, end: int) -> list[Any]:
        if not self.keys_first:
            return list((rows.values(*self.fields) if self.fields else rows)[start:end])
        keys = list(rows.values_list("pk", flat=True)[start:end])
        found = {row.pk: row for row in self.rows.order_by().filter(pk__in=keys)}
        return [found[key] for key in keys if key in found]  # a row may leave between the two

    def ordered(self, backward: bool = False) -> QuerySet:
        return self.rows.order_by(*(key.ordering(backward) for key in self.keys))

    def beyond(self, position: list[Any], backward: bool) -> QuerySet:
        """The rows after ``position`` (before it, nearest first, when ``backward``)."""
        *before, (last, value) = zip(self.keys, position, strict=True)
        condition = last.past(value, backward)
        for key, value in reversed(before):
            condition = key.past(value, backward) | (key.equal(value) & condition)
        first = self.keys[0]
        # implied by the rest, but lets the database begin at the right place of an index
        bound = first.past(position[0], backward) | first.equal(position[0])
        return self.ordered(backward).filter(bound & condition)

    def encode(self, row: Any) -> str:
        values = [_plain(key.value_of(row)) for key in self.keys]
        return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")

    def decode(self, text: str) -> list[Any] | None:
        """The position that a link carries, or None if it is none for this order."""
        if not text or len(text) > 2_000:
            return None
        try:
            values = json.loads(base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4)))
            if not isinstance(values, list) or len(values) != len(self.keys):
                return None
            return [key.to_python(value) for key, value in zip(self.keys, values, strict=True)]
        except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error, ValidationError, ArithmeticError):
            return None


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


class _Key:
    def __init__(self, rows: QuerySet, name: str) -> None:
        self.descending = name.startswith("-")
        self.name = name.lstrip("-")
        self.field, self.nullable = self._field(rows)

    def _field(self, rows: QuerySet) -> tuple[Field, bool]:
        if self.name in rows.query.annotations:
            return rows.query.annotations[self.name].output_field, True
        first, *parts = self.name.split("__")
        found = self._part(rows.model, first)
        nullable = found.null
        for part in parts:
            found = self._part(found.related_model or found.model, part)
            nullable = nullable or found.null
        if isinstance(found, ForeignKey | ForeignObjectRel):  # by the key itself, not by the other model's own order
            self.name = f"{self.name}_id" if "__" not in self.name else f"{self.name}__pk"
            found = found.target_field
        return found, nullable

    def _part(self, model: type[Model], name: str) -> Field | ForeignObjectRel:
        """The column of ``model`` that a part of the name means."""
        try:
            found = model._meta.pk if name == "pk" else model._meta.get_field(name)
        except FieldDoesNotExist as error:
            raise FieldError(f"{self.name} cannot order a paged list") from error
        if not isinstance(found, Field | ForeignObjectRel):
            raise FieldError(f"{self.name} cannot order a paged list")
        return found

    def ordering(self, backward: bool) -> Any:
        descending = self.descending != backward
        if not self.nullable:
            return f"-{self.name}" if descending else self.name
        # NULL comes last on both databases, and first when the list is read backwards
        place = {"nulls_first": True} if backward else {"nulls_last": True}
        return F(self.name).desc(**place) if descending else F(self.name).asc(**place)

    def past(self, value: Any, backward: bool) -> Q:
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if backward else Q(pk__in=[])
        found = Q(**{f"{self.name}__{'lt' if self.descending != backward else 'gt'}": value})
        return found | Q(**{f"{self.name}__isnull": True}) if self.nullable and not backward else found

    def equal(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def value_of(self, row: Any) -> Any:
        if isinstance(row, dict):
            return row[self.name]
        for part in self.name.split("__"):
            row = getattr(row, part, None)
        return row

    def to_python(self, value: Any) -> Any:
        if value is None:
            if not self.nullable:
                raise ValueError("no key")
            return None
        if isinstance(value, list | dict) or (isinstance(value, str) and "\x00" in value):
            raise ValueError("no key")
        value = self.field.to_python(value)
        self.field.run_validators(value)  # an integer beyond the column would be an error of the database
        if isinstance(value, date) and not 1900 < value.year < 2200:  # nor can every moment be moved to UTC
            raise ValueError("no key")
        if isinstance(value, datetime) and timezone.is_naive(value):
            value = timezone.make_aware(value)
        return value
