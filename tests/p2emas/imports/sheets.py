"""Tables as people upload them: made with openpyxl from the real template, or by hand when they are nasty."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from p2emas.imports.headings import template_table
from p2emas.imports.kinds import kind_of
from p2emas.imports.tables import read_table_file, receive_table

HEADERS = ["Kecamatan", "Komoditas", "Tahun", "Ukuran", "Nilai", "Sumber", "Data contoh"]
SOURCE = "Laporan kecamatan"


def figure(district: Any, commodity: Any, value: Any, *, year: int = 2016, source: str = SOURCE) -> list[Any]:
    """One row of the kind "produksi"."""
    return [str(district), str(commodity), year, "Luas (ha)", value, source, None]


def book(rows: Sequence[Sequence[Any]], *, token: str = "produksi:1", headers: Sequence[str] = HEADERS, change=None):
    """The bytes of a workbook with these rows; ``change(workbook, sheet)`` damages it."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Isian"
    sheet.append(list(headers))
    for row in rows:
        sheet.append(list(row))
    if token:
        mark = made.create_sheet("p2emas")
        mark["A1"] = token
        mark.sheet_state = "veryHidden"
    if change:
        change(made, sheet)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def csv_file(rows: Sequence[Sequence[Any]], *, delimiter: str = ";", headers: Sequence[str] = HEADERS) -> bytes:
    lines = [headers, *rows]
    text = "\r\n".join(delimiter.join("" if c is None else str(c) for c in line) for line in lines)
    return ("\ufeff" + text).encode()


def upload(content: bytes, name: str = "isian.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def received(content: bytes, name: str = "isian.xlsx"):
    return receive_table(upload(content, name))


def read_table(kind, content: bytes, content_type: str):
    """A file in the form of our template."""
    return template_table(kind, read_table_file(content, content_type))


def produksi():
    return kind_of("produksi")


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    """The archive with one part replaced or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part.filename))
        new.writestr(name, data)
    return made.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)
