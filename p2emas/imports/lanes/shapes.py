"""A lane: a form of many rows that can also be filled as a workbook. The houses register theirs.

A lane knows no way of its own to write. It hands out the rows of a form of the site, each with its Django form; what a
workbook says becomes what that form would have been sent, so that its fields, its sentences and the service behind it
decide, as on the page.
"""

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.db import models

from p2emas.accounts.models import User
from p2emas.ui.fields import PercentField, QuantityField, RupiahField
from p2emas.ui.rows import MOST

Record = TypeVar("Record", bound=models.Model)
CODE, PLACE = "Kode", "Tempat"


@dataclass(frozen=True, eq=False)
class LaneColumn:
    """One column of a sheet. With ``field`` it is typed in; without, it only shows what ``LaneRow.shown`` has for it.

    ``options``: what the form takes -> the word that the drop-down shows. ``main``: seen in the list of differences
    also where nothing differs. ``lead``: what a new row is about, or its place; seen there only while it is wrong.
    ``also``: other headings that it is met under in tables of others.
    """

    header: str
    field: str = ""
    hint: str = ""
    width: int = 18
    options: Mapping[str, str] = dataclasses.field(default_factory=dict)
    main: bool = False
    number: str = ""  # format of the numbers in the workbook
    lead: bool = False
    also: tuple[str, ...] = ()

    @property
    def is_listed(self) -> bool:
        """Whether its options fit a select on a page; beyond that the word is typed."""
        return 0 < len(self.options) <= MOST


@dataclass(frozen=True)
class LaneRow:
    """One row: its key, which no other row of the workbook has, what it is about, and the form that it fills.

    ``names``: the field of the form for a field of the columns, where several rows share one form. ``seen``: what a
    typed column shows of a row that does not take it. ``also``: other words by which tables of others name it;
    ``is_whole``: the row that is meant by them where no place is said.
    """

    key: str
    label: str
    place: str
    form: forms.BaseForm
    shown: Sequence[Any] = ()
    names: Mapping[str, str] = dataclasses.field(default_factory=dict)
    seen: Mapping[str, str] = dataclasses.field(default_factory=dict)
    also: Sequence[str] = ()
    is_whole: bool = False

    def name_of(self, column: LaneColumn) -> str:
        return self.names.get(column.field, column.field)

    def takes(self, column: LaneColumn) -> bool:
        """Whether the row has a field for a typed column: an indicator's village names no year of its baseline."""
        return self.name_of(column) in self.form.fields

    def field_of(self, column: LaneColumn) -> forms.Field:
        return self.form.fields[self.name_of(column)]

    def initial(self, column: LaneColumn) -> Any:
        name = self.name_of(column)
        return self.form.get_initial_for_field(self.form.fields[name], name)

    def stored(self, column: LaneColumn) -> str:
        """What is stored, as the form shows it."""
        return text_of(self.field_of(column), self.initial(column))

    def differs(self, column: LaneColumn, text: str) -> bool:
        """Whether ``text`` means something else than what is stored."""
        return self.field_of(column).has_changed(self.initial(column), text)


@dataclass(frozen=True, eq=False)
class NewRows:
    """Rows without a code: what they are about and their place are typed too, in the first two columns.

    ``make`` gives the row with this key, its form unbound. ``hint``: a sentence for the sheet of instructions.
    """

    about: LaneColumn
    place: LaneColumn
    make: Callable[[str], LaneRow]
    hint: str
    blank: int = 60  # rows that wait in the workbook
    most: int = 300  # in one file

    @property
    def leads(self) -> tuple[LaneColumn, LaneColumn]:
        return self.about, self.place

    @staticmethod
    def key_of(number: int) -> str:
        """Of the row with this number in the file."""
        return f"b{number}"


@dataclass(frozen=True)
class LaneSheet:
    """``about``: the heading over what the rows are about ("Kegiatan"); ``whole``: what the lane saves the sheet by.

    ``locked``: rows that cannot be filled now, each with the sentence that says why. ``adds``: the rows that it takes
    beside those that are there.
    """

    name: str
    about: str
    columns: tuple[LaneColumn, ...]
    rows: list[LaneRow]
    whole: Any = None
    locked: Mapping[str, str] = dataclasses.field(default_factory=dict)
    adds: NewRows | None = None

    @property
    def typed(self) -> list[LaneColumn]:
        return [column for column in self.columns if column.field]

    def field_of(self, column: LaneColumn) -> forms.Field | None:
        """The field of a column, of the first row that has it or of a new one; None in a sheet without rows."""
        found = next((row for row in self.rows if row.takes(column)), None)
        if found is None and self.adds and (new := self.adds.make("")).takes(column):
            found = new
        return found.field_of(column) if found else None

    @property
    def headings(self) -> list[str]:
        return [CODE, self.about, PLACE, *(column.header for column in self.columns)]


class Lane(ABC, Generic[Record]):
    """One form that has a workbook. ``sheets`` gives the forms as they are, or bound to ``data``."""

    code: str  # in addresses and in the database
    title: str  # what the page of the workbook is called

    @abstractmethod
    def find(self, user: User, pk: int) -> Record:
        """The record that ``user`` may fill; raises Http404 or PermissionDenied."""

    @abstractmethod
    def is_open(self, record: Record) -> bool: ...

    @abstractmethod
    def closed(self, record: Record) -> str:
        """Why it cannot be filled now, in a sentence."""

    @abstractmethod
    def name_of(self, record: Record) -> str: ...

    def rests_on(self, record: Record) -> str:
        """Which version of a plan it follows, where ``name_of`` does not say so; or ""."""
        return ""

    def version_words(self, record: Record) -> str:
        """Which version of a plan its workbook is of, with its day; or ""."""
        return self.rests_on(record)

    @abstractmethod
    def file_name(self, record: Record) -> str: ...

    @abstractmethod
    def url_of(self, record: Record) -> str:
        """The page to which one returns."""

    @abstractmethod
    def version_of(self, record: Record) -> int: ...

    @abstractmethod
    def sheets(self, record: Record, data: Mapping[str, str] | None = None) -> list[LaneSheet]: ...

    def sheets_named(self, record: Record, names: Collection[str]) -> list[LaneSheet]:
        """Those of ``sheets`` that an upload is about; a lane that can leave out reading the others does."""
        return [sheet for sheet in self.sheets(record) if sheet.name in names]

    def bound(self, record: Record, sheets: list[LaneSheet], data: Mapping[str, str]) -> list[LaneSheet]:
        """The same sheets, told ``data``."""
        names = [sheet.name for sheet in sheets]
        return [sheet for sheet in self.sheets(record, data) if sheet.name in names]

    @abstractmethod
    def save(self, record: Record, sheets: list[LaneSheet], *, version: int, actor: User) -> Sequence[int]:
        """Save through the service of the form; every form is right. Raises ``EditConflict``. Inside a transaction.

        Answers what it added, for ``take_back``.
        """

    def take_back(
        self, record: Record, sheets: list[LaneSheet], added: Sequence[int], *, version: int, actor: User
    ) -> None:
        """Save what was there before; a lane whose sheets take new rows deletes those that it ``added``."""
        self.save(record, sheets, version=version, actor=actor)

    def last_saved(self, record: Record) -> str:
        """Who saved last and when ("Rina 09.20"), or ""."""
        return ""


LaneType = TypeVar("LaneType", bound="Lane[Any]")
_lanes: dict[str, Lane[Any]] = {}


def register_lane(lane: LaneType) -> LaneType:
    _lanes[lane.code] = lane
    return lane


def lanes() -> dict[str, Lane[Any]]:
    return dict(_lanes)


def lane_of(code: str) -> Lane[Any] | None:
    return _lanes.get(code)


def text_of(asked: forms.Field, value: Any) -> str:
    """A value as its form shows it; ticks as browsers send them."""
    if isinstance(asked, forms.BooleanField):
        return "on" if value else ""
    shown = asked.prepare_value(value)
    return "" if shown is None else str(shown)


def is_number(asked: forms.Field) -> bool:
    return isinstance(asked, RupiahField | PercentField | QuantityField)


def sent_by(form: forms.BaseForm) -> dict[str, str]:
    """What a browser would send of a form in which nobody typed."""
    sent: dict[str, str] = {}
    for name, asked in form.fields.items():
        text = text_of(asked, form.get_initial_for_field(asked, name))
        if text or not isinstance(asked, forms.BooleanField):
            sent[form.add_prefix(name)] = text
    return sent
