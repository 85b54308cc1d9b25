"""Tables that others made: each shape knows its own, asks once which column is which, and reads by the answer."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from p2emas.imports.cells import Cell, as_text, folded
from p2emas.imports.kinds import ImportKind
from p2emas.imports.tables import ReadTable, ReceivedSheet, Row, is_filled
from p2emas.ui.layout import Sent, form_helper

Json = dict[str, Any]
TALLEST_MERGE = 2_000


class TableShape:
    """One shape of foreign tables. What it finds and what is answered are JSON: a worker asks, a page answers."""

    code: str
    question: str  # the heading of what is asked
    intro: str

    def recognise(self, kind: ImportKind, sheet: ReceivedSheet, lookups: Any) -> Json | None:
        """What the page has to know to ask, or None where the table has another shape."""
        raise NotImplementedError

    def form(self, kind: ImportKind, data: Any, found: Json, known: Json, lookups: Any) -> "ShapeForm":
        """The question; ``known`` is what the agency answered before, filled in already."""
        raise NotImplementedError

    def remembered(self, kind: ImportKind, sheet: ReceivedSheet, found: Json, known: Json, lookups: Any) -> Json | None:
        """The answer to a table like one that was answered before, or None: then it is asked."""
        return None

    def to_remember(self, found: Json, answer: Json, known: Json) -> Json:
        """What is kept for the agency of an answer."""
        return known

    def table(self, kind: ImportKind, sheet: ReceivedSheet, answer: Json, lookups: Any) -> ReadTable:
        raise NotImplementedError


class ShapeForm(forms.Form):
    """The form of a shape; ``answer`` is what the worker reads the table with, ``pieces`` its layout."""

    pieces: Sequence[Any] = ()

    def sent_to(self, address: str, seen: str) -> None:
        helper = form_helper("Baca dengan susunan ini", Sent(seen=seen), *self.pieces, action=address, css="narrow")
        self.helper = helper

    def answer(self) -> Json:
        raise NotImplementedError


def unmerged(sheet: ReceivedSheet) -> list[Row]:
    """The rows with each merged range filled by its first cell: over columns in a head, over rows for a name."""
    cells = {number: list(row) for number, row in sheet.rows}
    for top, left, bottom, right in sheet.merged:
        value = cell_at(cells.get(top, []), left - 1)
        if not is_filled(value):
            continue
        for number in range(top, min(bottom, top + TALLEST_MERGE) + 1):
            if number in cells:
                _fill(cells[number], left - 1, right, value)
    return sorted(cells.items())


def _fill(row: list[Cell], first: int, last: int, value: Cell) -> None:
    row += [None] * (last - len(row))
    for place in range(first, last):
        if not is_filled(row[place]):
            row[place] = value


def cell_at(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if 0 <= place < len(row) else None


def is_numbering(row: Iterable[Cell]) -> bool:
    """A row "(1) (2) (3)" under the headings of an official table."""
    said = [as_text(cell) for cell in row if is_filled(cell)]
    return len(said) > 1 and all(word.strip("()").isdigit() and len(word.strip("()")) <= 2 for word in said)


def close(heading: str, words: Iterable[str]) -> int:
    """How near a heading is to one of the words that a column goes by: 2 the same, 1 one within the other, 0."""
    said = folded(heading).strip(" .:*")
    known = [folded(word) for word in words]
    if said in known:
        return 2
    return int(any(len(word) > 3 and (word in said or (len(said) > 3 and said in word)) for word in known))
