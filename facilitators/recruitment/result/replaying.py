""" "Hitung ulang": the stored result of a round computed again from the stored inputs."""

import math
from collections.abc import Iterator
from typing import Any

from facilitators.recruitment.result.computing import compute_selection
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.ui import formats

SAME = 1e-9
Difference = tuple[str, str, str]  # where, stored, computed now


def replay_selection(record: RecruitmentRound) -> list[Difference]:
    """What differs by more than 1e-9; nothing when all is the same."""
    if record.inputs is None or record.results is None:
        raise ValueError("a round keeps no result before it is submitted")
    names = {str(line["id"]): line["number"] for line in record.results.get("lines", [])}
    return list(_differences(record.results, compute_selection(record.inputs), "", names))


def _differences(old: Any, new: Any, where: str, names: dict[str, str]) -> Iterator[Difference]:
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _of_dicts(old, new, where, names)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        yield from _of_lists(old, new, where, names)
    elif not _same(old, new):
        yield where, _text(old), _text(new)


def _of_dicts(old: dict, new: dict, where: str, names: dict[str, str]) -> Iterator[Difference]:
    for key in [*old, *(key for key in new if key not in old)]:
        yield from _differences(old.get(key), new.get(key), f"{where} {names.get(key, key)}".strip(), names)


def _of_lists(old: list, new: list, where: str, names: dict[str, str]) -> Iterator[Difference]:
    for place, (one, other) in enumerate(zip(old, new, strict=True), start=1):
        label = one.get("number", place) if isinstance(one, dict) else place
        yield from _differences(one, other, f"{where} {label}", names)


def _same(old: Any, new: Any) -> bool:
    numbers = all(isinstance(each, int | float) and not isinstance(each, bool) for each in (old, new))
    return math.isclose(old, new, rel_tol=SAME, abs_tol=SAME) if numbers else old == new


def _text(value: Any) -> str:
    return formats.number(value, 9) if value is None or isinstance(value, int | float) else str(value)
