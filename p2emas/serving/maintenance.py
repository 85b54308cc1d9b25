"""Whether the site may work now: a switch that a person turns, and locks that tell processes of each other.

All three are files beside the folder of private files, so that every process of an installation finds them, on SQLite
and PostgreSQL alike. Locks end with their process, however it ends:

- ``.serving`` is held by each process that answers requests, for its life;
- ``.working`` is held by each request, job and command while it works, alone by what puts other data in place.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

RETRY_SECONDS = 300
_held: list[int] = []


class Busy(Exception):
    """Others are still at work."""


def files_of_this_installation() -> Path:
    from django.conf import settings  # the scripts of backup and restore work without Django

    return Path(str(settings.MEDIA_ROOT))


def _beside(media: Path, name: str) -> Path:
    return media.with_name(f"{media.name}.{name}")


def is_on(media: Path) -> bool:
    return _beside(media, "maintenance").exists()


def switch(media: Path, *, on: bool) -> None:
    file = _beside(media, "maintenance")
    if on:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o644)
    else:
        file.unlink(missing_ok=True)


def _open(media: Path, name: str) -> int:
    """A new handle each time: a lock belongs to it, and threads must not give back each other's."""
    path = _beside(media, name)
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except PermissionError:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)  # made by another user; a shared lock needs no more


def _lock(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def begin_work(media: Path, *, closed_too: bool = False) -> int | None:
    """A handle to close when the work has ended; None when nobody may work now. -1 where no lock can be kept.

    ``closed_too``: the switch does not matter, only whether other data is being put in place.
    """
    try:
        handle = _open(media, "working")
    except OSError:  # a folder that cannot be written: /siap/ says so, reading continues
        return None if is_on(media) and not closed_too else -1
    # In this order: a command that turned the switch and then waits for us is not overlooked.
    if not _lock(handle, fcntl.LOCK_SH) or (is_on(media) and not closed_too):
        os.close(handle)
        return None
    return handle


def end_work(handle: int) -> None:
    if handle >= 0:
        os.close(handle)


@contextmanager
def at_work(media: Path, *, closed_too: bool = False) -> Iterator[bool]:
    """Whether the block may work. While it does, no other data is put in place."""
    handle = begin_work(media, closed_too=closed_too)
    try:
        yield handle is not None
    finally:
        if handle is not None:
            end_work(handle)


@contextmanager
def alone(media: Path, *, seconds: float) -> Iterator[None]:
    """Nobody else works inside the block: running requests end first, new ones are refused. Raises ``Busy``."""
    handle, until = _open(media, "working"), time.monotonic() + seconds
    try:
        while not _lock(handle, fcntl.LOCK_EX):
            if time.monotonic() > until:
                raise Busy
            time.sleep(0.05)
        yield
    finally:
        os.close(handle)


def announce_serving(media: Path) -> None:
    """Say, as long as this process lives, that it answers requests."""
    try:
        handle = _open(media, "serving")
    except OSError:
        return
    _lock(handle, fcntl.LOCK_SH)
    _held.append(handle)


def is_serving(media: Path) -> bool:
    """Whether a process answers requests on these files."""
    return not _free(media, "serving", fcntl.LOCK_EX)


def is_closed(media: Path) -> bool:
    """Whether requests are refused now: by the switch, or since other data is being put in place."""
    return is_on(media) or not _free(media, "working", fcntl.LOCK_SH)


def _free(media: Path, name: str, how: int) -> bool:
    try:
        handle = _open(media, name)
    except OSError:
        return True
    try:
        return _lock(handle, how)
    finally:
        os.close(handle)
