"""Old -> new of each cell: what an upload says beside what is stored now and what the workbook held when it was made.

A cell that nobody touched since the download keeps what is stored. A cell that was changed here and there is a
conflict: both values are shown, and the person chooses. What is left is sent to the forms, whose sentences are the
errors.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django import forms
from django.db import models

from p2emas.imports.cells import squeezed
from p2emas.imports.lanes.models import LaneUpload
from p2emas.imports.lanes.reading import ReadRow, ReadSheet, from_json
from p2emas.imports.lanes.shapes import Lane, LaneColumn, LaneRow, LaneSheet, NewRows, is_number, sent_by
from p2emas.imports.lanes.tokens import held_of
from p2emas.imports.numbers import NumberFormat, read

MINE, STORED = "berkas", "tersimpan"


class Fate(Enum):
    """What becomes of a cell or a row, in the order in which a row is called after its cells."""

    WRONG = "wrong"
    BOTH = "both"
    ADDED = "added"  # a row that the file adds
    NEW = "new"
    CHANGE = "change"
    SAME = "same"


@dataclass
class ComparedCell:
    column: LaneColumn
    address: str  # "E11", or "" where the file has no such cell
    stored: str
    typed: str
    fate: Fate
    name: str  # of its box on the page of differences
    picked: str = ""
    shown: str = ""  # what is typed, as it would be stored
    errors: list[str] = field(default_factory=list)

    @property
    def stored_words(self) -> str:
        return self.column.options.get(self.stored, self.stored) if self.stored else "kosong"

    @property
    def new_words(self) -> str:
        text = self.shown or self.typed
        return self.column.options.get(text, text) if text else "kosong"

    @property
    def is_same(self) -> bool:
        return self.fate is Fate.SAME

    @property
    def asks(self) -> bool:
        """Whether its place on the page is a box or a choice."""
        return bool(self.errors) or self.fate is Fate.BOTH

    @property
    def is_blank(self) -> bool:
        """Nothing there, and nothing to say about it."""
        return self.fate is Fate.SAME and not self.stored and not self.errors

    @property
    def pick_name(self) -> str:
        return f"pilih-{self.name.removeprefix('isi-')}"

    @property
    def is_sent(self) -> bool:
        """Whether the form is told of it."""
        if self.fate is Fate.BOTH:
            return self.picked != STORED
        return self.fate is not Fate.SAME

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to choose."""
        return self.fate is Fate.BOTH and not self.picked


@dataclass
class ComparedRow:
    number: int
    label: str
    place: str
    cells: list[ComparedCell]
    errors: list[str] = field(default_factory=list)
    is_added: bool = False

    def name_by_leads(self) -> None:
        """A new row is called by what it says that it is about and where."""
        words = [cell.new_words for cell in self.cells if cell.column.lead and cell.typed]
        if words:
            self.label, self.place = words[0], " ".join(words[1:])

    @property
    def fate(self) -> Fate:
        if self.errors or any(cell.errors for cell in self.cells):
            return Fate.WRONG
        if self.is_added:
            return Fate.ADDED
        fates = {cell.fate for cell in self.cells}
        if Fate.CHANGE in fates and Fate.BOTH not in fates:
            return Fate.CHANGE
        return next(fate for fate in Fate if fate in fates or fate is Fate.SAME)


@dataclass
class ComparedSheet:
    name: str
    about: str
    columns: list[tuple[LaneColumn, str]]  # with the letter of each
    rows: list[ComparedRow]
    absent: int  # rows of the form that the file does not have


class LaneComparison:
    """What an upload would do now. ``data`` is what the form is sent; ``bound`` are its sheets with that."""

    def __init__(
        self, lane: Lane[Any], record: models.Model, upload: LaneUpload, answers: Mapping[str, str] | None = None
    ) -> None:
        self.lane, self.record, self.upload, self.answers = lane, record, upload, answers or {}
        self.version = lane.version_of(record)
        self.data: dict[str, str] = {}
        self.before: dict[str, str] = {}
        self._by_key: dict[str, ComparedRow] = {}  # the rows of which the forms are told
        uploaded = from_json(upload.cells)
        stored = {sheet.name: sheet for sheet in lane.sheets_named(record, {sheet.name for sheet in uploaded})}
        self.sheets = [self._sheet(stored[sheet.name], sheet) for sheet in uploaded if sheet.name in stored]
        self.bound = lane.bound(record, list(stored.values()), self.data)
        self._judge()
        for row in self.rows:
            row.name_by_leads()

    # --- Cells ---

    def _sheet(self, sheet: LaneSheet, read: ReadSheet) -> ComparedSheet:
        by_key = {row.key: row for row in sheet.rows}
        held = self.upload.held.get(sheet.name, {})
        columns = [column for column in _columns(sheet) if column.field in read.letters]
        rows, seen = [], set()
        for row in read.rows:
            target = by_key.get(row.key)
            if row.lost:
                rows.append(ComparedRow(row.number, row.about, "", [], [row.lost]))
                continue
            if sheet.adds and not row.key:
                rows.append(self._added(sheet.adds, row, columns, read.letters))
                continue
            if row.key in sheet.locked:
                rows += _locked(row, sheet, held_of(held, row.key))
                continue
            if target is None or row.key in seen:
                rows.append(_misplaced(row, twice=row.key in seen))
                continue
            seen.add(row.key)
            before = held_of(held, row.key)
            cells = [
                self._cell(target, column, row, read.letters, before.get(column.field))
                for column in columns
                if target.takes(column)
            ]
            compared = ComparedRow(row.number, target.label, target.place, cells)
            self._send(target, compared)
            rows.append(compared)
        letters = [(column, read.letters[column.field]) for column in columns]
        return ComparedSheet(sheet.name, sheet.about, letters, rows, len(by_key) - len(seen))

    def _added(
        self, adds: NewRows, read: ReadRow, columns: list[LaneColumn], letters: Mapping[str, str]
    ) -> ComparedRow:
        target = adds.make(adds.key_of(read.number))
        cells = []
        for column in (column for column in columns if target.takes(column)):
            name = f"isi-{target.key}-{column.field}"
            typed = self.answers.get(name, read.texts.get(column.field, ""))
            cell = ComparedCell(column, f"{letters[column.field]}{read.number}", "", typed, Fate.SAME, name)
            if column.field in read.wrong and name not in self.answers:
                cell.errors = [read.wrong[column.field]]
            cell.fate = Fate.NEW if typed or cell.errors else Fate.SAME
            cells.append(cell)
        compared = ComparedRow(read.number, "Baris baru", "", cells, is_added=True)
        self._send(target, compared)
        return compared

    def _cell(
        self, row: LaneRow, column: LaneColumn, read: ReadRow, letters: Mapping[str, str], before: str | None
    ) -> ComparedCell:
        address = f"{letters[column.field]}{read.number}"
        name = f"isi-{row.key}-{column.field}"
        typed = self.answers.get(name, read.texts.get(column.field, ""))
        cell = ComparedCell(column, address, row.stored(column), typed, Fate.SAME, name)
        if column.field in read.wrong and name not in self.answers:
            cell.fate, cell.errors = Fate.CHANGE, [f"{read.wrong[column.field]}"]
            return cell
        asked = row.field_of(column)
        untouched = before is not None and not _differ(asked, before, typed)
        if untouched or squeezed(cell.stored) == squeezed(typed) or not row.differs(column, typed):
            return cell
        if before is not None and row.differs(column, before):
            cell.fate, cell.picked = Fate.BOTH, self._picked(row, column)
        else:
            cell.fate = Fate.CHANGE if cell.stored else Fate.NEW
        return cell

    def _picked(self, row: LaneRow, column: LaneColumn) -> str:
        picked = self.answers.get(f"pilih-{row.key}-{column.field}", "")
        return picked if picked in (MINE, STORED) else ""

    def _send(self, target: LaneRow, row: ComparedRow) -> None:
        """Put the cells of a row that differ into what the form is sent, over what it would send untouched."""
        sent = [cell for cell in row.cells if cell.is_sent]
        if not sent:
            return
        whole = sent_by(target.form)
        if not row.is_added:
            self.before |= {name: text for name, text in whole.items() if name not in self.before}
        self.data = whole | self.data
        for cell in sent:
            self.data[target.form.add_prefix(target.name_of(cell.column))] = cell.typed
        self._by_key[target.key] = row

    # --- What the forms say ---

    def _judge(self) -> None:
        """Each sentence at its cell; one about a field that the file does not have, at the first row of its form."""
        shown: dict[tuple[int, str], ComparedCell] = {}
        first: dict[int, tuple[forms.BaseForm, ComparedRow]] = {}
        for bound in (row for sheet in self.bound for row in sheet.rows):
            if bound.key in self._by_key:
                compared = self._by_key[bound.key]
                first.setdefault(id(bound.form), (bound.form, compared))
                shown |= {(id(bound.form), bound.name_of(cell.column)): cell for cell in compared.cells}
        for form, compared in first.values():
            for name, sentences in form.errors.items():
                told = shown[id(form), name].errors if (id(form), name) in shown else compared.errors
                told += [str(sentence) for sentence in sentences]
        for (number, name), cell in shown.items():
            form = first[number][0]
            cell.shown = _as_stored(form, name, cell.typed)
            if cell.fate in (Fate.NEW, Fate.CHANGE) and _is_dropped(form, name):
                cell.fate = Fate.SAME  # the reason of a fall where nothing falls is not kept

    # --- All of it ---

    @property
    def rows(self) -> list[ComparedRow]:
        return [row for sheet in self.sheets for row in sheet.rows]

    @property
    def counts(self) -> dict[Fate, int]:
        fates = [row.fate for row in self.rows]
        return {fate: fates.count(fate) for fate in Fate}

    @property
    def to_decide(self) -> int:
        """Rows that keep it from being applied."""
        return sum(row.fate is Fate.WRONG or any(cell.is_open for cell in row.cells) for row in self.rows)

    @property
    def changed_cells(self) -> int:
        """Of rows that were there; a row that is added counts as one of ``added_rows``."""
        return sum(cell.is_sent for row in self.rows if not row.is_added for cell in row.cells)

    @property
    def added_rows(self) -> int:
        return sum(row.is_added for row in self.rows)

    @property
    def changes_nothing(self) -> bool:
        return not (self.changed_cells or self.added_rows)


def _columns(sheet: LaneSheet) -> list[LaneColumn]:
    """Those that are read, the first two of a new row before the others."""
    return [*(sheet.adds.leads if sheet.adds else ()), *sheet.typed]


def _differ(asked: forms.Field, first: str, second: str) -> bool:
    """Whether two texts mean different values; text that cannot be read differs from everything but itself.

    Blanks do not count: a spreadsheet and a paste change them.
    """
    if squeezed(first) == squeezed(second):
        return False
    try:
        value = asked.to_python(first)
    except forms.ValidationError:
        return True
    if is_number(asked) and value is not None and read(second, NumberFormat.COMMA) == value:
        return False  # "1,125" may also be a thousand, but it is what the cell shows of the number that it held
    return asked.has_changed(value, second)


def _as_stored(form: forms.BaseForm, name: str, typed: str) -> str:
    if name in form.errors or not form.is_bound or name not in form.cleaned_data:
        return typed
    asked, value = form.fields[name], form.cleaned_data[name]
    if isinstance(asked, forms.ChoiceField | forms.BooleanField):
        return typed
    shown = asked.prepare_value(value)
    return "" if shown is None else str(shown)


def _is_dropped(form: forms.BaseForm, name: str) -> bool:
    """Whether the form itself keeps what is stored instead of what was typed."""
    if form.errors or name not in form.cleaned_data:
        return False
    return bool(form.cleaned_data[name] == form.get_initial_for_field(form.fields[name], name))


def _locked(row: ReadRow, sheet: LaneSheet, before: Mapping[str, str]) -> list[ComparedRow]:
    """A row that cannot be filled now is passed over as long as nobody touched it."""
    for column in sheet.typed:
        asked, text = sheet.field_of(column), row.texts.get(column.field)
        if asked and text is not None and column.field in before and _differ(asked, before[column.field], text):
            return [ComparedRow(row.number, row.key, "", [], [sheet.locked[row.key]])]
    return []


def _misplaced(row: ReadRow, *, twice: bool) -> ComparedRow:
    if twice:
        sentence = f"Kode “{row.key[:20]}” ada dua kali. Hapus salah satu barisnya, lalu unggah lagi."
    elif row.key:
        sentence = f"Kode “{row.key[:20]}” bukan baris isian ini. Hapus baris itu, atau unduh isian yang baru."
    else:
        sentence = "Baris ini tidak berkode. Isi hanya baris yang ada; hapus baris itu, lalu unggah lagi."
    return ComparedRow(row.number, row.key[:20] or "Tanpa kode", "", [], [sentence])
