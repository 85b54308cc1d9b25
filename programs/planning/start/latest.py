"""The latest beginning: until when the procurement of a line must have started for its work to be in time.

Work must be under way in its season, or in its month of beginning when no season is said. Before it the days of its way
of procurement pass, counted in working days. No year is crossed: the money of a plan ends with it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from p2emas.ui.formats import MONTHS
from p2emas.ui.workdays import add_working_days
from programs.planning.start.models import ProcurementMethod


@dataclass(frozen=True)
class LatestStart:
    """``day``: the last on which procurement can begin. ``work_until``: the last day on which work must have begun."""

    day: date
    work_until: date
    procurement: str
    working_days: int
    in_season: bool

    @property
    def month(self) -> str:
        return f"{MONTHS[self.day.month - 1]} {self.day.year}"

    def is_reachable(self, on: date) -> bool:
        return on <= self.day


def last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def latest_start(
    *, year: int, start_month: int, season: Sequence[int], method: ProcurementMethod | None, holidays: Collection[date]
) -> LatestStart:
    """Of a line of the plan of ``year``; ``season`` has its months, none where it says none."""
    month = season[-1] if season else start_month
    until = last_day(year, month)
    days = method.working_days if method else 0
    day = add_working_days(until, -days, holidays) if days else until
    return LatestStart(day, until, method.name if method else "", days, not season or start_month in season)
