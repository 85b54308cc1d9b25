"""`make backup`: the database and every private file in one tar, readable by its owner only."""

import argparse
import contextlib
import io
import json
import os
import sqlite3
import sys
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from archive import MANIFEST_NAME, MEDIA_NAME, ROOT, Migrations, Place, ToolFailed, release, sha256

from p2emas.serving import maintenance


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=None, help="the archive to write")
    parser.add_argument("--keep", type=int, default=0, help="remove all but so many of the newest archives beside it")
    options = parser.parse_args()
    if options.keep < 0:
        sys.exit("KEEP is the number of archives that stay, 1 or more.")
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = options.to or ROOT / "backups" / f"p2emas-{stamp}.tar"
    place = Place()
    with maintenance.at_work(place.media, closed_too=True) as may_work:
        if not may_work:
            sys.exit("A restore is running; no backup was made.")
        files = write(place, target)
    print(f"Wrote {target} ({target.stat().st_size / 1e6:.1f} MB, {files} files).")
    print("The settings (.env, SECRET_KEY) are not in it: keep them apart.")
    if options.keep:
        prune(target.parent, options.keep)


def write(place: Place, target: Path, *, with_database: bool = True) -> int:
    """The database first: a file is on disk before the row that names it, so no row of the dump lacks its file."""
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            dump = Path(folder) / place.member
            migrations = place.dump(dump) if with_database else []
            files = pack(place, dump if with_database else None, migrations, part)
        part.replace(target)
    except (OSError, sqlite3.OperationalError, ToolFailed) as error:
        with contextlib.suppress(OSError):  # half an archive would keep a full disk full
            part.unlink(missing_ok=True)
        sys.exit(f"No backup was written to {target} ({error}). Make room or choose another place: make backup TO=...")
    return files


def pack(place: Place, dump: Path | None, migrations: Migrations, part: Path) -> int:
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w") as tar:
        if dump:
            tar.add(dump, place.member)
        files = add_media(tar, place.media)
        manifest = {
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "release": release(),
            "migrations": dict(sorted(migrations)),  # the newest of each application
            "database": place.member if dump else None,
            "sha256": sha256(dump) if dump else None,
            "files": files,
        }
        content = json.dumps(manifest, indent=1).encode()
        member = tarfile.TarInfo(MANIFEST_NAME)
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
        tar.close()
        raw.flush()
        os.fsync(raw.fileno())
    return len(files)


def add_media(tar: tarfile.TarFile, media: Path) -> dict[str, str]:
    """Add every file and return name -> SHA-256; one deleted meanwhile is left out."""
    files = {}
    for path in sorted(media.rglob("*")):
        name = f"{MEDIA_NAME}/{path.relative_to(media).as_posix()}"
        try:
            if path.is_file():
                digest = sha256(path)
                tar.add(path, name)
                files[name] = digest
        except FileNotFoundError:
            continue
    return files


def prune(folder: Path, keep: int) -> None:
    """Remove the oldest archives of the nights; those made before a restore, or under another name, stay."""
    archives = sorted(folder.glob("p2emas-????????T??????Z.tar"))
    for old in archives[:-keep]:
        old.unlink()
        print(f"Removed {old}, of which {keep} newer ones exist.")


if __name__ == "__main__":
    main()
