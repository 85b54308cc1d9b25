"""What `check --deploy` says of settings that are fine for trying and wrong for an office."""

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from p2emas.configuration import checks

pytestmark = pytest.mark.whole

OFFICE = {
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "SITE_URL": "https://emas.example.go.id",
    "ALLOWED_HOSTS": ["emas.example.go.id"],
    "DEMO_TODAY": "",
    "PERSONAL_DATA_KEYS": ["lain"],
    "REQUIRE_2FA": True,
    "SECURE_SSL_REDIRECT": True,
    "TESTING": False,
    "DEFAULT_FROM_EMAIL": "P2-EMAS <p2emas@example.go.id>",
}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({}, []),
        ({"PERSONAL_DATA_KEYS": None}, ["p2emas.W001"]),
        ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, ["p2emas.W002"]),
        ({"SITE_URL": "http://127.0.0.1:8000"}, ["p2emas.W003"]),
        ({"SITE_URL": "emas.example.go.id"}, ["p2emas.W003"]),
        ({"SITE_URL": "https://emas.example.go.id:8443", "ALLOWED_HOSTS": [".example.go.id"]}, []),
        ({"DEMO_TODAY": "2019-10-08"}, ["p2emas.W004"]),
        ({"REQUIRE_2FA": False}, ["p2emas.W005"]),
        ({"SECURE_SSL_REDIRECT": False}, ["p2emas.W006"]),
        ({"TESTING": True}, ["p2emas.W007"]),
        ({"ALLOWED_HOSTS": ["*"]}, ["p2emas.W008"]),
        ({"DEFAULT_FROM_EMAIL": "P2-EMAS <tidak-dibalas@localhost>"}, ["p2emas.W009"]),
    ],
)
def test_deployment_check_names_what_is_only_for_trying(settings, wrong, said):
    for name, value in (OFFICE | wrong).items():
        setattr(settings, name, [settings.SECRET_KEY] if value is None else value)

    found = [
        *checks.personal_data_keys(None), *checks.letters(None), *checks.business_day(None), *checks.trial(None)
    ]  # fmt: skip

    assert [warning.id for warning in found] == said


@pytest.mark.django_db
@pytest.mark.parametrize("options", [{"databases": ["default"]}, {"deploy": True}])
def test_check_names_a_migration_that_no_file_has(options):
    call_command("check", fail_level="CRITICAL", **options)  # what else is wrong here is another test's affair
    MigrationRecorder(connection).record_applied("districts", "0999_from_tomorrow")

    with pytest.raises(SystemCheckError, match=r"E001\) Migrasi districts.0999_from_tomorrow tercatat"):
        call_command("check", **options)
