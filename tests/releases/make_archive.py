"""`make release-archive`: a filled database of this version, for the upgrade tests of later ones.

Called on the commit before a release, once for each database; writes into `tests/releases/<version>/`.
"""

import json
import lzma
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from tests.releases import FOLDER, migrations
from tests.serving import ROOT, Installation

KEYS = {
    "SECRET_KEY": "upgrade-tests-alone-secret-key-of-the-release-archives-0001",
    "PERSONAL_DATA_KEYS": "upgrade-tests-alone-personal-data-key-of-the-archives-0001",
    "DEMO_TODAY": "2019-10-08",
}
MOST_BYTES = 1_500_000  # a repository carries it for ever, twice for each release


def main() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    address = os.environ.get("DATABASE_URL", "")
    postgres = address if address.startswith("postgres") else ""
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Path(folder) / "installation", postgres=postgres, name="release", **KEYS)
        try:
            packed = lzma.compress(archive_of(installation), preset=9)
            facts = installation.ask("from tests.releases.facts import facts\nanswer = facts()")
        finally:
            installation.remove()
    if len(packed) > MOST_BYTES:
        sys.exit(f"The archive has {len(packed)} bytes, more than {MOST_BYTES}: fill less into it.")
    keep(FOLDER / version, "postgres" if postgres else "sqlite", packed, facts)


def archive_of(installation: Installation) -> bytes:
    installation.prepare()
    installation.manage("load_regions")
    installation.manage("demo")
    installation.python("from tests.releases.filling import fill\nfill()")
    target = installation.folder / "archive.tar"
    command = [sys.executable, str(ROOT / "scripts" / "backup.py"), "--to", str(target)]
    subprocess.run(command, env=installation.environment, check=True)
    return target.read_bytes()


def keep(folder: Path, kind: str, packed: bytes, facts: dict) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{kind}.tar.xz").write_bytes(packed)
    for name, content in {"keys": KEYS, "facts": facts, "migrations": migrations()}.items():
        (folder / f"{name}.json").write_text(json.dumps(content, indent=1) + "\n")
    sys.stdout.write(f"Wrote {folder.relative_to(ROOT)}/{kind}.tar.xz ({len(packed) / 1e6:.2f} MB).\n")


if __name__ == "__main__":
    main()
