"""The result of a determination as rows: one a criterion of an option, so that any spreadsheet adds them up again."""

from collections.abc import Iterator

from districts.competencies.result.page import Result
from districts.regions.models import District

CSV_HEADER = ["Kode kecamatan", "Kecamatan", "Peringkat", "Pilihan", "Skor", "Kriteria", "Dijawab oleh",
              "Bobot (%)", "Nilai", "Sumbangan", "Alasan tidak berlaku", "Skor terendah", "Skor tertinggi",
              "Peringkat sensitif", "Hitungan", "Data contoh"]  # fmt: skip


def result_csv_rows(district: District, result: Result) -> Iterator[list[object]]:
    for row in result.rows:
        own = dict(row.left_out.spread)
        for column, (value, points, applies) in zip(result.columns, row.cells, strict=True):
            by = "panel" if column.is_panel else "angka"
            share = own.get(column.name, 0.0) if own else column.share
            yield [
                district.code, district.name, row.rank, row.name, row.score, column.name, by,
                share * 100, value, points if applies else None, row.left_out.reasons.get(column.name, ""),
                row.low, row.high, row.is_sensitive, row.counted_in, result.is_sample,
            ]  # fmt: skip
