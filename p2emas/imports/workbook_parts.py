"""The parts of a workbook beside its sheets: names of sheets, shared text, formats of dates. Without Django."""

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from posixpath import normpath
from typing import Any

from p2emas.documents.readers.archive import Archive
from p2emas.documents.readers.wire import Refused

BOOK, BOOK_LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
MOST_MERGED = 500
WORKSHEET = "/worksheet"
DATE_FORMATS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
PERCENT_FORMATS = frozenset([9, 10])
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_WHOLE = re.compile(r"-?[0-9]{1,15}", re.ASCII)
BROKEN = "Berkas Excel ini tidak dapat dibaca. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi."


@dataclass(frozen=True)
class SheetPart:
    name: str
    part: str
    visible: bool


class Workbook:
    """The worksheets in the order of their tabs; charts and dialogs are none."""

    def __init__(self, archive: Archive) -> None:
        self.since_1904 = False
        self.sheets: list[SheetPart] = []
        self._links: dict[str, str] = {}
        if BOOK not in archive.parts or BOOK_LINKS not in archive.parts:
            raise Refused(BROKEN)
        archive.walk(BOOK_LINKS, start=self._link)
        archive.walk(BOOK, start=self._element)
        self.sheets = [sheet for sheet in self.sheets if sheet.part in archive.parts]

    def _link(self, tag: str, attributes: dict[str, str]) -> None:
        if attributes.get("Type", "").endswith(WORKSHEET) and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            self._links[attributes.get("Id", "")] = normpath(
                target.lstrip("/") if target[:1] == "/" else f"xl/{target}"
            )

    def _element(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "sheet":
            key = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            if key in self._links:
                visible = attributes.get("state", "visible") == "visible"
                self.sheets.append(SheetPart(attributes.get("name", ""), self._links[key], visible))


def shared_strings(archive: Archive, longest: int) -> list[str]:
    found: list[str] = []
    if STRINGS not in archive.parts:
        return found
    pieces: list[str] = []
    inside = aside = False

    def start(tag: str, _attributes: dict[str, str]) -> None:
        nonlocal inside, aside
        name = tag.rpartition(":")[2]
        if name == "si":
            pieces.clear()
        inside = name == "t" and not aside
        aside = aside or name == "rPh"  # how to pronounce it

    def end(tag: str) -> None:
        nonlocal inside, aside
        name = tag.rpartition(":")[2]
        inside = False
        if name == "rPh":
            aside = False
        elif name == "si":
            found.append("".join(pieces)[:longest])

    def text(data: str) -> None:
        if inside:
            pieces.append(data)

    archive.walk(STRINGS, start=start, end=end, text=text)
    return found


class Styles:
    """Which cell styles show a date, and which a percentage: both are numbers that look like something else."""

    def __init__(self, archive: Archive) -> None:
        self._formats: dict[int, str] = {}
        self._styles: list[int] = []
        self._in_cells = False
        if STYLES in archive.parts:
            archive.walk(STYLES, start=self._start, end=self._end)
        self._dates = frozenset(place for place, number in enumerate(self._styles) if self._is_date(number))
        self._percents = frozenset(place for place, number in enumerate(self._styles) if self._is_percent(number))

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "numFmt":
            self._formats[number_of(attributes.get("numFmtId"), -1)] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self._styles.append(number_of(attributes.get("numFmtId"), 0))

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "cellXfs":
            self._in_cells = False

    def _code(self, number: int) -> str:
        """What the format does to positive numbers; words in it do nothing."""
        return _QUOTED.sub("", self._formats.get(number, "")[:200]).lower().partition(";")[0]

    def _is_percent(self, number: int) -> bool:
        return number in PERCENT_FORMATS or "%" in self._code(number)

    def _is_date(self, number: int) -> bool:
        code = self._code(number)
        return number in DATE_FORMATS or ("general" not in code and any(sign in code for sign in "dmyhs"))

    def value(self, text: str, style: int, since_1904: bool) -> Any:
        """The number in a cell as JSON has it, a day or a percentage (0.75); text that is no number stays text."""
        if _WHOLE.fullmatch(text):
            found: int | float = int(text)
        else:
            try:
                found = float(text)
            except ValueError:
                return text[:40]
            if not math.isfinite(found):
                return text[:40]
        if style in self._dates and 0 < found < 2_900_000:
            begin = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
            return ["d", (begin + timedelta(days=int(found))).isoformat()]
        if style in self._percents:
            return ["p", found]
        return found


# --- Places ---------------------------------------------------------------------------------------------------------


def number_of(text: str | None, otherwise: int) -> int:
    return int(text) if text and _WHOLE.fullmatch(text) else otherwise


def place_of(address: str, row: int, column: int) -> tuple[int, int]:
    """Row and column of "E7"; of a cell that does not say, the given ones."""
    found = _ADDRESS.fullmatch(address)
    if not found:
        return row, column
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - 64
    return int(found[2]), place


def range_of(written: str) -> tuple[int, int, int, int]:
    """First row and column, last row and column of "B2:D3"."""
    first, _colon, last = written.partition(":")
    begin = place_of(first, 1, 1)
    return (*begin, *place_of(last, *begin))


def cell_address(row: int, column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
