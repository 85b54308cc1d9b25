"""What is typed beside what is stored, of a form that consists of several."""

from collections.abc import Iterable

Versions = tuple[dict[str, str], dict[str, str]]


def all_versions(parts: Iterable[Versions]) -> Versions:
    """(typed, stored) by label of all ``parts``: of the text and of every row, whose labels begin with its name."""
    mine: dict[str, str] = {}
    theirs: dict[str, str] = {}
    for typed, stored in parts:
        mine |= typed
        theirs |= stored
    return mine, theirs
