"""A backup taken while somebody writes, brought back on an empty host: each row of it with its file and its history."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import ROOT, Installation

WRITER = """
import itertools
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from p2emas.documents.storing import store_file
from programs.models import ReportAttachment
from tests.factories import ProgressReportFactory, ReportLineFactory
from tests.p2emas.documents import corpus
line = ReportLineFactory(report=ProgressReportFactory(draft=True))
for number in itertools.count():
    with transaction.atomic():
        photo = SimpleUploadedFile("foto.jpg", corpus.image())
        store_file(ReportAttachment, owner=ProgressReportFactory(draft=True), upload=photo, user=None)
        line.spent_to_date = number
        line.save()
    print(number, flush=True)
"""
COUNTS = """
from programs.models import ReportAttachment, ReportLine
answer = [ReportAttachment.objects.count(), ReportLine.history.count()]
"""
pytestmark = pytest.mark.both_databases


def run(script: str, place: Installation, *arguments: object) -> subprocess.CompletedProcess:
    command = [sys.executable, str(ROOT / "scripts" / script), *map(str, arguments)]
    return subprocess.run(command, env=place.environment, capture_output=True, text=True, check=False)


@pytest.fixture
def host(installation: Installation, workshop: Path) -> Iterator[Installation]:
    """Another machine with the same keys: neither tables nor files."""
    keys = {"SECRET_KEY": installation.environment["SECRET_KEY"], "ENV_FILE": "/dev/null"}
    host = Installation(Path(tempfile.mkdtemp(dir=workshop)), postgres=installation.postgres, name="host", **keys)
    if host.postgres:
        host._on_postgres(f'CREATE DATABASE "{host.name}"')
    yield host
    host.remove()


def test_backup_under_writing_comes_back_whole_on_an_empty_host(installation, host):
    archive = installation.folder / "archive.tar"
    media = installation.folder / "media"
    media.mkdir(exist_ok=True)
    with (media / "long").open("wb") as file:  # the files take a while: what is written meanwhile must not be torn
        file.truncate(100_000_000)
    writing = [sys.executable, str(ROOT / "manage.py"), "shell", "--verbosity=0", "--command", WRITER]
    with subprocess.Popen(writing, cwd=ROOT, env=installation.environment, stdout=subprocess.PIPE, text=True) as writer:
        while writer.stdout.readline().strip() != "5":
            assert writer.poll() is None
        before, made = installation.ask(COUNTS), run("backup.py", installation, "--to", archive)
        writer.kill()
    after = installation.ask(COUNTS)
    assert made.returncode == 0, made.stderr
    assert archive.stat().st_mode & 0o077 == 0

    half = host.folder / "half.tar"
    half.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    damaged = run("restore.py", host, half)
    assert damaged.returncode == 1 and "nothing was changed" in damaged.stderr

    restored = run("restore.py", host, archive)
    assert restored.returncode == 0, restored.stderr
    assert all(low <= found <= high for low, found, high in zip(before, host.ask(COUNTS), after, strict=True))
    command = [sys.executable, str(ROOT / "manage.py"), "check_integrity"]
    said = subprocess.run(
        command, env=host.environment, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    assert len(said) >= 10
    # a file whose row came after the picture of the database was in the archive too, and belonged to nobody
    assert [line for line in said if not line.endswith(": baik")] == []

    again = run("restore.py", host, archive)
    assert again.returncode == 1 and "Nothing was changed" in again.stderr
