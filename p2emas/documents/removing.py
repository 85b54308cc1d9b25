"""Removing stored files. A file that cannot be removed is logged and left behind; deleting its row still succeeds."""

import logging

from django.core.files.storage import Storage
from django.db import transaction

logger = logging.getLogger(__name__)


def remove(storage: Storage, name: str) -> None:
    try:
        storage.delete(name)
    except OSError:
        logger.exception("a file could not be removed")  # check_integrity reports it as an orphan


def remove_when_committed(storage: Storage, name: str) -> None:
    """Not before: the row may come back with its transaction."""
    transaction.on_commit(lambda: remove(storage, name))
