"""Courses: enrolling, attendance, marks, dropping and closing, each once and with its sentence."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from facilitators.models import Attendance, Enrolment, Facilitator
from facilitators.training import papers, services
from facilitators.training.services import Mark, MarksChanged
from p2emas.staffing.services import NotPossible
from p2emas.workflow.models import StepNotAllowed
from tests import facilitator_factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(db):
    """Two sessions; three participants of an announced round, of whom only the first two were there."""
    round_ = make.RecruitmentRoundFactory(
        status="ANNOUNCED", judged=True, announced_at=datetime(2019, 10, 1, tzinfo=UTC)
    )
    place = make.PlaceFactory(round=round_)
    course = make.CourseFactory(round=round_)
    sessions = [make.SessionFactory(course=course) for _ in range(2)]
    for number in range(3):
        application = make.ApplicationFactory(round=round_, status="ACCEPTED", placed_at=place)
        row = make.EnrolmentFactory(course=course, facilitator=make.FacilitatorFactory(application=application))
        for session in sessions if number < 2 else []:
            make.AttendanceFactory(session=session, enrolment=row)
    return course


def rows_of(course) -> list[Enrolment]:
    return list(course.enrolments.order_by("pk"))


def outcomes(course) -> list[str]:
    return [row.outcome for row in rows_of(course)]


def test_enrolling_an_application_makes_the_facilitator_once(course):
    application = make.ApplicationFactory(
        round=course.round, status="ACCEPTED", placed_at=course.round.places.get(), languages="Dayak", email="a@b.id"
    )
    commodity = course.round.places.get().target_location.core_competency.commodity
    application.skills.add(commodity)

    first = services.enrol(course=course, applications=[application])
    again = services.enrol(course=course, applications=[application])

    person = Facilitator.objects.get(application=application)
    assert (len(first), again) == (1, [])
    assert (person.name, person.phone, person.email, person.languages) == (
        application.name, application.phone, "a@b.id", "Dayak",
    )  # fmt: skip
    assert list(person.skills.all()) == [commodity]


def test_attendance_writes_only_what_was_changed(course):
    session = course.sessions.first()
    first, second, third = rows_of(course)
    Attendance.objects.filter(session=session, enrolment=first).update(how="CODE")

    services.record_attendance(session=session, present=[first, third], absent=[second])

    found = {row.enrolment: row.how for row in session.attendances.all()}
    assert found == {first: "CODE", third: "SHEET"}


def test_attendance_of_somebody_from_another_course_is_refused(course):
    stranger = make.EnrolmentFactory()

    with pytest.raises(NotPossible, match="bukan peserta"):
        services.record_attendance(session=course.sessions.first(), present=[stranger])

    assert not stranger.attendances.exists()


def test_marks_of_two_editors_are_not_overwritten_unseen(course):
    first, second, _third = rows_of(course)
    services.save_tests(course=course, marks={(first.pk, "final_test"): Mark(None, Decimal(70))})

    with pytest.raises(MarksChanged) as refusal:
        services.save_tests(
            course=course,
            marks={
                (first.pk, "final_test"): Mark(None, Decimal(50)),
                (second.pk, "final_test"): Mark(None, Decimal(90)),
            },
        )

    assert refusal.value.found == {(first.pk, "final_test"): Decimal(70)}
    assert [row.final_test for row in rows_of(course)] == [Decimal(70), None, None]


def test_same_mark_twice_is_no_conflict(course):
    first = rows_of(course)[0]
    marks = {(first.pk, "final_test"): Mark(None, Decimal(70))}
    services.save_tests(course=course, marks=marks)

    assert services.save_tests(course=course, marks=marks) == 1
    assert rows_of(course)[0].final_test == Decimal(70)


def test_closing_waits_for_a_missing_test(course, user_as):
    first, second, third = rows_of(course)
    make.AttendanceFactory(session=course.sessions.first(), enrolment=third)
    services.save_tests(course=course, marks={(first.pk, "final_test"): Mark(None, Decimal(70))})

    with pytest.raises(NotPossible, match=str(second)):
        services.close_course(course=course)

    assert outcomes(course) == ["OPEN", "OPEN", "OPEN"]


def test_closing_drops_nobody_who_is_marked_as_never_there(course, client_as):
    first, second, third = rows_of(course)
    marks = {(row.pk, "final_test"): Mark(None, Decimal(80)) for row in (first, second, third)}
    services.save_tests(course=course, marks=marks)
    client = client_as("coordinator")

    answer = client.post(reverse("training:course-close", args=[course.pk])).content.decode()

    assert "tercatat tidak pernah hadir" in answer
    assert "<button" not in answer.partition("<main")[2]  # nothing to press that could only be refused
    assert reverse("training:enrolment-drop", args=[course.pk, third.pk]) in answer
    assert outcomes(course) == ["OPEN", "OPEN", "OPEN"]
    third.facilitator.application.refresh_from_db()
    assert third.facilitator.application.status == "ACCEPTED"


def test_wrong_mark_is_corrected_and_the_course_closes(course):
    first, second, third = rows_of(course)
    marks = {
        (first.pk, "final_test"): Mark(None, Decimal(60)),
        (second.pk, "final_test"): Mark(None, Decimal(59)),
        (third.pk, "final_test"): Mark(None, Decimal(90)),
    }
    services.save_tests(course=course, marks=marks)
    for session in course.sessions.all():
        services.record_attendance(session=session, present=[third])

    closed = services.close_course(course=course)
    again = services.close_course(course=course)

    assert outcomes(course) == ["PASSED", "FAILED", "PASSED"]
    assert closed.closed_at == again.closed_at


def test_dropping_is_a_page_of_its_own_that_names_who_is_called(course, client_as):
    third = rows_of(course)[2]
    application = third.facilitator.application
    reserve = make.ApplicationFactory(round=course.round, status="RESERVE", reserve_rank=1, anywhere=True)
    client, address = client_as("coordinator"), reverse("training:enrolment-drop", args=[course.pk, third.pk])

    page = client.get(address).content.decode()
    empty = client.post(address, {"reason": ""})
    client.post(address, {"reason": "Tidak hadir sama sekali"})
    client.post(address, {"reason": "Tidak hadir sama sekali"})  # a second click

    assert (reserve.number in page, "0 dari 2 sesi" in page, empty.status_code) == (True, True, 200)
    application.refresh_from_db()
    change = application.last_change()
    assert (application.status, change.step, change.note) == ("DROPPED", "drop", "Tidak hadir sama sekali")
    assert application.status_changes().count() == 1
    reserve.refresh_from_db()
    assert reserve.status == "RESERVE"


def test_reserve_of_another_round_is_not_the_one_to_be_called(course, client_as):
    earlier = make.RecruitmentRoundFactory(status="ANNOUNCED", judged=True, announced_at=make.SENT)
    stranger = make.ApplicationFactory(round=earlier, status="RESERVE", reserve_rank=1, anywhere=True)
    third = rows_of(course)[2]

    page = client_as("coordinator").get(reverse("training:enrolment-drop", args=[course.pk, third.pk]))

    assert page.status_code == 200
    assert stranger.number not in page.content.decode()


def test_somebody_with_a_seat_drops_nobody(course, user_as):
    actor = user_as("coordinator")
    make.PanelSeatFactory(round=course.round, user=actor)
    third = rows_of(course)[2]

    with pytest.raises(StepNotAllowed):
        services.drop_participant(enrolment=third, reason="Mangkir", actor=actor)

    assert outcomes(course)[2] == "OPEN"


def test_closed_course_takes_nothing_more_until_it_is_reopened(course, user_as):
    first, second, third = rows_of(course)
    for row in (first, second):
        services.save_tests(course=course, marks={(row.pk, "final_test"): Mark(None, Decimal(80))})
    services.drop_participant(enrolment=third, reason="Tidak hadir", actor=user_as("coordinator"))
    services.close_course(course=course)

    with pytest.raises(NotPossible, match="ditutup"):
        services.record_attendance(session=course.sessions.first(), present=[rows_of(course)[2]])
    with pytest.raises(NotPossible, match="ditutup"):
        services.enrol(course=course, facilitators=[make.FacilitatorFactory()])
    services.reopen_course(course=course, reason="Nilai salah ketik")

    assert outcomes(course) == ["OPEN", "OPEN", "DROPPED"]


def test_participant_with_attendance_is_not_removed(course):
    first, _second, third = rows_of(course)

    with pytest.raises(NotPossible, match="Gugurkan"):
        services.remove_enrolment(course=course, pk=first.pk)
    services.remove_enrolment(course=course, pk=third.pk)
    services.remove_enrolment(course=course, pk=third.pk)

    assert len(rows_of(course)) == 2


def test_announced_round_leads_to_its_course(course, client_as):
    client = client_as("coordinator")
    page = client.get(course.round.get_absolute_url()).content.decode()
    form = client.get(f"/pelatihan/buat/?seleksi={course.round.pk}").content.decode()

    assert f"/pelatihan/buat/?seleksi={course.round.pk}" in page
    assert f'<option value="{course.round.pk}" selected>' in form


def test_course_of_an_invented_round_is_marked_on_its_papers_too(user_as, monkeypatch):
    round_ = make.RecruitmentRoundFactory(is_sample=True)
    course = make.CourseFactory.build(round=round_)
    shown = {}
    monkeypatch.setattr(papers, "compile_pdf", lambda name, data: shown.update(data))

    made = services.create_course(course=course, actor=user_as("coordinator"))
    refresher = make.SessionFactory()
    make.EnrolmentFactory(course=refresher.course, facilitator__is_sample=True)
    papers.attendance_pdf(refresher)

    assert made.is_sample
    assert shown["sample"] == "DATA CONTOH"
