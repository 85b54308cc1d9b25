"""A database that other code has made is named, no matter what Django's own plan says of it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from p2emas.configuration import database_state

pytestmark = [pytest.mark.django_db, pytest.mark.whole]


def test_database_of_this_code_has_nothing_to_complain_of():
    assert database_state.is_migrated(connection)
    assert database_state.complaints(connection) == []


def test_rows_of_applications_that_are_not_installed_are_not_ours_to_judge():
    MigrationRecorder(connection).record_applied("removed_library", "0001_initial")

    assert database_state.unknown_migrations(connection) == []


def test_every_unknown_migration_is_found_also_where_it_is_not_the_newest():
    for name in ("0001_before_the_fold", "0999_from_tomorrow"):
        MigrationRecorder(connection).record_applied("districts", name)

    assert database_state.unknown_migrations(connection) == [
        "districts.0001_before_the_fold", "districts.0999_from_tomorrow"
    ]  # fmt: skip


def test_missing_table_and_column_are_named():
    """What migrations that were rewritten after they had been applied leave behind: nothing is planned, a page fails."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE p2emas_holiday RENAME TO p2emas_feast")
        cursor.execute("ALTER TABLE p2emas_agency RENAME COLUMN short_name TO shortest_name")

    assert database_state.missing_names(connection) == ["p2emas_agency.short_name", "p2emas_holiday"]
    (sentence,) = database_state.complaints(connection)
    assert sentence.startswith("Basis data tidak memiliki p2emas_agency.short_name, p2emas_holiday, padahal")


def test_database_that_awaits_migrating_gets_one_sentence_from_check_integrity():
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("programs")
    MigrationRecorder(connection).record_unapplied(*newest)

    with pytest.raises(CommandError, match="Ada migrasi yang belum dijalankan"):
        call_command("check_integrity", stdout=StringIO())


def test_check_integrity_names_a_database_of_newer_code():
    MigrationRecorder(connection).record_applied("districts", "0999_from_tomorrow")

    with pytest.raises(CommandError, match="0999_from_tomorrow"):
        call_command("check_integrity", stdout=StringIO())
