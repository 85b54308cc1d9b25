"""`make restore FILE=`: put an archive of `make backup` in place; refuses to overwrite data unless told to.

The archive is read whole and made ready beside the data; then the files are added, the database is exchanged in one
transaction, and what only the old one named is removed. Files never change once they are written, so that anyone who
looks in between, after a power cut too, finds the old state or the new one, each with all its files.
"""

import argparse
import contextlib
import errno
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import backup
from archive import MEDIA_NAME, ROOT, WAIT_SECONDS, Place, ToolFailed, sha256
from unpacking import UNCHANGED, judge_code, postgres_applied, sqlite_applied, unpack

from p2emas.serving import maintenance

PROLOGUE = f"SET lock_timeout = '{WAIT_SECONDS}s';\nDROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--force", action="store_true", help="replace what is there, after a backup of it")
    options = parser.parse_args()
    if not options.file.is_file():
        sys.exit(f"There is no archive {options.file}.")
    place = Place()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "p2emas.settings")
    place.media.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=place.media.parent) as folder:
        try:
            manifest = restore(place, options.file, Path(folder), force=options.force)
        except ToolFailed as error:
            sys.exit(f"{error}; {UNCHANGED}.")
        except maintenance.Busy:
            sys.exit(f"Requests or jobs are still running after {WAIT_SECONDS} s; {UNCHANGED}. Try again.")
    print(f"Restored {options.file} of {manifest['made']}: database and {len(manifest['files'])} files.")
    print("If a server runs: reload it (SIGHUP), then open the site: manage.py maintenance off.")


def restore(place: Place, archive: Path, folder: Path, *, force: bool) -> dict:
    manifest = unpack(archive, folder)
    if manifest["database"] != place.member:
        sys.exit(f"The archive holds {manifest['database']}, this installation uses {place.member}; {UNCHANGED}.")
    dump = folder / place.member
    judge_code(manifest, sqlite_applied(dump) if place.is_sqlite else postgres_applied(place, dump))
    refuse_to_replace(place, force=force)
    refuse_while_serving(place)
    with maintenance.alone(place.media, seconds=WAIT_SECONDS):
        for left_behind in set(place.media.parent.glob(".restoring-*")) - {folder}:  # by a restore that was killed
            shutil.rmtree(left_behind)
        sound = put_aside(place)
        added = add_files(folder / MEDIA_NAME, place.media)
        try:
            exchange(place, dump, sound=sound)
        except (ToolFailed, sqlite3.Error, OSError) as error:
            for file in added:
                file.unlink(missing_ok=True)
            sys.exit(f"The database could not be replaced ({error}); {UNCHANGED}.")
        finish()
    return manifest


def refuse_to_replace(place: Place, *, force: bool) -> None:
    found = ["the database"] * place.has_database() + [f"the files in {place.media}"] * place.has_files()
    if found and not force:
        sys.exit(
            f"Nothing was changed: the restore would replace {' and '.join(found)}. "
            "Say FORCE=yes to replace it (it is backed up first)."
        )


def refuse_while_serving(place: Place) -> None:
    """What people are told to be saved must not be replaced under their hands."""
    if maintenance.is_on(place.media):
        return
    say = "Close the site first: manage.py maintenance on"
    if maintenance.is_serving(place.media):
        sys.exit(f"Nothing was changed: the site is serving. {say}")
    if others := place.others():
        sys.exit(f"Nothing was changed: {others} other connections use the database. End them, or: {say}")


def put_aside(place: Place) -> bool:
    """Back up what is there, if anything is; whether there was a database that could be read."""
    has_database, stamp = place.has_database(), datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = ROOT / "backups" / f"before-restore-{stamp}.tar"
    if not (has_database or place.has_files()):
        return False
    try:
        backup.write(place, aside, with_database=has_database)
    except sqlite3.DatabaseError as error:  # damaged: that may be why somebody restores
        backup.write(place, aside, with_database=False)
        shutil.copy2(place.sqlite_file, aside.with_suffix(".sqlite3"))
        print(f"The database there cannot be read ({error}); it is kept as it is in {aside.with_suffix('.sqlite3')}.")
        has_database = False
    print(f"What was there is in {aside}.")
    return has_database


def add_files(source: Path, target: Path) -> list[Path]:
    """Give ``target`` every file of ``source``, and return those that are new there."""
    added = []
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        place = target / file.relative_to(source)
        existed = place.exists()
        if existed and sha256(place) == sha256(file):
            os.utime(place)  # young, so that nobody takes it for an orphan before the database names it
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        move(file, place)
        if not existed:
            added.append(place)
    os.sync()  # on the disk before a database that names them
    return added


def move(file: Path, place: Path) -> None:
    """At once, on another file system too."""
    try:
        file.replace(place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        part = place.with_name(f".{place.name}.part")
        shutil.copyfile(file, part)
        part.chmod(0o640)
        part.replace(place)


def exchange(place: Place, dump: Path, *, sound: bool) -> None:
    """Put the dump in the place of the database in one transaction."""
    if not place.is_sqlite:
        prologue = dump.with_name("prologue.sql")
        prologue.write_text(PROLOGUE)
        files = (f"--file={prologue}", f"--file={dump.with_suffix('.sql')}")
        place.postgres("psql", "-X", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", *files)
        return
    live = place.sqlite_file
    if sound:  # into the same file: a process that has it open continues with the new data
        with contextlib.closing(sqlite3.connect(live, timeout=WAIT_SECONDS, isolation_level=None)) as target:
            target.execute("BEGIN EXCLUSIVE")  # raises where somebody does not let go; copying would wait without end
            target.execute("ROLLBACK")
            with contextlib.closing(sqlite3.connect(dump)) as source:
                source.backup(target)
        return
    live.parent.mkdir(parents=True, exist_ok=True)
    for suffix in ("-journal", "-wal", "-shm"):
        Path(f"{live}{suffix}").unlink(missing_ok=True)
    move(dump, live)


def finish() -> None:
    """Bring older data and the words of their search up to this code; remove files that only the old database named."""
    for command in (["migrate"], ["rebuild_search"], ["createcachetable"], ["remove_orphans", "--minutes=0"]):
        done = subprocess.run([sys.executable, str(ROOT / "manage.py"), *command, "--verbosity=0"], check=False)
        if done.returncode:
            sys.exit(
                f"The archive is in place, but `manage.py {command[0]}` failed. Fix what it says, then run it again."
            )


if __name__ == "__main__":
    main()
