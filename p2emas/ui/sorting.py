"""Sortable headings: ``?urut=skpd`` and ``?urut=-skpd``, among the columns that the view allows."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.http import QueryDict

from .links import with_query

Columns = Mapping[str, str | Sequence[str]]  # key in the URL -> field or fields ("-field" for the other way round)


class Sorting:
    """Which column a list is sorted by. What the URL says is taken only if ``columns`` has it."""

    def __init__(self, query: QueryDict, columns: Columns, default: str) -> None:
        self.query, self.columns = query, columns
        asked = query.get("urut", "")
        chosen = asked if asked.removeprefix("-") in columns else default
        self.key = chosen.removeprefix("-")
        self.descending = chosen.startswith("-")

    @property
    def fields(self) -> list[str]:
        fields = self.columns[self.key]
        fields = [fields] if isinstance(fields, str) else list(fields)
        return [_turned(field) for field in fields] if self.descending else fields

    def apply(self, rows: QuerySet) -> QuerySet:
        """``rows`` in this order; the key comes last, so that equal rows keep their place from page to page."""
        return rows.order_by(*self.fields, "pk")

    def direction(self, key: str) -> str:
        """For aria-sort: "ascending", "descending" or "none"."""
        if key != self.key:
            return "none"
        return "descending" if self.descending else "ascending"

    def link(self, key: str) -> str:
        """The same list sorted by ``key``, or turned round when it already is; from the first row on."""
        turned = key == self.key and not self.descending
        return with_query(self.query, urut=f"-{key}" if turned else key, halaman=None, setelah=None, sebelum=None)


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"
