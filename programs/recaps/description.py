"""What an official paper is made of: its columns and rows, from which screen, workbook and PDF are all drawn.

A paper declares its columns once (``RecapPaper``). What one agency or the regency says in a period is a ``RecapSheet``:
rows of values under the keys of the columns. Nobody formats a value but ``shown``.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from p2emas.accounts.models import Agency
from p2emas.documents.papers import Signer
from p2emas.ui import formats

MISSING = "–"  # "belum ada data": never a zero
BRACKETS = "Angka dalam kurung turun dari triwulan sebelumnya; alasannya ada pada halaman kegiatan."
KEY = re.compile(r"\{(\w+)\}")
Value = str | int | float | Decimal | Fraction | date | None


class ColumnKind(Enum):
    TEXT = "text"
    FIGURE = "figure"  # K: at most three decimals
    MONEY = "money"  # Rp: whole rupiah
    PERCENT = "percent"  # unrounded, shown with one decimal
    DAY = "day"


@dataclass(frozen=True)
class PaperColumn:
    """``head`` is the word under the label of its group ("K", "Rp"); ``width`` counts letters."""

    key: str
    kind: ColumnKind = ColumnKind.TEXT
    head: str = ""
    width: int = 10


@dataclass(frozen=True)
class PaperGroup:
    """One numbered column of the form, which may be divided. ``{year}`` and ``{before}`` of a label are filled in."""

    key: str
    number: str
    label: str
    columns: tuple[PaperColumn, ...]
    jump: str = ""  # the word of the link that leads to it on the screen

    @property
    def is_divided(self) -> bool:
        return any(column.head for column in self.columns)


@dataclass(frozen=True)
class PaperRow:
    """Cells by key: a key that is absent is an empty cell, None is "belum ada data".

    ``formulas`` are those of the form (``"{renja_money} / {target_money} * 100"``), only where every part is known.
    """

    cells: Mapping[str, Value]
    is_level: bool = False
    formulas: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RecapSheet:
    """One filled paper. ``marks`` are said under the title: not verified, DATA CONTOH, the version of the plan."""

    name: str  # of a file, without its ending
    tab: str  # of a sheet in a workbook
    title: str
    office: str
    period: str
    groups: tuple[PaperGroup, ...]
    rows: Sequence[PaperRow]
    marks: Sequence[str] = ()
    foot: Sequence[tuple[str, str]] = ()  # rows under the table, such as the average
    factors: Sequence[tuple[str, str]] = ()
    signers: Sequence[Signer] = ()
    notes: Sequence[str] = ()
    is_sample: bool = False

    @property
    def findings(self) -> list[str]:
        """The foot as sentences, which the screen has above the table."""
        return [f"{label}: {text}" for label, text in self.foot]

    @property
    def columns(self) -> list[PaperColumn]:
        return [column for group in self.groups for column in group.columns]

    @property
    def remarks(self) -> list[str]:
        """The notes, and what brackets say where a cell has some."""
        keys = [column.key for column in self.columns if column.kind in (ColumnKind.FIGURE, ColumnKind.MONEY)]
        values = (row.cells.get(key) for row in self.rows for key in keys)
        falls = any(isinstance(value, int | float | Decimal | Fraction) and value < 0 for value in values)
        return [*self.notes, *([BRACKETS] if falls else [])]


@dataclass(frozen=True)
class RecapPaper:
    """A kind of paper. ``make`` fills it for all agencies that are asked, in a constant number of queries."""

    code: str  # in the address
    label: str
    title: str
    version: str
    rule: str
    groups: tuple[PaperGroup, ...]
    make: Callable[["RecapQuestion"], list[RecapSheet]]
    of_agency: bool = True  # a sheet for each agency; otherwise one for the regency
    monthly: bool = False
    merged: tuple[str, ...] = ()  # columns that are one cell on the screen, its row heading
    small: tuple[str, ...] = ()  # columns that are written small under it


@dataclass(frozen=True)
class RecapQuestion:
    """Which paper of whom: ``number`` is the quarter, or the month of a monthly paper.

    ``told`` is told how many agencies are done; then a paper of all reads them one by one.
    """

    paper: RecapPaper
    agencies: Sequence[Agency]
    year: int
    number: int
    told: Callable[[int], None] | None = None


def shown(kind: ColumnKind, value: Value) -> str:
    """A cell as screen and PDF show it; a figure below zero in brackets."""
    if value is None:
        return MISSING
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return formats.table_date(value)
    if kind == ColumnKind.PERCENT:
        return formats.fixed(value, 1)
    return formats.bracketed(value, 0 if kind == ColumnKind.MONEY else 3)


def texts_of(row: PaperRow, columns: Sequence[PaperColumn]) -> list[str]:
    """A whole row as it is shown."""
    cells = row.cells
    return [shown(column.kind, cells[column.key]) if column.key in cells else "" for column in columns]
