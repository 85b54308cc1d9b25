"""From a received file to tables of plain cells; everything that is no table is refused in a sentence."""

from typing import Any

from p2emas.documents.kinds import FileRefused, ReceivedFile
from p2emas.documents.readers.reading import Reader
from p2emas.imports.cells import Cell, as_text
from p2emas.imports.shapes import unmerged
from p2emas.imports.tables import FORMATS, MARK_SHEET, ReceivedSheet, told_of_hidden
from programs.planning.files.columns import CODE

GUIDE = "Petunjuk"  # the sheet of our template that is not to be read
MARK = "renja:1"  # on the hidden sheet of our template
FORMULA = "\N{REPLACEMENT CHARACTER}rumus"  # a cell that computes; its result would be of the moment
LONGEST = 500
EVERY_SHEET = Reader(
    name="plan-file",
    module="programs.planning.files.every_sheet",
    limit="READ_SHEET_SECONDS",
    too_long="Berkas ini terlalu lama dibaca. Hapus lembar dan kolom tambahan, lalu unggah lagi.",
    too_large="Isi berkas ini terlalu besar setelah dibuka. Hapus lembar tambahan, lalu unggah lagi.",
    broken="Berkas ini tidak dapat dibaca. Buka di Excel, simpan ulang sebagai .xlsx, lalu unggah lagi.",
)
Tables = list[list[Any]]  # name of the sheet, rows of (number, cells)


def read_tables(received: ReceivedFile, *, seconds: float | None = None) -> tuple[Tables, list[str]]:
    """Every sheet that holds anything, and what is to be told of it; raises ``FileRefused``. ``seconds``: for jobs."""
    kind = FORMATS.get(received.content_type, "xlsx")
    found = EVERY_SHEET.read(received.content, seconds=seconds, kind=kind, mark=MARK_SHEET).value
    if found["mark"] and as_text(found["mark"][0]) != MARK:
        raise FileRefused("Berkas ini dari templat lain. Unduh templat rencana di halaman ini, lalu isi itu.")
    ours = bool(found["mark"])
    sheets = [each for each in found["sheets"] if not (ours and each[0] == GUIDE)]
    tables: Tables = [[name, filled] for name, rows, merged, *_hidden in sheets if (filled := _filled(rows, merged))]
    if not tables:
        raise FileRefused(f"Berkas ini kosong. Isi paling sedikit “{CODE.header}” dan satu baris di bawahnya.")
    return tables, [
        told_of_hidden(count, hidden, f"pada lembar {name or 'itu'}")
        for name, _rows, _merged, count, hidden in sheets
        if count
    ]


def _filled(rows: list[Any], merged: list[Any]) -> list[list[Any]]:
    """Number and plain cells of each row that holds anything; what is merged is there in each of its cells."""
    sheet = ReceivedSheet(rows, is_csv=False, merged=[tuple(each) for each in merged])
    plain: list[list[Any]] = [[number, [_plain(cell) for cell in cells]] for number, cells in unmerged(sheet)]
    return [row for row in plain if any(cell is not None for cell in row[1])]


def _plain(cell: Cell) -> Any:
    """As JSON keeps it: numbers stay numbers, a date becomes its ISO text."""
    if isinstance(cell, list):
        return FORMULA if cell[0] == "f" else str(cell[1])
    if isinstance(cell, str):
        return cell.strip()[:LONGEST] or None
    return cell
