"""The differences of an upload as a file: what becomes of each cell, and what is wrong with it."""

from collections.abc import Iterator

from p2emas.exports.lists import ListFile
from p2emas.imports.lanes.comparing import ComparedCell, ComparedRow, ComparedSheet, Fate, LaneComparison

HEADER = ("Lembar", "Baris", "Sel", "Yang diisi", "Tempat", "Kolom", "Isi lama", "Isi baru", "Keadaan", "Perbaikan")
WORDS = {
    Fate.WRONG: "Salah",
    Fate.BOTH: "Dua versi",
    Fate.ADDED: "Baris baru",
    Fate.NEW: "Baru",
    Fate.CHANGE: "Diubah",
    Fate.SAME: "Tetap",
}
CHOOSE = "Ada yang menyimpan sesudah berkas diunduh. Pilih salah satu di halaman perbedaan."


def differences_file(comparison: LaneComparison) -> ListFile:
    lane, record = comparison.lane, comparison.record
    rows = [line for sheet in comparison.sheets for row in sheet.rows for line in _lines(sheet, row)]
    return ListFile(f"perbedaan-{lane.file_name(record)}", f"Perbedaan, {lane.name_of(record)}", HEADER, rows)


def _lines(sheet: ComparedSheet, row: ComparedRow) -> Iterator[list[object]]:
    """One for each cell that differs or is wrong, and one for each sentence about the whole row."""
    head = [sheet.name, row.number]
    for sentence in row.errors:
        yield [*head, "", row.label, row.place, "", "", "", WORDS[Fate.WRONG], sentence]
    for cell in row.cells:
        if cell.fate is not Fate.SAME or cell.errors:
            fate = Fate.WRONG if cell.errors else Fate.ADDED if row.is_added else cell.fate
            old, new = (cell.stored_words if cell.stored else "", cell.new_words if cell.typed else "")
            said = [row.label, row.place, cell.column.header, old, new, WORDS[fate], _remedy(cell)]
            yield [*head, cell.address, *said]


def _remedy(cell: ComparedCell) -> str:
    if cell.errors:
        return " ".join(cell.errors)
    return CHOOSE if cell.is_open else ""
