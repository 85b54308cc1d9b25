"""Whether the database itself is sound; what a room knows to check of its own data is in its ``integrity.py``."""

from collections.abc import Iterator

from django.db import IntegrityError, connection, transaction


def of_database() -> Iterator[str]:
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
