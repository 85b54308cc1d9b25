"""Filling the table of a month: every right cell is saved, every wrong one comes back as it was typed."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from p2emas.ui.controls import drawn_cell
from p2emas.ui.fields import PercentField, RupiahField
from p2emas.ui.forms import error_items, put_on, share_fields
from p2emas.ui.sentences import all_in_our_words
from programs.monthly.kinds import MONEY, NOTE, PHYSICAL, MonthKind
from programs.monthly.models import MonthlyPlan, MonthlyProgress
from programs.monthly.sheet import MonthSheet, SheetLine

Stored = MonthlyPlan | MonthlyProgress
LONGEST_NOTE = 200


def note_field() -> forms.CharField:
    return forms.CharField(
        required=False,
        max_length=LONGEST_NOTE,
        error_messages={"max_length": f"Catatan paling banyak {LONGEST_NOTE} huruf. Persingkat."},
    )


@share_fields
class MonthRowForm(forms.Form):
    """The cells of one line. All may stay empty: "belum ada data", not zero. A plan has no note."""

    money = RupiahField(required=False)
    physical = PercentField(required=False)
    note = note_field()

    def __init__(self, data: Mapping[str, Any] | None = None, *, row: SheetLine, kind: MonthKind) -> None:
        self.row, self.kind = row, kind
        prefix = self.prefix_of(row)
        # a row that the sent page did not hold stays as it is
        data = data if data is not None and f"{prefix}-{MONEY}" in data else None
        super().__init__(data, prefix=prefix, initial={name: getattr(row.stored, name) for name in kind.cells})

    @property
    def held(self) -> list[str]:
        """The cells that the sent page held."""
        return [name for name in self.kind.cells if self.add_prefix(name) in self.data]

    @staticmethod
    def prefix_of(row: SheetLine) -> str:
        return f"b{row.line.pk}"

    @property
    def cells(self) -> dict[str, str]:
        """The inputs of the row, drawn without a template: three hundred rows have six hundred of them."""
        number, money, physical = self.row.number, self[MONEY], self[PHYSICAL]
        note = {} if self.kind.is_plan else {"note": drawn_cell(self[NOTE], f"Catatan, baris {number}", "note")}
        words = f"{self.kind.money.capitalize() if not self.kind.is_plan else self.kind.money} dalam rupiah"
        return {
            "money": drawn_cell(money, f"{words}, baris {number}", "num money"),
            "physical": drawn_cell(
                physical, f"{self.kind.physical.capitalize()} dalam persen, baris {number}", "num pct"
            ),
            **note,
        }

    def add_error(self, field: str | None, error: Any) -> None:
        """Sentences say which cell they mean, since they are also shown on top of the page."""
        sentences = all_in_our_words(self, field, error).messages
        if field in self.kind.cells:
            words = self.kind.word_of(field)
            sentences = [f"Baris {self.row.number}, {words}: {sentence}" for sentence in sentences]
        super().add_error(field, sentences)

    def apply(self) -> set[str]:
        """Put the right cells on the stored month; the names of those that changed it."""
        right = [name for name in self.held if name in self.cleaned_data]
        return put_on(self.row.stored, {name: self.cleaned_data[name] for name in right})


class MonthForm:
    """All rows of a month."""

    def __init__(self, sheet: MonthSheet, data: Mapping[str, Any] | None = None) -> None:
        self.sheet, self.is_bound = sheet, data is not None
        self.forms = [MonthRowForm(data, row=row, kind=sheet.kind) for row in sheet.lines] if sheet.is_typed else []

    @property
    def sent(self) -> list[MonthRowForm]:
        return [form for form in self.forms if form.is_bound]

    @property
    def errors(self) -> list[dict[str, str]]:
        return error_items(*self.sent)

    def is_valid(self) -> bool:
        return self.is_bound and not self.errors

    @property
    def drawn(self) -> Iterator[tuple[SheetLine, MonthRowForm | None, dict[str, str] | None]]:
        """(row, form, cells); form and cells are None where the month is only read."""
        forms_of = {form.row.line.pk: form for form in self.forms}
        for row in self.sheet.lines:
            form = forms_of.get(row.line.pk)
            yield row, form, form.cells if form else None

    def changes(self) -> list[tuple[Stored, set[str]]]:
        """The months that differ after the right cells were put in, each with the fields that do."""
        for form in self.sent:
            form.full_clean()
        return [(form.row.stored, fields) for form in self.sent if (fields := form.apply())]

    def show_what_was_saved(self) -> None:
        """After saving: right rows show the stored figures, wrong ones what was typed."""
        self.forms = [form if form.errors else MonthRowForm(row=form.row, kind=self.sheet.kind) for form in self.forms]


Versions = tuple[Mapping[str, object], Mapping[str, object]]


def versions_of_month(sheet: MonthSheet, data: QueryDict | None) -> Versions:
    """(typed, stored) of the cells that differ."""
    mine: dict[str, object] = {}
    theirs: dict[str, object] = {}
    for row in MonthForm(sheet, data).sent:
        for name in (name for name in row.changed_data if name in row.held):
            cell = row[name]
            label = f"Baris {row.row.number}, {sheet.kind.word_of(name)}"
            mine[label] = cell.value()
            theirs[label] = cell.field.prepare_value(cell.initial)
    return mine, theirs
