"""The data map: every field that tells something about a person, why it is kept, who reads it, and for how long.

Each house lists its own in ``data_map.py``: ``PERSONAL`` with how the fields are handled, ``NOT_PERSONAL`` with those
that only look like it. ``data_map()`` gathers them; a test fails on a field that stands in neither.
"""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps


@dataclass(frozen=True)
class Handling:
    """How some personal fields are treated. ``erased``: on request and when their time is over, out of histories too.

    ``basis`` names the article of UU 27/2022 (pelindungan data pribadi).
    """

    subject: str
    what: str
    purpose: str
    basis: str
    readers: str
    kept: str
    erased: bool = False


@dataclass(frozen=True)
class Entry:
    """Fields of one model that are handled alike."""

    model: str  # "facilitators.Application"
    fields: tuple[str, ...]
    handling: Handling


def entries() -> list[Entry]:
    """Every entry of every house, from the ground up."""
    return [
        Entry(label if "." in label else f"{app}.{label}", tuple(fields.split()), handling)
        for app, module in _maps()
        for label, fields, handling in module.PERSONAL
    ]


def not_personal() -> dict[str, frozenset[str]]:
    """Fields of text, dates and files that say nothing about a person, by model."""
    return {
        f"{app}.{label}": frozenset(fields.split())
        for app, module in _maps()
        for label, fields in module.NOT_PERSONAL.items()
    }


def personal() -> dict[str, dict[str, Handling]]:
    """Model -> field -> how it is handled."""
    found: dict[str, dict[str, Handling]] = {}
    for entry in entries():
        found.setdefault(entry.model, {}).update(dict.fromkeys(entry.fields, entry.handling))
    return found


def handlings() -> dict[Handling, list[Entry]]:
    """Each way of handling once, with what falls under it, in the order of the houses."""
    found: dict[Handling, list[Entry]] = {}
    for entry in entries():
        found.setdefault(entry.handling, []).append(entry)
    return found


def by_subject() -> list[tuple[str, list[Handling]]]:
    """Whose data it is, and how each kind of it is handled."""
    found: dict[str, list[Handling]] = {}
    for handling in handlings():
        found.setdefault(str(handling.subject), []).append(handling)
    return list(found.items())


def _maps() -> list[tuple[str, ModuleType]]:
    return [
        (config.label, import_module(f"{config.name}.data_map"))
        for config in apps.get_app_configs()
        if find_spec(f"{config.name}.data_map")
    ]
