"""A list as an Excel workbook: real numbers and dates, a frozen head with filters, and a sheet that says what it is."""

import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone

from p2emas.documents.tables import csv_cell

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what XML cannot hold
LONGEST_TEXT = 32_000
EXCEL_DIGITS = 15  # a spreadsheet keeps so many of a number; the others would come back as zeros
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
ABOUT = "Keterangan"  # the sheet that says what a workbook is
NOTHING_COMPUTED = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
NARROW, WIDE = 12, 40  # letters of a column
LOOKED_AT = 200  # rows whose words decide how wide
EVERY = 1_000  # rows between two reports of progress
FORMATS = {"day": "dd-mm-yyyy", "moment": "dd-mm-yyyy hh.mm", "money": "#,##0", "whole": "0", "part": "0.####"}
Looks = dict[str, Any]


def workbook(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    about: Callable[[], Sequence[tuple[str, str]]] = tuple,
    told: Callable[[int], None] = lambda done: None,
) -> bytes:
    """The bytes of a workbook; ``about`` gives its second sheet when all rows are written, ``told`` their number."""
    import xlsxwriter  # needed by few requests

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, NOTHING_COMPUTED) as book:
        book.set_properties({"title": title[:250]})
        looks = looks_of(book)
        looks["head"] = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(NOT_IN_A_NAME.sub(" ", title)[:31].strip() or "Daftar")
        _head(sheet, header, looks["head"])
        number, widths = 0, [len(str(word)) + 4 for word in header]
        for number, row in enumerate(rows, start=1):
            _row(sheet, number, header, row, looks)
            if number <= LOOKED_AT:
                _widen(widths, row)
            if number % EVERY == 0:
                told(number)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(max(NARROW, width), WIDE))
        sheet.autofilter(0, 0, max(number, 1), max(len(header) - 1, 0))
        sheet.set_header(f"&L&B{_for_print(title)}")
        sheet.set_footer("&R&P/&N")
        if lines := about():
            about_sheet(book, sheet, lines)
    return content.getvalue()


def looks_of(book: Any) -> Looks:
    return {name: book.add_format({"num_format": code}) for name, code in FORMATS.items()}


def _head(sheet: Any, header: Sequence[str], look: Any) -> None:
    for place, word in enumerate(header):
        sheet.write_string(0, place, str(word), look)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _widen(widths: list[int], row: Sequence[object]) -> None:
    """So that no word is cut off on paper, and no number or moment becomes a row of #."""
    for place, value in enumerate(row[: len(widths)]):
        widths[place] = max(widths[place], _letters(value) + 2)


def _letters(value: object) -> int:
    if isinstance(value, datetime):
        return len(FORMATS["moment"])
    return len(f"{value:,}" if isinstance(value, int) else str(value or ""))


def _row(sheet: Any, number: int, header: Sequence[str], row: Sequence[object], looks: Looks) -> None:
    for place, value in enumerate(row):
        money = place < len(header) and str(header[place]).endswith("(Rp)")
        write_cell(sheet, number, place, value, looks, money=money)


def write_cell(sheet: Any, row: int, place: int, value: object, looks: Looks, *, money: bool = False) -> None:
    """One value as what it is: a number, a day, a moment; all else is text, no matter how it begins."""
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, place, _naive(value), looks["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), looks["day"])
    elif isinstance(value, int | Decimal | Fraction | float) and not isinstance(value, bool) and _fits(value):
        sheet.write_number(row, place, float(value), looks[_look_of(value, money)])
    else:
        text = csv_cell(value) if isinstance(value, bool | int | Decimal) else str(value)
        sheet.write_string(row, place, UNPRINTABLE.sub("", text)[:LONGEST_TEXT])


def _look_of(value: object, money: bool) -> str:
    if money:
        return "money"
    return "whole" if isinstance(value, int) else "part"


def _naive(value: datetime) -> datetime:
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return local.replace(tzinfo=None, microsecond=0)


def _fits(value: int | Decimal | Fraction | float) -> bool:
    return not isinstance(value, int | Decimal) or len(Decimal(value).normalize().as_tuple().digits) <= EXCEL_DIGITS


def _for_print(title: str) -> str:
    return UNPRINTABLE.sub("", title).replace("&", "&&")[:200]


def about_sheet(book: Any, first: Any, about: Sequence[tuple[str, str]]) -> None:
    """The sheet ``ABOUT``, in two columns; ``first`` is the sheet that opens."""
    sheet, bold = book.add_worksheet(ABOUT), book.add_format({"bold": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for number, (what, said) in enumerate(about):
        sheet.write_string(number, 0, what, bold)
        sheet.write_string(number, 1, UNPRINTABLE.sub("", said)[:LONGEST_TEXT], wrap)
    first.activate()
