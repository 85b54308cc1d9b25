"""Reads an uploaded table in a process of its own: cells with a value and where they are, in one pass.

Plain Python without Django. A cell is None, text, a number or a yes/no as JSON has them; ``["f"]`` is a formula,
``["d", "2016-12-31"]`` a date, ``["p", 0.75]`` a number that is shown as 75%. What a sheet says of its own size
is never believed, only its cells.
"""

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from p2emas.documents.formula_guard import unguarded
from p2emas.documents.readers.archive import Archive
from p2emas.documents.readers.wire import Refused
from p2emas.imports.workbook_parts import (
    MOST_MERGED,
    SheetPart,
    Styles,
    Workbook,
    cell_address,
    number_of,
    place_of,
    range_of,
    shared_strings,
)

MOST_ROW, MOST_COLUMN = 20_000, 100
LONGEST_CELL = 2_001  # one more than is taken, so that longer text is seen to be longer
FORMULA = ["f"]
TELL_ROWS, MOST_OTHERS = 10, 5
UNREADABLE = "Berkas Excel ini tidak dapat dibaca. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi."
Row = tuple[int, list[Any]]


class TooManyRows(Exception):
    """A sheet has more rows than its reader takes at once."""


def read(data: bytes, *, kind: str, fill: str = "", mark: str = "") -> dict[str, Any]:
    """Rows with a value of a "csv", or of the sheet ``fill`` of a workbook and the first cells of its sheet ``mark``.

    A workbook is an "xlsx" or an "ods"; "merged" has its merged cells, as (row, column, last row, last column).
    """
    if kind == "csv":
        return _read_csv(data)
    if kind == "ods":
        from p2emas.imports.ods_reader import read_ods  # its library is loaded by nobody else

        return read_ods(data, fill, mark)
    return _read_xlsx(data, fill, mark)


def _too_far(row: int, column: int, value: Any) -> Refused:
    said = str(value)[:40]
    return Refused(
        f"Sel {cell_address(row, column)} berisi “{said}”, di luar batas {MOST_ROW:,} baris dan {MOST_COLUMN} kolom. "
        "Bila tabelnya sepanjang itu, bagi menjadi beberapa berkas; bila tidak, hapus isi sel itu.".replace(
            ",000 baris", ".000 baris"
        )
    )


# --- CSV ------------------------------------------------------------------------------------------------------------


def _read_csv(data: bytes) -> dict[str, Any]:
    text = data.decode("utf-8-sig")
    first = text.partition("\n")[0]
    if first.lower().startswith("sep="):  # a line that Excel writes for itself
        text = text.partition("\n")[2]
        first = text.partition("\n")[0]
    rows: list[Row] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count), strict=True)
        for number, cells in enumerate(reader, start=1):
            filled = [place for place, cell in enumerate(cells, start=1) if cell.strip()]
            if not filled:
                continue
            last = filled[-1]
            if number > MOST_ROW or last > MOST_COLUMN:
                column = last if last > MOST_COLUMN else filled[0]
                raise _too_far(number, column, cells[column - 1])
            rows.append((number, [_csv_cell(cell) for cell in cells[:last]]))
    except csv.Error:
        raise Refused(
            "Berkas CSV ini rusak: tanda kutipnya tidak berpasangan. Simpan ulang dari Excel, lalu unggah lagi."
        ) from None
    return {
        "rows": rows,
        "hidden": [],
        "hidden_count": 0,
        "mark": [],
        "merged": [],
        "blind": False,
        "sheet": "",
        "others": [],
    }


def _csv_cell(cell: str) -> Any:
    if len(cell) > 1 and cell.startswith("="):
        return FORMULA
    return unguarded(cell)[:LONGEST_CELL] or None


# --- Excel ----------------------------------------------------------------------------------------------------------


def read_book(data: bytes, *, fill: str, most: int | None = None) -> dict[str, Any]:
    """As ``read`` for an .xlsx; raises ``TooManyRows`` beyond ``most``."""
    return _read_xlsx(data, fill, "", most)


def _read_xlsx(data: bytes, fill: str, mark: str, most: int | None = None) -> dict[str, Any]:
    archive = Archive(data)
    book = Workbook(archive)
    if not book.sheets:
        raise Refused(UNREADABLE)
    strings, styles = shared_strings(archive, LONGEST_CELL), Styles(archive)
    said: list[Any] = []
    if marked := _named(book, mark):
        first = Worksheet(archive, marked.part, strings, styles, book.since_1904, only_first=True).rows
        said = first[0][1] if first and first[0][0] == 1 else []
    chosen = _to_read(book, fill)
    found = Worksheet(archive, chosen.part, strings, styles, book.since_1904, most=most)
    return {
        "rows": found.rows,
        "hidden": found.hidden,
        "hidden_count": found.hidden_count,
        "mark": said,
        "merged": found.merged,
        "sheet": chosen.name,
        "others": [s.name for s in book.sheets if s.visible and s is not chosen and chosen.name != fill][:MOST_OTHERS],
        "blind": False,
    }


def _named(book: Workbook, name: str) -> SheetPart | None:
    return next((sheet for sheet in book.sheets if sheet.name == name), None)


def _to_read(book: Workbook, fill: str) -> SheetPart:
    """The sheet of the template, else the first one that people see."""
    named = _named(book, fill)
    if named is not None and not named.visible:
        raise Refused(
            f"Lembar “{fill}” tersembunyi. Tampilkan dahulu (klik kanan nama lembar, lalu Tampilkan), simpan, lalu "
            "unggah lagi."
        )
    sheet = named or next((sheet for sheet in book.sheets if sheet.visible), None)
    if sheet is None:
        raise Refused(UNREADABLE)
    return sheet


@dataclass
class _Cell:
    row: int
    column: int
    kind: str
    style: int
    text: list[str] = field(default_factory=list)
    formula: bool = False


class Worksheet:
    """One pass over a worksheet; only rows with a value are kept, and hidden ones among them counted.

    Raises ``TooManyRows`` beyond ``most``.
    """

    def __init__(
        self,
        archive: Archive,
        part: str,
        strings: list[str],
        styles: Styles,
        since_1904: bool,
        *,
        only_first: bool = False,
        most: int | None = None,
    ) -> None:
        self.strings, self.styles, self.since_1904, self.only_first = strings, styles, since_1904, only_first
        self.most = most
        self.rows: list[Row] = []
        self.hidden: list[int] = []
        self.hidden_count = 0
        self.merged: list[tuple[int, int, int, int]] = []
        self._row, self._column, self._row_hidden = 0, 0, False
        self._cells: list[Any] = []
        self._cell: _Cell | None = None
        self._listens = self._aside = False
        archive.walk(part, start=self._start, end=self._end, text=self._text)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._open_cell(attributes)
        elif name in ("v", "t"):
            self._listens = self._cell is not None and not self._aside
        elif name == "f" and self._cell is not None:
            self._cell.formula = True
        elif name == "rPh":  # how to pronounce it
            self._aside = True
        elif name == "row":
            self._row = number_of(attributes.get("r"), self._row + 1)
            self._column, self._cells = 0, []
            self._row_hidden = attributes.get("hidden") in ("1", "true")
        elif name == "mergeCell" and len(self.merged) < MOST_MERGED:
            self.merged.append(range_of(attributes.get("ref", "")))

    def _open_cell(self, attributes: dict[str, str]) -> None:
        row, column = place_of(attributes.get("r", ""), self._row, self._column + 1)
        self._column = column
        self._cell = _Cell(row, column, attributes.get("t", "n"), number_of(attributes.get("s"), 0))

    def _text(self, text: str) -> None:
        if self._listens and self._cell is not None:
            self._cell.text.append(text)

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in ("v", "t"):
            self._listens = False
        elif name == "rPh":
            self._aside = False
        elif name == "c" and self._cell is not None:
            cell, self._cell = self._cell, None
            self._keep(cell)
        elif name == "row" and self._cells:
            self._close_row()

    def _keep(self, cell: _Cell) -> None:
        value = FORMULA if cell.formula else self._value(cell)
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        if self.only_first and cell.row > 1:
            return
        if cell.row > MOST_ROW or cell.column > MOST_COLUMN:
            raise _too_far(cell.row, cell.column, "rumus" if value is FORMULA else value)
        self._row = cell.row
        self._cells += [None] * (cell.column - len(self._cells))
        self._cells[cell.column - 1] = value

    def _close_row(self) -> None:
        self.rows.append((self._row, self._cells))
        if self.most is not None and len(self.rows) > self.most:
            raise TooManyRows
        if self._row_hidden and self._row > 1:
            self.hidden_count += 1
            if len(self.hidden) < TELL_ROWS:
                self.hidden.append(self._row)
        self._cells = []

    def _value(self, cell: _Cell) -> Any:
        text = "".join(cell.text)
        if not text:
            return None
        if cell.kind == "s":
            place = number_of(text, -1)
            if not 0 <= place < len(self.strings):
                raise Refused(UNREADABLE)
            return self.strings[place]
        if cell.kind == "b":
            return text.strip() in ("1", "true")
        if cell.kind == "d":
            return ["d", text[:10]]
        if cell.kind == "n":
            return self.styles.value(text, cell.style, self.since_1904)
        return text[:LONGEST_CELL]
