"""Tables for a spreadsheet: the one writer of CSV and of plain workbooks that every list and page uses."""

import csv
import io
import logging
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpResponse
from django.utils import timezone

from p2emas.documents.formula_guard import guarded

logger = logging.getLogger(__name__)
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what XML cannot hold


def log_export(user: AbstractBaseUser, filename: str) -> None:
    """A list that leaves the site leaves a line: who took which file, and with the request number when and how."""
    logger.info("Exported", extra={"user": user.pk, "file": filename})


def csv_response(filename: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """UTF-8 with BOM and ";", as Indonesian spreadsheets open it.

    Cells may be text, whole numbers, Decimal or Fraction (decimal comma), dates (dd-mm-yyyy), True/False (ya/tidak)
    or None, which stays empty: an unknown figure is never 0. Text that looks like a formula stays text.
    """
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow([csv_cell(cell) for cell in header])
    for row in rows:
        writer.writerow([csv_cell(cell) for cell in row])
    return response


def csv_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    if isinstance(value, Fraction | float):
        return f"{float(value):.4f}".rstrip("0").rstrip(".").replace(".", ",")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d-%m-%Y %H.%M}"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    text = str(value).replace("\x00", "")
    return guarded(text)


def xlsx_response(filename: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A workbook of one sheet. Cells as in ``csv_response``; text stays text, no matter how it begins."""
    import xlsxwriter  # needed by few requests

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        sheet = book.add_worksheet()
        head, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "dd-mm-yyyy"})
        for place, word in enumerate(header):
            sheet.write_string(0, place, str(word), head)
            sheet.set_column(place, place, max(12, len(str(word)) + 4))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                _write_cell(sheet, number, place, value, day)
    response = HttpResponse(content.getvalue(), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "private, no-cache"
    return response


def _write_cell(sheet, row: int, place: int, value: object, day) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date) and not isinstance(value, datetime):
        sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, int | Decimal | Fraction | float) and not isinstance(value, bool):
        sheet.write_number(row, place, float(value))
    else:
        text = csv_cell(value) if isinstance(value, bool | datetime) else str(value)
        sheet.write_string(row, place, UNPRINTABLE.sub("", text)[:32_000])
