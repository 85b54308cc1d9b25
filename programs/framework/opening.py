"""Where the page of an activity is: it belongs to a line of a plan, which is a later room's."""

from collections.abc import Iterable
from typing import Any

from p2emas.workflow.hooks import Hook

lines_of: "Hook[[Iterable[int]], dict[int, int]]" = Hook("the set plan line with which an activity is opened")


def with_lines(rows: Iterable[Any], key: str) -> None:
    """Each row with ``line``, the one that shows its activity to everybody, or None; one query for all of them.

    ``key`` is the name of the activity's key in a row.
    """
    rows = list(rows)
    found = lines_of({getattr(row, key) for row in rows}) if rows else {}
    for row in rows:
        row.line = found.get(getattr(row, key))
