"""From a received file to rows of cells. Everything that is no table is refused in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from p2emas.documents.files import clean_name, detect, receive_file
from p2emas.documents.kinds import ODS, OLD_OFFICE, WORDS, XLSX, FileRefused, ReceivedFile
from p2emas.documents.readers.reading import Reader
from p2emas.imports.cells import Cell, as_text, from_reader
from p2emas.imports.kinds import MOST_ROWS
from p2emas.imports.models import CSV
from p2emas.ui.formats import file_size
from p2emas.ui.formats import number as shown

BOOKS = frozenset({XLSX, ODS})
MOST_BYTES = 5 * 1024 * 1024
LONGEST_CELL = 2_000
FORMATS = {CSV: "csv", XLSX: "xlsx", ODS: "ods"}
MARK_SHEET, FILL_SHEET = "p2emas", "Isian"
ACCEPTED = "Excel (.xlsx), LibreOffice (.ods), atau CSV"
BLIND = (
    "Dari berkas .ods tidak terlihat baris tersembunyi atau tersaring, rumus, dan tanda persen: semua baris dibaca, "
    "rumus dibaca hasilnya, 12,5% dibaca 0,125. Tulis persen tanpa tandanya (12,5), atau simpan sebagai .xlsx lalu "
    "unggah itu: di sana 12,5% pada kolom persen dibaca 12,5."
)
SHEET = Reader(
    name="sheet",
    module="p2emas.imports.sheet_reader",
    limit="READ_SHEET_SECONDS",
    too_long="Berkas ini terlalu lama dibaca. Bagi menjadi beberapa berkas, lalu unggah lagi.",
    too_large="Isi berkas ini terlalu besar setelah dibuka. Bagi menjadi beberapa berkas.",
    broken="Berkas ini tidak dapat dibaca. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi.",
)


class TableRefused(Exception):
    """The file cannot be taken; the message is a sentence for the screen."""


@dataclass(frozen=True)
class Line:
    """One row of the table: its number in the file and a cell for each column of the kind."""

    number: int
    cells: list[Cell]


# --- Receiving ------------------------------------------------------------------------------------------------------


def receive_table(upload: Any) -> ReceivedFile:
    """Read an uploaded file; ``FileRefused`` with a sentence unless it is a plain .xlsx, .ods or CSV of sane size."""
    upload.seek(0)
    data = upload.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FileRefused(f"Berkas ini terlalu besar. Paling besar {file_size(MOST_BYTES)}.")
    name = clean_name(upload.name or "")
    if data and not detect(data) and name.lower().endswith((".csv", ".txt")):
        _decoded(data)
        return ReceivedFile(content=data, thumbnail=b"", original_name=name[-120:], content_type=CSV)
    _refuse_other_kinds(data)
    return receive_file(upload, allowed=BOOKS)


def _refuse_other_kinds(data: bytes) -> None:
    """Before the check of all files says which kinds it takes: it knows nothing of CSV, and no letters belong here."""
    found = detect(data) if data else XLSX
    if found == OLD_OFFICE:
        raise FileRefused(
            "Ini berkas Office versi lama atau berkata sandi. Simpan sebagai .xlsx tanpa kata sandi, atau CSV, "
            "lalu unggah lagi."
        )
    if found in WORDS and found not in BOOKS:
        raise FileRefused(f"Berkas {WORDS[found]} tidak diterima di sini. Unggah {ACCEPTED}.")
    if found not in BOOKS:
        raise FileRefused(f"Isi berkas ini bukan tabel. Unggah {ACCEPTED}.")


def _decoded(data: bytes) -> str:
    if b"\x00" in data:
        raise FileRefused("Berkas CSV ini tidak dapat dibaca. Simpan sebagai “CSV UTF-8”, lalu unggah lagi.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused(
            "Huruf dalam berkas CSV ini tidak terbaca. Simpan sebagai “CSV UTF-8”, lalu unggah lagi."
        ) from None


# --- Reading --------------------------------------------------------------------------------------------------------

Row = tuple[int, list[Cell]]


@dataclass(frozen=True)
class ReceivedSheet:
    """The filled rows of a received file, before anybody says which column is which.

    ``mark``: the first cells of the hidden sheet of a template. ``merged``: (row, column, last row, last column).
    """

    rows: list[Row]
    is_csv: bool
    mark: list[Cell] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def token(self) -> str:
        return as_text(self.mark[0]) if self.mark else ""


@dataclass(frozen=True)
class ReadTable:
    """What was read: rows, where their columns are in the file, and what its template says of number formats."""

    lines: list[Line]
    letters: list[str]
    marked: str = ""
    notices: list[str] = field(default_factory=list)
    by_cell: bool = False  # each line is one cell of the file, and its number says which

    def address(self, position: int, line: Line) -> str:
        """The cell of a column in a line, as a spreadsheet names it."""
        return cell_named(line.number) if self.by_cell else f"{self.letters[position]}{line.number}"


CELLS_A_ROW = 1_000


def number_of_cell(row: int, place: int) -> int:
    """One number for a cell, in the order of reading."""
    return row * CELLS_A_ROW + place


def cell_named(number: int) -> str:
    row, place = divmod(number, CELLS_A_ROW)
    return f"{letter(place)}{row}"


def read_table_file(content: bytes, content_type: str) -> ReceivedSheet:
    """The cells of a file, or ``TableRefused``. For jobs, which may take their time; asks no database."""
    return sheet_of(_found(content, FORMATS.get(content_type, "xlsx")), is_csv=content_type == CSV)


def sheet_of(found: dict[str, Any], *, is_csv: bool) -> ReceivedSheet:
    """What the process of ``sheet_reader`` answered, as the shapes read it."""
    rows = [(number, [from_reader(cell) for cell in cells]) for number, cells in found["rows"]]
    merged = [tuple(each) for each in found["merged"]]
    mark = [from_reader(cell) for cell in found["mark"]]
    return ReceivedSheet(rows, is_csv, mark, merged, _notices(found))


def checked_lines(lines: list[Line], most: int = MOST_ROWS) -> list[Line]:
    """Some, and not too many."""
    if len(lines) > most:
        raise TableRefused(f"Berkas ini berisi lebih dari {shown(most)} baris. Bagi menjadi beberapa.")
    if not lines:
        raise TableRefused("Tidak ada baris yang terisi di bawah judul kolom. Isi templatnya, lalu unggah lagi.")
    return lines


def filled_lines(rows: list[Row], places: Sequence[int], most: int = MOST_ROWS) -> list[Line]:
    """The rows that hold anything in these columns."""
    lines = []
    for number, row in rows:
        cells = [row[place] if 0 <= place < len(row) else None for place in places]
        if any(is_filled(cell) for cell in cells):
            lines.append(Line(number, cells))
    return checked_lines(lines, most)


def _found(content: bytes, kind: str) -> dict[str, Any]:
    try:
        return SHEET.read(content, kind=kind, fill=FILL_SHEET, mark=MARK_SHEET, seconds=settings.READ_JOB_SECONDS).value
    except FileRefused as refused:
        raise TableRefused(" ".join(refused.messages)) from None


def _notices(found: dict[str, Any]) -> list[str]:
    told = [BLIND] if found["blind"] else []
    if others := found["others"]:
        named = ", ".join(f"“{name[:40]}”" for name in others[:3])
        told.append(f"Hanya lembar “{found['sheet'][:40]}” yang dibaca, bukan {named}{', ...' if others[3:] else ''}.")
    if count := found["hidden_count"]:
        told.append(
            f"{told_of_hidden(count, found['hidden'], 'di lembar itu')} Bila tidak dimaksudkan, batalkan, hapus "
            "barisnya, lalu unggah lagi."
        )
    return told


def told_of_hidden(count: int, numbers: Sequence[int], where: str) -> str:
    """That hidden rows were read too, and which: ``numbers`` are the first of them."""
    named = ", ".join(str(number) for number in numbers)
    more = f", dan {shown(count - len(numbers))} lainnya" if count > len(numbers) else ""
    return f"{shown(count)} baris tersembunyi atau tersaring {where} ikut dibaca (baris {named}{more})."


def letter(position: int) -> str:
    """The column as a spreadsheet names it: 0 -> A."""
    return chr(ord("A") + position) if position < 26 else letter(position // 26 - 1) + letter(position % 26)


def is_filled(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None
