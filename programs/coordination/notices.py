"""What people are told about meetings and action items; see ``p2emas/notifications``."""

from collections.abc import Iterator
from datetime import date

from p2emas.accounts.models import Holiday, UserQuerySet
from p2emas.notifications.people import holders
from p2emas.notifications.telling import tell
from p2emas.registry.kinds import DayNotice, NoticeKind, Told
from p2emas.ui import formats
from p2emas.workflow.models import StatusChange
from programs.coordination.items import ActionItem
from programs.coordination.models import Meeting
from programs.coordination.querysets import ADDRESSED

SOON = 1  # working days before its day, on which an action item is told of again


def invited_people(meeting: Meeting) -> UserQuerySet:
    return holders(ADDRESSED, agency__in=meeting.attendance.values("agency"))


def people_of_item(item: ActionItem) -> UserQuerySet:
    return holders(ADDRESSED, agency=item.responsible_id)


def _of_invitation(meeting: Meeting, change: StatusChange) -> Told:
    at = f" pukul {formats.clock_time(meeting.starts)}" if meeting.starts else ""
    when = f"{formats.weekday_date(meeting.held_on)}{at}, {meeting.place}"
    lines = [f"{row.title}" for row in meeting.agenda.filter(included=True)]
    agenda = "\n".join(f"{place}. {title}" for place, title in enumerate(lines, 1))
    letter = f"Dengan hormat, kami mengundang Bapak/Ibu pada {meeting.subject}, {when}.\n\nAgenda:\n{agenda}"
    return Told(f"Undangan: {meeting.subject}", when, letter)


def of_due_items(today: date) -> Iterator[DayNotice]:
    """One working day before its day, and once after it; a moved date is a new occasion."""
    soon = Holiday.objects.working_day_after(today, SOON)
    for item in ActionItem.objects.told_to_addressee().filter(due_on__lte=soon).for_table().order_by("pk"):
        stage = "lewat" if item.due_on < today else str(SOON)
        words = "lewat batas" if item.due_on < today else "jatuh tempo"
        told = Told(f"Tindak lanjut {words}: {item}", f"Paling lambat {formats.long_date(item.due_on)}.")
        yield DayNotice(item, f"tindak-lanjut-{item.pk}:{item.due_on}:{stage}", told)


def tell_of_item(item: ActionItem, *, by: int | None) -> None:
    """A disposisi was sent, or the meeting of this action item is over: its addressee is told at once."""
    title = f"Tindak lanjut: {item}" if item.meeting_id else f"Disposisi: {item}"
    told = Told(title, f"Paling lambat {formats.long_date(item.due_on)}.")
    tell(ITEM, item, f"tindak-lanjut-{item.pk}", told, but=by)


INVITATION = NoticeKind(
    "meeting-invitation", "Undangan rapat", Meeting, invited_people, frozenset(ADDRESSED), "clock",
    steps=("invite",), of_step=_of_invitation, by_mail=True, waits=True,
)  # fmt: skip
ITEM = NoticeKind(
    "action-item", "Tindak lanjut dan disposisi", ActionItem, people_of_item, frozenset(ADDRESSED), "clock",
    of_day=of_due_items, by_mail=True,
)  # fmt: skip
NOTICES = (INVITATION, ITEM)
