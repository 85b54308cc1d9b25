"""Clearing what a database file still holds of deleted and overwritten rows; for after an erasure."""

from collections.abc import Iterable

from django.db import connection, models


def compact(tables: Iterable[type[models.Model]]) -> None:
    """Rewrite the tables, so that no byte of what was erased is left in the database's own files.

    SQLite overwrites as it deletes (``secure_delete``) and is rewritten whole; PostgreSQL keeps old rows until a
    VACUUM FULL, which locks each table for the time it takes. Not inside a transaction.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for table in dict.fromkeys(model._meta.db_table for model in tables):
            cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(table)}")
