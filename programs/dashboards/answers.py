"""The form of every indicator: a finding in words, a number with its denominator, a definition, and one table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from p2emas.ui import formats

SAMPLE = "Data contoh"


@dataclass
class Answer:
    """One indicator. ``header`` and ``rows`` are the table of the page and the CSV alike; None is "belum ada data"."""

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
    rows: list[list[object]] = field(default_factory=list)
    drawing: dict[str, object] = field(default_factory=dict)  # what the indicator's own partial draws
    is_sample: bool = False
    is_wide: bool = False  # a matrix needs the whole width of the page

    @property
    def csv(self) -> tuple[list[str], list[list[object]]]:
        """Header and rows for a file: away from its page every row says itself whether it rests on invented data."""
        if SAMPLE in self.header:
            return list(self.header), self.rows
        return [*self.header, SAMPLE], [[*row, self.is_sample] for row in self.rows]

    @property
    def template(self) -> str:
        return f"programs/dashboards/_{self.key}.html"


def percent_text(share: Fraction | None, places: int = 0) -> str:
    """A share (0 to 1) as the big number; "–" where there is none, the sign says why."""
    return "–" if share is None else formats.percent(share * 100, places)


def count_change_text(now: int, before: int, since: object) -> str:
    """The difference of two counts, as a sentence."""
    if now == before:
        return f"Sama dengan {since}"
    return f"{'Tambah' if now > before else 'Kurang'} {abs(now - before)} dari {since}"


def change_text(now: Fraction | None, before: Fraction | None, since: str) -> str:
    """The difference of two percentages in points, as a sentence; "" when one is unknown."""
    if now is None or before is None:
        return ""
    points = formats.number(abs(now - before), 0)
    if points == "0":
        return f"Tetap sejak {since}"
    return f"{'Naik' if now > before else 'Turun'} {points} poin dari {since}"
