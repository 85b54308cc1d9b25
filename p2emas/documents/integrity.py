"""Whether every file is there as it was received, nothing else is there, and receipts lead somewhere."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.core.files.storage import Storage, default_storage
from django.db import models
from django.utils import timezone

from p2emas.documents.models import PrivateFile, Receipt
from p2emas.documents.receipts import plain_code
from p2emas.documents.serving import private_file_kinds


def files() -> Iterator[str]:
    for model in private_file_kinds().values():
        for stored in model._base_manager.order_by("pk").iterator(chunk_size=500):
            if found := _damage(stored):
                yield f"{model._meta.verbose_name} {stored.pk}: {found}."


def _damage(stored: PrivateFile) -> str:
    try:
        with stored.file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
    except (OSError, ValueError):
        return "berkasnya tidak ada"
    if digest != stored.sha256 or stored.file.size != stored.size:
        return "isi berkasnya berubah"
    if stored.thumbnail.name and not stored.thumbnail.storage.exists(stored.thumbnail.name):
        return "gambar kecilnya tidak ada"
    return ""


def orphans() -> Iterator[str]:
    """Files that no row knows: left by a process that was killed before its transaction committed."""
    for name in orphan_names():
        yield f"Berkas {name} tidak dimiliki data mana pun."


def orphan_names() -> list[str]:
    on_disk = set(_names_in(default_storage))  # first: a file that is stored meanwhile is not on this list
    known: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField) and not hasattr(model, "history_object"):
                known.update(model._base_manager.values_list(field.name, flat=True))
    return sorted(on_disk - known)


def remove_orphans(*, older_than: timedelta) -> list[str]:
    """Remove files that no row knows; a younger one may belong to a transaction that has not ended yet."""
    limit, removed = timezone.now() - older_than, []
    for name in orphan_names():
        if default_storage.get_modified_time(name) <= limit:
            default_storage.delete(name)
            removed.append(name)
    return removed


def _names_in(storage: Storage, folder: str = "") -> Iterator[str]:
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever uploaded
        return
    yield from (f"{folder}{name}" for name in names)
    for each in folders:
        yield from _names_in(storage, f"{folder}{each}/")


def receipts() -> Iterator[str]:
    """Receipts of records that are gone, and codes that nobody could type."""
    for receipt in Receipt.objects.select_related("content_type").iterator(chunk_size=500):
        model = receipt.content_type.model_class()
        if model is None or not model._base_manager.filter(pk=receipt.object_id).exists():
            yield f"Tanda terima {receipt.pk} menunjuk data yang tidak ada."
        if plain_code(receipt.code) != receipt.code or not receipt.number:
            yield f"Tanda terima {receipt.pk} tidak berkode atau bernomor dengan benar."
