"""How the search finds meetings: by what they were about, and by their day."""

from typing import Any

from django.db.models import QuerySet

from p2emas.accounts.models import User
from p2emas.registry.kinds import Hit, SearchKind
from programs.coordination.models import Meeting


def _rows(reader: Any) -> QuerySet[Meeting]:
    return Meeting.objects.for_user(reader) if isinstance(reader, User) else Meeting.objects.none()


MEETINGS = SearchKind(
    code="meeting",
    title="Rapat",
    place=7,
    model=Meeting,
    rows=_rows,
    names=lambda meeting: [str(meeting), meeting.subject],
    hit=lambda meeting, reader: Hit(
        f"{meeting}: {meeting.subject}", meeting.get_absolute_url(), meeting.place, record=meeting
    ),
)
