"""Courses: who takes part, who was there, how it ended. Each service locks the course, so that two clicks are one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.result.announcing import make_facilitator
from facilitators.recruitment.result.people import Facilitator
from facilitators.training.models import Attendance, Course, Enrolment, Session
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.history.records import set_reason
from p2emas.methods.passing import has_passed
from p2emas.staffing.services import NotPossible

Outcome = Enrolment.Outcome


def create_course(*, course: Course, actor: User) -> Course:
    """Store a new course; the same one again (a second click) is the stored one. That of a sample round is a sample."""
    course.is_sample |= bool(course.round and course.round.is_sample)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=actor.pk)
        same = Course.objects.filter(
            name=course.name, place=course.place, starts=course.starts, ends=course.ends, round=course.round_id
        ).first()
        if same is not None:
            return same
        course.save()
        return course


def create_session(*, session: Session) -> Session:
    """Store a new session; the same topic at the same time is the one that is there."""
    with transaction.atomic():
        course = _held(session.course)
        same = course.sessions.filter(topic=session.topic, starts_at=session.starts_at).first()
        if same is not None:
            return same
        session.save()
        return session


def enrol(
    *, course: Course, applications: Iterable[Application] = (), facilitators: Iterable[Facilitator] = ()
) -> list[Enrolment]:
    """Those who were not in the course yet; those who are in it stay as they are."""
    with transaction.atomic():
        _held(course)
        people = [*map(make_facilitator, applications), *facilitators]
        rows = [Enrolment.objects.get_or_create(course=course, facilitator=person) for person in people]
        return [row for row, made in rows if made]


def remove_enrolment(*, course: Course, pk: int) -> None:
    """Take back a mistaken enrolment, while nothing is recorded of it. When it is gone already, nothing happens."""
    with transaction.atomic():
        _held(course)
        row = course.enrolments.filter(pk=pk).first()
        if row is None:
            return
        tested = row.first_test is not None or row.final_test is not None
        if tested or row.attendances.exists() or row.outcome != Outcome.OPEN:
            raise NotPossible("Peserta ini sudah punya kehadiran atau nilai. Gugurkan dengan alasannya.")
        row.delete()


def record_attendance(
    *,
    session: Session,
    present: Iterable[Enrolment] = (),
    absent: Iterable[Enrolment] = (),
    how: str = Attendance.How.SHEET,
    at: datetime | None = None,
) -> tuple[int, int]:
    """Add those ``present``, take those ``absent`` off; nobody else is touched. Returns how many of each."""
    with transaction.atomic():
        _held(session.course)
        added = sum(_sign(session, row, how, at or clock.now()) for row in present)
        gone = Attendance.objects.filter(session=session, enrolment__in=list(absent))
        removed = len([row.delete() for row in gone])
        return added, removed


def _sign(session: Session, enrolment: Enrolment, how: str, at: datetime) -> bool:
    if enrolment.course_id != session.course_id:
        raise NotPossible("Orang ini bukan peserta pelatihan ini.")
    defaults = {"how": how, "at": at}
    return Attendance.objects.get_or_create(session=session, enrolment=enrolment, defaults=defaults)[1]


@dataclass(frozen=True)
class Mark:
    """A typed mark beside the one that the page showed."""

    seen: Decimal | None
    typed: Decimal | None


MarkKey = tuple[int, str]  # enrolment, "first_test" or "final_test"


class MarksChanged(Exception):
    """Somebody else wrote other marks after the page was shown; ``found`` has them."""

    def __init__(self, found: dict[MarkKey, Decimal | None]) -> None:
        super().__init__(found)
        self.found = found


def save_tests(*, course: Course, marks: Mapping[MarkKey, Mark]) -> int:
    """Store marks, all or nothing; returns how many changed."""
    with transaction.atomic():
        _held(course)
        rows = {row.pk: row for row in course.enrolments.taking_part()}
        changed = {key: mark for key, mark in marks.items() if mark.typed != mark.seen and key[0] in rows}
        _refuse_clashes(rows, changed)
        for (pk, test), mark in changed.items():
            setattr(rows[pk], test, mark.typed)
        for pk in dict.fromkeys(pk for pk, _test in changed):
            rows[pk].save()
        return len(changed)


def _refuse_clashes(rows: Mapping[int, Enrolment], changed: Mapping[MarkKey, Mark]) -> None:
    stored = {key: getattr(rows[key[0]], key[1]) for key in changed}
    clashes = {key: stored[key] for key, mark in changed.items() if stored[key] not in (mark.seen, mark.typed)}
    if clashes:
        raise MarksChanged(clashes)


def drop_participant(*, enrolment: Enrolment, reason: str, actor: User) -> Enrolment:
    """Gugur: the enrolment ends with ``reason``, and so does the application, so that a reserve can be called."""
    with transaction.atomic():
        _held(enrolment.course)
        row = Enrolment.objects.select_related("facilitator__application__round").get(pk=enrolment.pk)
        return row if row.is_dropped else _drop(row, reason, actor)


def _drop(row: Enrolment, reason: str, actor: User) -> Enrolment:
    if not reason.strip():
        raise NotPossible("Tulis alasannya.")
    row.outcome, row.outcome_reason = Outcome.DROPPED, reason.strip()[:300]
    row.save()
    application = row.facilitator.application
    if application and row.course.round_id == application.round_id and application.status == "ACCEPTED":
        application.take_step("drop", seen=application.status, actor=actor, note=reason)
    return row


def verdict(course: Course, enrolment: Enrolment, *, attended: int, sessions: int) -> bool | None:
    return has_passed(
        attended=attended,
        sessions=sessions,
        final_test=enrolment.final_test,
        min_attendance=course.min_attendance,
        pass_mark=course.pass_mark,
    )


@dataclass(frozen=True)
class TrainingLine:
    """One participant: ``attended`` sessions and what the rule says of them now (None: cannot be said yet)."""

    enrolment: Enrolment
    attended: int
    sessions: int
    passed: bool | None

    @property
    def never_came(self) -> bool:
        return bool(self.sessions) and not self.attended

    @property
    def has_failed(self) -> bool:
        return self.passed is False and not self.never_came

    @property
    def is_open(self) -> bool:
        return self.passed is None and not self.never_came


def lines_of(course: Course) -> list[TrainingLine]:
    """Participants in the order of their names, in two queries; the dropped ones too."""
    sessions = course.sessions.count()
    rows = course.enrolments.for_table().order_by("facilitator__name", "pk")
    return [
        TrainingLine(row, row.attended, sessions, verdict(course, row, attended=row.attended, sessions=sessions))
        for row in rows
    ]


def lines_taking_part(course: Course) -> list[TrainingLine]:
    return [line for line in lines_of(course) if not line.enrolment.is_dropped]


def close_course(*, course: Course) -> Course:
    """Give everybody an outcome. When the course is closed already, nothing happens.

    Refused while the outcome of somebody is unknown (a missing test is no zero), and while somebody never came: whether
    the sheet is wrong or a reserve is called instead is decided for each person, never by the closing.
    """
    with transaction.atomic():
        held = Course.objects.select_for_update(no_key=True).get(pk=course.pk)
        if held.is_closed:
            return held
        lines = lines_taking_part(held)
        _check_closable(lines)
        for line in lines:
            row = line.enrolment
            row.outcome = Outcome.PASSED if line.passed else Outcome.FAILED
            row.save()
        held.closed_at = clock.now()
        held.save()
        return held


def _check_closable(lines: list[TrainingLine]) -> None:
    if not lines:
        raise NotPossible("Pelatihan ini belum punya peserta.")
    if not lines[0].sessions:
        raise NotPossible("Pelatihan ini belum punya sesi, jadi kehadirannya tidak dapat dihitung.")
    absent = [str(line.enrolment) for line in lines if line.never_came]
    if absent:
        sentence = "%s tercatat tidak pernah hadir. Betulkan daftar hadirnya, atau gugurkan dengan alasannya."
        raise NotPossible(sentence % ", ".join(absent))
    open_ = [str(line.enrolment) for line in lines if line.passed is None]
    if open_:
        sentence = "Tes akhir belum ada untuk %s. Isi nilainya, atau gugurkan dengan alasannya."
        raise NotPossible(sentence % ", ".join(open_))


def reopen_course(*, course: Course, reason: str) -> Course:
    """Open the results again: who passed or failed is open, who was dropped stays so."""
    with transaction.atomic():
        held = Course.objects.select_for_update(no_key=True).get(pk=course.pk)
        if not held.is_closed:
            return held
        if not reason.strip():
            raise NotPossible("Tulis alasannya.")
        held.closed_at = None
        set_reason(held, reason.strip()[:100])
        held.save()
        for row in held.enrolments.exclude(outcome=Outcome.DROPPED):
            row.outcome = Outcome.OPEN
            row.save()
        return held


def _held(course: Course) -> Course:
    """The course, locked for this transaction; refused once its results are closed."""
    held = Course.objects.select_for_update(no_key=True).get(pk=course.pk)
    if held.is_closed:
        raise NotPossible("Hasil pelatihan ini sudah ditutup.")
    return held
