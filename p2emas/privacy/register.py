"""The data map: every field that tells something about a person, why it is kept, who reads it, and for how long.

Each room contributes its own fields and those that only look personal; a test fails on a field that is in neither.
"""

from p2emas.registry import contributions
from p2emas.registry.kinds import Handling, PersonalFields


def entries() -> list[PersonalFields]:
    """Every entry of every room, from the ground up."""
    return [entry for room in contributions.rooms().values() for entry in room.personal]


def not_personal() -> dict[str, frozenset[str]]:
    """Fields of text, dates and files that say nothing about a person, by model."""
    return {
        model._meta.label: frozenset(names.split())
        for room in contributions.rooms().values()
        for model, names in room.not_personal.items()
    }


def personal() -> dict[str, dict[str, Handling]]:
    """Model -> field -> how it is handled."""
    found: dict[str, dict[str, Handling]] = {}
    for entry in entries():
        found.setdefault(entry.label, {}).update(dict.fromkeys(entry.fields, entry.handling))
    return found


def handlings() -> dict[Handling, list[PersonalFields]]:
    """Each way of handling once, with what falls under it, in the order of the houses."""
    found: dict[Handling, list[PersonalFields]] = {}
    for entry in entries():
        found.setdefault(entry.handling, []).append(entry)
    return found


def by_subject() -> list[tuple[str, list[Handling]]]:
    """Whose data it is, and how each kind of it is handled."""
    found: dict[str, list[Handling]] = {}
    for handling in handlings():
        found.setdefault(str(handling.subject), []).append(handling)
    return list(found.items())
