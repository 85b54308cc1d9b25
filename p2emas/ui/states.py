"""One badge for every state: the word comes from the record, shape and colour from its chain and code.

Each room contributes the looks of its chains. Remove colour, shape or word and the page still reads. Red is for late,
error and revoked only.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple, Protocol

from django.db.models import Model

from p2emas.registry import contributions
from p2emas.ui import formats


class WithStatus(Protocol):
    """A record whose ``status`` has choices."""

    status: Any

    def get_status_display(self) -> str: ...


class Badge(NamedTuple):
    word: str
    colour: str
    shape: str


# How the program does, in words of performance: class of the sign -> (word, shape).
SIGNS: Mapping[str, tuple[str, str]] = {
    "good": ("Sesuai", "dot"),
    "watch": ("Perhatian", "alert"),
    "late": ("Terlambat", "square"),
    "none": ("Belum ada data", "circle"),
    "desk": ("Di meja verifikasi", "square"),
}


@cache  # asked for every row of a list; the rooms are all there before the first page
def chains() -> Mapping[str, Mapping[str, Badge]]:
    """Chain -> code in small letters -> badge."""
    return {
        looks.chain: {
            str(code).lower(): Badge(look.word or str(getattr(code, "label", "")), look.colour, look.shape)
            for code, look in looks.of_states.items()
        }
        for looks in contributions.looks()
    }


@cache
def chain_of(model: type) -> str:
    """The chain that shows the states of ``model``, or ""."""
    return next((looks.chain for looks in contributions.looks() if looks.model is model), "")


def badges_of(model: type[Model]) -> Mapping[str, Badge]:
    """Code in small letters -> badge, of every state of ``model``."""
    return chains().get(chain_of(model), {})


def badge(chain: str, code: object, label: object = "") -> dict[str, str]:
    """Word, colour and shape; ``label`` replaces the word. An unknown code stays grey."""
    known = chains().get(chain, {}).get(str(code).lower(), Badge(str(code), "", "half"))
    return {"word": str(label) or known.word, "colour": known.colour, "shape": known.shape}


def badge_of(record: WithStatus) -> dict[str, str]:
    return badge(chain_of(type(record)), record.status, word_of(record))


def word_of(record: WithStatus) -> str:
    """The word of its state; where a decree ends it on a later day only, with the day from which that is so."""
    word, last = _word(record), getattr(record, "holds_until", None)
    return f"{word} per {formats.long_date(last + timedelta(days=1))}" if last else word


def _word(record: WithStatus) -> str:
    """Asked once for a state: get_status_display makes a dictionary of every choice again for every row."""
    key = (type(record), record.status)
    if key not in _words:
        _words[key] = record.get_status_display()
    return _words[key]


_words: dict[tuple[type, str], str] = {}


def sign(code: str, label: object = "", shape: str = "") -> dict[str, str]:
    word, standard = SIGNS.get(str(code), SIGNS["none"])
    return {"code": code if code in SIGNS else "none", "word": str(label) or word, "shape": shape or standard}
