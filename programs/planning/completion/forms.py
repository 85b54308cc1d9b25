"""What may be typed in the table that completes a plan.

The rule for saving is that of the figures of a report: every row that is right is saved, every wrong one comes back as
it was typed, with its sentences.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from typing import Any

from django import forms
from django.db.models import prefetch_related_objects

from p2emas.ui.controls import fill
from p2emas.ui.fields import QuantityField
from p2emas.ui.forms import error_items
from p2emas.ui.sentences import all_in_our_words
from programs.planning.completion.table import (
    COMMODITY,
    FIGURES,
    GROUP,
    PLACE,
    PROCUREMENT,
    REASON,
    CompletedRow,
    CompletionTable,
    drawn_box,
    target_name,
)
from programs.planning.line_forms import LineValuesForm
from programs.planning.models import PlanLine

LABELS = {
    "amount": "Pagu",
    GROUP: "Kelompok penerima",
    COMMODITY: "Komoditas",
    REASON: "Alasan di luar lokasi sasaran",
    PLACE: "Lokasi sasaran",
    PROCUREMENT: "Cara pengadaan",
}
LISTS = {COMMODITY: "komoditas", PLACE: "lokasi", PROCUREMENT: "cara"}
HEADINGS = {name: f"c{at}" for at, name in enumerate(FIGURES)}  # ids of the headings that name a column


class CompletedRowForm(LineValuesForm):
    """The changed boxes of one row: a box that the page did not send keeps what is stored."""

    fund = start_month = volume = unit = None  # type: ignore[assignment]

    class Meta:
        model = PlanLine
        fields: tuple[str, ...] = ("amount",)

    def __init__(self, data: Mapping[str, str], *, row: CompletedRow) -> None:
        self.row = row
        super().__init__({**_all_of(row), **data}, instance=copy(row.line), prefix=row.prefix)
        for name in row.missing:
            self.fields[name] = self._missing_field(name)
        for indicator in row.indicators:
            label = f"Target {row.table.plan.year} “{indicator.name}”"
            self.fields[target_name(indicator)] = QuantityField(required=False, label=label)
        self.fields["amount"].required = True

    def _missing_field(self, name: str) -> forms.Field:
        if name == GROUP:
            return forms.TypedChoiceField(
                coerce=int, empty_value=None, required=False, label=LABELS[name], choices=[("", ""), *self.row.groups]
            )
        return forms.CharField(required=False, max_length=300, label=LABELS[name])

    def _get_validation_exclusions(self) -> set[str]:
        """Its field says what the constraint of the table says: no rupiah below 0."""
        return super()._get_validation_exclusions() | {"amount"}  # type: ignore[misc]

    def clean_commodity(self) -> int | None:
        return self._one_of(COMMODITY, {name.casefold(): pk for name, pk in self.row.table.commodities.items()})

    def clean_target_location(self) -> int | None:
        return self._one_of(PLACE, {name.casefold(): row.pk for name, row in self.row.table.locations.items()})

    def clean_procurement(self) -> int | None:
        return self._one_of(PROCUREMENT, {name.casefold(): pk for name, pk in self.row.table.methods.items()})

    def _one_of(self, name: str, known: Mapping[str, int]) -> int | None:
        typed = self.cleaned_data[name].strip()
        if typed and typed.casefold() not in known:
            raise forms.ValidationError(f"“{typed}” tidak ada dalam daftar. Pilih yang ditawarkan kotaknya")
        return known.get(typed.casefold())

    def add_error(self, field: str | None, error: Any) -> None:
        """Each sentence says its row, since it is shown on top of the page too."""
        sentences = [
            f"Baris {self.row.number}: {sentence}" for sentence in all_in_our_words(self, field, error).messages
        ]
        super().add_error(field, sentences)

    def line_changes(self) -> dict[str, Any]:
        """Attribute of the line -> new value, of those that the row fills."""
        data = self.cleaned_data
        found = {"amount": data["amount"]}
        for name in (GROUP, COMMODITY, PLACE, PROCUREMENT):
            if data.get(name):
                found[f"{name}_id"] = data[name]
        if data.get(REASON):
            found[REASON] = data[REASON]
        return found

    def indicator_targets(self) -> dict[int, Any]:
        found = {each.pk: self.cleaned_data.get(target_name(each)) for each in self.row.indicators}
        return {pk: value for pk, value in found.items() if value is not None}


def _all_of(row: CompletedRow) -> dict[str, str]:
    """What the row holds, as its form would be sent: the rules of a line look at all its targets together."""
    return {f"{row.prefix}-{name}": text for name, text in row.stored.items()}


class CompletionTableForm:
    """The whole table, empty or with what was sent."""

    def __init__(self, table: CompletionTable, data: Mapping[str, str] | None = None) -> None:
        self.table = table
        self.forms: dict[int, CompletedRowForm] = {}
        found = [(row, row.sent(data)) for row in table.rows] if data is not None else []
        changed = [(row, sent) for row, sent in found if sent]
        prefetch_related_objects([row.line for row, _sent in changed], "targets")  # each form looks at them
        for row, sent in changed:
            typed = {f"{row.prefix}-{name}": text for name, text in sent.items()}
            self.forms[row.line.pk] = CompletedRowForm(typed, row=row)

    columns = " ".join(f"input[name$={name}]" for name in FIGURES)  # in the order in which a pasted block fills them

    @property
    def sent(self) -> list[CompletedRowForm]:
        return list(self.forms.values())

    @property
    def right(self) -> list[CompletedRowForm]:
        return [form for form in self.sent if not form.errors]

    @property
    def errors(self) -> list[dict[str, str]]:
        return error_items(*self.sent)

    def is_valid(self) -> bool:
        return not self.errors

    @property
    def drawn(self) -> Iterator[dict[str, Any]]:
        for row in self.table.rows:
            yield _drawn_row(row, self.forms.get(row.line.pk))


def _drawn_row(row: CompletedRow, form: CompletedRowForm | None) -> dict[str, Any]:
    """The row with its boxes; ``wrong``: (id, sentence) of each error."""
    errors = form.errors if form else {}
    texts = row.stored | ({name: str(form.data.get(form.add_prefix(name), "")) for name in row.names} if form else {})
    boxes = [
        drawn_box(f"{row.prefix}-{name}", texts[name], f"{heading} r{row.number}", wrong=name in errors)
        for name, heading in HEADINGS.items()
    ]
    wrong = [(f"id_{row.prefix}-{name}", sentence) for name, sentences in errors.items() for sentence in sentences]
    asked = [
        {
            "id": f"id_{row.prefix}-{name}",
            "name": f"{row.prefix}-{name}",
            "label": form_label(row, name),
            "value": texts[name],
            "choices": row.groups if name == GROUP else None,
            "list": LISTS.get(name, ""),
            "wrong": name in errors,
        }
        for name in row.names[len(FIGURES) :]
    ]
    return {
        "number": str(row.number),  # in words: a template looks up the language for each number
        "url": f"{row.table.lines_url}{row.line.pk}/",
        "line": row.line,
        "cells": drawn_cells(boxes),
        "asked": asked,
        "wrong": wrong,
    }


def drawn_cells(boxes: list[str]) -> str:
    return fill(
        '<td data-label="Pagu (Rp)">{}</td><td data-label="TW I, Rp dan %">{}{}</td>'
        '<td data-label="TW II, Rp dan %">{}{}</td><td data-label="TW III, Rp dan %">{}{}</td>'
        '<td data-label="TW IV, Rp dan %">{}{}</td>',
        *boxes,
    )


def form_label(row: CompletedRow, name: str) -> str:
    if name in LABELS:
        return LABELS[name]
    indicator = next(each for each in row.indicators if target_name(each) == name)
    return f"Target {row.table.plan.year}: {indicator.name} ({indicator.unit})"


def typed_and_stored(form: CompletionTableForm) -> tuple[dict[str, object], dict[str, object]]:
    """(typed, stored) of the boxes that differ, in the order of the page: two people on one plan."""
    mine: dict[str, object] = {}
    theirs: dict[str, object] = {}
    for each in form.sent:
        for name in each.row.names:
            typed, stored = str(each.data.get(each.add_prefix(name), "")), each.row.stored[name]
            if typed.strip() != stored:
                label = f"Baris {each.row.number}, {each.fields[name].label}"
                mine[label], theirs[label] = typed, stored
    return mine, theirs
