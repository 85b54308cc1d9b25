"""The dates of obstacles in the calendar: until when one is answered, and until when it is solved as promised."""

from datetime import date
from typing import Any

from p2emas.registry.dates import CalendarDate, DateKind, Dates, Span
from programs.obstacles.models import Obstacle


def obstacle_dates(reader: Any, span: Span) -> Dates:
    for obstacle in Obstacle.objects.for_user(reader).expected_between(span.first, span.last).for_table():
        if obstacle.status == Obstacle.Status.ROUTED:
            yield _dated(obstacle, obstacle.due_on, "jawab", "Kendala dijawab paling lambat")
        else:
            yield _dated(obstacle, obstacle.promised_on, "selesai", "Kendala selesai menurut janji")


def _dated(obstacle: Obstacle, day: date | None, what: str, word: str) -> CalendarDate:
    assert day is not None  # read by it
    owner = obstacle.responsible.short_name if obstacle.responsible else ""
    key, url = f"kendala-{obstacle.pk}-{what}", obstacle.get_absolute_url()
    return CalendarDate(key, day, word, word, str(obstacle.pk), f"{obstacle} · {owner}", url)


DATES = (DateKind("kendala", "Kendala", 30, obstacle_dates),)
