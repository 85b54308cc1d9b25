"""Workbooks that we write: the template of a kind, and the rows of an import that need correction."""

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from p2emas.accounts.models import User
from p2emas.documents.tables import csv_cell
from p2emas.imports.cells import squeezed
from p2emas.imports.headings import PROBLEM
from p2emas.imports.kinds import Column, ImportKind
from p2emas.imports.models import Import
from p2emas.imports.numbers import NumberFormat
from p2emas.imports.tables import FILL_SHEET, MARK_SHEET, cell_named

EXCEL_DIGITS = 15
FREE_ROWS = 200  # rows below the filled ones in which the drop-downs work
NOTHING_COMPUTED = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def template_rows(kind: ImportKind, user: User, chosen: Mapping[str, Any]) -> list[list[Any]]:
    return kind.prefill(user, chosen, kind.lookups(user))


def csv_headings(kind: ImportKind) -> list[str]:
    """The headings of a CSV template; the last one, over empty cells, says how we write numbers."""
    mark = [number_mark()] if any(column.is_number for column in kind.columns) else []
    return [*(column.header for column in kind.columns), *mark]


def number_mark() -> str:
    return f"Angka: {NumberFormat.COMMA.label}"


def template_workbook(kind: ImportKind, user: User, chosen: Mapping[str, Any]) -> bytes:
    """The template: keys locked, drop-downs, a hidden mark of kind and version, and a sheet of instructions."""
    rows = template_rows(kind, user, chosen)
    return _workbook(kind, user, rows, locked=len(rows))


def problems_workbook(kind: ImportKind, user: User, batch: Import) -> bytes:
    """The rows with an error as they were written, each with what is wrong; can be corrected and uploaded again."""
    wrong = batch.rows.wrong().order_by("number")
    named = (lambda n: f"Sel {cell_named(n)}") if batch.by_cell else (lambda n: f"Baris {n}")
    rows = [[*row.cells, f"{named(row.number)}. {row.message}"] for row in wrong if row.cells]
    return _workbook(kind, user, rows, extra=[PROBLEM])


def _workbook(
    kind: ImportKind, user: User, rows: Sequence[Sequence[Any]], *, locked: int = 0, extra: Sequence[str] = ()
):
    import xlsxwriter

    content = io.BytesIO()
    lookups = kind.lookups(user)
    with xlsxwriter.Workbook(content, NOTHING_COMPUTED) as book:
        sheet, guide, mark = (book.add_worksheet(name) for name in (FILL_SHEET, "Petunjuk", MARK_SHEET))
        looks = {
            "head": book.add_format({"bold": True, "bg_color": "#E3EDF7", "border": 1, "text_wrap": True}),
            "key": book.add_format({"bg_color": "#F4F6F8"}),
            "free": book.add_format({"locked": False}),
            "bold": book.add_format({"bold": True}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        mark.write_string(0, 0, kind.token)
        mark.write_string(0, 1, number_mark())
        mark.very_hidden()
        _fill(sheet, kind, rows, extra=extra, locked=locked, looks=looks)
        _drop_downs(sheet, mark, kind, lookups, len(rows))
        if locked:
            sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "insert_rows": True})
        _guide(guide, kind, lookups, looks)
    return content.getvalue()


def _fill(sheet, kind: ImportKind, rows, *, extra: Sequence[str], locked: int, looks: Mapping[str, Any]) -> None:
    for place, column in enumerate(kind.columns):
        sheet.set_column(place, place, column.width, looks["free"])
        sheet.write_string(0, place, column.header, looks["head"])
    for place, header in enumerate(extra, start=len(kind.columns)):
        sheet.set_column(place, place, 60, looks["free"])
        sheet.write_string(0, place, header, looks["head"])
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            key = number <= locked and place < len(kind.columns) and kind.columns[place].key
            _write(sheet, number, place, value, looks["key" if key else "free"])


def _write(sheet, number: int, place: int, value: Any, look: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(number, place, None, look)
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool) and fits_excel(value):
        sheet.write_number(number, place, value, look)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        sheet.write_string(number, place, csv_cell(value), look)
    else:
        words = value if isinstance(value, str) else ("ya" if value else "tidak")
        sheet.write_string(number, place, squeezed(words)[:32_000], look)


def fits_excel(value: Any) -> bool:
    """A spreadsheet keeps 15 digits of a number; the others would come back as zeros."""
    return not isinstance(value, Decimal | int) or len(Decimal(value).normalize().as_tuple().digits) <= EXCEL_DIGITS


def _drop_downs(sheet, mark, kind: ImportKind, lookups: Any, filled: int) -> None:
    """Lists are on the hidden sheet: in the rule itself only 255 letters have room."""
    last = min(filled + FREE_ROWS, kind.most_rows)
    for place, column in enumerate(kind.columns):
        options = column.options(lookups)
        for number, option in enumerate(options, start=1):
            mark.write_string(number, place, option)
        rule: dict[str, Any] = {"input_title": column.header[:32], "input_message": column.hint[:255]}
        if options:
            letters = _letters(place)
            source = f"={MARK_SHEET}!${letters}$2:${letters}${len(options) + 1}"
            rule |= {
                "validate": "list",
                "source": source,
                "error_title": "Pilih dari daftar",
                "error_message": "Isi sel ini hanya dari daftar yang tersedia.",
            }
        else:
            rule |= {"validate": "any"}
        if column.hint or options:
            sheet.data_validation(1, place, max(last, 1), place, rule)


def _letters(place: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return xl_col_to_name(place)


def _guide(sheet, kind: ImportKind, lookups: Any, looks: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90, looks["wrap"])
    lines = [
        ("Templat", kind.title),
        ("Untuk apa", kind.intro),
        ("Cara mengisi", "Isi lembar “Isian”. Baris judul dan sel abu-abu jangan diubah; baris boleh ditambah."),
        (
            "Setelah diisi",
            "Unggah berkas ini. Pratinjau tampil dahulu; sebelum itu tidak ada yang tersimpan.",
        ),
        ("Rumus", "Tulis angka dan teks saja. Sel berisi rumus tidak diterima."),
        ("", ""),
        *((column.header, _described(column, lookups)) for column in kind.columns),
    ]
    for number, (what, how) in enumerate(lines):
        sheet.write_string(number, 0, what, looks["bold"])
        sheet.write_string(number, 1, how, looks["wrap"])


def _described(column: Column, lookups: Any) -> str:
    parts = [column.hint, "Wajib diisi." if column.required else "Boleh dikosongkan."]
    options = column.options(lookups)
    if 0 < len(options) <= 12:
        parts.append(f"Pilihan: {', '.join(options)}.")
    return " ".join(filter(None, parts))
