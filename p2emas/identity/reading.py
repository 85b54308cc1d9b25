"""The one query that every request makes: the record, its lead office, and what rooms above add to it."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from django.db import connection
from django.db.models import Expression, Subquery

from p2emas import clock
from p2emas.identity.models import Identity
from p2emas.naming import Names, read_by

_added: dict[str, Callable[[], Expression | Subquery]] = {}
OFFICE = ("lead_agency__short_name", "lead_agency__name")
UNREAD = {"id", "emblems", *Identity.EMBLEMS}
FIELDS = tuple(field.attname for field in Identity._meta.concrete_fields if field.name not in UNREAD)


def add_name(name: str, expression: Callable[[], Expression | Subquery]) -> None:
    """``expression()`` reads one more of the names (of ``Names``) from a table above this room."""
    _added[name] = expression


@lru_cache(maxsize=16)
def _statement(today: date, added: tuple[str, ...]) -> tuple[str, tuple]:
    """SQL and values of the query; to put it together again for each request costs more than to run it."""
    expressions = {f"_{name}": _added[name]() for name in added}
    rows = Identity.objects.order_by("pk").annotate(**expressions).values(*FIELDS, *OFFICE, *expressions)[:1]
    return rows.query.sql_with_params()


@read_by
def read_names() -> Names:
    """The stored names in one query; neutral words where nothing is stored."""
    sql, params = _statement(clock.today(), tuple(_added))
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchone()
    if found is None:
        return Names()
    row = dict(zip((*FIELDS, *OFFICE, *(f"_{name}" for name in _added)), found, strict=True))
    kind, office = Identity.Kind(row["kind"]), row["lead_agency__short_name"]
    found = {
        "kind": kind.label,
        "place": row["name"],
        "province": row["province"],
        "seat": row["seat"],
        "lead_agency_id": row["lead_agency_id"],
        "office": office,
        "office_name": row["lead_agency__name"],
        "head": row["head_title"] or Identity.HEADS[kind],
        "office_head": row["office_head_title"] or (f"Kepala {office}" if office else ""),
        "address": row["address"],
        "phones": row["phones"],
        "opening_hours": row["opening_hours"],
        "legal_basis": row["legal_basis"],
        "zone_name": row["zone"],
        "sender_name": row["sender_name"],
        "reply_to": row["reply_to"],
        **{name: row[f"_{name}"] for name in _added},
    }
    return Names(**{name: value for name, value in found.items() if value})
