"""What waits among packages of aid: for the home page, and with its dates for the calendar."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS, Role
from p2emas.registry.dates import CalendarDate, DateKind, Dates, Span
from p2emas.ui import formats
from programs.aid.due import CHECK_MONTHS
from programs.aid.duties import AidDuty
from programs.aid.list_forms import DUE, SHORT
from programs.aid.models import AidPackage

NAMED = 2  # packages that one date of several names


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


def aid_dates(reader: Any, span: Span) -> Dates:
    """Checks that nobody wrote down yet, and what is still to be passed on or given back. Three queries."""
    yield from _checks_to_come(reader, span)
    duties = AidDuty.objects.for_user(reader).filter(due_on__range=(span.first, span.last))
    for duty in duties.outstanding().for_table():
        package, kind = duty.package, duty.get_kind_display()
        yield CalendarDate(
            f"kewajiban-{duty.pk}", duty.due_on, f"Bantuan {kind.lower()} paling lambat",
            f"{kind}: {formats.number(duty.left)} {package.unit} {package.item}", str(package.pk),
            f"{package.group}, {package.village}", duty.get_absolute_url(),
        )  # fmt: skip


def _checks_to_come(reader: Any, span: Span) -> Dates:
    """Those of one day and month are one date: an agency hands over to many groups on the same day."""
    found = AidPackage.objects.for_user(reader).check_between(span.first, span.last).with_checks()
    together: dict[tuple[date, int], list[AidPackage]] = defaultdict(list)
    for package in found.select_related("group__village").order_by("handed_on", "pk"):
        written = {check.month for check in package.checks.all()}
        for month in CHECK_MONTHS:
            day = package.due_on(month)
            if day is not None and day in span and month not in written:
                together[day, month].append(package)
    for (day, month), packages in together.items():
        yield _one_check(day, month, packages[0]) if len(packages) == 1 else _many_checks(day, month, packages)


def _one_check(day: date, month: int, package: AidPackage) -> CalendarDate:
    word, where = f"Pemeriksaan paket bantuan bulan ke-{month}", f"{package.group}, {package.village}"
    key, title, url = f"periksa-{package.pk}-{month}", f"{word}: {package.item}", package.get_absolute_url()
    return CalendarDate(key, day, word, title, str(package.pk), where, url)


def _many_checks(day: date, month: int, packages: Sequence[AidPackage]) -> CalendarDate:
    word, rest = f"Pemeriksaan {len(packages)} paket bantuan bulan ke-{month}", len(packages) - NAMED
    names = "; ".join(str(package) for package in packages[:NAMED])
    detail = f"{names}; dan {rest} lainnya" if rest > 0 else names
    return CalendarDate(f"periksa-{day}-{month}", day, word, word, "", detail, reverse("aid:package-list"))


DATES = (DateKind("bantuan", "Paket bantuan", 37, aid_dates, on_home=False),)  # home has what is due already
