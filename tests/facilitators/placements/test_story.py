"""From a course to the sign-in of the facilitator, and on to the replacement, by the pages alone."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from facilitators.models import Contract, Course, Enrolment, Facilitator, Placement
from p2emas import clock
from p2emas.models import Assignment, OutboxMessage
from tests import facilitator_factories as make
from tests.factories import TargetLocationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
DAY = date(2019, 10, 8)
IN_THE_ROOM = datetime(2019, 10, 14, 2, 20, tzinfo=UTC)


def post(client: Client, name: str, /, *args, follow: bool = True, **data):
    answer = client.post(reverse(name, args=args), data, follow=follow)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    errors = re.findall(r'class="errors".*?</ul>', answer.content.decode(), re.DOTALL)
    assert errors == []
    return answer


def test_from_course_to_sign_in_and_replacement(client_as, settings, django_capture_on_commit_callbacks):
    settings.SITE_URL = "https://p2emas.example"
    location = TargetLocationFactory(valid_from=date(2019, 1, 1))
    round_ = make.RecruitmentRoundFactory(
        status="ANNOUNCED", judged=True, announced_at=datetime(2019, 10, 1, tzinfo=UTC)
    )
    place = make.PlaceFactory(round=round_, target_location=location)
    first, second, absent = (
        make.ApplicationFactory(round=round_, status="ACCEPTED", placed_at=place, name=name, phone=phone, email=email)
        for name, phone, email in [
            ("Pendamping Pertama", "+6281200000001", "satu@example.id"),
            ("Pendamping Kedua", "0812 0000 0002", "dua@example.id"),
            ("Pendamping Mangkir", "+6281200000003", ""),
        ]
    )
    office = client_as("coordinator")

    # The course, its people, two sessions
    post(office, "training:course-create", round=round_.pk, name="Pembekalan 2019", place="Aula", starts="14-10-2019",
         ends="15-10-2019", min_attendance="80", pass_mark="60")  # fmt: skip
    course = Course.objects.get()
    post(office, "training:participants", course.pk, lamaran=[first.pk, second.pk, absent.pk])
    for topic, start, end in (("Tugas pendamping", "09.00", "11.00"), ("Laporan lapangan", "13.00", "15.00")):
        post(office, "training:session-create", course.pk, topic=topic, day="14-10-2019", start=start, end=end)
    morning, noon = course.sessions.all()
    rows = {row.facilitator.name.split()[-1]: row for row in Enrolment.objects.select_related("facilitator")}
    assert set(rows) == {"Pertama", "Kedua", "Mangkir"}

    # Attendance: by phone in the room, and on the sheet
    with clock.at(IN_THE_ROOM):
        signed = post(Client(), "training:attend", kode=morning.code, nomor="0812-0000-0001")
        post(Client(), "training:attend", kode=morning.code, nomor=second.number)
    assert "tercatat" in signed.content.decode()
    assert "Pertama" not in signed.content.decode()
    post(office, "training:attendance", course.pk, noon.pk, hadir=[rows["Pertama"].pk, rows["Kedua"].pk])
    marks = {f"p{rows[name].pk}-final_test": mark for name, mark in (("Pertama", "75"), ("Kedua", "80"))}
    post(office, "training:tests", course.pk, **marks)

    # Who never came is dropped on a page of its own, in the round too; then the course closes and two passed
    post(office, "training:enrolment-drop", course.pk, rows["Mangkir"].pk, reason="Tidak pernah hadir")
    post(office, "training:course-close", course.pk)
    assert {name: Enrolment.objects.get(pk=row.pk).outcome for name, row in rows.items()} == {
        "Pertama": "PASSED",
        "Kedua": "PASSED",
        "Mangkir": "DROPPED",
    }
    absent.refresh_from_db()
    assert absent.status == "DROPPED"
    assert absent.last_change().note == "Tidak pernah hadir"

    # Contract and placement, the invitation waits for its release
    with clock.at(date(2019, 10, 21)):
        person = Facilitator.objects.get(application=first)
        contract = {"dated": "21-10-2019", "starts": "21-10-2019", "ends": "31-12-2020", "monthly_pay": "2.500.000",
                    "signer_name": "Kepala Bappeda", "signer_title": "Kepala Bappeda"}  # fmt: skip
        post(office, "placements:contract-create", person.pk, number="800/1/2019", **contract)
        paper = office.get(reverse("placements:contract-docx", args=[person.pk, Contract.objects.get().pk]))
        assert paper.content[:2] == b"PK"
        post(office, "placements:placement-create", person.pk, target_location=location.pk,
             contract=Contract.objects.get().pk, starts="21-10-2019", ends="31-12-2020",
             email="satu@example.id", username="pendamping.pertama")  # fmt: skip
        placement = Placement.objects.get()
        assignment = placement.assignment
        assert (assignment.role, placement.scope.village) == ("facilitator", location.village)
        assert (assignment.valid_from, assignment.valid_until) == (date(2019, 10, 21), date(2020, 12, 31))
        assert assignment.user.condition == "invited"

        # Released, accepted, signed in
        letter = OutboxMessage.objects.get(recipient="satu@example.id")
        with django_capture_on_commit_callbacks(execute=True):
            post(office, "outbox:message-release", surat=letter.pk)
    link = invitation_link()
    with clock.at(date(2019, 10, 21)):
        phone = Client()
        answer = phone.post(link, {"password1": "kebun-karet-2019", "password2": "kebun-karet-2019"}, follow=True)
        home = phone.get(reverse("dashboards:home")).content.decode()
        assert answer.status_code == 200
        assert str(location.village) in home
        assert phone.get(reverse("placements:facilitator-list")).status_code == 403

    # Replaced: both at once, the right of the first ends with the last day
    with clock.at(date(2020, 3, 2)):
        other = Facilitator.objects.get(application=second)
        post(office, "placements:contract-create", other.pk, number="800/2/2020", **contract)
        post(office, "placements:placement-replace", placement.pk, contract=Contract.objects.get(number="800/2/2020").pk,
             starts="02-03-2020", ends="31-12-2020", reason="RESIGNED", handover="Berkas kelompok ada di kantor desa.")  # fmt: skip
        placement.refresh_from_db()
        assert (placement.ended_on, placement.end_reason) == (date(2020, 3, 1), "RESIGNED")
        assert placement.replaced_by.facilitator == other
        held = Assignment.objects.in_force(date(2020, 3, 2)).filter(role="facilitator")
        assert [row.user.facilitator for row in held] == [other]


def invitation_link() -> str:
    (letter,) = mail.outbox
    return re.search(r"https?://[^/\s]+(/\S+)", letter.body)[1]
