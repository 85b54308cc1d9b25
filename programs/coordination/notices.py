"""What people are told about meetings and action items; see ``p2emas/notifications``."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from p2emas.accounts.models import Holiday, User, UserQuerySet
from p2emas.accounts.roles import COORDINATORS
from p2emas.history.records import last_edit
from p2emas.notifications.people import coordinators, holders
from p2emas.notifications.telling import tell
from p2emas.registry.kinds import DayNotice, NoticeKind, Told
from p2emas.ui import formats
from p2emas.workflow.models import StatusChange
from programs.coordination.items import ActionItem
from programs.coordination.models import Meeting
from programs.coordination.querysets import ADDRESSED

CLOSERS = frozenset(ADDRESSED) | COORDINATORS
SOON = 1  # working days before its day, on which an action item is told of again


def invited_people(meeting: Meeting) -> UserQuerySet:
    return holders(ADDRESSED, agency__in=meeting.attendance.values("agency"))


def people_told_of(meeting: Meeting) -> UserQuerySet:
    """Nobody, until the invitation was sent."""
    return invited_people(meeting) if meeting.invited_at else User.objects.none()


def people_of_item(item: ActionItem) -> UserQuerySet:
    """Those of its agency; where nobody there can sign in, the coordinators, who close it."""
    there = holders(ADDRESSED, agency=item.responsible_id)
    return there if there.exists() else coordinators(item)


def people_who_see(item: ActionItem) -> UserQuerySet:
    """While its meeting runs an action item is still being written."""
    seen = ActionItem.objects.told_to_addressee().filter(pk=item.pk).exists()
    return people_of_item(item) if seen else User.objects.none()


def when_and_where(meeting: Meeting) -> str:
    at = f" pukul {formats.clock_time(meeting.starts)}" if meeting.starts else ""
    return f"{formats.weekday_date(meeting.held_on)}{at}, {meeting.place}"


def _of_invitation(meeting: Meeting, change: StatusChange | None = None) -> Told:
    when = when_and_where(meeting)
    lines = [f"{row.title}" for row in meeting.agenda.filter(included=True)]
    agenda = "\n".join(f"{place}. {title}" for place, title in enumerate(lines, 1))
    letter = f"Dengan hormat, kami mengundang Bapak/Ibu pada {meeting.subject}, {when}.\n\nAgenda:\n{agenda}"
    return Told(f"Undangan: {meeting.subject}", when, letter)


def _of_calling_off(meeting: Meeting, change: StatusChange) -> Told:
    return Told(f"Rapat batal: {meeting.subject}", f"{when_and_where(meeting)}. {change.note}")


def _of_reopening(item: ActionItem, change: StatusChange) -> Told:
    day = formats.long_date(item.due_on)
    return Told(f"Tindak lanjut dibuka kembali: {item}", f"{change.note.rstrip('.')}. Paling lambat {day}.")


def people_of_ended(item: ActionItem) -> UserQuerySet:
    """Those who wrote it down, and its addressee where it was told of it."""
    told = item.meeting is None or item.meeting.status == Meeting.Status.HELD
    there = holders(ADDRESSED, agency=item.responsible_id) if told else User.objects.none()
    return coordinators(item) | there


def _of_ending(item: ActionItem, change: StatusChange) -> Told:
    what = "dibatalkan" if item.status == ActionItem.Status.CANCELLED else "selesai"
    name = "Tindak lanjut" if item.meeting_id else "Disposisi"
    return Told(f"{name} {what}: {item}", f"{item.responsible}. {change.note}")


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


def tell_of_moving(meeting: Meeting, before: str, *, by: User) -> None:
    """The invitation was sent, and the meeting is at another time or place than ``before`` says."""
    told = Told(f"Rapat pindah: {meeting.subject}", f"{when_and_where(meeting)}. Semula {before}.")
    tell(CHANGE, meeting, f"rapat-{meeting.pk}-pindah-{last_edit(meeting)}", told, but=by.pk)


def tell_of_inviting(meeting: Meeting, agencies: Iterable[int], *, by: User) -> None:
    """Agencies that are invited after the others."""
    kind = replace(INVITATION, whom=lambda record: holders(ADDRESSED, agency__in=agencies))
    occasion = f"rapat-{meeting.pk}-undangan-{last_edit(meeting)}"
    tell(kind, meeting, occasion, _of_invitation(meeting), but=by.pk)


INVITATION = NoticeKind(
    "meeting-invitation", "Undangan rapat", Meeting, invited_people, frozenset(ADDRESSED), "clock",
    steps=("invite",), of_step=_of_invitation, by_mail=True,
)  # fmt: skip
CHANGE = NoticeKind(
    "meeting-change", "Rapat pindah atau batal", Meeting, people_told_of, frozenset(ADDRESSED), "alert",
    steps=("call_off",), of_step=_of_calling_off, by_mail=True,
)  # fmt: skip
ITEM = NoticeKind(
    "action-item", "Tindak lanjut dan disposisi", ActionItem, people_of_item, CLOSERS, "clock",
    of_day=of_due_items, by_mail=True,
)  # fmt: skip
REOPENED = NoticeKind(
    "action-item-reopened", "Tindak lanjut dibuka kembali", ActionItem, people_who_see, CLOSERS, "back",
    steps=("reopen",), of_step=_of_reopening, by_mail=True,
)  # fmt: skip
ENDED = NoticeKind(
    "action-item-ended", "Tindak lanjut selesai atau dibatalkan", ActionItem, people_of_ended, CLOSERS, "check",
    steps=("close", "cancel"), of_step=_of_ending,
)  # fmt: skip
NOTICES = (INVITATION, CHANGE, ITEM, REOPENED, ENDED)
