"""Joins workbox's own production builds into the one file that the worker of `/lapangan/` imports.

usage: python scripts/join_workbox.py FOLDER - FOLDER has the unpacked packages workbox-core, -routing, -strategies,
-precaching of one version and idb (`npm pack`, once by hand; neither make nor CI knows npm). idb is copied as it is.
docs/vendored.md has versions, licences and SHA-256; tests/test_vendored.py compares.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "static" / "vendor"
PARTS = ("core", "routing", "strategies", "precaching")  # each needs those before it
HEAD = "/* workbox {version}: {parts}. MIT, Copyright 2018 Google LLC; static/vendor/workbox-LICENSE.txt */\n"
HEAD_OF_IDB = "/* idb {version}. ISC, Copyright (c) 2016, Jake Archibald; static/vendor/idb-LICENSE.txt */\n"


def main(folder: Path) -> None:
    packages = {found.parent.name: found for found in folder.glob("*/package")}
    versions = {name: json.loads((path / "package.json").read_text())["version"] for name, path in packages.items()}
    texts, version = [], ""
    for part in PARTS:
        name = next(each for each in packages if each.startswith(f"workbox-{part}"))
        version = versions[name]
        texts.append(_bare((packages[name] / "build" / f"workbox-{part}.prod.js").read_text()))
        (TARGET / "workbox-LICENSE.txt").write_text((packages[name] / "LICENSE").read_text())
    (TARGET / "workbox.js").write_text(HEAD.format(version=version, parts=", ".join(PARTS)) + "\n".join(texts) + "\n")
    idb = next(each for each in packages if each.startswith("idb"))
    text = _bare((packages[idb] / "build" / "umd.js").read_text())
    (TARGET / "idb.js").write_text(HEAD_OF_IDB.format(version=versions[idb]) + text + "\n")
    (TARGET / "idb-LICENSE.txt").write_text((packages[idb] / "LICENSE").read_text())


def _bare(text: str) -> str:
    """Without the pointer to a source map, which is not here."""
    return re.sub(r"\n?//# sourceMappingURL=\S+\s*", "", text).strip()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
