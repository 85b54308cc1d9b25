"""A restore exchanges everything or nothing: not under people's hands, not from a doubtful archive, not by halves."""

import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.drills.test_backup import run
from tests.serving import ROOT, Installation, Server, Visitor

pytestmark = pytest.mark.both_databases

ADD = """
from django.core.files.uploadedfile import SimpleUploadedFile
from p2emas.documents.storing import store_file
from programs.models import ProgressReport, ReportAttachment
from tests.factories import ProgressReportFactory
from tests.p2emas.documents import corpus
report = ProgressReport.objects.first() or ProgressReportFactory(draft=True)
for number in range({many}):
    photo = SimpleUploadedFile("foto.jpg", corpus.image(size=(60 + ReportAttachment.objects.count(), 40)))
    store_file(ReportAttachment, owner=report, upload=photo, user=None)
"""
STATE = """
from programs.models import ReportAttachment
rows = list(ReportAttachment.objects.all())
answer = [len(rows), sum(row.file.storage.exists(row.file.name) for row in rows)]
"""


@pytest.fixture(scope="module")
def filled(prepared: Installation, workshop: Path) -> Iterator[Installation]:
    """Five photos, and an archive of the time when there were three."""
    filled = Installation(workshop / "five-photos", postgres=prepared.postgres, name="five")
    filled.prepare(template=prepared)
    filled.python(ADD.format(many=3))
    made = run("backup.py", filled, "--to", filled.folder / "archive.tar")
    assert made.returncode == 0, made.stderr
    filled.python(ADD.format(many=2))
    yield filled
    filled.remove()


@pytest.fixture
def installation(filled: Installation, workshop: Path) -> Iterator[Installation]:
    before = set((ROOT / "backups").glob("before-restore-*"))
    folder = Path(tempfile.mkdtemp(prefix="drill-", dir=workshop))
    installation = Installation(folder, postgres=filled.postgres, name="drill")
    yield installation.prepare(template=filled)
    installation.remove()
    for aside in set((ROOT / "backups").glob("before-restore-*")) - before:
        aside.unlink()


@pytest.fixture
def archive(filled: Installation) -> Path:
    return filled.folder / "archive.tar"


def restore(installation: Installation, archive: Path) -> subprocess.CompletedProcess:
    return run("restore.py", installation, archive, "--force")


def aside_of(said: str) -> Path:
    line = next(line for line in said.splitlines() if line.startswith("What was there is in "))
    return Path(line.removeprefix("What was there is in ").rstrip("."))


def test_archive_names_release_and_newest_migrations(archive):
    with tarfile.open(archive) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))

    newest = {
        path.parent.parent.name: path.stem for path in sorted(ROOT.glob("*/migrations/0*.py"))
    }  # fmt: skip
    assert {app: manifest["migrations"][app] for app in newest} == newest
    assert manifest["release"].count(".") == 2


def test_restore_over_data_keeps_what_was_there_and_leaves_nothing_of_it(installation, archive):
    done = restore(installation, archive)
    assert done.returncode == 0, done.stderr
    assert installation.ask(STATE) == [3, 3]
    installation.manage("check_integrity")

    aside = aside_of(done.stdout)
    again = restore(installation, aside)
    assert again.returncode == 0, again.stderr
    assert installation.ask(STATE) == [5, 5]
    installation.manage("check_integrity")


def test_restore_waits_for_the_site_to_be_closed_and_loses_nothing(installation, archive, serve):
    """Whoever was told "saved" is in the archive that is put aside; nobody is told so afterwards, nobody meets a 500."""
    server = serve(WEB_CONCURRENCY="2")
    refused = restore(installation, archive)
    assert refused.returncode == 1 and "Nothing was changed: the site is serving." in refused.stderr
    assert installation.ask(STATE) == [5, 5]

    statuses, stop = [], threading.Event()
    reading = threading.Thread(target=read_on, args=(server, statuses, stop))
    reading.start()
    installation.manage("maintenance", "on")
    seen = len(statuses)
    done = restore(installation, archive)
    wait_for(lambda: len(statuses) > seen + 2)
    closed, seen = statuses[seen + 1 :], len(statuses)  # one may have been on its way when the site was closed
    installation.manage("maintenance", "off")
    wait_for(lambda: 200 in statuses[seen:])
    stop.set()
    reading.join()

    assert done.returncode == 0, done.stderr
    assert (set(closed), set(statuses)) == ({503}, {200, 503})
    assert installation.ask(STATE) == [3, 3]


def wait_for(happens: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not happens() and time.monotonic() < until:
        time.sleep(0.05)


def read_on(server: Server, statuses: list[int], stop: threading.Event) -> None:
    visitor = Visitor(server.url)
    while not stop.is_set():
        statuses.append(visitor.get("/masuk/").status)
        time.sleep(0.02)


def test_restore_of_a_running_request_is_refused_in_time(installation, archive):
    """A job or an upload that does not end: the restore gives up with a sentence, and the work goes on."""
    code = (
        "import sys, time; sys.path.insert(0, '.'); from pathlib import Path; from p2emas.serving import maintenance\n"
        f"with maintenance.at_work(Path({str(installation.folder / 'media')!r})): print('at work', flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as worker:
        worker.stdout.readline()
        waiting = (
            "import runpy, sys; sys.path.insert(0, 'scripts'); import restore; restore.WAIT_SECONDS = 1; "
            f"sys.argv = ['restore', {str(archive)!r}, '--force']; restore.main()"
        )
        refused = subprocess.run(
            [sys.executable, "-c", waiting],
            cwd=ROOT,
            env=installation.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        worker.kill()

    assert refused.returncode == 1 and "nothing was changed" in refused.stderr
    assert installation.ask(STATE) == [5, 5]


def rewrite(change: Callable[[dict[str, bytes], dict], None]) -> Callable[[Path, Path], None]:
    """An archive whose members ``change`` has touched; its manifest is the changed one."""

    def make(archive: Path, target: Path) -> None:
        with tarfile.open(archive) as tar:
            members = {member.name: tar.extractfile(member).read() for member in tar}
        manifest = json.loads(members.pop("manifest.json"))
        change(members, manifest)
        with tarfile.open(target, "w") as tar:
            for name, content in {**members, "manifest.json": json.dumps(manifest).encode()}.items():
                add(tar, name, content)

    return make


def add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


def flip(members: dict[str, bytes], manifest: dict) -> None:
    name = manifest["database"]
    members[name] = members[name][:-9] + b"x" + members[name][-8:]


def unreadable(members: dict[str, bytes], manifest: dict) -> None:
    """A dump with the right digest that this pg_restore or SQLite cannot read."""
    import hashlib

    name = manifest["database"]
    content = members[name][:5] + b"\x63\x63" + members[name][7:4000]
    members[name], manifest["sha256"] = content, hashlib.sha256(content).hexdigest()


def as_link(archive: Path, target: Path) -> None:
    shutil.copy(archive, target)
    with tarfile.open(target, "a") as tar:
        link = tarfile.TarInfo("media/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)


def twice(archive: Path, target: Path) -> None:
    shutil.copy(archive, target)
    with tarfile.open(target, "a") as tar:
        add(tar, "manifest.json", b"{}")


TAMPERED = {
    "byte of the database": rewrite(flip),
    "unreadable dump": rewrite(unreadable),
    "file outside the manifest": rewrite(lambda members, manifest: members.update({"media/aa/extra": b"x"})),
    "file gone": rewrite(lambda members, manifest: members.pop(next(iter(manifest["files"])))),
    "path upwards": rewrite(lambda members, manifest: members.update({"media/../../x": b"x"})),
    "no digest": rewrite(lambda members, manifest: manifest.pop("sha256")),
    "no files": rewrite(lambda members, manifest: manifest.pop("files")),
    "files are a list": rewrite(lambda members, manifest: manifest.update(files=["media/x"])),
    "no database": rewrite(lambda members, manifest: manifest.update(database=None)),
    "link": as_link,
    "manifest twice": twice,
    "cut off": lambda archive, target: target.write_bytes(archive.read_bytes()[:20_000]),
    "no tar": lambda archive, target: target.write_bytes(random.Random(1).randbytes(5000)),
}


def test_doubtful_archive_changes_nothing(installation, archive):
    for name, make in TAMPERED.items():
        target = installation.folder / "tampered.tar"
        make(archive, target)

        done = restore(installation, target)

        assert (done.returncode, name) == (1, name)
        assert "othing was changed" in done.stderr and "Traceback" not in done.stderr, f"{name}: {done.stderr}"
    assert installation.ask(STATE) == [5, 5]


def test_archive_of_newer_code_is_refused(installation, archive):
    installation.python(
        "from django.db import connection\nfrom django.db.migrations.recorder import MigrationRecorder\n"
        "MigrationRecorder(connection).record_applied('districts', '0001_from_tomorrow')"
    )
    newer = installation.folder / "newer.tar"
    assert run("backup.py", installation, "--to", newer).returncode == 0
    assert restore(installation, archive).returncode == 0

    refused = restore(installation, newer)

    assert refused.returncode == 1
    assert "does not know its migration districts.0001_from_tomorrow" in refused.stderr
    assert installation.ask(STATE) == [3, 3]


def test_killed_restore_leaves_the_old_or_the_new_state_whole(installation, archive):
    """kill -9 at many moments: each row has its file, and a restore that is run again ends well."""
    begun = begin(installation, archive)
    from_aside, _ = time.monotonic(), begun.wait()
    exchanging = time.monotonic() - from_aside
    states, chance = set(), random.Random(7)
    for number in range(6):
        if installation.ask(STATE) == [3, 3]:
            installation.python(ADD.format(many=2))
        child = begin(installation, archive)
        time.sleep(chance.uniform(number / 6, (number + 1) / 6) * exchanging * 0.6)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        wait_for(lambda: not installation.connections(), 60)  # PostgreSQL notices that its client is gone
        states.add(tuple(installation.ask(STATE)))
    assert states <= {(3, 3), (5, 5)}, states
    done = restore(installation, archive)
    assert done.returncode == 0, done.stderr
    assert installation.ask(STATE) == [3, 3]
    installation.manage("check_integrity")
    assert list(installation.folder.glob(".restoring-*")) == []


def begin(installation: Installation, archive: Path) -> subprocess.Popen:
    """A restore that has put aside what was there, and begins to replace it."""
    command = [sys.executable, "-u", str(ROOT / "scripts" / "restore.py"), str(archive), "--force"]
    output = installation.folder / "restore.log"
    with output.open("wb") as log:
        child = subprocess.Popen(command, env=installation.environment, stdout=log, stderr=log, start_new_session=True)
    wait_for(lambda: "What was there is in" in output.read_text() or child.poll() is not None, 120)
    assert child.poll() is None, output.read_text()
    return child
