"""Reads the sheets of a lane's workbook in a process of its own. Plain Python without Django; see ``sheet_reader``."""

from typing import Any

from p2emas.documents.readers.archive import Archive
from p2emas.documents.readers.wire import Refused
from p2emas.imports import sheet_reader
from p2emas.imports.workbook_parts import Styles, Workbook, shared_strings

MERGED = "Lembar “%s” memuat sel gabungan. Pisahkan semua sel gabungan, lalu unggah lagi."


SEARCHED = 15  # rows in which the headings may be


def read(data: bytes, *, kind: str, names: list[str], mark: str, code: str, most: int | None) -> dict[str, Any]:
    """The numbered rows of the sheets ``names`` ("" is the one of a CSV), and the cells of the mark.

    With each sheet how many of its rows are hidden, and the numbers of the first of them. A file with more than
    ``most`` rows below its headings, the row with the word ``code``, is not read to its end: "long".
    """
    try:
        found = _READ[kind](data, names, mark, None if most is None else most + SEARCHED)
    except sheet_reader.TooManyRows:
        return {"long": True}
    count = sum(len(rows) - _headings(rows, code) for _name, rows, *_others in found["sheets"])
    return {"long": True} if most is not None and count > most else found


def _headings(rows: list[sheet_reader.Row], code: str) -> int:
    """How many rows there are down to the headings; 0 where there are none."""
    for place, (_number, cells) in enumerate(rows[:SEARCHED], start=1):
        if any(isinstance(cell, str) and cell.strip().casefold() == code.casefold() for cell in cells):
            return place
    return 0


def _read_csv(data: bytes, names: list[str], mark: str, most: int | None) -> dict[str, Any]:
    return {"sheets": [["", sheet_reader.read(data, kind="csv")["rows"], 0, []]], "mark": []}


def _read_xlsx(data: bytes, names: list[str], mark: str, most: int | None) -> dict[str, Any]:
    archive = Archive(data)
    book = Workbook(archive)
    strings, styles = shared_strings(archive, sheet_reader.LONGEST_CELL), Styles(archive)
    said: list[Any] = []
    sheets: list[list[Any]] = []
    for part in book.sheets:
        if part.name == mark:
            rows = sheet_reader.read_sheet(archive, part.part, strings, styles, book.since_1904, only_first=True).rows
            said = rows[0][1] if rows else []
        elif part.name in names:
            sheet = sheet_reader.read_sheet(archive, part.part, strings, styles, book.since_1904, most=most)
            if sheet.merged:
                raise Refused(MERGED % part.name[:40])
            sheets.append([part.name, sheet.rows, sheet.hidden_count, sheet.hidden])
    return {"sheets": sheets, "mark": said}


def _read_ods(data: bytes, names: list[str], mark: str, most: int | None) -> dict[str, Any]:
    from p2emas.imports import ods_reader  # its library is loaded by nobody else

    sheets: list[list[Any]] = []
    said: list[Any] = []
    present = ods_reader.sheet_names(data)
    for name in (name for name in names if name in present):
        found = ods_reader.read_ods(data, name, mark)
        if found["merged"]:
            raise Refused(MERGED % name[:40])
        sheets.append([name, found["rows"], 0, []])
        said = found["mark"]
    return {"sheets": sheets, "mark": said}


_READ = {"csv": _read_csv, "xlsx": _read_xlsx, "ods": _read_ods}
