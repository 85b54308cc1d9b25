"""One description of a list (its columns and typed rows) that writes both files: CSV and Excel."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from p2emas import clock
from p2emas.documents.kinds import XLSX
from p2emas.documents.tables import csv_response
from p2emas.exports.workbook import workbook
from p2emas.naming import said
from p2emas.ui import formats

CSV_FORMAT, XLSX_FORMAT = "csv", "xlsx"
SAMPLE_HEADING, SAMPLE = "Data contoh", "DATA CONTOH"
LONGEST_FILE = 100_000  # rows of one file
NOT_A_FILTER = ("format", "halaman", "urut", "setelah", "sebelum")
Row = Sequence[object]
ListColumn = tuple[str, Callable[[Any], object]]  # heading, and what a record has under it


@dataclass(frozen=True)
class ListFile:
    """A list as it leaves the site.

    Cells are what they are: text, whole numbers, Decimal or Fraction, dates, True/False, or None for what is unknown.
    ``name`` is that of the file without its ending; ``source`` says where the figures come from.
    """

    name: str
    title: str
    header: Sequence[str]
    rows: Iterable[Row]
    source: str = ""
    as_of: date | None = None
    ending = XLSX_FORMAT  # of what a worker writes

    @classmethod
    def of(
        cls, name: str, title: str, columns: Sequence[ListColumn], records: Iterable[Any], *, source: str = ""
    ) -> "ListFile":
        """One row for each record: a heading is written beside its cell, so that none slips under another one."""
        rows = ([cell(record) for _heading, cell in columns] for record in records)
        return cls(name, title, [heading for heading, _cell in columns], rows, source)

    def as_csv(self) -> HttpResponse:
        return csv_response(f"{self.name}.csv", self.header, self.rows)

    def as_workbook(self, query: QueryDict, told: Callable[[int], None] = lambda done: None) -> bytes:
        """Its second sheet says title, source, day and filter, and whether a row is invented."""
        watched = _Watched(self)
        return workbook(self.title, self.header, watched, lambda: _about(self, query, watched), told)

    as_file = as_workbook


def wanted_file(request: HttpRequest) -> str:
    """ "csv", "xlsx", or "" for the page."""
    asked = request.GET.get("format", "")
    return asked if asked in (CSV_FORMAT, XLSX_FORMAT) else ""


def list_response(request: HttpRequest, made: ListFile) -> HttpResponse:
    """The list in the format that the address asks for."""
    if wanted_file(request) != XLSX_FORMAT:
        return made.as_csv()
    return workbook_response(f"{made.name}.xlsx", made.as_workbook(request.GET))


def workbook_response(filename: str, content: bytes, content_type: str = XLSX) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["Cache-Control"] = "private, no-cache"
    return response


class _Watched:
    """The rows as they go by: how many there were, and whether one of them is invented."""

    def __init__(self, made: ListFile) -> None:
        self.rows, self.count, self.has_sample = made.rows, 0, False
        self.mark = next((n for n, word in enumerate(made.header) if word == SAMPLE_HEADING), None)

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.count += 1
            marked = self.mark is not None and row[self.mark] is True
            self.has_sample = self.has_sample or marked or any(isinstance(c, str) and SAMPLE in c for c in row[-1:])
            yield row


def _about(made: ListFile, query: QueryDict, watched: _Watched) -> list[tuple[str, str]]:
    chosen = [(key, value) for key, value in query.items() if value and key not in NOT_A_FILTER]
    found = [
        ("Judul", made.title),
        ("Sumber", made.source or said("{site}, {office_name}")),
        ("Keadaan per", formats.long_date(made.as_of or clock.today())),
        ("Diunduh", formats.moment(clock.now())),
        ("Saringan", "; ".join(f"{key}: {value}" for key, value in chosen) or "tidak ada, semua baris"),
        ("Baris", formats.number(watched.count, 0)),
        ("Sel kosong", "Belum ada data; bukan nol."),
    ]
    if watched.has_sample:
        found.insert(1, (SAMPLE, "Sebagian atau semua baris rekaan: lihat kolom terakhir. Jangan dikutip."))
    return found
