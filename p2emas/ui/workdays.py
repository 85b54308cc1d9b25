"""Working days: Monday to Friday without the holidays that the caller gives."""

from collections.abc import Collection
from datetime import date, timedelta

_DAY = timedelta(days=1)


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    return day.weekday() < 5 and day not in holidays


def add_working_days(day: date, count: int, holidays: Collection[date] = ()) -> date:
    """The ``count``-th working day after ``day`` (before it, when negative); for 0 ``day`` itself or the next one."""
    holidays = frozenset(holidays)
    if count == 0:
        while not is_working_day(day, holidays):
            day += _DAY
        return day
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, holidays):
            day += step
    return day


def working_days_between(start: date, end: date, holidays: Collection[date] = ()) -> int:
    """How many working days lie after ``start`` up to and with ``end``; negative when ``end`` is earlier.

    A report due on Friday and looked at on Monday is late by 1; on its due day by 0.
    """
    if end < start:
        return -working_days_between(end, start, holidays)
    days = (end - start).days
    weeks, rest = divmod(days, 7)
    count = weeks * 5 + sum((start.weekday() + 1 + offset) % 7 < 5 for offset in range(rest))
    return count - sum(start < day <= end and day.weekday() < 5 for day in frozenset(holidays))
