"""Saving a record that two people may have open: a page that shows an old version changes nothing.

A record with a ``version`` is claimed by it (``claim_version``); one without is held against its last edit.
"""

from typing import Any

from django import forms
from django.db import models, transaction
from django.db.models import F

from p2emas.history.records import last_edit

VERSION = "version"  # field of a record that counts its savings


class EditConflict(Exception):
    """Somebody else saved, moved or deleted the record after the page was shown; nothing was written.

    The message is a sentence for the screen.
    """

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or "Orang lain menyimpan lebih dahulu. Perubahan Anda tidak disimpan.")


def claim_version(record: models.Model, seen: int, *statuses: str, **still: Any) -> None:
    """Count ``record.version`` up if it is still ``seen`` and the record in one of ``statuses``, or raise.

    One conditional UPDATE: of two simultaneous savings one wins, on SQLite and PostgreSQL alike. Call it first in the
    transaction that writes; a failure later rolls it back too. ``still`` are further lookups that have to hold. Raises
    ``EditConflict`` with ``record`` read again, so that the page can show what is there now.
    """
    rows: models.QuerySet = type(record)._base_manager.filter(pk=record.pk, version=seen, status__in=statuses, **still)
    if not rows.update(version=F("version") + 1):
        record.refresh_from_db()
        raise EditConflict
    setattr(record, VERSION, seen + 1)


def check_last_edit(record: models.Model, seen: int | None) -> None:
    """Raise ``EditConflict`` unless the last edit of ``record`` (locked by the caller) is the one the page showed."""
    if last_edit(record) != seen:
        raise EditConflict


def save_edit(form: forms.ModelForm) -> models.Model:
    """Save ``form`` unless its record was saved by somebody else after the edit that its field ``seen`` names."""
    record = form.instance
    with transaction.atomic():
        type(record)._base_manager.select_for_update(no_key=True).get(pk=record.pk)
        check_last_edit(record, form.cleaned_data.get("seen"))
        return form.save()
