"""Tables for a spreadsheet: the one writer of CSV that every list and page uses (of workbooks: p2emas/exports)."""

import csv
import logging
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpResponse
from django.utils import timezone

from p2emas.documents.formula_guard import guarded

logger = logging.getLogger(__name__)


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
