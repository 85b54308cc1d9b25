"""The form of every indicator: a finding in words, a number with its denominator, a definition, and one table."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from p2emas.accounts.models import Agency
from p2emas.ui import charts, formats

SAMPLE = "Data contoh"
BOXES = 40  # cases that are drawn one by one
SHOWN = 12  # rows of a table on the dashboard; the indicator's own page has them all


class Shortened:
    """The first of many rows, and how many others there are: "dan 404 lainnya"."""

    def __init__(self, rows: Sequence[Any], most: int = SHOWN) -> None:
        self.shown, self.rest = list(rows[:most]), max(0, len(rows) - most)
        if self.rest == 1:  # the line that says so would take its place
            self.shown, self.rest = list(rows), 0

    def __iter__(self) -> Iterator[Any]:
        return iter(self.shown)

    def __bool__(self) -> bool:
        return bool(self.shown)


class Rows(Sequence):
    """Rows of a table that are written only when somebody reads them: a matrix is wider than what its page shows."""

    def __init__(self, of: Sequence[Any], write: Callable[[Any], list[object]]) -> None:
        self.of, self.write = of, write

    def __len__(self) -> int:
        return len(self.of)

    def __getitem__(self, at):
        return [self.write(row) for row in self.of[at]] if isinstance(at, slice) else self.write(self.of[at])

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]


class LazyDrawing(Mapping[str, Any]):
    """What a partial draws, made when it is read: the leaders' page draws none of it."""

    def __init__(self, make: Callable[[], dict[str, Any]]) -> None:
        self._make = make

    @cached_property
    def _parts(self) -> dict[str, Any]:
        return self._make()

    def __getitem__(self, name: str) -> Any:
        return self._parts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)


@dataclass(frozen=True)
class Picture:
    """The small drawing beside one sentence of the leaders' page, for the screen and for paper.

    ``parts``: cases that are done, partly done and not done. Otherwise per cent of one scale: ``share`` as a bar, or
    as a circle with ``money`` as a square; ``target`` is a line on it. None is not known.
    """

    parts: tuple[int, int, int] | None = None
    share: Fraction | None = None
    money: Fraction | None = None
    target: Fraction | None = None

    @property
    def chart(self) -> charts.Chart:
        if self.parts is not None:
            return self._boxes(*self.parts)
        if self.money is not None:
            return charts.dumbbell(self.share, self.money, self.target)
        return charts.no_data("") if self.share is None else charts.bar(self.share, self.target, tone="f1")

    @staticmethod
    def _boxes(done: int, partly: int, rest: int) -> charts.Chart:
        """One box a case; of many cases, whose boxes would be hair lines, three parts."""
        groups = [("f1", done), ("fpale", partly), ("fpaper", rest)]
        if sum(count for _tone, count in groups) <= BOXES:
            return charts.boxes(groups, label="")
        return charts.shares(groups, label="")


@dataclass
class Answer:
    """One indicator. ``header`` and ``rows`` are the table; None is "belum ada data".

    The page shows that table, unless it is too wide for a page: then ``narrow`` is the page's. ``coded`` is the
    table of the files where it names agencies or villages: there the codes come before the names.
    """

    key: str
    number: int
    question: str
    finding: str
    value: str
    basis: str
    definition: str
    sign: str = "none"  # good, watch, late, none
    sign_label: str = "Belum ada data"
    change: str = ""
    header: Sequence[str] = ()
    rows: Sequence[list[object]] = field(default_factory=list)
    narrow: tuple[Sequence[str], Sequence[list[object]]] | None = None
    coded: tuple[Sequence[str], Sequence[list[object]]] | None = None
    drawing: Mapping[str, Any] = field(default_factory=dict)  # what the indicator's own partial draws
    is_sample: bool = False
    is_wide: bool = False  # a matrix needs the whole width of the page
    small: Picture | None = None  # of the leaders' page

    @property
    def csv(self) -> tuple[list[str], Sequence[list[object]]]:
        """Header and rows for a file: away from its page every row says itself whether it rests on invented data."""
        header, rows = self.coded or (self.header, self.rows)
        if SAMPLE in header:
            return list(header), rows
        return [*header, SAMPLE], [[*row, self.is_sample] for row in rows]

    @property
    def table(self) -> tuple[Sequence[str], Sequence[list[object]]]:
        """Header and rows for the page."""
        return self.narrow or (self.header, self.rows)

    @property
    def template(self) -> str:
        return f"programs/dashboards/_{self.key}.html"


def agency_code_first(
    header: Sequence[str], of: Sequence[Any], write: Callable[[Any], list[object]], agency: Callable[[Any], Agency]
) -> tuple[Sequence[str], Sequence[list[object]]]:
    """The table of the files where each row is an agency's."""
    return ["Kode SKPD", *header], Rows(of, lambda row: [agency(row).code, *write(row)])


def percent_text(share: Fraction | None, places: int = 0) -> str:
    """A share (0 to 1) as the big number; "–" where there is none, the sign says why."""
    return "–" if share is None else formats.percent(share * 100, places)


def count_change_text(now: int, before: int, since: object) -> str:
    """The difference of two counts, as a sentence."""
    if now == before:
        return f"Sama dengan {since}"
    return f"{'Naik' if now > before else 'Turun'} {abs(now - before)} dari {since}"


def change_text(now: Fraction | None, before: Fraction | None, since: str) -> str:
    """The difference of two percentages in points, as a sentence; "" when one is unknown."""
    if now is None or before is None:
        return ""
    points = formats.number(abs(now - before), 0)
    if points == "0":
        return f"Tetap sejak {since}"
    return f"{'Naik' if now > before else 'Turun'} {points} poin dari {since}"
