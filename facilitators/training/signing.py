"""Signing in to a session by phone, without an account: the code of the room and a number of one's own."""

from datetime import datetime

from facilitators.recruitment.applications.numbers import read_phone
from facilitators.training.models import Attendance, Enrolment, Session
from facilitators.training.services import record_attendance
from p2emas.staffing.services import NotPossible
from p2emas.ui.formats import clock_time, weekday_date
from p2emas.ui.reading import Unreadable


class CodeRefused(NotPossible):
    """Something is wrong with the code; the sentence is shown beside it."""


def sign_in(*, code: str, number: str, at: datetime) -> Session:
    """Record the attendance at the session with ``code``; again is no harm. Raises ``NotPossible`` with a sentence."""
    for session in _running(code, at):
        enrolment = _enrolment(session, number)
        if enrolment is not None:
            record_attendance(session=session, present=[enrolment], how=Attendance.How.CODE, at=at)
            return session
    raise NotPossible("Nomor ini bukan nomor peserta sesi ini. Tanyakan kepada panitia di ruangan.")


def _running(code: str, at: datetime) -> list[Session]:
    """Sessions with that code that take it now: more than one where two courses drew the same by chance."""
    known = list(Session.objects.with_code(code).order_by("-starts_at")[:20])
    running = [session for session in known if session.takes_code(at)]
    if running:
        return running
    if not known:
        raise CodeRefused("Kode ini tidak dikenal. Lihat kode enam angka di layar ruangan.")
    coming = [session for session in known if at < session.code_from]
    session = coming[-1] if coming else known[0]
    words = {
        "day": weekday_date(session.starts_at),
        "start": clock_time(session.code_from),
        "end": clock_time(session.code_until),
    }
    if coming:
        raise CodeRefused("Sesi ini belum dibuka. Isi pada {day} pukul {start} sampai {end}.".format(**words))
    raise CodeRefused(
        "Sesi ini sudah ditutup pada {day} pukul {end}. Minta panitia mencatat Anda di daftar hadir.".format(**words)
    )


def _enrolment(session: Session, number: str) -> Enrolment | None:
    """By the number of the application, or by the mobile number in any spelling.

    Raises ``NotPossible`` for a number that several share: it does not tell who is in the room.
    """
    rows = Enrolment.objects.taking_part().filter(course=session.course_id).select_related("facilitator__application")
    wanted, phone = number.strip().upper(), plain_phone(number)
    by_phone = []
    for row in rows.iterator():
        person = row.facilitator
        if person.application_id and person.application.number.upper() == wanted:
            return row
        if phone and phone == plain_phone(person.phone):
            by_phone.append(row)
    if len(by_phone) > 1:
        raise NotPossible("Nomor HP ini dipakai beberapa peserta. Isi nomor lamaran, atau minta panitia mencatatnya.")
    return by_phone[0] if by_phone else None


def plain_phone(text: str) -> str:
    """The one form of a mobile number; empty for what is none."""
    try:
        return read_phone(text)
    except Unreadable:
        return ""
