"""The dates of meetings and of what was promised at them in the calendar."""

from typing import Any

from p2emas.registry.dates import CalendarDate, DateKind, Dates, Span
from p2emas.ui import formats
from programs.coordination.items import ActionItem
from programs.coordination.models import Meeting


def meeting_days(reader: Any, span: Span) -> Dates:
    """Those that are prepared, invited to or over; one that was called off is on no day."""
    meetings = Meeting.objects.for_user(reader).filter(held_on__range=(span.first, span.last))
    for meeting in meetings.exclude(status=Meeting.Status.CANCELLED).order_by("held_on", "pk"):
        at = f"Pukul {formats.clock_time(meeting.starts)}, " if meeting.starts else ""
        yield CalendarDate(
            f"rapat-{meeting.pk}", meeting.held_on, "Rapat koordinasi", meeting.subject, str(meeting.pk),
            f"{at}{meeting.place}", meeting.get_absolute_url(),
        )  # fmt: skip


def due_items(reader: Any, span: Span) -> Dates:
    items = ActionItem.objects.for_user(reader).told_to_addressee().filter(due_on__range=(span.first, span.last))
    for item in items.for_table().order_by("due_on", "pk"):
        word = "Tindak lanjut paling lambat"
        yield CalendarDate(
            f"tindak-lanjut-{item.pk}", item.due_on, word, f"Tindak lanjut: {item}", str(item.pk),
            str(item.responsible), item.get_absolute_url(),
        )  # fmt: skip


DATES = (
    DateKind("rapat", "Rapat koordinasi", 25, meeting_days),
    DateKind("tindak-lanjut", "Tindak lanjut", 35, due_items),
)
