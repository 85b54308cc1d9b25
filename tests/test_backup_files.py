"""`make backup` on a disk that is full, and which older archives it removes; without Django, in a second."""

import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def place(tmp_path: Path) -> Path:
    database = sqlite3.connect(tmp_path / "data.sqlite3")
    database.execute("CREATE TABLE django_migrations (app, name)")
    database.execute("INSERT INTO django_migrations VALUES ('programs', '0001_initial'), ('programs', '0002_more')")
    database.commit()
    database.close()
    (tmp_path / "media" / "ab").mkdir(parents=True)
    (tmp_path / "media" / "ab" / "photo").write_bytes(b"x" * 300_000)
    return tmp_path


def backup(place: Path, *arguments: str, most_bytes: int = resource.RLIM_INFINITY) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "backup.py"), *arguments],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONDONTWRITEBYTECODE": "1",  # a limit on files would leave half of one behind
            "SECRET_KEY": "only-for-tests-0123456789-0123456789-0123456789-0123456789",
            "ENV_FILE": os.devnull,
            "DATABASE_URL": f"sqlite:///{place / 'data.sqlite3'}",
            "MEDIA_ROOT": str(place / "media"),
        },
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes)),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("most_bytes", [2_000, 100_000], ids=["the dump", "the archive"])
def test_backup_that_finds_no_room_says_so_and_leaves_nothing(place, most_bytes):
    folder = place / "backups"

    done = backup(place, "--to", str(folder / "a.tar"), most_bytes=most_bytes)

    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert done.stderr.startswith(f"No backup was written to {folder / 'a.tar'} (")
    assert list(folder.iterdir()) == []


def test_backup_keeps_the_newest_archives_and_all_that_are_not_its_own(place):
    folder = place / "backups"
    folder.mkdir()
    old = [folder / f"p2emas-2019010{day}T000000Z.tar" for day in range(1, 5)]
    others = [folder / "before-restore-20190101T000000Z.tar", folder / "p2emas-by-hand.tar"]
    for file in (*old, *others):
        file.touch()
    new = folder / "p2emas-20260101T000000Z.tar"

    done = backup(place, "--to", str(new), "--keep", "2")

    assert done.returncode == 0, done.stderr
    assert set(folder.iterdir()) == {new, old[-1], *others}
    assert new.stat().st_mode & 0o077 == 0


def test_backup_refuses_to_keep_less_than_nothing(place):
    assert backup(place, "--to", str(place / "a.tar"), "--keep", "-1").returncode == 1
