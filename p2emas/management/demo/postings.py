"""The workshop of October and the training of December 2017, contracts and placements of 2018 and 2019, and the consultant of the regency."""

from datetime import date, timedelta
from decimal import Decimal

from districts.locations.models import TargetLocation
from facilitators.placements.models import Contract, Placement
from facilitators.placements.services import appraise_placement, extend_placement, place_facilitator
from facilitators.recruitment.result.people import Facilitator
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.training.models import Course, Session
from facilitators.training.services import (
    Mark,
    close_course,
    create_course,
    create_session,
    enrol,
    record_attendance,
    save_tests,
)
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.management.demo.meetings import WORKSHOP as MEETING
from p2emas.management.demo.meetings import record_meeting
from p2emas.management.demo.people import Cast
from p2emas.management.demo.recruits import local

TOPICS = (
    "Cara bekerja dengan kelompok",
    "Mencatat dan melaporkan",
    "Rantai nilai komoditas inti",
    "Praktik di desa",
    "Menyusun rencana kerja",
)
WORKSHOP = ("Kompetensi inti dan lokasi sasaran", "Peran kepala desa dan pendamping", "Rencana kerja desa 2018")
HOME = "61.05.19.2005"  # Ensaid Panjang, of the demo's own facilitator
SIGNER = {"signer_name": "Nama Kepala BAPPEDA (contoh)", "signer_title": "Kepala Badan"}


def hold_workshop(record: RecruitmentRound, cast: Cast) -> None:
    """Three days with the village heads, from 17 October 2017; of these days only the facilitators' part is a course."""
    with clock.at(local(2017, 10, 10, 9)):
        course = create_course(
            course=Course(
                round=record, name="Lokakarya kepala desa dan pendamping masyarakat", place="Sintang (contoh)",
                starts=date(2017, 10, 17), ends=date(2017, 10, 19), pass_mark=0, is_sample=True,
            ),
            actor=cast.coordinator,
        )  # fmt: skip
        rows = enrol(course=course, applications=record.applications.accepted())
        sessions = [
            create_session(
                session=Session(
                    course=course, topic=topic, starts_at=local(2017, 10, day, 8), ends_at=local(2017, 10, day, 15)
                )
            )
            for day, topic in enumerate(WORKSHOP, 17)
        ]
    for session in sessions:
        with clock.at(session.ends_at):
            record_attendance(session=session, present=rows)
    with clock.at(local(2017, 10, 19, 16)):
        save_tests(course=course, marks={(row.pk, "final_test"): Mark(None, Decimal(75)) for row in rows})
        close_course(course=course)
    record_meeting(MEETING, cast)


def train(record: RecruitmentRound, cast: Cast) -> None:
    with clock.at(local(2017, 11, 27, 9)):
        course = create_course(
            course=Course(
                round=record, name="Pembekalan pendamping 2018", place="Balai pelatihan (contoh)",
                starts=date(2017, 12, 4), ends=date(2017, 12, 8), is_sample=True,
            ),
            actor=cast.coordinator,
        )  # fmt: skip
        enrol(course=course, applications=record.applications.accepted())
        sessions = [
            create_session(
                session=Session(
                    course=course,
                    topic=topic,
                    starts_at=local(2017, 12, 4 + day, 8),
                    ends_at=local(2017, 12, 4 + day, 15),
                )
            )
            for day, topic in enumerate(TOPICS)
        ]
    rows = list(course.enrolments.order_by("pk"))
    for day, session in enumerate(sessions):
        with clock.at(session.ends_at):
            here = [row for place, row in enumerate(rows) if (place, day) != (3, 1)]
            record_attendance(session=session, present=here)
    with clock.at(local(2017, 12, 8, 16)):
        marks = {}
        for place, row in enumerate(rows):
            marks[row.pk, "first_test"] = Mark(None, Decimal(48 + place * 3))
            marks[row.pk, "final_test"] = Mark(None, Decimal(70 + place * 4))
        save_tests(course=course, marks=marks)
        close_course(course=course)


def post(record: RecruitmentRound, locations: dict[str, TargetLocation]) -> None:
    """A year in each pilot village, a good appraisal, another year."""
    home = locations[HOME]
    accepted = record.applications.accepted().select_related("placed_at__target_location__village", "facilitator")
    for number, row in enumerate(accepted.order_by("number"), 1):
        person, location = row.facilitator, row.placed_at.target_location
        person.user = _account("facilitator" if location == home else f"pendamping-{number:02d}", person.name)
        person.office_phone = f"(0565) 000-{number:03d}"
        person.save()
        _two_years(person, location, number)
    consultant = Facilitator.objects.create(
        name="Konsultan kabupaten (contoh)", office_phone="(0565) 000-099", is_sample=True
    )
    consultant.user = _account("konsultan", consultant.name)
    consultant.save()
    with clock.at(local(2018, 1, 15, 9)):
        place_facilitator(
            facilitator=consultant, contract=_contract(consultant, 90, date(2018, 1, 15), date(2019, 12, 31)),
            starts=date(2018, 1, 15), ends=date(2019, 12, 31), is_sample=True,
            untrained_reason="Sudah bekerja sebelum ada pembekalan (contoh).",
        )  # fmt: skip


def _account(username: str, name: str) -> User:
    """Without mail nobody is invited; the demo's own facilitator has a password."""
    found = User.objects.filter(username=username).first()
    return found or User.objects.create_user(username, None, name=name)


def _two_years(person: Facilitator, location: TargetLocation, number: int) -> Placement:
    with clock.at(local(2017, 12, 28, 9)):
        first = _contract(person, number, date(2018, 1, 2), date(2018, 12, 31))
        placement = place_facilitator(
            facilitator=person, contract=first, target_location=location, starts=first.starts, ends=first.ends,
            is_sample=True,
        )  # fmt: skip
    with clock.at(local(2018, 12, 10, 9)):
        appraise_placement(
            placement=placement, appraised_on=date(2018, 12, 10), score=72 + 3 * number % 20,
            findings="Laporan tepat waktu; kelompok bertemu tiap bulan (contoh).", advice="EXTEND",
        )  # fmt: skip
        second = _contract(person, number + 20, first.ends + timedelta(days=1), date(2019, 12, 31))
        return extend_placement(placement=placement, ends=second.ends, contract=second)


def _contract(person: Facilitator, number: int, starts: date, ends: date) -> Contract:
    return Contract.objects.create(
        facilitator=person, number=f"810/{number:03d}/BAPPEDA/{starts.year} (contoh)", dated=starts - timedelta(days=4),
        starts=starts, ends=ends, monthly_pay=3_000_000, is_sample=True, **SIGNER,
    )  # fmt: skip
