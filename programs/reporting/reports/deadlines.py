"""The days of a quarter: when it ends, when reports are due, how long BAPPEDA takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from p2emas import clock
from p2emas.accounts.agencies import LONGEST_BREAK
from p2emas.accounts.models import Holiday
from p2emas.ui import formats
from p2emas.ui.workdays import add_working_days, is_working_day, working_days_between
from programs.reporting.reports.models import ProgressReport

QUARTER_YEARS = (2000, 2099)


def quarter_dates(year: int, quarter: int) -> tuple[date, date]:
    """First and last day of a quarter."""
    starts = date(year, 3 * quarter - 2, 1)
    following = date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
    return starts, following - timedelta(days=1)


def standard_due_date(ends: date) -> date:
    """The agencies' deadline: so many working days after the quarter, holidays left out."""
    return Holiday.objects.working_day_after(ends, settings.REPORT_WORKING_DAYS)


def why_no_working_day(day: date) -> str:
    """The sentence that names the next working day when offices are closed on ``day``; empty when they are open."""
    holidays = Holiday.objects.dates_around(day, day + LONGEST_BREAK)
    if is_working_day(day, holidays):
        return ""
    near = formats.weekday_date(add_working_days(day, 0, holidays))
    return f"Tanggal itu bukan hari kerja. Isi misalnya {near}"


def verified_by(report: ProgressReport) -> date:
    """Until when BAPPEDA decides: so many days after the quarter, or for a late report after it came."""
    ends = report.period.ends
    sent_on = ends if report.submitted_at is None else timezone.localtime(report.submitted_at).date()
    holidays = Holiday.objects.dates_around(min(ends, sent_on), max(ends, sent_on) + LONGEST_BREAK)
    regular = add_working_days(ends, settings.VERIFY_WORKING_DAYS, holidays)
    if report.submitted_at is None:
        return regular
    share = max(1, settings.VERIFY_WORKING_DAYS - settings.REPORT_WORKING_DAYS)
    return max(regular, add_working_days(sent_on, share, holidays))


@dataclass(frozen=True)
class Due:
    """A deadline as seen on a day: working days left, negative when it has passed."""

    on: date
    left: int

    @property
    def is_past(self) -> bool:
        return self.left < 0

    @property
    def late_by(self) -> int:
        return -self.left


def due_seen_on(due_on: date, today: date) -> Due:
    """``due_on`` as seen on ``today``: on the day itself 0 are left, one working day later it is late by 1."""
    holidays = Holiday.objects.dates_around(min(due_on, today), max(due_on, today))
    left = working_days_between(today, due_on, holidays)
    if due_on < today:
        left = min(left, -1)  # a report due on Friday and seen on Saturday is late, though no office day passed
    return Due(due_on, left)


def mark_late(reports: Iterable[ProgressReport]) -> list[ProgressReport]:
    """The rows of a list, each with its flag ``late`` for the current day."""
    rows, today = list(reports), clock.today()
    for report in rows:
        report.late = report.is_late(today)
    return rows
