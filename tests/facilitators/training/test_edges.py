"""Bounds and pages of courses: the last day, the last minute, who is listed, what two editors are told."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.urls import reverse

from facilitators.models import Session
from facilitators.training import services
from facilitators.training.forms import CourseListForm
from facilitators.training.services import Mark
from p2emas.staffing.services import NotPossible
from tests import facilitator_factories as make

pytestmark = pytest.mark.django_db


def session_typed(**fields) -> dict[str, str]:
    return {"topic": "Laporan lapangan", "day": "08-10-2019", "start": "09.00", "end": "11.00"} | fields


def test_edited_course_is_stored_and_said(client_as):
    course = make.CourseFactory()
    typed = {
        "name": "Penyegaran akhir tahun", "place": "Aula", "starts": "07-10-2019", "ends": "12-10-2019",
        "min_attendance": "75", "pass_mark": "65", "seen": course.history.first().pk,
    }  # fmt: skip

    page = client_as("coordinator").post(reverse("training:course-edit", args=[course.pk]), typed, follow=True)

    course.refresh_from_db()
    assert (course.name, course.ends, course.pass_mark) == ("Penyegaran akhir tahun", date(2019, 10, 12), Decimal(65))
    assert "Pelatihan disimpan." in page.content.decode()


@pytest.mark.parametrize(("length", "taken"), [(80, True), (81, False)])
def test_search_for_a_course_takes_eighty_letters(length, taken):
    form = CourseListForm(QueryDict(f"cari={'x' * length}"))

    assert form.wanted() == ({"cari": "x" * 80} if taken else {})


# --- Sessions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "taken"),
    [("06-10-2019", False), ("07-10-2019", True), ("11-10-2019", True), ("12-10-2019", False)],
)
def test_session_is_between_the_first_and_the_last_day_of_its_course(client_as, day, taken):
    course = make.CourseFactory()  # 7 to 11 October

    page = client_as("coordinator").post(
        reverse("training:session-create", args=[course.pk]), session_typed(day=day), follow=True
    )

    assert Session.objects.exists() is taken
    assert ("Pilih hari di antara mulai dan selesainya pelatihan." in page.content.decode()) is not taken


@pytest.mark.parametrize(
    ("end", "stored"), [("23.59", (16, 59)), ("23:58", (16, 58)), ("23.60", None), ("24.00", None), ("9.00", None)]
)
def test_session_ends_by_a_clock_and_after_it_starts(client_as, end, stored):
    course = make.CourseFactory()

    client_as("coordinator").post(reverse("training:session-create", args=[course.pk]), session_typed(end=end))

    ends = [(row.ends_at.astimezone(UTC).hour, row.ends_at.astimezone(UTC).minute) for row in Session.objects.all()]
    assert ends == ([stored] if stored else [])


def test_edited_session_is_stored(client_as):
    session = make.SessionFactory()
    typed = session_typed(day="09-10-2019", start="13.00", end="15.30", seen=session.history.first().pk)

    client_as("coordinator").post(reverse("training:session-edit", args=[session.course_id, session.pk]), typed)

    session.refresh_from_db()
    assert (session.topic, session.starts_at, session.ends_at) == (
        "Laporan lapangan",
        datetime(2019, 10, 9, 6, 0, tzinfo=UTC),
        datetime(2019, 10, 9, 8, 30, tzinfo=UTC),
    )


def test_code_in_the_room_is_read_in_two_groups_of_three(client_as):
    session = make.SessionFactory(code="012345")

    page = client_as("coordinator").get(reverse("training:room-code", args=[session.course_id, session.pk]))

    assert '<b class="big">012 345</b>' in page.content.decode()


# --- Marks and results ---------------------------------------------------------------------------------------------


def test_marks_that_somebody_else_wrote_are_told_in_their_row_and_replaced_with_open_eyes(client_as):
    row = make.EnrolmentFactory()
    services.save_tests(course=row.course, marks={(row.pk, "final_test"): Mark(None, Decimal(71))})
    client, url = client_as("coordinator"), reverse("training:tests", args=[row.course_id])
    typed = {f"p{row.pk}-final_test": "52", f"p{row.pk}-seen_final": ""}

    page = client.post(url, typed).content.decode()
    row.refresh_from_db()
    before = row.final_test
    client.post(url, typed | {f"p{row.pk}-seen_final": "71"})

    assert "Orang lain sudah menyimpan 71. Simpan lagi untuk menggantinya." in page
    assert f'name="p{row.pk}-seen_final" value="71' in page
    row.refresh_from_db()
    assert (before, row.final_test) == (Decimal(71), Decimal(52))


def test_page_of_closing_names_nobody_who_was_dropped(client_as):
    stays = make.EnrolmentFactory(facilitator__name="Orang Tinggal", final_test=80)
    make.EnrolmentFactory(
        course=stays.course, facilitator__name="Orang Gugur", outcome="DROPPED", outcome_reason="Mundur"
    )

    page = client_as("coordinator").get(reverse("training:course-close", args=[stays.course_id])).content.decode()

    assert [name for name in ("Orang Tinggal", "Orang Gugur") if name in page] == ["Orang Tinggal"]


def test_course_is_not_reopened_without_a_reason():
    course = make.CourseFactory(closed_at=datetime(2019, 10, 8, 3, 0, tzinfo=UTC))
    make.EnrolmentFactory(course=course, outcome="PASSED")

    with pytest.raises(NotPossible, match="Tulis alasannya"):
        services.reopen_course(course=course, reason="  ")

    course.refresh_from_db()
    assert course.closed_at is not None
    assert [row.outcome for row in course.enrolments.all()] == ["PASSED"]


def test_head_is_led_to_the_reserve_of_somebody_who_left_the_round(client_as):
    round_ = make.RecruitmentRoundFactory(status="ANNOUNCED", judged=True, announced_at=make.SENT)
    course = make.CourseFactory(round=round_)
    place = make.PlaceFactory(round=round_)
    left, still_accepted = (
        make.ApplicationFactory(round=round_, status=status, placed_at=place) for status in ("DROPPED", "ACCEPTED")
    )
    for application in (left, still_accepted):
        make.EnrolmentFactory(
            course=course, facilitator__application=application, outcome="DROPPED", outcome_reason="Mundur"
        )

    def offered(role: str) -> list[bool]:
        page = client_as(role).get(course.get_absolute_url()).content.decode()
        urls = (
            reverse("recruitment:application-replace", args=[round_.code, each.pk]) for each in (left, still_accepted)
        )
        return [f'href="{url}"' in page for url in urls]

    assert offered("coordinator_head") == [True, False]
    assert offered("coordinator") == [False, False]
