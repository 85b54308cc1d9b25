"""/kalender/: three months as lists of days, and the addresses for calendar programs."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.http import QueryDict

from p2emas.accounts.models import User
from p2emas.accounts.signed_in import Anyone
from p2emas.calendar.forms import CalendarFilterForm, first_of_month
from p2emas.calendar.models import CalendarAddress
from p2emas.calendar.reading import KindDate, dates_of
from p2emas.registry.dates import Span
from p2emas.ui.filters import Filters
from p2emas.ui.formats import month_year
from p2emas.ui.links import with_query

SHOWN = 3  # months on one page
MOST = 200  # dates on one page; of more it says so


@dataclass(frozen=True)
class DayOfDates:
    """One day on which something is; ``is_today`` and ``is_past`` as seen on the day of the reading."""

    day: date
    rows: list[KindDate]
    is_today: bool
    is_past: bool


@dataclass(frozen=True)
class MonthOfDates:
    first: date
    days: list[DayOfDates]

    @property
    def heading(self) -> str:
        return month_year(self.first)

    @property
    def code(self) -> str:
        return f"{self.first:%Y-%m}"


@dataclass(frozen=True)
class CalendarPage:
    filters: Filters
    months: list[MonthOfDates]
    earlier: str  # links; empty at the end of what can be chosen
    later: str
    address: CalendarAddress | None
    signed_in: bool
    left_out: int  # dates beyond ``MOST``

    @classmethod
    def of(cls, reader: Anyone, query: QueryDict, today: date) -> "CalendarPage":
        form = CalendarFilterForm(query, reader, today)
        starts = [first_of_month(form.first, n) for n in range(SHOWN + 1)]
        rows = dates_of(reader, Span(starts[0], starts[-1] - timedelta(days=1)), form.kind)
        return cls(
            Filters(form, query),
            [_month(first, after, rows[:MOST], today) for first, after in pairwise(starts)],
            _link(form, query, first_of_month(form.first, -SHOWN)),
            _link(form, query, starts[-1]),
            CalendarAddress.objects.in_use(reader) if isinstance(reader, User) else None,
            isinstance(reader, User),
            max(0, len(rows) - MOST),
        )

    @property
    def title(self) -> str:
        """ "Oktober sampai Desember 2019"."""
        first, last = self.months[0].first, self.months[-1].first
        begins = month_year(first)
        return f"{begins.split()[0] if first.year == last.year else begins} sampai {month_year(last)}"


def _month(first: date, after: date, rows: list[KindDate], today: date) -> MonthOfDates:
    days: dict[date, list[KindDate]] = {}
    for row in rows:
        day = max(row.date.day, first)  # what began earlier and lasts is listed again where a month begins
        if first <= day < after and row.date.last >= first:
            days.setdefault(day, []).append(row)
    return MonthOfDates(first, [DayOfDates(day, days[day], day == today, day < today) for day in sorted(days)])


def _link(form: CalendarFilterForm, query: QueryDict, month: date) -> str:
    code = f"{month:%Y-%m}"
    return with_query(query, bulan=code) if code in form.months else ""
