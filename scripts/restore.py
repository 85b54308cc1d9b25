"""`make restore FILE=`: put an archive of `make backup` in place; refuses to overwrite data unless told to."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import backup
from archive import MANIFEST_NAME, MEDIA_NAME, POSTGRES_NAME, ROOT, SQLITE_NAME, Place, sha256


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--force", action="store_true", help="replace what is there, after a backup of it")
    options = parser.parse_args()
    if not options.file.is_file():
        sys.exit(f"There is no archive {options.file}.")
    place = Place()
    place.media.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=place.media.parent) as folder:
        unpacked = Path(folder)
        manifest = unpack(options.file, unpacked)
        if manifest["database"] != place.member:
            sys.exit(f"The archive holds {manifest['database']}, this installation uses {place.member}.")
        make_room(place, force=options.force)
        place.load(unpacked / place.member)
        if place.media.exists():
            shutil.rmtree(place.media)
        (unpacked / MEDIA_NAME).mkdir(exist_ok=True)
        shutil.move(unpacked / MEDIA_NAME, place.media)
    for command in ("migrate", "createcachetable"):  # the archive may be older than the code
        subprocess.run([sys.executable, str(ROOT / "manage.py"), command, "--verbosity=0"], check=True)
    print(f"Restored {options.file} of {manifest['made']}: database and {len(manifest['files'])} files.")
    print("Restart the server, if one runs.")


def make_room(place: Place, *, force: bool) -> None:
    found = place.holds_data()
    if found and not force:
        sys.exit(
            f"Nothing was changed: the restore would replace {' and '.join(found)}. "
            "Say FORCE=yes to replace it (it is backed up first)."
        )
    has_database = place.sqlite_file.exists() if place.is_sqlite else True
    if found and has_database:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        aside = ROOT / "backups" / f"before-restore-{stamp}.tar"
        backup.write(place, aside)
        print(f"What was there is in {aside}.")


def unpack(archive: Path, folder: Path) -> dict:
    """Unpack known members only and compare each with its digest, before anything is replaced."""
    try:
        with tarfile.open(archive) as tar:
            for member in tar:
                name = Path(member.name)
                known = member.name in {MANIFEST_NAME, SQLITE_NAME, POSTGRES_NAME} or name.parts[0] == MEDIA_NAME
                if not (known and member.isfile()) or name.is_absolute() or ".." in name.parts:
                    sys.exit(f"The archive holds {member.name!r}, which no backup writes; nothing was changed.")
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("wb") as copy:
                    shutil.copyfileobj(tar.extractfile(member), copy)
                os.chmod(target, 0o640)  # noqa: PTH101
        manifest = json.loads((folder / MANIFEST_NAME).read_text())
    except (tarfile.TarError, OSError, ValueError) as error:
        sys.exit(f"{archive} cannot be read as a backup ({error}); nothing was changed.")
    expected = {manifest["database"]: manifest["sha256"], **manifest["files"]}
    for name, digest in expected.items():
        if not (folder / name).is_file() or sha256(folder / name) != digest:
            sys.exit(f"{name} in the archive is missing or damaged; nothing was changed.")
    return manifest


if __name__ == "__main__":
    main()
