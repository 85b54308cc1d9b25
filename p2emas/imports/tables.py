"""From a received file to rows of cells. Everything that is no table of this kind is refused in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings

from p2emas.documents.files import clean_name, detect, receive_file
from p2emas.documents.kinds import ODS, OLD_OFFICE, WORDS, XLSX, FileRefused, ReceivedFile
from p2emas.documents.readers.reading import Reader
from p2emas.imports.cells import FORMULA, Cell, as_text, folded
from p2emas.imports.kinds import ImportKind
from p2emas.imports.models import CSV
from p2emas.imports.numbers import HEADINGS as FORMAT_HEADINGS
from p2emas.ui.formats import file_size
from p2emas.ui.formats import number as shown

BOOKS = frozenset({XLSX, ODS})
MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 10_000
LONGEST_CELL = 2_000
FORMATS = {CSV: "csv", XLSX: "xlsx", ODS: "ods"}
MARK_SHEET, FILL_SHEET = "p2emas", "Isian"
ACCEPTED = "Excel (.xlsx), LibreOffice (.ods), atau CSV"
PROBLEM = "Masalah"  # the column of a file of rows to correct; ignored when that file comes back
MERGED = "Lembar ini memuat sel gabungan. Pisahkan semua sel gabungan, lalu unggah lagi."
BLIND = (
    "Dari berkas .ods tidak terlihat baris tersembunyi atau tersaring, rumus, dan tanda persen: semua baris dibaca, "
    "rumus dibaca hasilnya, 12,5% dibaca 0,125. Periksa angkanya, atau simpan sebagai .xlsx lalu unggah itu."
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


@dataclass(frozen=True)
class ReadTable:
    """What was read: rows, where their columns are in the file, and what its template says of number formats."""

    lines: list[Line]
    letters: list[str]
    marked: str = ""
    notices: list[str] = field(default_factory=list)


def read_table(kind: ImportKind, content: bytes, content_type: str) -> ReadTable:
    """The filled rows of the table, or ``TableRefused``. For jobs, which may take their time; asks no database."""
    is_csv = content_type == CSV
    found = _found(content, FORMATS.get(content_type, "xlsx"))
    if found["merged"]:
        raise TableRefused(MERGED)
    rows = [(number, [_cell(cell) for cell in cells]) for number, cells in found["rows"]]
    marks = [] if is_csv else _marks(kind, found["mark"])
    first = rows.pop(0)[1] if rows and rows[0][0] == 1 else []
    headings = _Headings(kind, first, marks)
    aside = [told for number, row in rows if (told := headings.beyond(number, row))]
    if is_csv and aside:
        raise TableRefused(_split(aside[0]))
    lines = _filled_lines(rows, headings.places)
    letters = [letter(place) for place in headings.places]
    return ReadTable(lines, letters, headings.marked, _notices(found, aside))


def _filled_lines(rows: list[tuple[int, list[Cell]]], places: list[int]) -> list[Line]:
    """The rows under the headings that hold anything, each with the cells of the columns."""
    lines = []
    for number, row in rows:
        cells = [row[place] if place < len(row) else None for place in places]
        if any(_filled(cell) for cell in cells):
            lines.append(Line(number, cells))
    if len(lines) > MOST_ROWS:
        raise TableRefused(f"Berkas ini berisi lebih dari {shown(MOST_ROWS)} baris. Bagi menjadi beberapa.")
    if not lines:
        raise TableRefused("Tidak ada baris yang terisi di bawah judul kolom. Isi templatnya, lalu unggah lagi.")
    return lines


def _found(content: bytes, kind: str) -> dict[str, Any]:
    try:
        return SHEET.read(content, kind=kind, fill=FILL_SHEET, mark=MARK_SHEET, seconds=settings.READ_JOB_SECONDS).value
    except FileRefused as refused:
        raise TableRefused(" ".join(refused.messages)) from None


def _cell(cell: Any) -> Cell:
    """As the reader has it in JSON, back to what columns read."""
    if not isinstance(cell, list):
        return cell
    if cell == FORMULA.in_json:
        return FORMULA
    try:
        return date.fromisoformat(cell[1])
    except ValueError:
        return str(cell[1])


def _notices(found: dict[str, Any], aside: list[tuple[str, str]]) -> list[str]:
    told = [BLIND] if found["blind"] else []
    if count := found["hidden_count"]:
        numbers = ", ".join(str(number) for number in found["hidden"])
        more = ", ..." if count > len(found["hidden"]) else ""
        told.append(
            f"{shown(count)} baris tersembunyi atau tersaring di lembar itu ikut dibaca (baris {numbers + more}). "
            "Bila tidak "
            "dimaksudkan, batalkan, hapus barisnya, lalu unggah lagi."
        )
    if aside:
        words = {"cell": aside[0][0], "typed": aside[0][1], "count": shown(len(aside))}
        told.append(
            "Isi di luar kolom berjudul tidak dibaca: {count} baris, misalnya {cell} “{typed}”.".format(**words)
        )
    return told


def _split(told: tuple[str, str]) -> str:
    return (
        f"Sel {told[0]} “{told[1]}” berada di kolom tanpa judul. Bila sebuah sel terbelah oleh koma, beri tanda kutip "
        "pada angkanya atau pakai titik koma sebagai pemisah kolom; bila catatan, hapus."
    )


def letter(position: int) -> str:
    """The column as a spreadsheet names it: 0 -> A."""
    return chr(ord("A") + position) if position < 26 else letter(position // 26 - 1) + letter(position % 26)


def _filled(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


class _Headings:
    """The first row: where each column of the kind is, in any order, and the mark of a number format."""

    def __init__(self, kind: ImportKind, row: Sequence[Cell], marks: Sequence[str]) -> None:
        self.found = [folded(as_text(cell)) for cell in row]
        wanted = [folded(column.header) for column in kind.columns]
        self._check(kind, row, wanted)
        self.places = [self.found.index(heading) for heading in wanted]
        self.width = max((place for place, heading in enumerate(self.found, start=1) if heading), default=0)
        self.mark = next((place for place, heading in enumerate(self.found) if heading in FORMAT_HEADINGS), None)
        self.marked = self._format_marked(marks)

    def _format_marked(self, marks: Sequence[str]) -> str:
        """The number format that the template or a heading names, or ""."""
        said = [*marks, *([] if self.mark is None else [self.found[self.mark]])]
        return next((FORMAT_HEADINGS[word] for word in map(folded, said) if word in FORMAT_HEADINGS), "")

    def _check(self, kind: ImportKind, row: Sequence[Cell], wanted: list[str]) -> None:
        missing = [column.header for column in kind.columns if folded(column.header) not in self.found]
        if missing:
            names = ", ".join(f"“{name}”" for name in missing)
            raise TableRefused(
                f"Baris pertama tidak memuat judul kolom {names}. "
                "Unduh templatnya lagi dan isi tanpa mengubah judulnya."
            )
        known = {"", folded(PROBLEM), *FORMAT_HEADINGS, *wanted}
        strange = [as_text(cell)[:60] for cell, heading in zip(row, self.found, strict=True) if heading not in known]
        if strange:
            names = ", ".join(f"“{heading}”" for heading in strange)
            raise TableRefused(f"Kolom {names} tidak dikenal. Hapus kolom itu, lalu unggah lagi.")
        self._check_once(kind)

    def _check_once(self, kind: ImportKind) -> None:
        twice = [column.header for column in kind.columns if self.found.count(folded(column.header)) > 1]
        if twice:
            raise TableRefused(f"Judul kolom “{twice[0]}” ada dua kali. Hapus salah satunya, lalu unggah lagi.")

    def beyond(self, number: int, row: Sequence[Cell]) -> tuple[str, str] | None:
        """The first cell under no heading: "30,996" in a CSV whose columns are between commas is 30 and 996."""
        places = [self.mark] if self.mark is not None and self.mark < len(row) else []
        for place in [*range(self.width, len(row)), *places]:
            if _filled(row[place]):
                return f"{letter(place)}{number}", as_text(row[place])[:60]
        return None


def _marks(kind: ImportKind, said: list[Any]) -> list[str]:
    """Which template this is: another one, an older one, or none at all. Answers what else is beside its name."""
    token, *rest = [as_text(_cell(cell)) for cell in said] or [""]
    code, _colon, version = token.partition(":")
    if token == kind.token:
        return rest
    if not token:
        raise TableRefused(
            f"Berkas ini tidak dibuat dari templat. Unduh templat “{kind.title}”, salin isinya ke sana, lalu unggah "
            "lagi."
        )
    if code != kind.code:
        raise TableRefused(f"Berkas ini dari templat lain. Di halaman ini hanya templat “{kind.title}” yang diterima.")
    raise TableRefused(
        f"Templat ini versi {version[:10]}, yang berlaku versi {kind.version}. "
        "Unduh templat baru dan salin isinya ke sana."
    )
