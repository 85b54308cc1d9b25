"""docs/vendored.md names every file of others that is kept here, with the digest of its bytes."""

import hashlib
import re

from tests.source_tree import ROOT

ROW = re.compile(
    r"^\| `(static/vendor/[^`]+)` \| [^|]+ \| ([\d.]+) \| (?:MIT|ISC) \| `([0-9a-f]{64})` \|$", re.MULTILINE
)
HELD = ROOT / "static" / "vendor"


def test_every_file_has_a_row_and_its_digest():
    rows = {name: digest for name, _version, digest in ROW.findall((ROOT / "docs" / "vendored.md").read_text("utf-8"))}
    there = {str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest() for path in HELD.iterdir()}

    assert rows == there


def test_worker_never_sends_in_the_background():
    """Pages send, with a live session; what workbox would send by itself carries an old one."""
    assert "backgroundSync" not in (HELD / "workbox.js").read_text("utf-8")
    assert "sourceMappingURL" not in (HELD / "workbox.js").read_text("utf-8")
