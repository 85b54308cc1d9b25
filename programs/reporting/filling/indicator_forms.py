"""Giving indicator values. Right cells are saved, wrong ones come back as typed (the rule of the figures table)."""

from collections.abc import Collection

from django import forms

from p2emas.ui import formats
from p2emas.ui.controls import drawn_cell
from p2emas.ui.fields import QuantityField
from p2emas.ui.forms import error_items, put_on
from p2emas.ui.sentences import all_in_our_words
from programs.fieldwork.notebook.villages import NAME as NOTEBOOK
from programs.framework.models import Indicator
from programs.reporting.filling.indicators import IndicatorRow, IndicatorTable
from programs.reporting.reports.parts import IndicatorValue

LONGEST_SOURCE = 200
CELLS = ("value", "missing_reason", "source")


class IndicatorRowForm(forms.Form):
    value = QuantityField(required=False, decimal_places=3, max_digits=16)
    missing_reason = forms.CharField(required=False, max_length=200)
    source = forms.CharField(required=False, max_length=LONGEST_SOURCE)

    def __init__(self, data=None, *, row: IndicatorRow, continuing: bool = False, sourced: bool = False) -> None:
        self.row, self.continuing, self.sourced = row, continuing, sourced
        prefix = self.prefix_of(row)
        data = data if data is not None and f"{prefix}-value" in data else None
        super().__init__(data, prefix=prefix, initial={name: getattr(row.value, name) for name in CELLS})

    @staticmethod
    def prefix_of(row: IndicatorRow) -> str:
        return f"i{row.indicator.pk}-{row.value.village_id or 0}"

    @property
    def record(self) -> IndicatorValue:
        return self.row.value

    @property
    def cells(self) -> dict[str, str]:
        row = self.row.number
        return {
            "value": drawn_cell(self["value"], f"Nilai, baris {row}", "num pct"),
            "reason": drawn_cell(self["missing_reason"], f"Mengapa belum ada data, baris {row}", ""),
            "source": drawn_cell(self["source"], f"Sumber, baris {row}", ""),
        }

    def clean_value(self):
        value, row = self.cleaned_data["value"], self.row
        if value is None or row.indicator.formula != Indicator.Formula.PERCENTAGE:
            return value
        if value > 100:
            raise forms.ValidationError(f"Persentase baris {row.number} paling besar 100")
        if row.last is not None and value < row.last:
            last, least = formats.percent(row.last, 3), formats.number(row.last, 3)
            raise forms.ValidationError(
                f"Persentase baris {row.number} tidak boleh turun dari {last}. Isi {least} atau lebih"
            )
        return value

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        if cleaned["value"] is not None and cleaned["missing_reason"]:
            self.add_error(
                "missing_reason",
                f"Baris {self.row.number} sudah bernilai. Kosongkan alasannya, atau kosongkan nilainya",
            )
        elif self.continuing and cleaned["value"] is None and not cleaned["missing_reason"]:
            self.add_error("value", f"Isi nilai baris {self.row.number}, atau tulis mengapa belum ada data")
        if not self.sourced and "value" in self.changed_data and cleaned["source"].startswith(NOTEBOOK):
            cleaned["source"] = f"Diubah dari {cleaned['source'][:1].lower()}{cleaned['source'][1:]}"[:LONGEST_SOURCE]
        return cleaned

    def add_error(self, field, error) -> None:
        sentences = all_in_our_words(self, field, error).messages if field else []
        if field and not any(f"aris {self.row.number}" in sentence for sentence in sentences):
            words = {"value": "nilai", "missing_reason": "alasan", "source": "sumber"}
            error = [f"Baris {self.row.number}, {words[field]}: {sentence}" for sentence in sentences]
        super().add_error(field, error)

    def apply(self) -> set[str]:
        """Put the right cells on the value; the names of those that changed it."""
        return put_on(self.row.value, {name: self.cleaned_data[name] for name in CELLS if name in self.cleaned_data})


class IndicatorsForm:
    """All indicator rows of a report. In the rows ``sourced`` (prefixes) the source is right for the value it has; in
    others a value that is changed by hand is no longer that of the notebook, and its source says so.
    """

    def __init__(
        self, table: IndicatorTable, data=None, *, continuing: bool = False, sourced: Collection[str] = ()
    ) -> None:
        self.table, self.is_bound = table, data is not None
        self.forms = [
            IndicatorRowForm(data, row=row, continuing=continuing, sourced=IndicatorRowForm.prefix_of(row) in sourced)
            for row in table.rows
        ]

    @property
    def sent(self) -> list[IndicatorRowForm]:
        return [form for form in self.forms if form.is_bound]

    def is_valid(self) -> bool:
        return self.is_bound and not self.errors

    @property
    def drawn(self):
        """(row, form, cells) of every row."""
        return ((form.row, form, form.cells) for form in self.forms)

    @property
    def errors(self) -> list[dict[str, str]]:
        return error_items(*self.sent)

    def changes(self) -> list[tuple[IndicatorValue, set[str]]]:
        """As of the table of figures; a value without a key is new."""
        for form in self.sent:
            form.full_clean()
        return [(form.row.value, fields) for form in self.sent if (fields := form.apply())]
