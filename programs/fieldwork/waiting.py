"""What of visits waits for whom on the home page."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS, Role
from p2emas.ui.formats import long_date
from programs.fieldwork.models import FieldReport
from programs.fieldwork.months import Month, UnvisitedVillage, unvisited
from programs.fieldwork.rules import last_day_to_send

NAMED = 3
MOST = 101  # rows read of one task: the home counts to a hundred and says that there are more


@dataclass(frozen=True)
class VisitTask:
    count: int
    title: str
    sentence: str
    url: str
    action: str


def visit_tasks(user: User, today: date) -> list[VisitTask]:
    """For coordinators the villages without a visit last month; for a facilitator what their own visits wait for."""
    if user.has_role(*COORDINATORS):
        return _for_coordinator(today)
    if user.has_role(Role.FACILITATOR):
        return [*_returned(user), *_not_visited(user, today)]
    if user.role_codes or user.is_superuser:
        return []
    return _after_the_end(user, today)


def _for_coordinator(today: date) -> list[VisitTask]:
    month = Month.of(today).previous
    missing = unvisited(month)
    if not missing:
        return []
    url = reverse("fieldwork:visit-list")
    title = f"Desa tanpa kunjungan pendamping, {month}"
    return [VisitTask(len(missing), title, _names(missing), url, "Lihat kunjungan")]


def _names(missing: list[UnvisitedVillage]) -> str:
    names = ", ".join(str(each.village) for each in missing[:NAMED])
    more = f" dan {len(missing) - NAMED} desa lain" if len(missing) > NAMED else ""
    return f"{names}{more}."


def _returned(user: User) -> list[VisitTask]:
    asked = list(FieldReport.objects.of_author(user).filter(status="RETURNED").for_table()[:MOST])
    if not asked:
        return []
    url = asked[0].get_absolute_url() if len(asked) == 1 else reverse("fieldwork:field-sent")
    return [VisitTask(len(asked), "Kunjungan ditanya balik koordinator", f"{asked[0]}.", url, "Jawab")]


def _not_visited(user: User, today: date) -> list[VisitTask]:
    month = Month.of(today)
    missing = unvisited(month, user=user)
    if not missing:
        return []
    title, url = f"Belum ada kunjungan yang terkirim, {month}", reverse("fieldwork:field-home")
    return [VisitTask(len(missing), title, _names(missing), url, "Buka Lapangan")]


def _after_the_end(user: User, today: date) -> list[VisitTask]:
    day = last_day_to_send(user, today)
    if day is None:
        return []
    sentence = f"Penempatan Anda sudah berakhir. Yang dilihat sebelumnya masih diterima sampai {long_date(day)}."
    return [VisitTask(1, "Kunjungan masih dapat dikirim", sentence, reverse("fieldwork:field-home"), "Buka Lapangan")]
