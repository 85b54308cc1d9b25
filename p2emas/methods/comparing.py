"""Two results of one calculation, figure by figure: is a stored decision still what its inputs say?"""

import math
from collections.abc import Iterator
from typing import Any

SAME = 1e-9
Path = tuple[Any, ...]


def is_same(one: Any, other: Any) -> bool:
    """Whether two figures agree to 1e-9 (of the figure, where it is larger than one); anything else exactly."""
    numbers = all(isinstance(each, int | float) and not isinstance(each, bool) for each in (one, other))
    return math.isclose(one, other, rel_tol=SAME, abs_tol=SAME) if numbers else bool(one == other)


def differences(one: Any, other: Any, path: Path = ()) -> Iterator[tuple[Path, Any, Any]]:
    """Every leaf that is not the same, as (where, one, other), in the order of ``one``.

    ``where`` holds the keys that lead there; a member of a list is found under its "name" where it has one, else under
    its place, counted from one. What only one of the two has is None on the other side; lists of different lengths
    are one difference.
    """
    if isinstance(one, dict) and isinstance(other, dict):
        yield from _differences_by_key(one, other, path)
    elif _is_list(one) and _is_list(other) and len(one) == len(other):
        for place, (mine, theirs) in enumerate(zip(one, other, strict=True), start=1):
            name = mine.get("name", place) if isinstance(mine, dict) else place
            yield from differences(mine, theirs, (*path, name))
    elif not is_same(one, other):
        yield path, one, other


def _differences_by_key(one: dict[Any, Any], other: dict[Any, Any], path: Path) -> Iterator[tuple[Path, Any, Any]]:
    for key in [*one, *(key for key in other if key not in one)]:
        if key in one and key in other:
            yield from differences(one[key], other[key], (*path, key))
        else:
            yield (*path, key), one.get(key), other.get(key)


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)
