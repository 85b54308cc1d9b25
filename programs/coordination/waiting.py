"""What waits for whom after meetings, for the home page."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.ui import formats
from programs.coordination.items import ActionItem
from programs.coordination.models import Meeting
from programs.coordination.page import holidays_since_items, item_days_late
from programs.coordination.querysets import ADDRESSED

EACH = 3  # action items with a task of their own, which leads straight to the form that closes it
MOST = 101  # rows that one task reads; the home page says "100+"


@dataclass(frozen=True)
class MeetingTask:
    count: int
    title: str
    sentence: str
    url: str
    action: str


def meeting_tasks(user: User, today: date) -> list[MeetingTask]:
    """An addressee's own one by one while they are few; a coordinator's late ones in one."""
    tasks = []
    if user.has_role(*ADDRESSED):
        own = list(ActionItem.objects.to_do(user).for_table()[:MOST])
        tasks += _each(own, today) if len(own) <= EACH else [_many(own, "Tindak lanjut Anda", "saya")]
    if user.has_role(*COORDINATORS):
        late = list(ActionItem.objects.overdue(today).for_table().order_by("due_on", "pk")[:MOST])
        tasks += [_many(late, "Tindak lanjut lewat batas", "lewat-batas")] if late else []
        tasks += _not_ended(today)
    return tasks


def _not_ended(today: date) -> list[MeetingTask]:
    """Meetings whose day is over: what came out of them reaches its addressees only once they are ended."""
    over = list(Meeting.objects.coming().filter(held_on__lt=today).order_by("held_on", "pk")[:MOST])
    if not over:
        return []
    sentence = f"{over[0]}. Tindak lanjutnya baru sampai sesudah rapat diakhiri."
    return [MeetingTask(len(over), "Rapat belum diakhiri", sentence, over[0].get_absolute_url(), "Buka")]


def _each(items: list[ActionItem], today: date) -> list[MeetingTask]:
    holidays = holidays_since_items(items, today)
    return [_one(item, item_days_late(item, today, holidays)) for item in items]


def _one(item: ActionItem, late: int) -> MeetingTask:
    day = formats.long_date(item.due_on)
    words = f"Batas {day}, lewat {late} hari kerja." if late else f"Paling lambat {day}."
    url = reverse("coordination:item-step", args=[item.pk, "close"])
    return MeetingTask(1, f"Tindak lanjut: {item}", words, url, "Tutup")


def _many(items: list[ActionItem], title: str, state: str) -> MeetingTask:
    first = items[0]
    sentence = f"{first}. {first.addressee}, batas {formats.long_date(first.due_on)}."
    return MeetingTask(
        len(items), title, sentence, f"{reverse('coordination:item-list')}?status={state}", "Lihat semua"
    )
