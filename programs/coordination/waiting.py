"""What waits for whom after meetings, for the home page."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.ui import formats
from programs.coordination.item_list_forms import MINE, NOBODY_THERE, OVERDUE
from programs.coordination.items import ActionItem
from programs.coordination.models import Meeting
from programs.coordination.page import holidays_since_items, item_days_late
from programs.coordination.querysets import ADDRESSED

EACH = 3  # action items with a task of their own, which leads straight to the form that closes it
NOBODY_THERE_WORDS = "Belum punya akun di sini, jadi Anda yang mencatat hasilnya."
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
        tasks += _each(own, today) if len(own) <= EACH else [_many(own, "Tindak lanjut Anda", MINE)]
    if user.has_role(*COORDINATORS):
        tasks += _for_coordinators(today)
        tasks += _not_ended(today)
    return tasks


def _for_coordinators(today: date) -> list[MeetingTask]:
    """What is late, and what an agency without an account has to do: coordinators write down what it did."""
    rows = list(ActionItem.objects.for_coordinators(today).for_table()[: 2 * MOST])
    late = [item for item in rows if item.due_on < today]
    theirs = [item for item in rows if item.nobody_there and item.due_on >= today]  # each in one task
    tasks = [_many(late[:MOST], "Tindak lanjut lewat batas", OVERDUE)] if late else []
    if len(theirs) > EACH:
        return [*tasks, _many(theirs[:MOST], "Tindak lanjut yang Anda tutup", NOBODY_THERE)]
    return tasks + _each(theirs, today, for_them=True)


def _not_ended(today: date) -> list[MeetingTask]:
    """Meetings whose day is over: what came out of them reaches its addressees only once they are ended."""
    over = list(Meeting.objects.coming().filter(held_on__lt=today).order_by("held_on", "pk")[:MOST])
    if not over:
        return []
    sentence = f"{over[0]}. Tindak lanjutnya baru sampai sesudah rapat diakhiri."
    return [MeetingTask(len(over), "Rapat belum diakhiri", sentence, over[0].get_absolute_url(), "Buka")]


def _each(items: list[ActionItem], today: date, *, for_them: bool = False) -> list[MeetingTask]:
    holidays = holidays_since_items(items, today)
    return [_one(item, item_days_late(item, today, holidays), for_them) for item in items]


def _one(item: ActionItem, late: int, for_them: bool) -> MeetingTask:
    day = formats.long_date(item.due_on)
    words = f"Batas {day}, lewat {late} hari kerja." if late else f"Paling lambat {day}."
    title = f"Tindak lanjut: {item}"
    if for_them:
        title, words = f"Tindak lanjut {item.responsible}: {item}", f"{words} {NOBODY_THERE_WORDS}"
    return MeetingTask(1, title, words, reverse("coordination:item-step", args=[item.pk, "close"]), "Tutup")


def _many(items: list[ActionItem], title: str, state: str) -> MeetingTask:
    first = items[0]
    sentence = f"{first}. {first.addressee}, batas {formats.long_date(first.due_on)}."
    return MeetingTask(
        len(items), title, sentence, f"{reverse('coordination:item-list')}?status={state}", "Lihat semua"
    )
