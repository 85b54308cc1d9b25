"""The months of a year as rows of a workbook: one form a line, with the cells of each month."""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from django import forms

from p2emas.ui.fields import PercentField, RupiahField
from p2emas.ui.forms import put_on
from programs.monthly.figures import UNKNOWN, Figures
from programs.monthly.forms import Stored, note_field
from programs.monthly.kinds import MONEY, NOTE, PHYSICAL, PLAN, PROGRESS, MonthKind
from programs.monthly.reading import MonthReader
from programs.monthly.sheet import lines_of_version
from programs.planning.models import PlanLine, WorkPlan

PREFIXES = {PROGRESS.name: "p", PLAN.name: "r"}
Months = Mapping[int, Stored]


def cell_name(cell: str, month: int) -> str:
    return f"{cell}_{month}"


def fields_of(kind: MonthKind, months: Collection[int]) -> dict[str, forms.Field]:
    """The cells of each month; shared by all rows, which never change them."""
    found: dict[str, forms.Field] = {}
    for month in months:
        found[cell_name(MONEY, month)] = RupiahField(required=False)
        found[cell_name(PHYSICAL, month)] = PercentField(required=False)
        if NOTE in kind.cells:
            found[cell_name(NOTE, month)] = note_field()
    return found


class YearRowForm(forms.Form):
    """``months`` has what is stored of each month, or would be; ``cells`` are those of its kind."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        prefix: str,
        line: PlanLine,
        fields: dict[str, forms.Field],
        months: Months,
        cells: Collection[str],
    ) -> None:
        self.line, self.months, self.cells = line, months, cells
        sent = data is not None and any(f"{prefix}-{name}" in data for name in fields)
        initial = {cell_name(cell, month): getattr(stored, cell) for month, stored in months.items() for cell in cells}
        super().__init__(data if sent else None, prefix=prefix, initial=initial)
        self.fields = fields

    def apply(self) -> list[tuple[Stored, set[str]]]:
        """The months that differ after the cells were put in; the form is right."""
        found = []
        for month, stored in self.months.items():
            values = {cell: self.cleaned_data[cell_name(cell, month)] for cell in self.cells}
            if changed := put_on(stored, values):
                found.append((stored, changed))
        return found


class YearTable:
    """All lines of a version in the months in which it counts; ``kind`` says of what."""

    def __init__(self, plan: WorkPlan, kind: MonthKind, reader: MonthReader, months: Collection[int]) -> None:
        self.plan, self.kind, self.reader = plan, kind, reader
        self.months = [month for month in months if kind.takes(month)]
        self.reported = [month for month in months if not kind.takes(month)]  # shown, as the reports tell them

    def forms(self, data: Mapping[str, Any] | None = None) -> list[YearRowForm]:
        fields, stored = fields_of(self.kind, self.months), self._stored()
        found = []
        for line in lines_of_version(self.plan):
            months = {
                month: stored.get((line.pk, month))
                or self.kind.new_month(line, month, *self.known.get((line.pk, month), (UNKNOWN, "")))
                for month in self.months
            }
            prefix = f"{PREFIXES[self.kind.name]}{line.pk}"
            cells = self.kind.cells
            found.append(YearRowForm(data, prefix=prefix, line=line, fields=fields, months=months, cells=cells))
        return found

    @cached_property
    def known(self) -> dict[tuple[int, int], tuple[Figures, str]]:
        """(line, month) -> its figures and its note, also those that are stored elsewhere."""
        return {
            (row.line, month): (row.planned, "") if self.kind.is_plan else (row.actual, row.note)
            for month in [*self.months, *self.reported]
            for row in self.reader.of(self.plan.agency_id, month).rows
        }

    def _stored(self) -> dict[tuple[int, int], Stored]:
        rows = self.kind.model.objects.filter(line__plan=self.plan, month__in=self.months)
        return {(row.line_id, row.month): row for row in rows}
