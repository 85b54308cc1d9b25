"""What can be imported: a kind is a list of columns. The houses above register theirs; this room knows none of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db import models
from django.urls import reverse
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.history.bulk import delete_with_history
from p2emas.imports.cells import Cell, Reader, Unfit, Values, as_text, folded, is_formula, plain
from p2emas.imports.models import kinds_not_made_by, kinds_unread_by, may_import
from p2emas.imports.quantities import Number
from p2emas.search.keeping import keep_words
from p2emas.ui.layout import form_helper

MOST_ROWS = 10_000  # of one file, unless its kind says more


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


CHUNK = 500


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
    template_note: str = (
        "Templat memuat nama yang sudah dikenal dan data yang tersimpan. Baris yang tidak Anda isi dilewati."
    )
    version: int = 1  # raise it when columns change: older templates are then refused with a sentence
    model: type[models.Model]
    columns: tuple[Column, ...]
    prefill_form: type[PrefillForm] = PrefillForm
    made_by: str = ""  # the field of a record that names the import which made it, where there is one
    shapes: tuple[Any, ...] = ()  # of foreign tables, see shapes.py; the one with a row for each record is known to all
    next_step: tuple[str, str] | None = None  # what to do when it was applied: words and the name of an address
    most_rows: int = MOST_ROWS
    rows_at_once: int = MOST_ROWS  # that are judged and written together; a kind that says fewer finds records by key
    once: tuple[str, ...] = ()  # columns in which no two rows of a file may say the same, beside the keys

    def may(self, user: User) -> bool:
        return may_import(user)

    def may_read(self, user: User) -> bool:
        """Whether a person who reads imports reads those of this kind."""
        return True

    def lookups(self, user: User) -> Any:
        """What the columns need to read cells and to word values, fetched once an import."""
        raise NotImplementedError

    def owned(self, user: User) -> models.QuerySet:
        """The records that ``user`` may write."""
        raise NotImplementedError

    def refusal(self, values: Values, lookups: Any) -> str:
        """Why this row is not for this person (another kecamatan), or "". Asked again when it is applied."""
        return ""

    def change_refusal(self, values: Values, stored: Values, lookups: Any) -> str:
        """Why this row may not change the record that is stored (an account that somebody has already), or ""."""
        return ""

    def gather(self, rows: list[Values], lookups: Any) -> None:
        """Look at all readable rows before any is judged, where what a row needs may come in the same file."""

    @property
    def gathers(self) -> bool:
        return type(self).gather is not ImportKind.gather

    def skip_reason(self, values: Values, found: bool) -> str:
        """Why a readable row is left out (nothing filled in), or ""."""
        return ""

    def repeated(self, first: str) -> str:
        """What is said of a row with the keys of an earlier one, which ``first`` names ("baris 3")."""
        return f"Baris ini mengulang {first}. Hapus salah satunya."

    def check(self, values: Values, lookups: Any) -> None:
        """Raise ``Unfit`` when columns contradict each other."""

    def prefill(self, user: User, chosen: Mapping[str, Any], lookups: Any) -> list[list[Any]]:
        """Rows of the template: keys, and what is stored already."""
        return []

    # --- how rows are written; inside the transaction that applies all of them ---

    def create(self, rows: Sequence[Values], actor: User) -> None:
        """New records, with one row of history each."""
        if rows:
            made = [self.model(**self.fields_of(values)) for values in rows]
            made = bulk_create_with_history(made, self.model, **_options(actor))
            keep_words(self.model, [record.pk for record in made])

    def change(self, changes: Mapping[int, Values], actor: User) -> None:
        """Set the changeable columns of records, under a lock."""
        if not changes:
            return
        names = [column.name for column in self.changeable]
        records: list[models.Model] = []
        for keys in chunks(changes):
            records += self.model._base_manager.select_for_update(no_key=True).filter(pk__in=keys)
        for record in records:
            wanted = {name: changes[record.pk][name] for name in names}
            for name, value in self.fields_of(wanted).items():
                setattr(record, name, value)
        fields = [self.model._meta.get_field(name.removesuffix("_id")).name for name in names]
        bulk_update_with_history(records, self.model, fields, **_options(actor))
        keep_words(self.model, changes)

    def remove(self, keys: Sequence[int], actor: User) -> None:
        """Take away what an import has created; a record that is used by others raises ``ProtectedError``."""
        for several in chunks(keys):
            delete_with_history(list(self.model._base_manager.filter(pk__in=several)), actor)
        keep_words(self.model, keys)

    def fields_of(self, values: Mapping[str, Any]) -> Values:
        """Stored JSON back as the model's own types."""
        by_name = {field.attname: field for field in self.model._meta.concrete_fields}
        return {name: by_name[name].to_python(value) for name, value in values.items() if name in by_name}

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

    @property
    def title_in_a_sentence(self) -> str:
        """With a small letter, unless it is an abbreviation."""
        return self.title if self.title.isupper() else self.title.lower()

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


def _options(actor: User) -> dict[str, Any]:
    return {"batch_size": CHUNK, "default_user": actor, "default_date": clock.now()}


def chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    keys = list(keys)
    return (keys[at : at + CHUNK] for at in range(0, len(keys), CHUNK))


_kinds: dict[str, ImportKind] = {}


def register(kind: type[ImportKind]) -> type[ImportKind]:
    _kinds[kind.code] = kind()
    return kind


def kinds() -> dict[str, ImportKind]:
    """Every kind by its code, in the order of registration."""
    return dict(_kinds)


def kind_of(code: str) -> ImportKind | None:
    return _kinds.get(code)


@kinds_unread_by.provide
def _unread_by(user: User) -> list[str]:
    return [code for code, kind in _kinds.items() if not kind.may_read(user)]


@kinds_not_made_by.provide
def _not_made_by(user: User) -> list[str]:
    return [code for code, kind in _kinds.items() if not kind.may(user)]
