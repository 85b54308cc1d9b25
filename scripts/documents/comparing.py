"""Which documents of two recordings differ, and in what."""

import difflib
from collections.abc import Iterator
from pathlib import Path

MOST_LINES = 12


def compare(before: Path, after: Path) -> Iterator[str]:
    """One text for each document that differs or is in one recording only."""
    names = sorted({path.relative_to(root) for root in (before, after) for path in root.rglob("*.txt")})
    for name in names:
        old, new = (_read(root / name) for root in (before, after))
        if old != new:
            title = (old or new)[0]
            yield f"{name.parent}: {title}\n" + "\n".join(_difference(old, new))


def _read(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def _difference(old: list[str], new: list[str]) -> list[str]:
    if not old or not new:
        return ["  only after" if new else "  only before"]
    lines = [line for line in difflib.unified_diff(old, new, lineterm="", n=1) if not line.startswith(("---", "+++"))]
    more = [f"  ... {len(lines) - MOST_LINES} more lines"] if len(lines) > MOST_LINES else []
    return [f"  {line[:200]}" for line in lines[:MOST_LINES]] + more
