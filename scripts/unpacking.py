"""Reading an archive of `make backup` whole, before anything is replaced: its members, its manifest, every digest."""

import json
import shutil
import sqlite3
import sys
import tarfile
from pathlib import Path

from archive import MANIFEST_NAME, MEDIA_NAME, POSTGRES_NAME, SQLITE_NAME, Migrations, Place, sha256, sqlite_migrations

UNCHANGED = "nothing was changed"


def unpack(archive: Path, folder: Path) -> dict:
    """Unpack known members only and compare each with its digest."""
    try:
        with tarfile.open(archive) as tar:
            names = [extract(tar, member, folder) for member in tar]
        content = (folder / MANIFEST_NAME).read_text()
    except (tarfile.TarError, OSError, ValueError) as error:
        sys.exit(f"{archive} cannot be read as a backup ({error}); {UNCHANGED}.")
    manifest = read_manifest(archive, content)
    expected = {manifest["database"]: manifest["sha256"], **manifest["files"]}
    for name, digest in expected.items():
        if not (folder / name).is_file() or sha256(folder / name) != digest:
            sys.exit(f"{name} in the archive is missing or damaged; {UNCHANGED}.")
    if extra := sorted(set(names) - set(expected) - {MANIFEST_NAME}):
        sys.exit(f"The archive holds {extra[0]}, which its manifest does not name; {UNCHANGED}.")
    return manifest


def extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    name = Path(member.name)
    known = member.name in {MANIFEST_NAME, SQLITE_NAME, POSTGRES_NAME} or name.parts[:1] == (MEDIA_NAME,)
    target = folder / name
    if not (known and member.isfile()) or name.is_absolute() or ".." in name.parts or target.exists():
        sys.exit(f"The archive holds {member.name!r}, which no backup writes; {UNCHANGED}.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as copy:
        shutil.copyfileobj(tar.extractfile(member), copy)
    target.chmod(0o640)
    return name.as_posix()


def read_manifest(archive: Path, content: str) -> dict:
    """The manifest, with all that a restore reads of it in its right shape."""
    try:
        manifest = json.loads(content)
        files = manifest["files"]
        shaped = (
            manifest["database"] in {SQLITE_NAME, POSTGRES_NAME}
            and all(isinstance(manifest[key], str) for key in ("made", "sha256"))
            and all(isinstance(name, str) and name.startswith(f"{MEDIA_NAME}/") for name in files)
            and all(isinstance(digest, str) for digest in files.values())
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        shaped = False
    if not shaped:
        sys.exit(f"The manifest of {archive} is damaged or names no database; {UNCHANGED}.")
    return manifest


def judge_code(manifest: dict, migrations: Migrations) -> None:
    """Refuse what code made that is newer than this, or another: it would be read wrongly."""
    import django

    django.setup()
    from p2emas.configuration.database_state import without_file

    if not migrations:
        sys.exit(f"The database in the archive is none of P2-EMAS; {UNCHANGED}.")
    if unknown := without_file(migrations):
        sys.exit(
            f"The archive was made by other or newer code (release {manifest.get('release', 'unknown')}): this code "
            f"does not know its migration {unknown[0]}. Install that release first; {UNCHANGED}."
        )


def sqlite_applied(dump: Path) -> Migrations:
    """The migrations of a dump that is sound."""
    check = sqlite3.connect(dump)
    try:
        (verdict,) = check.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as error:
        verdict = error
    check.close()
    if verdict != "ok":
        sys.exit(f"The database in the archive is damaged ({verdict}); {UNCHANGED}.")
    return sqlite_migrations(dump)


def postgres_applied(place: Place, dump: Path) -> Migrations:
    """Turn the dump into statements beside it, which reads it to its end; the migrations that they insert."""
    sql = dump.with_suffix(".sql")
    place.postgres("pg_restore", "--no-owner", "--no-privileges", f"--file={sql}", str(dump))
    found, inside = [], False
    with sql.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.startswith("COPY public.django_migrations "):
                inside = True
            elif line == "\\.\n":
                inside = False
            elif inside:
                _id, app, name, *_rest = line.split("\t")
                found.append((app, name))
    return found
