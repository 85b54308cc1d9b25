"""What a line says of one month, and where that comes from."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from programs.monthly.models import ENDS_OF_QUARTERS


class Origin(Enum):
    """Where the figures of an agency's month come from."""

    TYPED = "typed"
    APPROVED = "approved"  # of an approved report
    CORRECTED = "corrected"  # of a report that is corrected, as it was approved
    UNVERIFIED = "unverified"  # of a report that was sent
    AWAITED = "awaited"  # the report of the quarter was not sent


class Figures(NamedTuple):
    """Cumulative since January: rupiah and per cent. None is "belum ada data"."""

    money: int | None = None
    physical: Decimal | None = None

    @property
    def is_known(self) -> bool:
        return self.money is not None or self.physical is not None

    @property
    def has_begun(self) -> bool:
        return bool(self.money or self.physical)


UNKNOWN = Figures()


class LineMonth(NamedTuple):
    """A line in one month. ``counts``: it is money of the agency's own budget. ``note``: what the agency wrote."""

    line: int
    activity: int
    amount: int
    counts: bool
    actual: Figures
    planned: Figures
    note: str = ""


class CarriedWork(NamedTuple):
    """Work that the version of the month no longer has; what was spent on it still counts."""

    line: int
    activity: int
    counts: bool
    actual: Figures


@dataclass(frozen=True)
class AgencyMonth:
    """One agency's month. ``plan`` is None where no version of the year was set."""

    agency: int
    month: int
    plan: int | None
    origin: Origin
    rows: list[LineMonth] = field(default_factory=list)
    carried: list[CarriedWork] = field(default_factory=list)


def quarter_ended_by(month: int) -> int | None:
    """The quarter whose last month it is."""
    return month // 3 if month in ENDS_OF_QUARTERS else None


def first_known(given: Figures, otherwise: Figures) -> Figures:
    """Each figure that was given, else the other one."""
    return Figures(
        otherwise.money if given.money is None else given.money,
        otherwise.physical if given.physical is None else given.physical,
    )
