"""The dates ahead of somebody, from the calendar of all rooms, but for the kinds that are read there alone."""

from datetime import date, timedelta

from p2emas.accounts.models import User
from p2emas.calendar.page import DayOfDates
from p2emas.calendar.reading import KindDate, dates_of
from p2emas.registry.dates import Span

AHEAD = timedelta(days=62)
SHOWN = 6


def dates_ahead(user: User, today: date) -> list[DayOfDates]:
    """The nearest dates by day; what began before and lasts is on the first day."""
    rows = dates_of(user, Span(today, today + AHEAD), for_home=True)
    days: dict[date, list[KindDate]] = {}
    for row in rows[:SHOWN]:
        days.setdefault(max(row.date.day, today), []).append(row)
    return [DayOfDates(day, days[day], day == today, is_past=False) for day in sorted(days)]
