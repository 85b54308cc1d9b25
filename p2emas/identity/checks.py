"""What `manage.py check` says about who we are: variables that fill nothing any more, and what is still empty."""

from typing import Any

from django.conf import settings
from django.core.checks import Tags, Warning, register
from django.db import Error as DatabaseError

from p2emas.identity.gaps import gaps


@register(Tags.compatibility)
def former_variables(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """They filled the identity once; a person who changes them now waits for something that never comes."""
    return [
        Warning(
            f"{name} tanpa pengaruh: siapa kita dibaca dari basis data.",
            hint="Hapus variabel ini; isi dan ubah di halaman /identitas/.",
            id="p2emas.W011",
        )
        for name, value in settings.FORMER_IDENTITY.items()
        if value
    ]


@register(Tags.security, deploy=True)
def still_empty(app_configs: Any, **kwargs: Any) -> list[Warning]:
    """Consent texts, decrees and letters would say it."""
    try:
        found = gaps()
    except DatabaseError:  # no tables yet: `migrate` comes first
        return []
    return [Warning(sentence, hint="Isi di halaman /identitas/ atau /kelola/.", id="p2emas.W012") for sentence in found]
