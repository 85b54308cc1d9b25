"""The business clock: deadlines, validity and stamps of the work ask here, security asks the real clock.

In the demo the day is fixed by ``DEMO_TODAY`` while the time of day runs on, so that a Riwayat keeps its order;
``at`` moves the clock for the demo command and for tests.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

_moved: ContextVar[datetime | None] = ContextVar("moved", default=None)


def now() -> datetime:
    """The aware moment of the business, in the zone of the regency."""
    moved = _moved.get()
    if moved is not None:
        return moved
    real = timezone.localtime()
    day = fixed_day()
    return real if day is None else real.replace(year=day.year, month=day.month, day=day.day)


def today() -> date:
    """The business day in the regency's zone."""
    return now().date()


def fixed_day() -> date | None:
    """The day that the demo is pinned to, or None on a real installation."""
    return date.fromisoformat(settings.DEMO_TODAY) if settings.DEMO_TODAY else None


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Run the block as if it were ``moment``; a bare date means 09.00 of that day."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 9)
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    token = _moved.set(timezone.localtime(moment))
    try:
        yield
    finally:
        _moved.reset(token)
