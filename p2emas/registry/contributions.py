"""What the rooms contributed. ``ready()`` of each house adds its rooms by name: one that is missing stops the start."""

from collections.abc import Iterator
from typing import Protocol

from p2emas.registry.dates import DateKind
from p2emas.registry.kinds import (
    AskedKind,
    Check,
    Contributions,
    DraftedForm,
    Looks,
    MenuEntry,
    Menus,
    NoticeKind,
    Search,
    SearchKind,
)

_rooms: dict[str, Contributions] = {}


class RoomModule(Protocol):
    """The ``contributions`` module of a room."""

    __name__: str
    CONTRIBUTIONS: Contributions


def add_rooms(*modules: RoomModule) -> None:
    """Add what ``modules`` contribute; everything is listed in their order, lower houses first."""
    for module in modules:
        _refuse_second(module.__name__, module.CONTRIBUTIONS)
        _rooms[module.__name__] = module.CONTRIBUTIONS


def _refuse_second(name: str, added: Contributions) -> None:
    """A second thing of one name would replace the first without a word."""
    twice = [
        *({name} & _rooms.keys()),
        *(added.checks.keys() & checks().keys()),
        *(added.suspects.keys() & suspects().keys()),
        *({each.name for each in added.drafted_forms} & drafted_forms().keys()),
        *({each.code for each in added.notices} & notice_kinds().keys()),
        *({each.code for each in added.search_kinds} & search_kinds().keys()),
        *({each.code for each in added.dates} & date_kinds().keys()),
        *({each.chain for each in added.looks} & {each.chain for each in looks()}),
        *(["menus"] if added.menus and any(room.menus for room in _rooms.values()) else []),
    ]
    if twice:
        raise RuntimeError(f"{name}: contributed twice: {', '.join(twice)}")


def rooms() -> dict[str, Contributions]:
    """Module -> what it contributes."""
    return dict(_rooms)


def menu_entries() -> Iterator[MenuEntry]:
    return (entry for room in _rooms.values() for entry in room.menu_entries)


def menus() -> Menus:
    """The one set of menus."""
    for room in _rooms.values():
        if room.menus is not None:
            return room.menus
    raise LookupError("no room contributes the menus")


def looks() -> Iterator[Looks]:
    return (each for room in _rooms.values() for each in room.looks)


def checks() -> dict[str, Check]:
    """Every check of what is stored, by its name."""
    return {name: check for room in _rooms.values() for name, check in room.checks.items()}


def drafted_forms() -> dict[str, DraftedForm]:
    """Every form whose drafts are kept, by its name."""
    return {form.name: form for room in _rooms.values() for form in room.drafted_forms}


def notice_kinds() -> dict[str, NoticeKind]:
    """Every kind of thing that people are told, by its code."""
    return {kind.code: kind for room in _rooms.values() for kind in room.notices}


def search_kinds() -> dict[str, SearchKind | AskedKind]:
    """Everything that the search finds, by its code, in the order of its page."""
    kinds = (kind for room in _rooms.values() for kind in room.search_kinds)
    return {kind.code: kind for kind in sorted(kinds, key=lambda kind: kind.place)}


def date_kinds() -> dict[str, DateKind]:
    """Every kind of date in the calendar, by its code, in the order of its page."""
    kinds = (kind for room in _rooms.values() for kind in room.dates)
    return {kind.code: kind for kind in sorted(kinds, key=lambda kind: kind.place)}


def suspects() -> dict[str, Search]:
    """Every search for what may be wrong, by its name."""
    return {name: search for room in _rooms.values() for name, search in room.suspects.items()}
