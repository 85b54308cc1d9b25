"""Whether the database is the one that this code was written for: migrations that no file has, tables that are missing.

A database that is newer than the code, or that was made by migrations that have been rewritten since, looks right to
Django: it plans only what its files name and the database has not seen.
"""

from collections.abc import Iterable

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Name = tuple[str, str]


def migrations_of_the_code() -> set[Name]:
    """What has a file, and what a file says that it replaces."""
    loader = MigrationLoader(None)
    found = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        found.update(migration.replaces)
    return found


def without_file(applied: Iterable[Name]) -> list[str]:
    """Those of ``applied`` that belong to an application of ours and to no file of it, as "app.name"."""
    known = migrations_of_the_code()
    labels = {config.label for config in apps.get_app_configs()}
    return sorted(f"{app}.{name}" for app, name in set(applied) - known if app in labels)


def unknown_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """Migrations that were applied to this database and that no file has."""
    return without_file(MigrationRecorder(connection).applied_migrations())


def is_migrated(connection: BaseDatabaseWrapper) -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def missing_names(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables and columns that the models name and the database does not have."""
    found = []
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in apps.get_models(include_auto_created=True):
            if not model._meta.managed or model._meta.proxy:
                continue
            name = model._meta.db_table
            if name not in tables:
                found.append(name)
                continue
            # Django's own description trips over a check such as "IN (1, 2)" in what SQLite stores of the table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)} WHERE 1 = 0")  # noqa: S608 - the table of a model
            columns = {column[0] for column in cursor.description}
            found += [f"{name}.{field.column}" for field in model._meta.local_fields if field.column not in columns]
    return found


def complaints(connection: BaseDatabaseWrapper) -> list[str]:
    """Why this database is not this code's, in sentences; empty for a right one and for one that awaits migrating."""
    found = []
    if names := unknown_migrations(connection):
        found.append(
            f"Migrasi {_some(names)} tercatat di basis data, tetapi berkasnya tidak ada di kode ini. Basis data ini "
            "dibuat oleh kode yang lebih baru atau lain: pasang kode yang sesuai, atau pulihkan cadangan dari versi "
            "ini."
        )
    if is_migrated(connection) and (names := missing_names(connection)):
        found.append(
            f"Basis data tidak memiliki {_some(names)}, padahal semua migrasi tercatat sudah dijalankan. Pulihkan "
            "cadangan dari versi ini, atau tanyakan kepada pengembang."
        )
    return found


def _some(names: list[str], most: int = 3) -> str:
    return ", ".join(names[:most]) + (f" dan {len(names) - most} lainnya" if len(names) > most else "")
