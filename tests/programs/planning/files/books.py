"""Files of a year's plan as agencies make them."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

ONE_SHEET = [
    "Kode Rekening", "Kegiatan", "Program", "Sasaran", "Indikator Kinerja", "Satuan Indikator", "Rumus", "Sumber Data",
    "Target", "Nilai awal", "Tahun nilai awal", "Lokasi", "Mata Rantai", "Dana", "Mulai", "Vol", "Satuan", "Anggaran",
    *(f"Keuangan {name}" for name in ("TW I", "TW II", "TW III", "TW IV")),
    *(f"Fisik {name}" for name in ("TW I", "TW II", "TW III", "TW IV")),
]  # fmt: skip


def book_of(sheets: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def file_of(content: bytes, name: str = "renja.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def plan_rows(villages: Sequence[Any], outcome: Any, *, lines: int, activities: int = 10) -> list[list[Any]]:
    """One sheet: an activity with its indicator on the first of its lines, the others below it without its code."""
    rows: list[list[Any]] = [["RENCANA KERJA SKPD"], ONE_SHEET]
    links = ("Bibit", "Sarana", "Pelatihan", "Produksi", "Olahan", "Modal", "Pasar")
    each = lines // activities
    for number in range(activities):
        for n in range(each):
            first = [f"2.01.03.15.{number:02d}", f"Pembinaan {number}", "Peningkatan produksi", str(outcome)]
            measured = [f"Kelompok dibina {number}", "kelompok", "Tren positif", "Daftar hadir", 10, 0, 2018]
            amount = 10_000_000 + n * 1_000
            money = [amount // 4, amount // 2, amount * 3 // 4, amount]
            rows.append(
                [
                    *((*first, *measured) if n == 0 else [None] * 11),
                    villages[n % len(villages)].name, links[n % 7], "DAU", "Maret", n + 1, "paket", amount,
                    *money, 25, 50, 75, 100,
                ]
            )  # fmt: skip
    return rows


def template_with_rows(template: bytes, village: Any, outcome: Any) -> bytes:
    """Our template with one new activity and one line of it."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    typed = {
        "Kegiatan": {"Kode kegiatan": "2.01.03.15.07", "Nama kegiatan": "Uji", "Sasaran program": str(outcome)},
        "Baris rencana": {
            "Kode kegiatan": "2.01.03.15.07", "Tempat": village.name, "Mata rantai": "Bibit", "Sumber dana": "DAU",
            "Bulan mulai": "Maret", "Pagu (Rp)": 10_000_000,
        },
    }  # fmt: skip
    for name, cells in typed.items():
        sheet = book[name]
        columns = {cell.value: cell.column for cell in sheet[1]}
        for header, value in cells.items():
            sheet.cell(2, columns[header]).value = value
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
