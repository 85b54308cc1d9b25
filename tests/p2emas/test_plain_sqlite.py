"""A restore checks a database of SQLite with the program alone, which has none of the functions that Django adds."""

import re

import pytest
from django.db import connection

ADDED = re.compile(r"\bdjango_\w+\s*\(|\bREGEXP\b", re.IGNORECASE)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="functions of SQLite")
def test_no_table_or_index_needs_a_function_that_django_adds():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        found = [name for name, sql in cursor.fetchall() if ADDED.search(sql)]

    assert found == []
