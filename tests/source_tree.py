"""The product's own source, parsed once for the tests that read it instead of running it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOUSES = ("p2emas", "districts", "facilitators", "programs")  # lowest floor first


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def python_files(root: Path = ROOT) -> Iterator[Path]:
    """Every Python file of the four houses below ``root``, in a fixed order."""
    for house in HOUSES:
        yield from sorted((root / house).rglob("*.py"))


def template_files(root: Path = ROOT) -> list[Path]:
    """Every text template below ``root``, wherever a house keeps it."""
    folders = [root / "templates", *(root / house for house in HOUSES)]
    return sorted(path for folder in folders for kind in ("*.html", "*.txt", "*.svg") for path in folder.rglob(kind))


def plant(root: Path, files: dict[str, str]) -> Path:
    """Write ``files`` (path -> text) below ``root``: a small tree for showing that a check can fail."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root
