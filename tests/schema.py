"""What a database holds: columns, keys, indexes, constraints, and rows; on both engines, without the order of columns.

An ALTER puts a column at the end, and a name that Django made of a column's name stays when that is renamed.
"""

import re

from django.db import connection

# When each migration was applied, what Django writes after migrating, and a table that is no model's.
WRITTEN_LATER = {
    "django_migrations", "django_content_type", "auth_permission", "django_site", "p2emas_cache",
}  # fmt: skip
NAMED = re.compile(r'CONSTRAINT "(\w+)" (CHECK|UNIQUE)')
POSTGRES = {
    "columns": """
        SELECT table_name, column_name, data_type, character_maximum_length, numeric_precision, numeric_scale,
               is_nullable, column_default, is_identity
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "constraints": """
        SELECT conrelid::regclass::text, CASE WHEN contype = 'c' THEN conname END, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "indexes": """
        SELECT tablename, regexp_replace(indexdef, ' INDEX .* ON ', ' INDEX ON ')
        FROM pg_indexes WHERE schemaname = 'public'""",
}


def tables() -> list[str]:
    with connection.cursor() as cursor:
        return sorted({*connection.introspection.table_names(cursor)} - {"p2emas_cache"})


def schema() -> dict[str, dict[str, list[str]]]:
    """By table and kind."""
    return _of_sqlite() if connection.vendor == "sqlite" else _of_postgres()


def _of_sqlite() -> dict[str, dict[str, list[str]]]:
    found = {}
    with connection.cursor() as cursor:
        for name in tables():
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [name])
            text = cursor.fetchone()[0]
            indexes = []
            for row in cursor.execute(f'PRAGMA index_list("{name}")').fetchall():
                columns = [each[2] for each in cursor.execute(f'PRAGMA index_info("{row[1]}")').fetchall()]
                indexes.append(str((row[2], row[4], columns)))
            columns = cursor.execute(f'PRAGMA table_info("{name}")').fetchall()
            keys = cursor.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
            found[name] = {
                "columns": sorted(str((column, kind.lower(), *more)) for _n, column, kind, *more in columns),
                "keys": sorted(str(row[2:5]) for row in keys),
                "indexes": sorted(indexes),
                "constraints": sorted(map(str, NAMED.findall(text))),
                "checks": [str(text.count("CHECK"))],
            }
    return found


def _of_postgres() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {name: {kind: [] for kind in POSTGRES} for name in tables()}
    with connection.cursor() as cursor:
        for kind, asked in POSTGRES.items():
            cursor.execute(asked)
            for name, *said in cursor.fetchall():
                if name.strip('"') in found:
                    found[name.strip('"')][kind].append(str(said))
    return {name: {kind: sorted(lines) for kind, lines in kinds.items()} for name, kinds in found.items()}


def rows() -> dict[str, list[str]]:
    """Of each table that has some, without keys and the time at which they were made."""
    found = {}
    with connection.cursor() as cursor:
        for name in sorted({*tables()} - WRITTEN_LATER):
            cursor.execute(f'SELECT * FROM "{name}" LIMIT 0')
            named = {column[0] for column in cursor.description} - {"id", "created_at", "updated_at"}
            columns = sorted(map(connection.ops.quote_name, named))
            cursor.execute(f'SELECT {", ".join(columns) or 1} FROM "{name}"')
            if stored := cursor.fetchall():
                found[name] = sorted(map(str, stored))
    return found
