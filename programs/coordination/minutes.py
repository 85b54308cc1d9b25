"""The minutes of a meeting: a draft in the one table of decrees and minutes, with who was there kept as it was.

The only place that knows where minutes are kept. A person gives them their number and signs on paper; nothing here
claims an electronic signature, and no decision is taken by them.
"""

from django.db import transaction

from p2emas.accounts.models import User
from p2emas.documents.models import Decree
from p2emas.history.records import set_author
from p2emas.search.keeping import keep_words
from p2emas.workflow.models import StepNotAllowed
from programs.coordination.models import Meeting


@transaction.atomic
def draft_minutes(*, meeting: Meeting, by: User) -> Decree:
    """Make the draft once; a second click has the same one."""
    current = Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if current.minutes is not None:
        return current.minutes
    if current.status != Meeting.Status.HELD:
        raise StepNotAllowed("Akhiri rapatnya dulu.")
    minutes = Decree(
        kind=Decree.Kind.MINUTES,
        about=current.subject,
        dated=current.held_on,
        valid_from=current.held_on,
        source=current.source,
        is_sample=current.is_sample,
        created_by=by,
    )
    set_author(minutes, by)
    minutes.save()
    keep_words(Decree, [minutes.pk])
    rows = current.attendance.filter(was_there=True).select_related("agency", "official")
    current.minutes, current.present = minutes, "\n".join(str(row) for row in rows)
    current.save(update_fields=["minutes", "present"])
    meeting.refresh_from_db()
    return minutes
