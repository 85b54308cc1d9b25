"""A file is read in a process that can hang, hoard and crash: the site gets an answer or a sentence, in time."""

import os
import socket
import subprocess
import sys
import time

import pytest

from p2emas.documents import images, office, papers, pdf_check
from p2emas.documents.kinds import FileRefused
from p2emas.documents.readers import child
from p2emas.documents.readers.reading import ENVIRONMENT, READERS, Reader, nobody_waits
from p2emas.imports import tables

pytestmark = pytest.mark.whole

REGISTER = (images, office, papers, pdf_check, tables)  # each brings a reader
ROOT = child.Path(child.__file__).resolve().parents[3]


@pytest.fixture
def reader():
    yield Reader(
        name="toy",
        module="tests.p2emas.documents.readers.toys",
        limit="READ_PHOTO_SECONDS",
        too_long="Terlalu lama.",
        too_large="Terlalu besar.",
        broken="Rusak.",
        most=1_000_000,
    )
    del READERS["toy"]


def test_answer_and_pieces_come_back(reader):
    data = os.urandom(100_000)

    reading = reader.read(data, task="pieces", times=3)

    assert (reading.value, reading.pieces) == ({"times": 3}, [data] * 3)
    assert 0 < reading.seconds < 2.5 and 5 < reading.peak < 100


def test_large_file_and_no_file_reach_the_reader(reader):
    assert reader.read(b"x" * 15_000_000).value == {"bytes": 15_000_000}
    assert reader.read(b"").value == {"bytes": 0}


@pytest.mark.parametrize(("task", "sentence"), [
    ("refuse", "Berkas ini tidak disukai."),
    ("fail", "Rusak."),
    ("die", "Rusak."),
    ("hoard", "Terlalu besar."),
])  # fmt: skip
def test_failure_is_a_sentence(reader, task, sentence):
    with pytest.raises(FileRefused) as refused:
        reader.read(b"x", task=task)

    assert refused.value.messages == [sentence]


def test_answer_larger_than_the_bound_is_too_large(reader):
    with pytest.raises(FileRefused, match="Terlalu besar"):
        reader.read(b"x" * 600_000, task="pieces", times=2)


@pytest.mark.parametrize("task", ["sleep", "spin"])
def test_reading_ends_when_its_time_is_over(reader, settings, task):
    settings.READ_PHOTO_SECONDS = 0.5
    begun = time.monotonic()

    with pytest.raises(FileRefused, match="Terlalu lama"):
        reader.read(b"x", task=task)

    assert time.monotonic() - begun < 1.5


def test_job_reads_longer_than_a_request(reader, settings):
    settings.READ_PHOTO_SECONDS = 0.01

    with pytest.raises(FileRefused, match="Terlalu lama"):
        reader.read(b"x")
    assert reader.read(b"x", seconds=10).value == {"bytes": 1}
    with nobody_waits():
        assert reader.read(b"x").value == {"bytes": 1}
    with pytest.raises(FileRefused):
        reader.read(b"x")


def test_whatever_the_process_started_ends_with_it(reader, settings, tmp_path):
    settings.READ_PHOTO_SECONDS = 1
    note = tmp_path / "note"

    with pytest.raises(FileRefused):
        reader.read(b"x", task="breed", note=str(note))

    time.sleep(2.5)
    assert not note.exists()


def test_what_a_library_prints_does_not_disturb_the_answer(reader):
    assert reader.read(b"x", task="chat").value == {"fine": True}


def test_process_knows_nothing_of_the_site(reader):
    with socket.socket() as open_connection:
        open_connection.set_inheritable(True)

        seen = reader.read(b"x", task="look").value

    assert {name: seen["environment"].get(name) for name in ENVIRONMENT} == ENVIRONMENT
    assert set(seen["environment"]) - set(ENVIRONMENT) <= {"LC_CTYPE"}
    assert len(seen["descriptors"]) == 5  # its three streams, that of the answer, and the one that lists them
    assert (seen["django"], seen["folder"], seen["group"]) == (False, "/", True)


@pytest.mark.parametrize("module", sorted({each.module for each in READERS.values()}))
def test_reader_starts_without_django(module):
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import {module}; print('django' in sys.modules)"

    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


def test_every_kind_is_registered():
    assert {"photo", "pdf", "office", "template"} <= READERS.keys() and len(READERS) >= len(REGISTER)
