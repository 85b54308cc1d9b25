"""Checks that what is stored still fits together; ``manage.py check_integrity`` runs them all.

A room adds its own in its ``integrity.py``: a function under ``@register("Nama")`` that yields one sentence for
each thing that is wrong. Checks only read.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec

from django.db import IntegrityError, connection, transaction

Check = Callable[[], Iterator[str]]
_checks: dict[str, Check] = {}


def register(name: str) -> Callable[[Check], Check]:
    def keep(check: Check) -> Check:
        _checks[name] = check
        return check

    return keep


def checks(rooms: list[str]) -> dict[str, Check]:
    """Every check by its name, those of ``rooms`` (dotted names of packages) included."""
    for room in rooms:
        if find_spec(room) and find_spec(f"{room}.integrity"):
            import_module(f"{room}.integrity")
    return dict(_checks)


@register("Basis data")
def database() -> Iterator[str]:
    """Foreign keys that lead nowhere, and on SQLite damaged pages."""
    try:
        with transaction.atomic():  # what PostgreSQL refuses here must not end the reading of the other checks
            connection.check_constraints()
    except IntegrityError as broken:
        yield " ".join(str(broken).split())  # PostgreSQL speaks in two lines
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            found = cursor.execute("PRAGMA integrity_check").fetchall()
        yield from (str(row[0]) for row in found if row[0] != "ok")
