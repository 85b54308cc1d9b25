"""`make backup`: the database and every private file in one tar, readable by its owner only."""

import argparse
import io
import json
import os
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from archive import MANIFEST_NAME, MEDIA_NAME, ROOT, Place, sha256


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=None, help="the archive to write")
    options = parser.parse_args()
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = options.to or ROOT / "backups" / f"p2emas-{stamp}.tar"
    files = write(Place(), target)
    print(f"Wrote {target} ({target.stat().st_size / 1e6:.1f} MB, {files} files).")
    print("The settings (.env, SECRET_KEY) are not in it: keep them apart.")


def write(place: Place, target: Path) -> int:
    """The database first: a file is on disk before the row that names it, so no row of the dump lacks its file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        dump = Path(folder) / place.member
        place.dump(dump)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w") as tar:
            tar.add(dump, place.member)
            files = add_media(tar, place.media)
            manifest = {
                "made": datetime.now(UTC).isoformat(timespec="seconds"),
                "database": place.member,
                "sha256": sha256(dump),
                "files": files,
            }
            content = json.dumps(manifest, indent=1).encode()
            member = tarfile.TarInfo(MANIFEST_NAME)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
            raw.flush()
            os.fsync(raw.fileno())
    part.replace(target)
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


if __name__ == "__main__":
    main()
