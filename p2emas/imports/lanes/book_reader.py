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

    With each sheet how many of its rows are hidden, and the numbers of the first of them. A workbook without the mark
    is no lane's: "own" is one sheet of it as ``sheet_reader`` has it. A file with more than ``most`` rows below its
    headings, the row with the word ``code``, is not read to its end: "long".
    """
    try:
        found = _READ[kind](data, names, mark, None if most is None else most + SEARCHED)
    except sheet_reader.TooManyRows:
        return {"long": True}
    tables = [rows for _name, rows, *_others in found["sheets"]] or [found["own"]["rows"] if found["own"] else []]
    count = sum(len(rows) - _headings(rows, code) for rows in tables)
    return {"long": True} if most is not None and count > most else found


def _headings(rows: list[sheet_reader.Row], code: str) -> int:
    """How many rows there are down to the headings; 0 where there are none."""
    for place, (_number, cells) in enumerate(rows[:SEARCHED], start=1):
        if any(isinstance(cell, str) and cell.strip().casefold() == code.casefold() for cell in cells):
            return place
    return 0


def _read_csv(data: bytes, names: list[str], mark: str, most: int | None) -> dict[str, Any]:
    found = sheet_reader.read(data, kind="csv")
    return {"sheets": [["", found["rows"], 0, []]], "mark": [], "own": found}


def _read_xlsx(data: bytes, names: list[str], mark: str, most: int | None) -> dict[str, Any]:
    archive = Archive(data)
    book = Workbook(archive)
    shared = shared_strings(archive, sheet_reader.LONGEST_CELL), Styles(archive), book.since_1904
    parts = {part.name: part for part in book.sheets}
    first = sheet_reader.Worksheet(archive, parts[mark].part, *shared, only_first=True).rows if mark in parts else []
    said: list[Any] = first[0][1] if first else []
    wanted = [part for part in book.sheets if part.name in names]
    found = {part.name: sheet_reader.Worksheet(archive, part.part, *shared, most=most) for part in wanted}
    merged = [name for name, sheet in found.items() if sheet.merged]
    _check_merged(merged, said)
    sheets = [[n, sheet.rows, sheet.hidden_count, sheet.hidden] for n, sheet in found.items() if n not in merged]
    fill = next((part.name for part in wanted if part.visible), "")
    return {"sheets": sheets, "mark": said, "own": None if said else sheet_reader.read_book(data, fill=fill, most=most)}


def _read_ods(data: bytes, names: list[str], mark: str, most: int | None) -> dict[str, Any]:
    from p2emas.imports import ods_reader  # its library is loaded by nobody else

    present = ods_reader.sheet_names(data)
    wanted = [name for name in names if name in present]
    found = {name: ods_reader.read_ods(data, name, mark) for name in wanted or [""]}
    first = next(iter(found.values()))
    _check_merged([name for name in wanted if found[name]["merged"]], first["mark"])
    sheets = [[name, found[name]["rows"], 0, []] for name in wanted if not found[name]["merged"]]
    return {"sheets": sheets, "mark": first["mark"], "own": None if first["mark"] else first}


def _check_merged(merged: list[str], said: list[Any]) -> None:
    """The workbook of a lane has no merged cells; a table that an office made may have them in its head."""
    if merged and said:
        raise Refused(MERGED % merged[0][:40])


_READ = {"csv": _read_csv, "xlsx": _read_xlsx, "ods": _read_ods}
