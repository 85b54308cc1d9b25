"""Filling the table of figures: what may be typed, and what is saved when a part of it is wrong.

The rule for saving: every cell that is right is saved, every cell that is wrong comes back as it was typed, with its
sentence. So a slip in line 4 never costs the work on the other lines, and pressing the button twice loses nothing.
"""

from collections.abc import Iterator
from decimal import Decimal

from django import forms

from p2emas.ui import formats
from p2emas.ui.controls import drawn_cell
from p2emas.ui.fields import PercentField, RupiahField
from p2emas.ui.forms import error_items, put_on, share_fields
from p2emas.ui.sentences import all_in_our_words
from programs.reporting.filling.figures import FigureRow, FigureTable
from programs.reporting.reports.parts import ReportLine

SPENT, PHYSICAL, UNCHANGED, REASON = ("spent_to_date", "physical_to_date", "unchanged", "nil_reason")
CORRECTION, CORRECTION_REASON = ("correction", "correction_reason")
CELLS = (SPENT, PHYSICAL, UNCHANGED, REASON, CORRECTION, CORRECTION_REASON)
CELL_WORDS = {
    SPENT: "realisasi keuangan",
    PHYSICAL: "realisasi fisik",
    REASON: "alasan nihil",
    CORRECTION: "sebab turun",
    CORRECTION_REASON: "alasan turun",
}
SPENT_LABEL = "Realisasi keuangan dalam rupiah, baris %d"
PHYSICAL_LABEL = "Realisasi fisik dalam persen, baris %d"
CORRECTION_LABEL = "Alasan realisasi turun, baris %d"
REASON_LABEL = "Alasan nihil atau belum ada data, baris %d"


@share_fields
class FigureRowForm(forms.Form):
    """The cells of one line. ``continuing`` also asks for what is half filled; saving a draft does not."""

    spent_to_date = RupiahField(required=False)
    physical_to_date = PercentField(required=False)
    unchanged = forms.BooleanField(required=False)
    nil_reason = forms.CharField(required=False, max_length=300)
    correction = forms.ChoiceField(required=False, choices=[("", "Pilih sebab"), *ReportLine.Correction.choices])
    correction_reason = forms.CharField(required=False, max_length=300)

    def __init__(self, data=None, *, row: FigureRow, continuing: bool = False, shows_before: bool = False) -> None:
        self.row, self.continuing, self.shows_before = row, continuing, shows_before
        prefix = self.prefix_of(row)
        # a row that the sent page did not hold stays as it is
        data = data if data is not None and f"{prefix}-{SPENT}" in data else None
        super().__init__(data, prefix=prefix, initial={name: getattr(row.line, name) for name in CELLS})

    @staticmethod
    def prefix_of(row: FigureRow) -> str:
        return f"b{row.line.pk}"

    @property
    def record(self) -> ReportLine:
        return self.row.line

    @property
    def cells(self) -> dict[str, object]:
        """The inputs of the row, drawn without a template: three hundred rows have nine hundred of them."""
        row, tick, spent, reason = self.row.number, self[UNCHANGED], self[SPENT], self[REASON]
        note = "" if self.row.over_budget is None else f"{spent.id_for_label}_note"
        return {
            "spent": drawn_cell(spent, SPENT_LABEL % row, "num money", note=note),
            "note": note,
            "physical": drawn_cell(self[PHYSICAL], PHYSICAL_LABEL % row, "num pct"),
            "tick": {"id": tick.id_for_label, "name": tick.html_name, "on": tick.value()},
            "reason": drawn_cell(reason, REASON_LABEL % row, ""),
            "reason_open": bool(reason.value() or reason.errors),
            "fall": self._fall_cells if self.asks_why_lower else None,
        }

    @property
    def asks_why_lower(self) -> bool:
        """Whether a figure on the page is below that of the report before, or a reason for that is kept."""
        if self.row.money_falls or self.row.physical_falls or self[CORRECTION].value():
            return True
        typed = ((SPENT, self.row.spent_before), (PHYSICAL, self.row.physical_before))
        return self.is_bound and any(_is_below(self._typed(name), before) for name, before in typed)

    def _typed(self, name: str) -> Decimal | int | None:
        """The figure as it was typed, no matter whether it is kept; None where it is no figure."""
        bound = self[name]
        try:
            return bound.field.clean(bound.data)
        except forms.ValidationError:
            return None

    @property
    def _fall_cells(self) -> dict[str, object]:
        kind, reason, row = self[CORRECTION], self[CORRECTION_REASON], self.row.number
        chosen = kind.value() or ""
        return {
            "id": kind.id_for_label,
            "name": kind.html_name,
            "choices": [("", "Pilih sebab", not chosen)]
            + [(code, word, code == chosen) for code, word in ReportLine.Correction.choices],
            "reason": drawn_cell(reason, CORRECTION_LABEL % row, ""),
        }

    def _copies_before(self) -> bool:
        """Whether "Tetap" was just ticked: then the figures of the quarter before replace what was there."""
        ticked = self.fields[UNCHANGED].widget.value_from_datadict(self.data, self.files, self.add_prefix(UNCHANGED))
        return bool(ticked) and self.row.has_before and not self.row.line.unchanged

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        typed = {name for name in (SPENT, PHYSICAL) if name in self.changed_data}
        if self._copies_before():
            self._copy_before(cleaned, typed)
        elif typed or not self.row.has_before:
            cleaned[UNCHANGED] = False  # a new figure counts more than a tick from last time
        self._check_falls(cleaned)
        if self.continuing and not self.errors:
            self._ask_for_the_rest(cleaned)
        return cleaned

    def _copy_before(self, cleaned: dict, typed: set[str]) -> None:
        before = {SPENT: self.row.spent_before, PHYSICAL: self.row.physical_before}
        if any(name in self.errors or cleaned[name] not in (None, before[name]) for name in typed):
            sentence = "Baris %d dicentang Tetap, tetapi angkanya berbeda dari triwulan lalu. Hapus salah satu"
            self.add_error(UNCHANGED, sentence % self.row.number)
        else:
            cleaned.update(before)

    def _check_falls(self, cleaned: dict) -> None:
        """A figure below that of the report before needs its reason; work that was done falls only where mistyped."""
        money = _is_below(cleaned.get(SPENT), self.row.spent_before)
        physical = _is_below(cleaned.get(PHYSICAL), self.row.physical_before)
        if self.add_prefix(CORRECTION) not in self.data:  # a page or workbook without the fields says nothing of them
            cleaned |= {name: getattr(self.row.line, name) for name in (CORRECTION, CORRECTION_REASON)}
        kind, reason = cleaned.get(CORRECTION), cleaned.get(CORRECTION_REASON)
        if not (money or physical):
            cleaned |= {CORRECTION: "", CORRECTION_REASON: ""}
        elif bool(kind) != bool(reason):
            self.add_error(CORRECTION_REASON, f"Pilih sebab dan tulis alasan turun baris {self.row.number}")
            cleaned.pop(CORRECTION, None)
        if money and not (kind and reason):
            self.add_error(SPENT, _say_fall(self.row, "keuangan", formats.number(self.row.spent_before)))
        if physical and not (kind == ReportLine.Correction.TYPING and reason):
            self.add_error(PHYSICAL, _say_fall(self.row, "fisik", formats.number(self.row.physical_before)))

    def _ask_for_the_rest(self, cleaned: dict) -> None:
        row, spent, physical = self.row.number, cleaned[SPENT], cleaned[PHYSICAL]
        if cleaned[REASON]:
            return
        if spent is None and physical is not None:
            words = {"row": row, "example": formats.number(self.row.spent_before or self.row.plan_line.amount or 0)}
            self.add_error(SPENT, "Isi realisasi keuangan baris {row}, contoh {example}".format(**words))
        elif physical is None and spent is not None:
            self.add_error(PHYSICAL, f"Isi realisasi fisik baris {row} dalam persen, contoh 60")
        elif spent == 0 and physical == 0:
            self.add_error(REASON, f"Tulis mengapa realisasi baris {row} masih nihil")

    def add_error(self, field, error) -> None:
        """Sentences of the field itself say which cell they mean, since they are also shown on top of the page."""
        sentences = all_in_our_words(self, field, error).messages
        if field in CELL_WORDS and not any(f"aris {self.row.number}" in sentence for sentence in sentences):
            start = f"Baris {self.row.number}, {CELL_WORDS[field]}"
            sentences = [f"{start}: {sentence}" for sentence in sentences]
        super().add_error(field, sentences)

    def apply(self) -> set[str]:
        """Put the right cells on the line; the names of those that changed it."""
        wrong = set(self.errors)
        if wrong & {SPENT, PHYSICAL, CORRECTION, CORRECTION_REASON}:
            wrong |= {CORRECTION, CORRECTION_REASON}  # the two come together, and with the figure that they explain
        right = {name: self.cleaned_data[name] for name in CELLS if name in self.cleaned_data}
        return put_on(self.row.line, {name: value for name, value in right.items() if name not in wrong})


def _is_below(value: Decimal | int | None, before: Decimal | int | None) -> bool:
    return value is not None and before is not None and value < before


def _say_fall(row: FigureRow, what: str, least: str) -> str:
    cause = "Pilih sebab “Salah ketik”" if what == "fisik" else "Pilih sebabnya"
    return (
        f"Realisasi {what} baris {row.number} di bawah triwulan lalu. {cause} dan tulis alasannya di baris itu, "
        f"atau isi {least} atau lebih"
    )


class FiguresForm:
    """All rows of a report that may be filled now."""

    def __init__(self, table: FigureTable, data=None, *, continuing: bool = False) -> None:
        self.table, self.is_bound = table, data is not None
        shared = {"continuing": continuing, "shows_before": table.previous is not None}
        self.forms = [FigureRowForm(data, row=row, **shared) for row in table.rows if row.is_open]

    @property
    def sent(self) -> list[FigureRowForm]:
        return [form for form in self.forms if form.is_bound]

    @property
    def errors(self) -> list[dict[str, str]]:
        return error_items(*self.sent)

    def is_valid(self) -> bool:
        return self.is_bound and not self.errors

    @property
    def drawn(self) -> Iterator[tuple[FigureRow, FigureRowForm | None, dict | None]]:
        """(row, form, cells) of every row; form and cells are None where the row may not be filled now."""
        by_line = {form.row.line.pk: form for form in self.forms}
        for row in self.table.rows:
            form = by_line.get(row.line.pk)
            yield row, form, form.cells if form else None

    def changes(self) -> list[tuple[ReportLine, set[str]]]:
        """The lines that differ after the right cells were put in, each with the fields that do."""
        for form in self.sent:
            form.full_clean()
        return [(form.row.line, fields) for form in self.sent if (fields := form.apply())]

    def show_what_was_saved(self) -> None:
        """After saving: right rows show the stored figures, wrong ones what was typed."""
        self.forms = [
            form if form.errors else FigureRowForm(row=form.row, shows_before=form.shows_before) for form in self.forms
        ]
