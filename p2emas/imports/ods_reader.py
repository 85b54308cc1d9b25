"""Reads a table of an .ods file with calamine, in the process of `sheet_reader`. Plain Python without Django.

Calamine shows values only: it knows no hidden rows, no formulas and no percent signs, which the preview says.
"""

import io
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from p2emas.documents.readers import opendocument
from p2emas.documents.readers.archive import DAMAGED, Archive
from p2emas.documents.readers.wire import Refused

LONGEST_CELL = 2_001
MOST_OTHERS = 5
LARGEST_WHOLE = 10**15


def read_ods(data: bytes, fill: str, mark: str) -> dict[str, Any]:
    """The same answer as for an .xlsx; ``blind`` says that there may be more in the file than this shows."""
    extents = {extent.name: extent for extent in opendocument.check_opendocument(Archive(data))}
    book = _opened(data)
    visible = {sheet.name: sheet.visible == SheetVisibleEnum.Visible for sheet in book.sheets_metadata}
    said = _rows(book, mark, most=1) if mark in visible else []
    name = _to_read(visible, fill)
    merged = extents[name].merged if name in extents else []
    return {
        "rows": _rows(book, name),
        "hidden": [],
        "hidden_count": 0,
        "mark": said[0][1] if said and said[0][0] == 1 else [],
        "merged": merged,
        "sheet": name,
        "others": [other for other, seen in visible.items() if seen and name not in (other, fill)][:MOST_OTHERS],
        "blind": True,
    }


def sheet_names(data: bytes) -> list[str]:
    opendocument.check_opendocument(Archive(data))
    return list(_opened(data).sheet_names)


def _opened(data: bytes) -> Any:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except CalamineError:
        raise Refused(DAMAGED) from None


def _to_read(visible: dict[str, bool], fill: str) -> str:
    """The sheet of the template, else the first one that people see."""
    if visible.get(fill) is False:
        raise Refused(
            f"Lembar “{fill}” tersembunyi. Tampilkan dahulu (klik kanan nama lembar, lalu Tampilkan), simpan, lalu "
            "unggah lagi."
        )
    name = fill if fill in visible else next((name for name, seen in visible.items() if seen), None)
    if name is None:
        raise Refused(DAMAGED)
    return name


def _rows(book: Any, name: str, *, most: int | None = None) -> list[tuple[int, list[Any]]]:
    """The filled rows with their numbers; ``skip_empty_area`` would shift the columns."""
    found = []
    for number, row in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), start=1):
        if most is not None and number > most:
            break
        cells = [_value(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            found.append((number, cells))
    return found


def _value(cell: Any) -> Any:
    """As JSON has it: whole numbers without a point, days as text with a mark."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < LARGEST_WHOLE else cell
    if isinstance(cell, int):
        return cell
    if isinstance(cell, datetime | date):
        return ["d", cell.isoformat()[:10]]
    text = str(cell)[:LONGEST_CELL]
    return text if text.strip() else None
