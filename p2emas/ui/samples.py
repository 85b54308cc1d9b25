"""Invented rows of a table are said once: in its caption, and by a star where only some of them are."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Samples:
    """``note`` is in the caption, ``star`` beside each invented row."""

    note: str = ""
    star: str = ""


ALL = Samples(note=" · DATA CONTOH")
SOME = Samples(note=" · * DATA CONTOH", star=" *")


def samples(rows: Iterable[object], attribute: str = "is_sample") -> Samples:
    """What is said of ``rows``, a list that is read again; ``attribute`` may lead through other records by dots."""
    marks = [_value(row, attribute) for row in rows]
    return (ALL if all(marks) else SOME) if any(marks) else Samples()


def _value(row: object, path: str) -> bool:
    for name in path.split("."):
        row = _item(row, int(name)) if name.isdigit() else getattr(row, name, None)
    return bool(row)


def _item(row: object, place: int) -> object:
    return row[place] if isinstance(row, list | tuple) and len(row) > place else None
