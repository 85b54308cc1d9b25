"""What `manage.py check --deploy` says about this product's own settings, and `check` about its database."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connection, connections
from django.http.request import validate_host

from p2emas.configuration import database_state


@register(Tags.security, deploy=True)
def personal_data_keys(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """NIK should not depend on the key that signs sessions: rotating one would lose the other."""
    if settings.PERSONAL_DATA_KEYS[0] != settings.SECRET_KEY:
        return []
    return [
        Warning(
            "PERSONAL_DATA_KEYS belum diisi: NIK pelamar dikunci dengan SECRET_KEY.",
            hint="Isi PERSONAL_DATA_KEYS dengan teks acak tersendiri dan simpan terpisah dari cadangan. Bila sudah ada "
            "pelamar, tulis kunci baru di depan dan SECRET_KEY yang sekarang di belakangnya, lalu jalankan reseal.",
            id="p2emas.W001",
        )
    ]


@register(Tags.security, deploy=True)
def letters(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """Letters that reach nobody, or lead nowhere, look sent in the outbox."""
    found = []
    if settings.EMAIL_BACKEND == "django.core.mail.backends.console.EmailBackend":
        found.append(
            Warning(
                "EMAIL_URL belum diisi: surat hanya tercetak di keluaran server, beserta tautan pribadinya.",
                hint="Isi EMAIL_URL, misalnya smtp+tls://USER:PASSWORD@mail.example.go.id:587.",
                id="p2emas.W002",
            )
        )
    if not validate_host(urlsplit(settings.SITE_URL).hostname or "", settings.ALLOWED_HOSTS):
        found.append(
            Warning(
                "SITE_URL bukan alamat dari ALLOWED_HOSTS: tautan dalam surat dan tanda terima tidak membukanya.",
                hint="Isi SITE_URL dengan alamat yang dibuka orang, misalnya https://emas.example.go.id.",
                id="p2emas.W003",
            )
        )
    return found


@register(Tags.security, deploy=True)
def business_day(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """On a day that never ends no deadline passes."""
    if not settings.DEMO_TODAY:
        return []
    return [
        Warning(
            "DEMO_TODAY terisi: hari kerja situs ini tidak berjalan, jadi tidak ada tenggat yang lewat.",
            hint="Kosongkan DEMO_TODAY; isinya hanya untuk demo.",
            id="p2emas.W004",
        )
    ]


@register(Tags.security, deploy=True)
def trial(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """Values that are allowed, that only a trial has, and that Django's own checks do not name."""
    rows = (
        ("W005", "REQUIRE_2FA", not settings.REQUIRE_2FA, "koordinator dan pengelola masuk dengan kata sandi saja"),
        ("W006", "REQUIRE_HTTPS", not settings.SECURE_SSL_REDIRECT, "kata sandi dapat dibaca di jalan"),
        ("W007", "TESTING", settings.TESTING, "kata sandi disimpan dengan hash yang lemah"),
        ("W008", "ALLOWED_HOSTS", "*" in settings.ALLOWED_HOSTS, "setiap nama host dijawab"),
        ("W009", "DEFAULT_FROM_EMAIL", "@localhost" in settings.DEFAULT_FROM_EMAIL, "pengirim surat tidak ada"),
    )
    hints = {"W008": "Sebutkan nama host situs ini.", "W009": "Isi alamat surel kantor."}
    return [
        Warning(
            f"{name} masih seperti untuk mencoba: {what}.",
            hint=hints.get(number, f"Hapus {name} dari pengaturan; bawaannya yang aman."),
            id=f"p2emas.{number}",
        )
        for number, name, is_wrong, what in rows
        if is_wrong
    ]


def _database(database: str) -> list[CheckMessage]:
    sentences = database_state.complaints(connections[database])
    return [Error(sentence, id="p2emas.E001") for sentence in sentences]


@register(Tags.database)
def database(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """`migrate` runs this first: what was made by other code is not migrated in silence."""
    return [message for name in databases or () for message in _database(name)]


@register(Tags.security, deploy=True)
def deployed_database(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The same for `check --deploy`, which names no database."""
    if databases:
        return []
    try:
        return _database(connection.alias)
    except DatabaseError as error:
        return [Warning(f"Basis data tidak menjawab: {str(error).strip().splitlines()[0]}.", id="p2emas.W010")]
