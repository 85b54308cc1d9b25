"""Attendance by code: who, when, and what nobody learns."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from facilitators.models import Attendance
from p2emas import clock
from tests import facilitator_factories as make

pytestmark = pytest.mark.django_db
STARTS = datetime(2019, 10, 8, 1, 0, tzinfo=UTC)  # 08.00 WIB
ENDS = STARTS + timedelta(hours=2)
URL = "/hadir/"


@pytest.fixture
def enrolment(db):
    application = make.ApplicationFactory(number="PD-2020-0007", name="Nama Rahasia")
    person = make.FacilitatorFactory(application=application, name="Nama Rahasia", phone="+6281234567890")
    return make.EnrolmentFactory(facilitator=person)


@pytest.fixture
def session(enrolment):
    return make.SessionFactory(course=enrolment.course, starts_at=STARTS, ends_at=ENDS, code="012345")


def sign(code: str, number: str, at: datetime = STARTS):
    with clock.at(at):
        return Client().post(URL, {"kode": code, "nomor": number}, follow=True).content.decode()


def test_address_is_the_one_in_the_room():
    assert reverse("training:attend") == URL


@pytest.mark.parametrize(
    "number",
    ["081234567890", "+62 812-3456-7890", "62 81234567890", "0812 3456 7890", "PD-2020-0007", " pd-2020-0007 "],
)
def test_any_spelling_of_ones_number_signs(session, enrolment, number):
    page = sign("012 345", number)

    row = Attendance.objects.get()
    assert (row.session, row.enrolment, row.how) == (session, enrolment, "CODE")
    assert "tercatat" in page
    assert "Rahasia" not in page


def test_shared_number_signs_nobody_in_and_the_application_does(session, enrolment):
    make.EnrolmentFactory(course=session.course, facilitator__phone=enrolment.facilitator.phone)

    shared = sign("012345", "081234567890")
    before = Attendance.objects.count()
    sign("012345", "PD-2020-0007")

    assert "dipakai beberapa peserta" in shared
    assert (before, Attendance.objects.get().enrolment) == (0, enrolment)


def test_signing_twice_is_one_attendance(session):
    pages = [sign("012345", "081234567890") for _ in range(2)]

    assert Attendance.objects.count() == 1
    assert all("tercatat" in page for page in pages)


@pytest.mark.parametrize(
    ("at", "taken"),
    [
        (STARTS - timedelta(minutes=30), True),
        (STARTS - timedelta(minutes=30, seconds=1), False),
        (ENDS + timedelta(minutes=30), True),
        (ENDS + timedelta(minutes=30, seconds=1), False),
    ],
)
def test_code_holds_half_an_hour_around_the_session(session, at, taken):
    page = sign("012345", "081234567890", at)

    assert Attendance.objects.exists() is taken
    said = "Isi pada Selasa, 8 Oktober 2019 pukul 07.30 sampai 10.30" in page or "ditutup pada Selasa" in page
    assert said is not taken


@pytest.mark.parametrize(
    ("code", "number", "sentence"),
    [
        ("999999", "081234567890", "tidak dikenal"),
        ("12", "081234567890", "enam angka"),
        ("012345", "081200000000", "bukan nomor peserta"),
        ("012345", "Nama Rahasia", "bukan nomor peserta"),
        ("", "", "Isi kode hadir"),
    ],
)
def test_wrong_code_or_number_is_told_and_writes_nothing(session, code, number, sentence):
    page = sign(code, number)

    assert sentence in page
    assert not Attendance.objects.exists()


def test_dropped_participant_does_not_sign(session, enrolment):
    enrolment.outcome, enrolment.outcome_reason = "DROPPED", "Mundur"
    enrolment.save()

    assert "bukan nomor peserta" in sign("012345", "081234567890")


def test_of_two_courses_with_one_code_that_of_the_participant_is_signed(session, enrolment):
    other = make.SessionFactory(starts_at=STARTS, ends_at=ENDS, code="012345")
    make.EnrolmentFactory(course=other.course)

    sign("012345", "081234567890")

    assert list(Attendance.objects.values_list("session", flat=True)) == [session.pk]


def test_guessing_is_slowed_down(session, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"attendance": "3/m/ip"}
    with clock.at(STARTS):
        codes = [Client().post(URL, {"kode": f"{n:06d}", "nomor": "0812"}).status_code for n in range(5)]

    assert codes == [200, 200, 200, 429, 429]


def test_closed_course_takes_no_code(session):
    session.course.closed_at = STARTS
    session.course.save()

    page = sign("012345", "081234567890")

    assert "sudah ditutup" in page
    assert not Attendance.objects.exists()
