"""Reads all sheets of a file that people see, in a process of its own. Plain Python without Django."""

from typing import Any

from p2emas.documents.readers.archive import Archive
from p2emas.documents.readers.wire import Refused
from p2emas.imports import sheet_reader
from p2emas.imports.workbook_parts import Styles, Workbook, shared_strings

MOST_SHEETS, MOST_ROWS = 12, 6_000
TOO_MANY_SHEETS = f"Berkas ini berisi lebih dari {MOST_SHEETS} lembar. Hapus lembar yang tidak diperlukan."
TOO_MANY_ROWS = f"Berkas ini berisi lebih dari {MOST_ROWS} baris. Bagi menjadi beberapa berkas."


def read(data: bytes, *, kind: str, mark: str) -> dict[str, Any]:
    """Name, rows, merged ranges and hidden rows of each sheet, and the first cells of the hidden mark."""
    if kind == "csv":
        return {"sheets": [["", sheet_reader.read(data, kind=kind)["rows"], [], 0, []]], "mark": []}
    return _read_ods(data, mark) if kind == "ods" else _read_xlsx(data, mark)


def _read_xlsx(data: bytes, mark: str) -> dict[str, Any]:
    archive = Archive(data)
    book = Workbook(archive)
    strings, styles = shared_strings(archive, sheet_reader.LONGEST_CELL), Styles(archive)
    said: list[Any] = []
    sheets: list[list[Any]] = []
    for part in book.sheets:
        if part.name == mark:
            rows = sheet_reader.Worksheet(archive, part.part, strings, styles, book.since_1904, only_first=True).rows
            said = rows[0][1] if rows else []
        elif part.visible:
            _refuse_more_than(len(sheets) + 1)
            found = sheet_reader.Worksheet(archive, part.part, strings, styles, book.since_1904)
            sheets.append([part.name, found.rows, found.merged, found.hidden_count, found.hidden])
    return _bounded(sheets, said)


def _read_ods(data: bytes, mark: str) -> dict[str, Any]:
    from p2emas.imports import ods_reader  # its library is loaded by nobody else

    names = [name for name in ods_reader.sheet_names(data) if name != mark]
    _refuse_more_than(len(names))
    said: list[Any] = []
    sheets: list[list[Any]] = []
    for name in names:
        try:
            found = ods_reader.read_ods(data, name, mark)
        except Refused:  # a hidden sheet, which nobody means
            continue
        said = found["mark"]
        sheets.append([name, found["rows"], found["merged"], 0, []])
    return _bounded(sheets, said)


def _refuse_more_than(sheets: int) -> None:
    if sheets > MOST_SHEETS:
        raise Refused(TOO_MANY_SHEETS)


def _bounded(sheets: list[list[Any]], said: list[Any]) -> dict[str, Any]:
    if sum(len(rows) for _name, rows, *_others in sheets) > MOST_ROWS:
        raise Refused(TOO_MANY_ROWS)
    return {"sheets": sheets, "mark": said}
