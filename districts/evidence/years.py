"""Years of evidence: never to come, and not so old that somebody must have slipped."""

from typing import Any

from django import forms

from p2emas import clock
from p2emas.imports.cells import Cell, Unfit, Values, as_text

OLDEST = 1990  # before it no office of a regency kept such figures; a slip of the pen is likelier
LONG_AGO = 10  # years after which a figure says little of a place today


def year_problem(year: int, *, oldest: int = OLDEST) -> str:
    """Why ``year`` cannot be the year of a figure, or ""."""
    latest = clock.today().year
    if oldest <= year <= latest:
        return ""
    return f"Tulis tahun {oldest} sampai {latest}, contoh {latest - 3}."


class Year:
    """Reads a year. One that is long ago is taken, and the preview says so unless it is a beginning (``begins``)."""

    def __init__(self, *, oldest: int = OLDEST, begins: bool = False) -> None:
        self.oldest, self.begins = oldest, begins

    def __call__(self, cell: Cell, row: Values, lookups: Any) -> int:
        written = as_text(cell)
        year = int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0
        if problem := year_problem(year, oldest=self.oldest):
            raise Unfit(problem)
        return year

    def remark(self, cell: Cell, value: Any) -> str:
        if self.begins or value is None or clock.today().year - value <= LONG_AGO:
            return ""
        return f"tahun {value} lebih dari {LONG_AGO} tahun yang lalu. Pastikan tahunnya benar."


class EvidenceYearForm(forms.ModelForm):
    """A form of the back office whose ``year`` is that of a figure; a stored one may stay."""

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year is not None and "year" in self.changed_data and (problem := year_problem(year)):
            raise forms.ValidationError(problem)
        return year
