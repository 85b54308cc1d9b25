"""Keeping received files: row and files together or not at all, no more than the limit for each record."""

import logging
import weakref
from collections.abc import Iterable
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import models, transaction

from p2emas.accounts.models import User
from p2emas.documents.files import receive_file
from p2emas.documents.kinds import FileRefused, ReceivedFile
from p2emas.documents.models import PrivateFile
from p2emas.documents.removing import remove

logger = logging.getLogger(__name__)
Kind = TypeVar("Kind", bound=PrivateFile)


def store_file(model: type[Kind], *, owner: models.Model, upload: Any, user: User | None, **fields: Any) -> Kind:
    """Keep ``upload`` (an uploaded file, or one that ``receive_file`` has read) for ``owner``.

    Raises ``FileRefused`` with a sentence. The same file sent again with the same ``fields`` (a second click, a
    retry) is the one that is there. When the transaction around it fails, the files on disk go too.
    """
    received = upload if isinstance(upload, ReceivedFile) else receive_file(upload, allowed=model.ALLOWED)
    with transaction.atomic():
        type(owner)._base_manager.select_for_update(no_key=True).filter(
            pk=owner.pk
        ).first()  # one at a time for each owner
        there = model._base_manager.filter(**{model.OWNER: owner})
        same = there.filter(sha256=received.sha256, uploaded_by=user, **fields).first()
        if same is not None:
            return same
        if there.count() >= settings.UPLOAD_MAX_FILES:
            raise FileRefused(too_many())
        record = model(
            **{model.OWNER: owner},
            original_name=received.original_name,
            content_type=received.content_type,
            size=len(received.content),
            sha256=received.sha256,
            uploaded_by=user,
            **{"taken_at": received.taken_at, "lat": received.lat, "lng": received.lng, **fields},
        )
        files = [(record.file, received.content)]
        if received.thumbnail:
            files.append((record.thumbnail, received.thumbnail))
        _write(files)
        record.save()
    return record


def too_many() -> str:
    return f"Sudah ada {settings.UPLOAD_MAX_FILES} berkas. Hapus yang tidak perlu sebelum menambah."


def _write(files: Iterable[tuple[Any, bytes]]) -> None:
    for place, content in files:
        name = place.field.generate_filename(place.instance, "berkas")  # known before, to clear half a file away
        try:
            place.name = place.storage.save(name, ContentFile(content))
        except OSError as error:
            logger.exception("a file could not be written")
            remove(place.storage, name)
            raise FileRefused("Berkas tidak dapat disimpan saat ini. Coba lagi nanti.") from error
        transaction.on_commit(_Written(place.storage, place.name))


class _Written:
    """A file that stays when its transaction commits and goes when it does not.

    Django calls ``on_commit`` but has nothing for a rollback: it only drops its list, with this object in it
    (also for a savepoint). So the file is removed when the object dies uncalled.
    """

    def __init__(self, storage: Storage, name: str) -> None:
        self._undo = weakref.finalize(self, remove, storage, name)

    def __call__(self) -> None:
        self._undo.detach()
