"""When the checks of a package fall due: so many months after it was handed over. Computed, never stored."""

from calendar import monthrange
from datetime import date, timedelta

CHECK_MONTHS = (6, 12, 24)
# A check may be made so many days before it falls due; so many days after it, a package that nobody counted is lost.
GRACE = timedelta(days=30)


def month_later(day: date, months: int) -> date:
    """The same day ``months`` later; the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def latest_handover(on: date, months: int) -> date:
    """The last day of handing over whose check of ``months`` is due on day ``on``."""
    earlier = month_later(on, -months)
    if on.day == monthrange(on.year, on.month)[1]:  # 28 February is six months after the 28th to the 31st of August
        return earlier.replace(day=monthrange(earlier.year, earlier.month)[1])
    return earlier


def last_day_of(handed_on: date, months: int) -> date | None:
    """The last day on which a count is that of this check: later ones belong to the next. None: it has no end."""
    following = next((month for month in CHECK_MONTHS if month > months), None)
    return None if following is None else month_later(handed_on, following) - GRACE - timedelta(days=1)
