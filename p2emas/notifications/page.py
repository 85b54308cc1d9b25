"""/pemberitahuan/: what somebody was told, the newest first, under the days that people speak of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from p2emas.notifications.models import Notification
from p2emas.ui import formats


@dataclass(frozen=True)
class NoticeLine:
    """One notice and its moment, said as on that page."""

    notice: Notification
    when: str


@dataclass(frozen=True)
class DayGroup:
    heading: str
    lines: list[NoticeLine]


def grouped(notices: Iterable[Notification], today: date) -> list[DayGroup]:
    """Today, this week, before; a group without a line is left out."""
    monday = today - timedelta(days=today.weekday())
    groups = (
        DayGroup(f"Hari ini, {formats.weekday_date(today)}", []),
        DayGroup("Minggu ini", []),
        DayGroup("Sebelumnya", []),
    )
    for notice in notices:
        day = timezone.localdate(notice.told_at)
        group = groups[0 if day == today else 1 if monday <= day < today else 2]
        group.lines.append(NoticeLine(notice, _when(notice, day, today)))
    return [group for group in groups if group.lines]


def _when(notice: Notification, day: date, today: date) -> str:
    if day == today:
        return formats.clock_time(timezone.localtime(notice.told_at))
    return "Kemarin" if day == today - timedelta(days=1) else formats.table_date(day)
