"""Ten tables as the statistics office lays them out, in a small text form; every number is invented.

A line is a row, "|" separates cells, "@ A1:D1" merges a range. ``counted`` was counted by hand: new rows, rows left out
because their cell is empty, rows with an error, and the sum of the new values.
"""

import io
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries

from tests.p2emas.imports.ods_files import EMPTY_END, cell, ods

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class BpsFile:
    text: str
    counted: tuple[int, int, int, str]
    asked: dict[str, Any] = field(default_factory=dict)  # what the page proposes
    answers: dict[str, str] = field(default_factory=dict)  # what a person changes in it

    def rows(self) -> tuple[list[list[Any]], list[str]]:
        lines = [line.strip() for line in self.text.strip("\n").splitlines()]
        merged = [line[2:].strip() for line in lines if line.startswith("@ ")]
        rows = [[_value(each) for each in line.split("|")] for line in lines if not line.startswith("@ ")]
        return rows, merged

    def as_xlsx(self) -> bytes:
        rows, merged = self.rows()
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        for each in merged:
            book.active.merge_cells(each)
        content = io.BytesIO()
        book.save(content)
        return content.getvalue()

    def as_ods(self) -> bytes:
        rows, merged = self.rows()
        spans = {(b[1], b[0]): (b[2] - b[0] + 1, b[3] - b[1] + 1) for b in map(range_boundaries, merged)}
        body = "".join(
            "<table:table-row>"
            + "".join(_spanned(cell(v), spans.get((n, m))) for m, v in enumerate(row, 1))
            + "</table:table-row>"
            for n, row in enumerate(rows, 1)
        )
        return ods(f'<table:table table:name="Tabel">{body}{EMPTY_END}</table:table>')


def _value(text: str) -> Any:
    text = text.strip()
    if NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text or None


def _spanned(made: str, span: tuple[int, int] | None) -> str:
    if span is None:
        return made
    wide, high = span
    said = f' table:number-columns-spanned="{wide}" table:number-rows-spanned="{high}"'
    return made.replace("<table:table-cell", f"<table:table-cell{said}", 1)


def total(values: list[str]) -> Decimal:
    return sum(map(Decimal, values), Decimal())


FILES = {
    "one row of headings": BpsFile(
        """
        Luas Tanaman Perkebunan Rakyat (ha) Tahun 2016
        Kecamatan | Lada | Karet
        Kelam Permai | 12.5 | 100
        Sepauk | 7 | 250
        Dedai | | 31
        """,
        (5, 1, 0, "400.5"),
        {"year": 2016, "measure": "HECTARE", "dashes": 0},
    ),
    "two rows of headings, merged, in two languages": BpsFile(
        """
        Tabel 5.1.3 Produksi Perkebunan menurut Kecamatan dan Jenis Tanaman (ton), 2017 | | | |
        @ A1:E1
        Kecamatan/Subdistrict | Jenis Tanaman/Kind of Crop | | |
        @ B2:E2
        @ A2:A3
        | Lada/Pepper | Karet/Rubber | Cabai/Chili | Jumlah/Total
        (1) | (2) | (3) | (4) | (5)
        Kelam Permai | 1 | 20 | 300 | 321
        Sepauk | 2 | 30 | 400 | 432
        Jumlah/Total | 3 | 50 | 700 | 753
        """,
        (6, 0, 0, "753"),
        {"year": 2017, "measure": "TON", "dashes": 0},
    ),
    "numbers before the names and dashes that are unknown": BpsFile(
        """
        Populasi Ternak (ekor) 2018
        Kecamatan | Lada | Karet
        01. Kelam Permai | - | 5
        02. Sepauk | 8 | -
        03. Dedai | 9 | 1
        JUMLAH | 17 | 6
        """,
        (6, 0, 0, "23"),
        {"year": 2018, "measure": "EKOR", "dashes": 2},
    ),
    "dashes that are zero": BpsFile(
        """
        Populasi Ternak (ekor) 2018
        Kecamatan | Lada | Karet
        1. Kelam Permai | - | 5
        2. Sepauk | 8 | -
        """,
        (4, 0, 0, "13"),
        {"dashes": 2},
        {"nol": "ya"},
    ),
    "long decimals": BpsFile(
        """
        Produksi (ton) 2019 | |
        @ A1:C1
        Kecamatan | Lada | Karet
        Kelam Permai | 1588.4349368 | 0.12345
        Sepauk | 10.0004 | 3
        """,
        (4, 0, 0, "1601.558"),
        {"year": 2019, "measure": "TON"},
    ),
    "letters apart, notes and a source": BpsFile(
        """
        Hasil Kebun (kuintal), 2015
        Kecamatan | Lada
        K e l a m P e r m a i | 11
        S e p a u k | 22
        D e d a i | 33
        Jumlah | 66
        Catatan: angka sementara
        Sumber/Source: Dinas Contoh
        """,
        (3, 0, 0, "66"),
        {"year": 2015, "measure": "KUINTAL", "source": "Dinas Contoh"},
    ),
    "years under each commodity": BpsFile(
        """
        Luas Areal (ha) | | | |
        Kecamatan | Lada | | Karet |
        @ B2:C2
        @ D2:E2
        | 2015 | 2016 | 2015 | 2016
        Kelam Permai | 1 | 2 | 3 | 4
        Sepauk | 5 | 6 | 7 | 8
        """,
        (8, 0, 0, "36"),
        {"measure": "HECTARE"},
        {"tahun": "2016"},
    ),
    "area and production under each commodity": BpsFile(
        """
        Luas dan Produksi 2016 | | |
        Kecamatan | Lada | | Karet
        @ B2:C2
        | Luas (ha) | Produksi (ton) | Produksi (ton)
        Kelam Permai | 1 | 2 | 3
        Sepauk | 4 | 5 | 6
        Dedai | 7 | 8 | 9
        """,
        (9, 0, 0, "45"),
        {"year": 2016},
        {"ukuran": "TON"},
    ),
    "another name, a name that nobody knows, a footnote, a column that nobody knows": BpsFile(
        """
        Telur (butir) 2016
        No | Kecamatan | Lada | Durian Montong | Total
        1 | Kelam 1) | 10 | 99 | 109
        2 | Sepauk **) | 20 | 99 | 119
        3 | Negeri Antah | 30 | 99 | 129
        | Jumlah | 60 | 297 | 357
        """,
        (2, 0, 1, "30"),
        {"year": 2016, "measure": "BUTIR"},
    ),
    "codes, figures of years before, and other signs": BpsFile(
        """
        Produksi Susu (liter) | |
        Kecamatan | Lada | Karet 2)
        6105010 Kelam Permai | ... | 4
        6105020 Sepauk | 5 | NA
        6105030 Dedai | 6 | 7
        Kabupaten Contoh | 11 | 11
        2015 | 10 | 9
        2014 | 9 | 8
        Ket: ... data belum tersedia
        """,
        (6, 0, 0, "22"),
        {"measure": "LITER", "dashes": 0},
        {"tahun": "2016"},
    ),
}
