"""What `manage.py check --deploy` says about this product's own settings."""

from typing import Any

from django.conf import settings
from django.core.checks import Tags, Warning, register


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
