"""The weekly digest: what waits for somebody, as their home page says it; on the first working day of the week."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.accounts.roles import AGENCY_STAFF, COORDINATORS, Role
from p2emas.notifications.models import Notification
from p2emas.notifications.people import holders
from p2emas.registry.kinds import DayNotice, NoticeKind, Told
from programs.dashboards.home.task import Waiting
from programs.dashboards.home.waiting import waiting_of
from programs.reporting.reports.models import ReportingPeriod

CODE = "weekly-digest"
READERS = COORDINATORS | AGENCY_STAFF | {Role.DISTRICT_ADMIN, Role.FACILITATOR, Role.PANELIST}
NAMED = 3


def of_week(today: date) -> Iterator[DayNotice]:
    """One for each person for whom something waits; a week that is over is not made up."""
    year, week, _day = today.isocalendar()
    occasion = f"{year}-W{week:02}"
    told = set(Notification.objects.of_occasion(CODE, occasion).values_list("user_id", flat=True))
    is_empty_site = not ReportingPeriod.objects.exists()
    for person in holders(READERS).exclude(pk__in=told).order_by("pk"):
        waiting = waiting_of(person, today, is_empty_site=is_empty_site)
        if waiting:
            yield DayNotice(person, occasion, digest_words(waiting))


def digest_words(waiting: list[Waiting]) -> Told:
    count = f"{len(waiting)} hal menunggu Anda"
    named = "; ".join(task.title for task in waiting[:NAMED])
    more = f"; dan {len(waiting) - NAMED} lagi" if len(waiting) > NAMED else ""
    lines = [f"- {task.title}{f' ({task.counted})' if task.count > 1 else ''}. {task.sentence}" for task in waiting]
    return Told(f"Ringkasan mingguan: {count}", f"{named}{more}.", "\n".join([f"Minggu ini {count}:", "", *lines]))


WEEKLY = NoticeKind(
    CODE, "Ringkasan mingguan", User, lambda person: [person], READERS, "send",
    of_day=of_week, by_mail=True, letter="digest", address=lambda person: reverse("dashboards:home"),
)  # fmt: skip
