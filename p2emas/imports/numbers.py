"""How an uploaded file writes its numbers: with a decimal comma or a decimal point.

"657.565" is more than half a million for one office and less than a thousand for another. The cell alone cannot tell.
The file can: "1588,43" and "1.234.567" have one reading only, and who wrote them wrote their neighbours.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.db import models

from p2emas.ui.formats import spelled_out

LONGEST = 40  # characters of a number; money with "Rp", dots and sen needs 26
MINUSES = ("-", "\N{MINUS SIGN}", "\N{EN DASH}")
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_CURRENCY = re.compile(r"(rp\.?|idr)\s*", re.IGNORECASE)


class NumberFormat(models.TextChoices):
    """Which sign begins the decimals; the other one groups thousands."""

    COMMA = "COMMA", "koma desimal (1.234,56)"
    POINT = "POINT", "titik desimal (1,234.56)"


HEADINGS = {  # the column of a CSV template that says how it writes numbers
    "angka: koma desimal (1.234,56)": NumberFormat.COMMA,
    "angka: titik desimal (1,234.56)": NumberFormat.POINT,
}
EXAMPLES = {NumberFormat.COMMA.value: "1.250,5", NumberFormat.POINT.value: "1,250.5"}


class Written(str):
    """The text of a number, with the format of its file."""

    written_in: str

    def __new__(cls, text: str, number_format: str) -> "Written":
        made = super().__new__(cls, text)
        made.written_in = number_format
        return made


@dataclass(frozen=True)
class Cited:
    """A cell as a sentence names it."""

    address: str
    text: str

    def __str__(self) -> str:
        return f"{self.address} “{self.text[:LONGEST]}”"


class MixedFormats(Exception):
    """Two cells of one file that no single format reads."""

    def __init__(self, comma: Cited | None, point: Cited | None) -> None:
        self.comma, self.point = comma, point
        super().__init__(comma, point)


@dataclass(frozen=True)
class Found:
    """What the cells of a file prove: ``format`` ("" for nothing), by which cell, and the first that needs to know."""

    format: str = ""
    proof: Cited | None = None
    open: Cited | None = None


# --- One cell -------------------------------------------------------------------------------------------------------


def _pattern(group: str, decimal: str) -> re.Pattern[str]:
    """A first group never begins with 0: "0.500" is a half, and nothing else."""
    groups = "|".join(rf"[1-9][0-9]{{0,2}}(?:{mark}[0-9]{{3}})+" for mark in (group, " "))
    return re.compile(rf"(?P<whole>[0-9]+|{groups})(?:{decimal}(?P<part>[0-9]+|-{{1,2}}|\u2013))?", re.ASCII)


_PATTERNS = {NumberFormat.COMMA.value: _pattern(r"\.", ","), NumberFormat.POINT.value: _pattern(",", r"\.")}


@lru_cache(maxsize=5_000)
def read(text: str, number_format: str, *, money: bool = False) -> Decimal | None:
    """The number that ``text`` is in this format; None when it is none. ``money``: "Rp" and ",-" may be part of it."""
    rest = _SPACES.sub(" ", text).strip()
    if not rest or len(rest) > LONGEST or not rest.isprintable():
        return None
    sign, rest = _signed_money(rest) if money else _signed(rest)
    found = _PATTERNS[number_format].fullmatch(rest)
    if found is None or (not money and not (found["part"] or "0").isdigit()):
        return None
    whole = re.sub(r"[^0-9]", "", found["whole"])
    part = found["part"] if (found["part"] or "").isdigit() else "0"
    return sign * Decimal(f"{whole}.{part}")


def _signed_money(text: str) -> tuple[int, str]:
    """The sign may come before "Rp" or after it."""
    sign, rest = _signed(text)
    if _CURRENCY.match(rest):
        rest = _CURRENCY.sub("", rest, count=1)
    return (sign, rest) if sign < 0 else _signed(rest)


def _signed(text: str) -> tuple[int, str]:
    return (-1, text[1:].strip()) if text.startswith(MINUSES) else (1, text)


def readings(text: str, *, money: bool = False) -> dict[str, Decimal]:
    """Every format that can read ``text``, with what it reads."""
    found = {each: read(text, each, money=money) for each in _PATTERNS}
    return {each: value for each, value in found.items() if value is not None}


def is_open(found: dict[str, Decimal]) -> bool:
    """Whether the formats read different numbers."""
    return len(set(found.values())) > 1


# --- A whole file ---------------------------------------------------------------------------------------------------


def prove(cells: Iterable[tuple[Cited, bool]]) -> Found:
    """What the number cells of a file (and whether each is money) prove; ``MixedFormats`` when they prove both."""
    proofs: dict[str, Cited] = {}
    first_open = None
    for cell, money in cells:
        found = readings(cell.text, money=money)
        if len(found) == 1:
            proofs.setdefault(next(iter(found)), cell)
        elif first_open is None and is_open(found):
            first_open = cell
    if len(proofs) > 1:
        raise MixedFormats(proofs[NumberFormat.COMMA], proofs[NumberFormat.POINT])
    for number_format, proof in proofs.items():
        return Found(number_format, proof, first_open)
    return Found(open=first_open)


# --- Words ----------------------------------------------------------------------------------------------------------


def in_words(value: Decimal) -> str:
    """657.565 -> "enam ratus lima puluh tujuh koma lima enam lima": nobody mistakes a thousand for one."""
    whole, _point, part = f"{abs(value):f}".partition(".")
    words = spelled_out(int(whole))
    if part.strip("0"):
        words += " koma " + " ".join(spelled_out(int(digit)) for digit in part.rstrip("0"))
    return f"minus {words}" if value < 0 else words
