"""What `manage.py check --deploy` says about this product's own settings."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Tags, Warning, register
from django.http.request import validate_host


@register(Tags.security, deploy=True)
def personal_data_keys(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """NIK should not hang on the key that signs sessions: rotating one would lose the other."""
    if settings.PERSONAL_DATA_KEYS != [settings.SECRET_KEY]:
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
    """On a day that stands still no deadline ever passes."""
    if not settings.DEMO_TODAY:
        return []
    return [
        Warning(
            "DEMO_TODAY terisi: hari kerja situs ini tidak berjalan, jadi tidak ada tenggat yang lewat.",
            hint="Kosongkan DEMO_TODAY; isinya hanya untuk demo.",
            id="p2emas.W004",
        )
    ]
