"""What `check --deploy` says of settings that are fine for trying and wrong for an office."""

import pytest

from p2emas import checks

OFFICE = {
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "SITE_URL": "https://emas.example.go.id",
    "ALLOWED_HOSTS": ["emas.example.go.id"],
    "DEMO_TODAY": "",
    "PERSONAL_DATA_KEYS": ["lain"],
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
    ],
)
def test_deployment_check_names_what_is_only_for_trying(settings, wrong, said):
    for name, value in (OFFICE | wrong).items():
        setattr(settings, name, [settings.SECRET_KEY] if value is None else value)

    found = [*checks.personal_data_keys(None), *checks.letters(None), *checks.business_day(None)]

    assert [warning.id for warning in found] == said
