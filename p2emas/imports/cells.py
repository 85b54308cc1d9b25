"""Reading one cell: what a spreadsheet holds becomes a plain value that JSON keeps, or a sentence says what to write.

A reader is called with the cell, the values of the columns before it, and the lookups of its kind.
"""

import math
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from p2emas.ui.reading import Unreadable, read_date

Cell = Any  # None, str, int, float, bool, date or datetime
Values = dict[str, Any]
Reader = Callable[[Cell, Values, Any], Any]

YES, NO = frozenset({"ya", "y", "benar", "true", "1"}), frozenset({"tidak", "t", "bukan", "false", "0"})


class Formula:
    """A cell that computes; its result would be of the moment."""

    in_json = ["f"]

    def __str__(self) -> str:
        return "(rumus)"


FORMULA = Formula()


class Percent(float):
    """A number that its cell shows as a percentage: 0.75 as 75%."""

    in_json = "p"


def from_reader(cell: Any) -> Cell:
    """As the reader has it in JSON, back to what columns read."""
    if not isinstance(cell, list):
        return cell
    if cell == FORMULA.in_json:
        return FORMULA
    mark, value = cell
    if mark == Percent.in_json:
        return Percent(value)
    try:
        return date.fromisoformat(value)
    except ValueError:
        return str(value)


class Unfit(Exception):
    """The cell cannot be taken; the message says what to write instead."""


@lru_cache(maxsize=5_000)  # names repeat in every row
def squeezed(text: str) -> str:
    """One space between words, no control characters, one way of writing accents."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = "".join(" " if unicodedata.category(char) == "Cc" else char for char in unicodedata.normalize("NFC", text))
    return " ".join(text.split())


@lru_cache(maxsize=5_000)
def folded(text: str) -> str:
    """How names are compared: case and spaces do not matter."""
    return squeezed(text).casefold()


def as_text(cell: Cell) -> str:
    """The cell as a person reads it."""
    if isinstance(cell, str):
        return squeezed(cell)
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, float):
        return f"{cell:.15g}".removesuffix(".0").replace(".", ",")
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    return str(cell)


def as_written(cell: Cell) -> Any:
    """The cell as JSON keeps it for a file of rows to correct: numbers stay numbers."""
    if isinstance(cell, bool | int) or (isinstance(cell, float) and math.isfinite(cell)):
        return cell
    return as_text(cell)


def is_formula(cell: Cell) -> bool:
    return isinstance(cell, Formula)


def plain(value: Any) -> Any:
    """A value as JSON keeps it and as it can be compared: Decimal("12.500") and "12.5" are the same."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return value


def text(longest: int) -> Reader:
    def read(cell: Cell, row: Values, lookups: Any) -> str:
        found = as_text(cell)
        if len(found) > longest:
            raise Unfit(f"Paling banyak {longest} huruf, sel ini {len(found)}.")
        return found

    return read


def whole(lowest: int, highest: int, example: str) -> Reader:
    """A whole number between two bounds, for example a year."""

    def read(cell: Cell, row: Values, lookups: Any) -> int:
        written = as_text(cell)
        digits = written.isascii() and written.isdigit() and len(written) < 10
        if not digits or not lowest <= int(written) <= highest:
            raise Unfit(f"Tulis angka {lowest} sampai {highest}, contoh {example}.")
        return int(written)

    return read


def day(cell: Cell, row: Values, lookups: Any) -> str:
    """A date of a spreadsheet or in words, as JSON keeps it."""
    try:
        found = cell if isinstance(cell, date) else read_date(as_text(cell))
    except Unreadable as refused:
        raise Unfit(f"{str(refused).rstrip('.')}.") from None
    if not 1945 <= found.year <= 2100:
        raise Unfit(f"Tahun {found.year} di luar 1945 sampai 2100. Periksa tanggalnya.")
    return found.isoformat()


def day_or_year(*, last: bool = False) -> Reader:
    """A date, or a year alone: its first day, or its last one."""

    def read(cell: Cell, row: Values, lookups: Any) -> str:
        written = as_text(cell)
        if len(written) == 4 and written.isascii() and written.isdigit() and 1945 <= int(written) <= 2100:
            return f"{written}-12-31" if last else f"{written}-01-01"
        return str(day(cell, row, lookups))

    return read


def yes_no(cell: Cell, row: Values, lookups: Any) -> bool:
    written = folded(as_text(cell))
    if written in YES or written in NO:
        return written in YES
    raise Unfit("Tulis ya atau tidak.")


def choice(words: Mapping[str, str], also: Mapping[str, str] | None = None) -> Reader:
    """One of a closed list, by its word or its code; ``also``: other words that are met -> code."""
    by_word = {folded(word): code for word, code in (also or {}).items()}
    by_word |= {folded(word): code for code, word in words.items()} | {folded(code): code for code in words}

    def read(cell: Cell, row: Values, lookups: Any) -> str:
        found = by_word.get(folded(as_text(cell)))
        if found is None:
            listed = ", ".join(words.values())
            raise Unfit(f"“{as_text(cell)}” tidak dikenal. Pilih: {listed}.")
        return found

    return read
