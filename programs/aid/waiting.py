"""What waits among packages of aid, for the home page: checks that are due, and goods that came short. No more."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS, Role
from programs.aid.list_forms import DUE, SHORT
from programs.aid.models import AidPackage


@dataclass(frozen=True)
class AidTask:
    count: int
    title: str
    sentence: str
    url: str
    action: str


def aid_tasks(user: User, today: date) -> list[AidTask]:
    """Counts of what the reader does something about: who counts, and who answers for what came. One query."""
    counts, answers = user.has_role(*COORDINATORS, Role.FACILITATOR), user.has_role(*COORDINATORS, *AGENCY_STAFF)
    if not counts and not answers:
        return []
    found = AidPackage.objects.for_user(user).order_by().due_and_short(today)
    list_url = reverse("aid:package-list")
    tasks = []
    if counts and found["due"]:
        sentence = "Hitung yang masih hidup atau dipakai, atau catat bahwa tidak ditemukan."
        tasks.append(
            AidTask(found["due"], "Pemeriksaan paket jatuh tempo", sentence, f"{list_url}?keadaan={DUE}", "Periksa")
        )
    if answers and found["short"]:
        sentence = "Menurut pemegang BAST. Tanyakan, lalu lengkapi barangnya atau cetak kode baru."
        url = f"{list_url}?keadaan={SHORT}"
        tasks.append(AidTask(found["short"], "Paket kurang atau ditolak", sentence, url, "Lihat"))
    return tasks
