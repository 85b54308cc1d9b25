"""What may have gone wrong before a guard stood in its way; ``manage.py list_suspects`` names it.

A room adds its own in its ``suspects.py``: a function under ``@register("Nama")`` that yields a ``Suspect`` for each
thing that a person should look at. They only read, and a suspect may well be right: a rich year looks like a slip.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec


@dataclass(frozen=True)
class Suspect:
    """What is odd, where to look at it (an address or a command), and what to do if it is wrong."""

    what: str
    where: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what} Lihat: {self.where} Bila keliru: {self.remedy}"


Search = Callable[[], Iterator[Suspect]]
_searches: dict[str, Search] = {}


def register(name: str) -> Callable[[Search], Search]:
    def keep(search: Search) -> Search:
        _searches[name] = search
        return search

    return keep


def searches(rooms: list[str]) -> dict[str, Search]:
    """Every search by its name, those of ``rooms`` (dotted names of packages) included."""
    for room in rooms:
        if find_spec(room) and find_spec(f"{room}.suspects"):
            import_module(f"{room}.suspects")
    return dict(_searches)
