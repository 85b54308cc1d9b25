"""Signing in to a session by phone, without an account: the code of the room and a number of one's own."""

from datetime import datetime

from django.utils.translation import gettext as _

from facilitators.training.models import Attendance, Enrolment, Session
from facilitators.training.services import record_attendance
from p2emas.staffing.services import NotPossible
from p2emas.ui.formats import clock_time, weekday_date


class CodeRefused(NotPossible):
    """Something about the code; the sentence stands beside it."""


def sign_in(*, code: str, number: str, at: datetime) -> Session:
    """Record the attendance at the session with ``code``; again is no harm. Raises ``NotPossible`` with a sentence."""
    session = _session(code, at)
    enrolment = _enrolment(session, number)
    if enrolment is None:
        raise NotPossible(_("Nomor ini bukan nomor peserta sesi ini. Tanyakan kepada panitia di ruangan."))
    record_attendance(session=session, present=[enrolment], how=Attendance.How.CODE, at=at)
    return session


def _session(code: str, at: datetime) -> Session:
    """The running session with that code; two courses may by chance have drawn the same one on another day."""
    known = list(Session.objects.with_code(code).order_by("-starts_at")[:20])
    running = [session for session in known if session.takes_code(at)]
    if running:
        return running[0]
    if not known:
        raise CodeRefused(_("Kode ini tidak dikenal. Lihat kode enam angka di layar ruangan."))
    coming = [session for session in known if at < session.code_from]
    session = coming[-1] if coming else known[0]
    words = {
        "day": weekday_date(session.starts_at),
        "start": clock_time(session.code_from),
        "end": clock_time(session.code_until),
    }
    if coming:
        raise CodeRefused(_("Sesi ini belum dibuka. Isi pada %(day)s pukul %(start)s sampai %(end)s.") % words)
    raise CodeRefused(
        _("Sesi ini sudah ditutup pada %(day)s pukul %(end)s. Minta panitia mencatat Anda di daftar hadir.") % words
    )


def _enrolment(session: Session, number: str) -> Enrolment | None:
    """By the number of the application, or by the own phone number however it is written."""
    rows = Enrolment.objects.taking_part().filter(course=session.course_id).select_related("facilitator__application")
    wanted, digits = number.strip().upper(), phone_digits(number)
    for row in rows.iterator():
        person = row.facilitator
        if person.application_id and person.application.number.upper() == wanted:
            return row
        if len(digits) >= 8 and digits in {phone_digits(person.phone), phone_digits(person.office_phone)}:
            return row
    return None


def phone_digits(text: str) -> str:
    """ "+62 812-3456", "0812 3456" and "62812 3456" -> "8123456"."""
    digits = "".join(char for char in text if char.isascii() and char.isdigit())
    return digits.removeprefix("62").lstrip("0") if text.strip().startswith("+") else _national(digits)


def _national(digits: str) -> str:
    if digits.startswith("0"):
        return digits.lstrip("0")
    return digits.removeprefix("62")
