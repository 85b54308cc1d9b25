"""The memory of readers: a file is read once, another one or other seconds again, and what failed each time."""

from pathlib import Path
from subprocess import Popen

import pytest

from p2emas.documents.images import PHOTO
from p2emas.documents.kinds import FileRefused
from p2emas.documents.readers import reading
from tests import read_once
from tests.p2emas.documents import corpus


@pytest.fixture
def started(monkeypatch) -> list:
    """Every process that was started; the memory of the whole run lies below, so each test has seconds of its own."""
    seen = []
    monkeypatch.setattr(reading.subprocess, "Popen", lambda *args, **more: seen.append(1) or Popen(*args, **more))
    with read_once.remembered():
        yield seen


def read(data: bytes, **more):
    return PHOTO.read(data, formats=["JPEG"], most_pixels=10_000_000, too_large="terlalu besar", **more)


def test_file_is_read_once(started):
    first, second = read(corpus.image(), seconds=50), read(corpus.image(), seconds=50)

    assert (first.value, first.pieces) == (second.value, second.pieces)
    assert len(started) == 1


def test_other_file_and_other_seconds_are_read_anew(started):
    read(corpus.image(), seconds=51)
    read(corpus.image(), seconds=52)
    read(corpus.image() + b"\0", seconds=51)

    assert len(started) == 3


def test_what_failed_is_tried_again(started, monkeypatch):
    monkeypatch.setattr(reading, "CHILD", Path("/no/such/file"))
    for _time in range(2):
        with pytest.raises(FileRefused):
            read(corpus.image(), seconds=53)

    assert len(started) == 2
