"""What the page of the search shows."""

import re
from dataclasses import dataclass

from p2emas.registry.kinds import Hit
from p2emas.search.asking import FoundKind, Question, SearchAnswer
from p2emas.search.folding import folded_words

PIECES = re.compile(r"(\w+)")


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool


@dataclass(frozen=True)
class ShownHit:
    hit: Hit
    pieces: list[Piece]


@dataclass(frozen=True)
class ShownKind:
    kind: FoundKind
    hits: list[ShownHit]


class SearchPage:
    def __init__(self, text: str, answer: SearchAnswer) -> None:
        self.text, self.answer = text, answer
        self.kinds = [ShownKind(kind, [self._shown(hit) for hit in kind.hits]) for kind in answer.kinds]

    @property
    def title(self) -> str:
        if not self.text:
            return "Cari"
        if not self.answer.kinds:
            return f"Tidak ada temuan untuk “{self.text}”"
        more = " pertama" if self.answer.is_cut else ""
        return f"{self.answer.count} temuan{more} untuk “{self.text}”"

    @property
    def is_too_short(self) -> bool:
        return bool(self.text) and not Question(self.text).is_askable

    def _shown(self, hit: Hit) -> ShownHit:
        return ShownHit(hit, _pieces(hit.label, self.answer.marked))


def _pieces(label: str, asked: frozenset[str]) -> list[Piece]:
    """The label in pieces, those marked that are words which were asked for."""
    return [Piece(text, _is_asked(text, asked)) for text in PIECES.split(label) if text]


def _is_asked(text: str, asked: frozenset[str]) -> bool:
    folded = folded_words(text)
    return bool(folded) and any(folded[0].startswith(word) for word in asked)
