"""The rows of a file by a layout: what each says of an activity, an indicator and a line, and in which cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms

from p2emas.imports.cells import as_text, folded
from p2emas.imports.lanes.reading import as_form_text
from p2emas.imports.lanes.shapes import is_number
from p2emas.imports.numbers import Cited, MixedFormats, prove, read
from p2emas.imports.shapes import is_numbering
from p2emas.imports.tables import letter
from p2emas.ui.formats import MONTHS
from programs.planning.files.columns import BY_NAME, CODE, FORMULA_WORDS, INDICATOR, LINE, MONEY, TEXT, columns_of
from programs.planning.files.reading import FORMULA, Tables

TOTALS = ("jumlah", "total", "sub total", "subtotal", "jumlah total")


@dataclass
class FileRow:
    """``cells``: by the name of the column, the same for all rows included; ``letters``: where each is in the file."""

    sheet: str
    number: int
    cells: dict[str, Any]
    letters: Mapping[str, str]
    code: str = ""
    typed: set[str] = field(default_factory=set)  # columns in which this row itself says something

    def has(self, part: str) -> bool:
        return any(column.name in self.typed for column in columns_of(part))

    def address(self, name: str) -> str:
        """ "E12", or "" where the file has no such column."""
        return f"{self.letters[name]}{self.number}" if name in self.letters else ""

    @property
    def where(self) -> str:
        return f"baris {self.number}" + (f" lembar {self.sheet}" if self.sheet else "")


def file_rows(tables: Tables, layout: Mapping[str, Any]) -> list[FileRow]:
    found: list[FileRow] = []
    for each in layout["sheets"]:
        name, rows = tables[each["sheet"]]
        columns = {int(place): column for place, column in each["columns"].items() if column in BY_NAME}
        found += _rows(name, [row for row in rows if row[0] > each["row"]], columns, layout["same"])
    _in_one_format(found)
    return found


def _rows(sheet: str, rows: list[Any], columns: Mapping[int, str], same: Mapping[str, str]) -> Iterator[FileRow]:
    letters = {name: letter(place) for place, name in columns.items()}
    beside = {name: text for name, text in same.items() if name not in columns.values()}
    code = ""
    for number, cells in rows:
        if is_numbering(cells) or _is_total(cells):
            continue
        said = {name: cells[place] if place < len(cells) else None for place, name in columns.items()}
        row = FileRow(sheet, number, {**beside, **said}, letters)
        row.typed = {name for name, cell in said.items() if as_text(cell)}
        if row.typed:
            row.code = code = as_text(said.get(CODE.name)) or (code if _continues(row) else "")
            yield row


def _continues(row: FileRow) -> bool:
    """Whether a row without a code belongs to the activity above: it says something of it, and has no name."""
    return "name" not in row.typed and (row.has(INDICATOR) or row.has(LINE))


def _is_total(cells: list[Any]) -> bool:
    first = next((as_text(cell) for cell in cells if as_text(cell)), "")
    return folded(first).strip(" :.") in TOTALS


def _in_one_format(rows: list[FileRow]) -> None:
    """Text of numbers in the format that the file's own cells prove; where they prove none the form asks for each."""
    numbers = [(row, name) for row in rows for name in row.typed if BY_NAME[name].kind != TEXT]
    texts = [(row, name) for row, name in numbers if isinstance(row.cells[name], str) and row.cells[name] != FORMULA]
    try:
        proved = prove(
            (Cited(row.address(name), row.cells[name]), BY_NAME[name].kind == MONEY) for row, name in texts
        ).format
    except MixedFormats:
        return
    for row, name in texts if proved else ():
        value = read(row.cells[name], proved, money=BY_NAME[name].kind == MONEY)
        row.cells[name] = row.cells[name] if value is None else value


def form_text(cell: Any, asked: forms.Field) -> str:
    """A cell as one would type it into a field of the form."""
    if isinstance(cell, Decimal | int | float) and not isinstance(cell, bool) and is_number(asked):
        return as_form_text(Decimal(f"{cell:.15g}" if isinstance(cell, float) else cell), asked)
    text = as_text(cell)
    if isinstance(asked, forms.ChoiceField):
        return _choice(text, asked)
    return text


def _choice(text: str, asked: forms.ChoiceField) -> str:
    """The key of an offered choice, by its key or its word; months by their number too. Else the text itself."""
    words = asked.__dict__.setdefault("keys_by_word", {})
    if not words:
        offered = choices_of(asked)
        for key, word in offered:
            words.setdefault(folded(word), key)
            words.setdefault(folded(key), key)
        if [word for _key, word in offered] == list(MONTHS):
            words |= {folded(name[:3]): str(number) for number, name in enumerate(MONTHS, start=1)}
        words.update((word, key) for word, key in FORMULA_WORDS.items() if key in words.values() and word not in words)
    return str(words.get(folded(text), text))


def choices_of(asked: forms.ChoiceField) -> list[tuple[str, str]]:
    """Key and word of what a field offers, groups opened; what asks to choose is none."""
    return [(str(getattr(key, "value", key)), str(word)) for key, word in _flat(asked.choices) if key not in ("", None)]


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, word in choices:
        if isinstance(word, list | tuple):
            yield from _flat(word)
        else:
            yield key, word
