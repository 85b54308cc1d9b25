"""What can be imported: a kind is a list of columns. The houses above register theirs; this room knows none of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db import models
from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.imports.cells import Cell, Reader, Unfit, Values, as_text, folded, is_formula, plain
from p2emas.imports.models import may_import
from p2emas.imports.quantities import Number
from p2emas.ui.layout import form_helper


@dataclass(frozen=True)
class Column:
    """One column: its heading, the field of the record it fills, and how a cell becomes a value.

    ``alone=False``: what a cell means depends on the columns before it (a desa on its kecamatan). ``stored=False`` only
    helps to find another column's value (the kecamatan of a desa). ``default`` is taken for an empty cell; without one
    an empty cell is an error where ``required``, else None.
    """

    header: str
    name: str
    read: Reader
    hint: str = ""
    key: bool = False
    stored: bool = True
    alone: bool = True
    required: bool = True
    default: Any = None
    words: Callable[[Any, Any], str] = lambda value, lookups: as_text(value)
    options: Callable[[Any], list[str]] = lambda lookups: []
    width: int = 18
    also: tuple[str, ...] = ()  # other headings that it is met under in files of others

    @property
    def words_met(self) -> tuple[str, ...]:
        return (self.header, *self.also)

    def value_of(self, cell: Cell, row: Values, lookups: Any) -> Any:
        if is_formula(cell):
            raise Unfit("Sel ini berisi rumus. Salin, lalu tempel sebagai nilai.")
        if as_text(cell) == "":
            if self.required:
                raise Unfit(f"Sel ini kosong. Isi {self.header.lower()}.")
            return self.default
        return self.read(cell, row, lookups)

    @property
    def is_number(self) -> bool:
        """Whether its text depends on the number format of the file."""
        return isinstance(self.read, Number)

    @property
    def is_money(self) -> bool:
        return isinstance(self.read, Number) and self.read.money

    @property
    def remarks(self) -> bool:
        """Whether its reader takes some cells otherwise than the file has them, and says so."""
        return hasattr(self.read, "remark")

    def remark(self, cell: Cell, value: Any) -> str:
        """What a preview says of a cell that was taken otherwise than the file has it, or ""."""
        remark = getattr(self.read, "remark", None)
        return remark(cell, value) if remark and as_text(cell) else ""


class PrefillForm(forms.Form):
    """What the template is filled with; a kind adds its choices (kecamatan, year)."""

    def __init__(self, *args: Any, user: User, kind: "ImportKind", **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.user = user
        self.helper = form_helper(
            "Unduh templat Excel",
            method="get",
            action=reverse("imports:template-download", args=[kind.code]),
            look="btn-outline-primary",
            second=("format", "Unduh sebagai CSV", "csv"),
        )


class ImportKind:
    """One kind of import. A subclass says what is below; a few lines each."""

    code: str  # in addresses and in the database
    title: str
    intro: str  # one sentence: what it is for, who keeps it
    version: int = 1  # raise it when columns change: older templates are then refused with a sentence
    model: type[models.Model]
    columns: tuple[Column, ...]
    prefill_form: type[PrefillForm] = PrefillForm
    shapes: tuple[Any, ...] = ()  # of foreign tables, see shapes.py; the one with a row for each record is known to all

    def may(self, user: User) -> bool:
        return may_import(user)

    def lookups(self, user: User) -> Any:
        """What the columns need to read cells and to word values, fetched once an import."""
        raise NotImplementedError

    def owned(self, user: User) -> models.QuerySet:
        """The records that ``user`` may write."""
        raise NotImplementedError

    def refusal(self, values: Values, lookups: Any) -> str:
        """Why this row is not for this person (another kecamatan), or "". Asked again when it is applied."""
        return ""

    def skip_reason(self, values: Values, found: bool) -> str:
        """Why a readable row is left out (nothing filled in), or ""."""
        return ""

    def check(self, values: Values, lookups: Any) -> None:
        """Raise ``Unfit`` when columns contradict each other."""

    def prefill(self, user: User, chosen: Mapping[str, Any], lookups: Any) -> list[list[Any]]:
        """Rows of the template: keys, and what is stored already."""
        return []

    # --- what follows from the columns ---

    @property
    def token(self) -> str:
        return f"{self.code}:{self.version}"

    @cached_property
    def stored(self) -> list[Column]:
        return [column for column in self.columns if column.stored]

    @cached_property
    def changeable(self) -> list[Column]:
        return [column for column in self.stored if not column.key]

    @cached_property
    def keys(self) -> list[str]:
        return [column.name for column in self.stored if column.key]

    def identity(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """By what a row finds its record: names without regard to case and spaces."""
        return tuple(folded(v) if isinstance(v := values[name], str) else v for name in self.keys)

    def label(self, values: Mapping[str, Any], lookups: Any) -> str:
        """The record in words, from its keys."""
        return ", ".join(c.words(values[c.name], lookups) for c in self.columns if c.key and values.get(c.name))[:300]

    def existing(self, user: User, rows: list[Values]) -> dict[tuple[Any, ...], Values]:
        """Identity -> what is stored, for the records that ``rows`` may concern; one query."""
        found = self.owned(user)
        for name in self.keys:
            wanted = {values[name] for values in rows}
            if not any(isinstance(value, str) for value in wanted) and None not in wanted and len(wanted) <= 500:
                found = found.filter(**{f"{name}__in": wanted})
        names = [column.name for column in self.stored]
        records = ({k: plain(v) for k, v in row.items()} for row in found.order_by().values("pk", *names).iterator())
        return {self.identity(record): record for record in records}


_kinds: dict[str, ImportKind] = {}


def register(kind: type[ImportKind]) -> type[ImportKind]:
    _kinds[kind.code] = kind()
    return kind


def kinds() -> dict[str, ImportKind]:
    """Every kind by its code, in the order of registration."""
    return dict(_kinds)


def kind_of(code: str) -> ImportKind | None:
    return _kinds.get(code)
