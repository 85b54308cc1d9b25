"""What people are told about deputies, and the days in the calendar; see ``p2emas/notifications``."""

from typing import Any

from django.db.models import Q

from p2emas import naming
from p2emas.accounts.models import User, UserQuerySet
from p2emas.accounts.roles import AGENCY_STAFF, Role
from p2emas.notifications.people import holders
from p2emas.notifications.telling import tell
from p2emas.registry.dates import CalendarDate, DateKind, Dates, Span
from p2emas.registry.kinds import NoticeKind, Told
from p2emas.staffing.absences import COVERED, Absence
from p2emas.workflow.models import StatusChange

OUTCOMES = {
    "name": "Pengganti ditetapkan",
    "decline": "Permintaan pengganti tidak disetujui",
    "end": "Penggantian diakhiri",
}


def people_of(absence: Absence) -> UserQuerySet:
    """Who names, while it is asked; then those whom it is about."""
    if absence.status == Absence.Status.ASKED:
        heads = holders({Role.COORDINATOR_HEAD}, agency=naming.current().lead_agency_id)
        if absence.role in AGENCY_STAFF:
            heads |= holders({Role.AGENCY_HEAD}, agency=absence.agency_id)
        return heads.exclude(pk=absence.stand_in_id).distinct()
    about = Q(pk__in=[absence.person_id, absence.stand_in_id, absence.asked_by_id])
    return User.objects.filter(about, is_active=True)


def _of_step(absence: Absence, change: StatusChange) -> Told:
    why = f" {change.note}" if change.note else ""
    return Told(f"{OUTCOMES[change.step]}: {absence}", f"{absence.words}, {absence.days}.{why}")


def tell_of_request(absence: Absence) -> None:
    told = Told(f"Pengganti diminta: {absence}", f"{absence.words}, {absence.days}.")
    tell(ABSENCE, absence, f"pengganti-{absence.pk}", told, but=absence.asked_by_id)


ABSENCE = NoticeKind(
    "absence", "Cuti dan pengganti", Absence, people_of, COVERED, "clock",
    steps=tuple(OUTCOMES), of_step=_of_step, by_mail=True,
)  # fmt: skip


def absence_dates(reader: Any, span: Span) -> Dates:
    named = Absence.objects.for_user(reader).filter(status=Absence.Status.NAMED)
    for absence in named.between(span.first, span.last).for_table():
        word = "Penggantian tugas"
        yield CalendarDate(
            f"pengganti-{absence.pk}", absence.valid_from, word, str(absence), str(absence.pk), absence.words,
            absence.get_absolute_url(), absence.valid_until,
        )  # fmt: skip


DATES = (DateKind("pengganti", "Cuti dan pengganti", 85, absence_dates),)
