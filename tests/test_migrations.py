"""All migrations on an empty database, as an office runs them: what they leave is what the tests start from."""

import os

import pytest
from django.db import connection

from tests.serving import Installation

pytestmark = pytest.mark.whole

MIGRATED = """
from django.core.management import call_command
from p2emas.models import Identity
call_command("migrate", verbosity=0)
ours = Identity.objects.get()
answer = [str(ours), ours.province]
"""
HOLDS = "from tests import schema\nanswer = [schema.schema(), schema.rows()]"


def installed(folder, **environment: str) -> Installation:
    postgres = os.environ["DATABASE_URL"] if connection.vendor == "postgresql" else ""
    return Installation(folder, postgres=postgres, name="migrations", **environment)


def test_all_migrations_on_an_empty_database(tmp_path):
    """The environment fills a new database and no old one; the tables made at once are the same."""
    office = installed(tmp_path / "office", REGENCY_NAME="Kota Singkawang", PROVINCE_NAME="Kalimantan Barat")
    at_once = installed(tmp_path / "made", REGENCY_NAME="Kota Singkawang", PROVINCE_NAME="Kalimantan Barat")
    try:
        if office.postgres:
            office._on_postgres(f'CREATE DATABASE "{office.name}"')
        assert office.ask(MIGRATED) == ["Kota Singkawang", "Kalimantan Barat"]
        office.environment |= {"REGENCY_NAME": "Kabupaten Bogor", "PROVINCE_NAME": "Jawa Barat"}
        assert office.ask(MIGRATED) == ["Kota Singkawang", "Kalimantan Barat"]

        (tables, rows), (made, filled) = office.ask(HOLDS), at_once.prepare().ask(HOLDS)
        assert made == tables and len(tables) > 100
        assert {"p2emas_identity", "programs_fund"} < rows.keys()
        assert filled == rows
    finally:
        office.remove()
        at_once.remove()
