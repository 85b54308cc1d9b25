"""Archives of released versions, one folder each, and what is needed to make one and to compare with it.

`sqlite.tar.xz`, `postgres.tar.xz`: what `make backup` wrote on a filled database of that version; `keys.json`: the keys
that it was made with, which protect nothing else; `facts.json`: what was in it; `migrations.json`: file -> SHA-256.
"""

import hashlib
from pathlib import Path

from tests.source_tree import HOUSES, ROOT

FOLDER = Path(__file__).parent
KINDS = ("sqlite", "postgres")


def migrations(root: Path = ROOT) -> dict[str, str]:
    """Path of each migration file -> SHA-256 of what stands in it."""
    files = sorted(path for house in HOUSES for path in (root / house / "migrations").glob("[0-9]*.py"))
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
