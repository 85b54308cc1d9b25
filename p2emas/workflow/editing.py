"""Saving a record that two people may have open: whoever shows an old version changes nothing."""

from typing import Any

from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _


class EditConflict(Exception):
    """Somebody else saved, moved or deleted the record after the page was shown; nothing was written.

    The message is a sentence for the screen.
    """


def claim_version(record: models.Model, seen: int, *statuses: str, **still: Any) -> None:
    """Count ``record.version`` up if it is still ``seen`` and the record in one of ``statuses``, or raise.

    One conditional UPDATE: of two simultaneous savings one wins, on SQLite and PostgreSQL alike. Call it first in the
    transaction that writes; a failure later rolls it back too. ``still`` are further lookups that have to hold. Raises
    ``EditConflict`` with ``record`` read anew, so that the page can show what is there now.
    """
    rows: models.QuerySet = type(record)._base_manager.filter(pk=record.pk, version=seen, status__in=statuses, **still)
    if not rows.update(version=F("version") + 1):
        record.refresh_from_db()
        raise EditConflict(_("Orang lain menyimpan lebih dahulu. Perubahan Anda tidak disimpan."))
    record.version = seen + 1  # type: ignore[attr-defined]
