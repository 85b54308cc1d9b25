"""The minutes of a meeting: a draft with what the meeting knows; who was there is kept as it was when they are signed.

A person gives them their number and signs on paper; nothing here claims an electronic signature, and no decision is
taken by them.
"""

from django.db import transaction

from p2emas.accounts.models import User
from p2emas.history.records import set_author
from p2emas.instruments.models import Minutes
from p2emas.instruments.signing import attendance_of
from p2emas.search.keeping import keep_words
from p2emas.workflow.models import StepNotAllowed
from programs.coordination.erasing import ERASED
from programs.coordination.models import Meeting


@transaction.atomic
def draft_minutes(*, meeting: Meeting, by: User) -> Minutes:
    """Make the draft once; a second click has the same one."""
    current = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if current.minutes is not None:
        return current.minutes
    if current.status != Meeting.Status.HELD:
        raise StepNotAllowed("Akhiri rapatnya dulu.")
    minutes = Minutes(
        about=current.subject,
        dated=current.held_on,
        place=current.place,
        present="\n".join(_who_came(current)),
        source=current.source,
        is_sample=current.is_sample,
        created_by=by,
    )
    set_author(minutes, by)
    minutes.save()
    keep_words(Minutes, [minutes.pk])
    current.minutes = minutes
    current.save(update_fields=["minutes"])
    meeting.refresh_from_db()
    return minutes


@attendance_of.provide
def attendance_of_meeting(minutes: Minutes) -> list[str] | None:
    """Who was at the meeting of ``minutes`` as the meeting has it now; nothing where there is no meeting."""
    meeting = Meeting.objects.filter(minutes=minutes).first()
    if meeting is None:
        return None
    return [*_who_came(meeting), *(line for line in minutes.present.splitlines() if line == ERASED)]


def _who_came(meeting: Meeting) -> list[str]:
    return [str(row) for row in meeting.attendance.filter(was_there=True).select_related("agency", "official")]
