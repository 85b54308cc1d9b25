"""The result of a determination as rows: one a criterion of an option, so that any spreadsheet adds them up again."""

from collections.abc import Iterator

from districts.competencies.result.page import Result
from districts.regions.models import District

CSV_HEADER = ["Kode kecamatan", "Kecamatan", "Peringkat", "Pilihan", "Skor", "Kriteria", "Dijawab oleh",
              "Bobot (%)", "Nilai", "Sumbangan", "Skor terendah", "Skor tertinggi", "Data contoh"]  # fmt: skip


def result_csv_rows(district: District, result: Result) -> Iterator[list[object]]:
    for row in result.rows:
        for column, (value, points) in zip(result.columns, row.cells, strict=True):
            by = "panel" if column.is_panel else "angka"
            yield [
                district.code, district.name, row.rank, row.name, row.score, column.name, by, column.share * 100,
                value, points, row.low, row.high, result.is_sample,
            ]  # fmt: skip
