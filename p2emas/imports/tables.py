"""From a received file to rows of cells. Everything that is no table of this kind is refused in a sentence."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from p2emas.documents.files import clean_name, detect, receive_file
from p2emas.documents.kinds import OLD_OFFICE, WORDS, XLSX, FileRefused, ReceivedFile
from p2emas.documents.tables import unguarded
from p2emas.imports.cells import Cell, as_text, folded
from p2emas.imports.kinds import Kind
from p2emas.imports.models import CSV
from p2emas.imports.numbers import HEADINGS as FORMAT_HEADINGS
from p2emas.ui.formats import file_size
from p2emas.ui.formats import number as shown

MOST_BYTES = 5 * 1024 * 1024
MOST_UNZIPPED = 60 * 1024 * 1024
MOST_ROWS = 10_000
MORE_COLUMNS = 10  # beyond the template's own: read only to say that they do not belong there
LONGEST_CELL = 2_000
MARK_SHEET, FILL_SHEET = "p2emas", "Isian"
PROBLEM = "Masalah"  # the column of a file of rows to mend; ignored when that file comes back
ROW_NUMBER = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b")


class TableRefused(Exception):
    """The file cannot be taken; the message is a sentence for the screen."""


@dataclass(frozen=True)
class Line:
    """One row of the table: its number in the file and a cell for each column of the kind."""

    number: int
    cells: list[Cell]


# --- Receiving ------------------------------------------------------------------------------------------------------


def receive_table(upload: Any) -> ReceivedFile:
    """Read an uploaded file; ``FileRefused`` with a sentence unless it is a plain .xlsx or a CSV of sane size."""
    upload.seek(0)
    data = upload.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FileRefused(_("Berkas ini terlalu besar. Paling besar %s.") % file_size(MOST_BYTES))
    name = clean_name(upload.name or "")
    if data and not detect(data) and name.lower().endswith((".csv", ".txt")):
        _decoded(data)
        return ReceivedFile(content=data, thumbnail=b"", original_name=name[-120:], content_type=CSV)
    _refuse_other_kinds(data)
    received = receive_file(upload, allowed=frozenset({XLSX}))
    with zipfile.ZipFile(io.BytesIO(received.content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNZIPPED:
            raise FileRefused(_("Isi berkas ini terlalu besar setelah dibuka. Bagi menjadi beberapa berkas."))
    return received


def _refuse_other_kinds(data: bytes) -> None:
    """Before the door of all files says which kinds it takes: it knows nothing of CSV, and no letters belong here."""
    found = detect(data) if data else XLSX
    if found == OLD_OFFICE:
        raise FileRefused(
            _(
                "Ini berkas Office versi lama atau berkata sandi. Simpan sebagai .xlsx tanpa kata sandi, atau CSV, "
                "lalu unggah lagi."
            )
        )
    if found in WORDS and found != XLSX:
        raise FileRefused(_("Berkas %s tidak diterima di sini. Unggah Excel (.xlsx) atau CSV.") % WORDS[found])
    if found != XLSX:
        raise FileRefused(_("Isi berkas ini bukan tabel. Unggah Excel (.xlsx) atau CSV."))


def _decoded(data: bytes) -> str:
    if b"\x00" in data:
        raise FileRefused(_("Berkas CSV ini tidak dapat dibaca. Simpan sebagai “CSV UTF-8”, lalu unggah lagi."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused(
            _("Huruf dalam berkas CSV ini tidak terbaca. Simpan sebagai “CSV UTF-8”, lalu unggah lagi.")
        ) from None


# --- Reading --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Table:
    """What was read: rows, where their columns stand in the file, and what its template says of number formats."""

    lines: list[Line]
    letters: list[str]
    marked: str = ""


def read_table(kind: Kind, content: bytes, content_type: str) -> Table:
    """The filled rows of the table, or ``TableRefused``. No database is touched."""
    raw: Iterator[Sequence[Cell]] = _csv_rows(content) if content_type == CSV else _xlsx_rows(kind, content)
    numbered = iter(enumerate(raw, start=1))
    headings: _Headings | None = None
    lines = []
    for number, row in numbered:
        if headings is None:
            headings = _Headings(kind, row)
            continue
        headings.check(number, row)
        cells = [row[place] if place < len(row) else None for place in headings.places]
        if any(_filled(cell) for cell in cells):
            lines.append(Line(number, [_short(cell) for cell in cells]))
        if len(lines) > MOST_ROWS:
            raise TableRefused(_("Berkas ini berisi lebih dari %s baris. Bagi menjadi beberapa.") % shown(MOST_ROWS))
    if not lines or headings is None:
        raise TableRefused(_("Tidak ada baris yang terisi di bawah judul kolom. Isi templatnya, lalu unggah lagi."))
    return Table(lines, [letter(place) for place in headings.places], headings.marked)


def letter(position: int) -> str:
    """The column as a spreadsheet names it: 0 -> A."""
    return chr(ord("A") + position) if position < 26 else letter(position // 26 - 1) + letter(position % 26)


def _filled(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def _short(cell: Cell) -> Cell:
    return cell[: LONGEST_CELL + 1] if isinstance(cell, str) else cell


class _Headings:
    """The first row: where each column of the kind stands, in any order, and the mark of a number format."""

    def __init__(self, kind: Kind, row: Sequence[Cell]) -> None:
        self.found = [folded(as_text(cell)) for cell in row]
        wanted = [folded(column.header) for column in kind.columns]
        self._check(kind, row, wanted)
        self.places = [self.found.index(heading) for heading in wanted]
        self.width = max((place for place, heading in enumerate(self.found, start=1) if heading), default=0)
        self.mark = next((place for place, heading in enumerate(self.found) if heading in FORMAT_HEADINGS), None)
        self.marked = "" if self.mark is None else FORMAT_HEADINGS[self.found[self.mark]]

    def _check(self, kind: Kind, row: Sequence[Cell], wanted: list[str]) -> None:
        missing = [column.header for column in kind.columns if folded(column.header) not in self.found]
        if missing:
            raise TableRefused(
                _("Baris pertama tidak memuat judul kolom %s. Unduh templatnya lagi dan isi tanpa mengubah judulnya.")
                % ", ".join(f"“{name}”" for name in missing)
            )
        known = {"", folded(PROBLEM), *FORMAT_HEADINGS, *wanted}
        strange = [as_text(cell)[:60] for cell, heading in zip(row, self.found, strict=True) if heading not in known]
        if strange:
            raise TableRefused(
                _("Kolom %s tidak dikenal. Hapus kolom itu, lalu unggah lagi.") % ", ".join(f"“{s}”" for s in strange)
            )
        twice = [column.header for column in kind.columns if self.found.count(folded(column.header)) > 1]
        if twice:
            raise TableRefused(_("Judul kolom “%s” ada dua kali. Hapus salah satunya, lalu unggah lagi.") % twice[0])

    def check(self, number: int, row: Sequence[Cell]) -> None:
        """Cells beyond the headings: "30,996" in a CSV whose columns stand between commas is 30 and 996."""
        beyond = [place for place, cell in enumerate(row) if place >= self.width and _filled(cell)]
        if not beyond and self.mark is not None and self.mark < len(row) and _filled(row[self.mark]):
            beyond = [self.mark]
        if beyond:
            raise TableRefused(
                _(
                    "Sel %(cell)s “%(typed)s” berada di kolom tanpa judul. Bila sebuah sel terbelah oleh koma, beri "
                    "tanda kutip pada angkanya atau pakai titik koma sebagai pemisah kolom; bila catatan, hapus."
                )
                % {"cell": f"{letter(beyond[0])}{number}", "typed": as_text(row[beyond[0]])[:60]}
            )


def _csv_rows(content: bytes) -> Iterator[list[Cell]]:
    text = _decoded(content)
    first = text.partition("\n")[0]
    if first.lower().startswith("sep="):  # a line that Excel writes for itself
        text = text.partition("\n")[2]
        first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield [unguarded(cell) for cell in row[:100]]
    except csv.Error as broken:
        raise TableRefused(
            _("Berkas CSV ini rusak: tanda kutipnya tidak berpasangan. Simpan ulang dari Excel, lalu unggah lagi.")
        ) from broken


def _xlsx_rows(kind: Kind, content: bytes) -> Iterator[Sequence[Cell]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        marked = _check_token(kind, book)
        visible = [each for each in book.worksheets if each.sheet_state == "visible"]
        sheet = next((each for each in visible if each.title == FILL_SHEET), visible[0])
        _check_sheet(content, getattr(sheet, "_worksheet_path", ""))
        (headings,) = sheet.iter_rows(max_row=1, max_col=len(kind.columns) + MORE_COLUMNS, values_only=True)
        last = max((place for place, cell in enumerate(headings, start=1) if cell is not None), default=1)
        yield [*headings[:last], marked]
        yield from sheet.iter_rows(min_row=2, max_col=last, values_only=True)
    except TableRefused:
        raise
    except Exception as broken:  # a workbook can be wrong in a hundred ways; none of them is ours
        raise TableRefused(
            _("Berkas Excel ini tidak dapat dibaca. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi.")
        ) from broken


def _check_token(kind: Kind, book: Any) -> str:
    """Which template this is: another one, an older one, or none at all. Answers how it writes numbers in text."""
    token = marked = ""
    if MARK_SHEET in book.sheetnames:
        first = next(book[MARK_SHEET].iter_rows(max_row=1, max_col=2, values_only=True), (None,))
        token, marked = as_text(first[0]), as_text(first[1]) if len(first) > 1 else ""
    code, _colon, version = token.partition(":")
    if token == kind.token:
        return marked
    if not token:
        raise TableRefused(
            _("Berkas ini tidak dibuat dari templat. Unduh templat “%s”, salin isinya ke sana, lalu unggah lagi.")
            % kind.title
        )
    if code != kind.code:
        raise TableRefused(
            _("Berkas ini dari templat lain. Di halaman ini hanya templat “%s” yang diterima.") % kind.title
        )
    raise TableRefused(
        _("Templat ini versi %(old)s, yang berlaku versi %(new)s. Unduh templat baru dan salin isinya ke sana.")
        % {"old": version[:10], "new": kind.version}
    )


def _check_sheet(content: bytes, path: str) -> None:
    """Merged cells hide values, and a far last row would be read through a million empty ones."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read(path.lstrip("/"))
    if MERGED.search(xml):
        raise TableRefused(_("Lembar ini memuat sel gabungan. Pisahkan semua sel gabungan, lalu unggah lagi."))
    last = max((int(found) for found in ROW_NUMBER.findall(xml)), default=0)
    if last > MOST_ROWS * 2:
        raise TableRefused(
            _("Baris terakhir lembar ini nomor %(last)s, paling banyak %(most)s. Hapus baris kosong di bawah tabel.")
            % {"last": shown(last), "most": shown(MOST_ROWS)}
        )
