"""What is written while a meeting runs, who was there, and the draft of its minutes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from p2emas import clock
from p2emas.models import Minutes
from p2emas.workflow.models import StepConflict, StepNotAllowed
from programs.coordination.minutes import draft_minutes
from programs.coordination.noting import NotesForm, mark_of_notes, save_notes
from programs.coordination.page import MeetingPage
from programs.coordination.services import add_action_item
from programs.models import ActionItem, Meeting, MeetingAttendance
from tests.conftest import TODAY
from tests.factories import (
    ActionItemFactory,
    AgendaLineFactory,
    MeetingAttendanceFactory,
    MeetingFactory,
    MinutesFactory,
    OfficialFactory,
    UserFactory,
)
from tests.p2emas.documents.pdf_text import text_of as pdf_text
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db


def page_of(name: str, record, *args) -> str:
    return reverse(f"coordination:{name}", args=[record.pk, *args])


@pytest.fixture
def coordinator(client_as):
    return client_as("coordinator")


@pytest.fixture
def operator(client_as):
    return client_as("agency_operator")


@pytest.fixture
def seat(operator):
    meeting = MeetingFactory(held=True, subject="Rakor September")
    agency = operator.user.current_assignments[0].agency
    return MeetingAttendanceFactory(meeting=meeting, agency=agency)


@pytest.fixture
def meeting(seat):
    return seat.meeting


def note(client, meeting, **data):
    return client.post(page_of("meeting-notes", meeting), {"seen": mark_of_notes(meeting)} | data)


def test_notes_and_who_was_there_are_kept(coordinator, operator, meeting, seat):
    line = AgendaLineFactory(meeting=meeting, title="Jalan kopi")

    answer = note(
        coordinator,
        meeting,
        **{
            f"catatan-{line.pk}": "Kontrak 21 Oktober.",
            "came": [seat.pk],
            "name": "Ketua Poktan",
            "title": "Kepala Desa",
        },
    )

    assert answer.status_code == 302
    line.refresh_from_db()
    assert line.note == "Kontrak 21 Oktober."
    assert [(str(row), row.was_there) for row in meeting.attendance.all()] == [
        (seat.agency.short_name, True),
        ("Ketua Poktan (Kepala Desa)", True),
    ]
    page = text_of(operator.get(meeting.get_absolute_url()))
    assert "Kontrak 21 Oktober." in page
    assert "Ketua Poktan" not in page  # names of persons are read by those who keep the record
    assert "Ketua Poktan (Kepala Desa)" in text_of(coordinator.get(meeting.get_absolute_url()))


def test_typed_name_goes_when_it_is_no_longer_ticked(coordinator, meeting, seat):
    person = MeetingAttendanceFactory(meeting=meeting, agency=None, name="Ketua Poktan", was_there=True)

    note(coordinator, meeting, came=[seat.pk])

    assert not MeetingAttendance.objects.filter(pk=person.pk).exists()
    assert MeetingAttendance.objects.get() == seat


def test_two_who_write_notice_each_other(coordinator, meeting, seat):
    line = AgendaLineFactory(meeting=meeting)
    seen = mark_of_notes(meeting)
    note(coordinator, meeting, **{f"catatan-{line.pk}": "Pertama"})

    answer = note(coordinator, meeting, seen=seen, **{f"catatan-{line.pk}": "Kedua"})

    assert answer.status_code == 409
    assert "Kedua" in answer.content.decode()  # what was typed stays
    line.refresh_from_db()
    assert line.note == "Pertama"


def test_title_needs_a_name(coordinator, meeting):
    assert "Tulis namanya" in text_of(note(coordinator, meeting, title="Kepala Desa"))


def test_editing_who_is_invited_keeps_persons(coordinator, meeting, seat):
    open_one = MeetingFactory()
    person = MeetingAttendanceFactory(meeting=open_one, agency=None, name="Ketua Poktan")
    data = {"held_on": "16-10-2019", "place": "Aula", "subject": "Rakor", "agencies": [seat.agency_id]}
    data["seen"] = open_one.mark

    assert coordinator.post(page_of("meeting-edit", open_one), data).status_code == 302

    assert {row.agency_id for row in open_one.attendance.all()} == {seat.agency_id, None}
    assert open_one.attendance.filter(pk=person.pk).exists()


# --- Minutes --------------------------------------------------------------------------------------------------------


def test_minutes_are_drafted_once_with_who_was_there(coordinator, meeting, seat):
    MeetingAttendance.objects.filter(pk=seat.pk).update(was_there=True)
    MeetingAttendanceFactory(meeting=meeting, agency=None, name="Ketua Poktan", title="Kepala Desa", was_there=True)

    for _click in range(2):
        answer = coordinator.post(page_of("minutes-draft", meeting))

    minutes = Minutes.objects.get()
    assert answer.url == minutes.get_absolute_url()
    assert (minutes.status, minutes.number, minutes.dated, minutes.about, minutes.place) == (
        "DRAFT", "", date(2019, 9, 20), "Rakor September", meeting.place,
    )  # fmt: skip
    assert minutes.present.splitlines() == [seat.agency.short_name, "Ketua Poktan (Kepala Desa)"]


def test_signing_freezes_who_was_there(coordinator, meeting, seat):
    MeetingAttendance.objects.filter(pk=seat.pk).update(was_there=True)
    minutes = draft_minutes(meeting=meeting, by=coordinator.user)
    MeetingAttendanceFactory(meeting=meeting, agency=None, name="Ketua Poktan", title="Kepala Desa", was_there=True)
    Minutes.objects.filter(pk=minutes.pk).update(number="050/7/BA/2019")

    answer = coordinator.post(reverse("instruments:minutes-step", args=[minutes.pk, "sign"]), {"seen": "DRAFT"})

    assert answer.url == minutes.get_absolute_url()
    MeetingAttendance.objects.filter(agency=None).delete()
    minutes.refresh_from_db()
    assert (minutes.status, minutes.present.splitlines()) == (
        "SIGNED", [seat.agency.short_name, "Ketua Poktan (Kepala Desa)"],
    )  # fmt: skip
    paper = pdf_text(coordinator.get(page_of("meeting-minutes", meeting, "pdf")).content)
    assert "Ketua Poktan (Kepala Desa)" in " ".join(paper.split())


def test_paper_follows_the_attendance_until_the_minutes_are_signed(coordinator, meeting, seat):
    MeetingAttendance.objects.filter(pk=seat.pk).update(was_there=True)
    draft_minutes(meeting=meeting, by=coordinator.user)

    MeetingAttendanceFactory(meeting=meeting, agency=None, name="Ketua Poktan", title="Kepala Desa", was_there=True)

    paper = pdf_text(coordinator.get(page_of("meeting-minutes", meeting, "pdf")).content)
    assert "Ketua Poktan (Kepala Desa)" in " ".join(paper.split())


def test_signed_minutes_end_the_writing(coordinator, meeting, seat):
    MeetingAttendance.objects.filter(pk=seat.pk).update(was_there=True)
    open_page = coordinator.get(page_of("meeting-notes", meeting)).context["form"].initial["seen"]
    minutes = draft_minutes(meeting=meeting, by=coordinator.user)
    form = NotesForm({"seen": open_page, "name": "Ketua Poktan"}, page=MeetingPage(meeting, coordinator.user, TODAY))
    assert form.is_valid()
    Minutes.objects.filter(pk=minutes.pk).update(status="SIGNED", number="050/7/BA/2019", signed_at=clock.now())

    with pytest.raises(StepConflict, match="sudah ditandatangani"):
        save_notes(form)
    with pytest.raises(StepNotAllowed, match="sudah ditandatangani"):
        add_action_item(item=ActionItemFactory.build(meeting=meeting, responsible=seat.agency), by=coordinator.user)
    for name in ("meeting-notes", "item-add"):
        address = page_of(name, meeting)
        assert (
            coordinator.get(address).url
            == coordinator.post(address, {"name": "Ketua"}).url
            == meeting.get_absolute_url()
        )
    page = coordinator.get(meeting.get_absolute_url()).text
    assert "Tambah tindak lanjut" not in page and page_of("meeting-notes", meeting) not in page
    assert not MeetingAttendance.objects.filter(agency=None).exists() and not ActionItem.objects.exists()


def test_names_are_on_no_paper_that_agencies_read(coordinator, operator, meeting):
    MeetingAttendanceFactory(meeting=meeting, agency=None, name="Ketua Poktan", was_there=True)
    draft_minutes(meeting=meeting, by=UserFactory())

    material = page_of("meeting-material", meeting)

    assert "Ketua Poktan" in pdf_text(coordinator.get(material).content)
    assert "Ketua Poktan" not in pdf_text(operator.get(material).content)


def test_erased_name_leaves_the_attendance_and_the_kept_list(coordinator, meeting, seat):
    MeetingAttendance.objects.filter(pk=seat.pk).update(was_there=True)
    for name in ("Ketua Poktan", "Kepala Dusun"):
        MeetingAttendanceFactory(meeting=meeting, agency=None, name=name, was_there=True)
    draft_minutes(meeting=meeting, by=UserFactory())
    MeetingAttendance.objects.filter(name="Kepala Dusun").delete()  # corrected later: only the kept list has it
    url = page_of("names-erase", meeting)
    assert "Ketua Poktan" in text_of(coordinator.get(url)) and "Kepala Dusun" in text_of(coordinator.get(url))

    answer = coordinator.post(url, {"names": ["Ketua Poktan", "Kepala Dusun"]})

    assert answer.status_code == 302
    paper = pdf_text(coordinator.get(page_of("meeting-minutes", meeting, "pdf")).content)
    for name in ("Ketua Poktan", "Kepala Dusun"):
        assert name not in paper and not MeetingAttendance.objects.filter(name=name).exists()
    assert paper.count("(nama dihapus)") == 2 and seat.agency.short_name in paper
    assert "Tidak ada nama orang" in text_of(coordinator.get(url))


def test_signed_minutes_leave_the_way_to_erase_a_name_and_none_to_notes(coordinator, operator, meeting):
    Meeting.objects.filter(pk=meeting.pk).update(minutes=MinutesFactory())

    page = coordinator.get(meeting.get_absolute_url()).text

    assert page_of("names-erase", meeting) in page and page_of("meeting-notes", meeting) not in page
    assert page_of("names-erase", meeting) not in operator.get(meeting.get_absolute_url()).text


def test_only_names_of_that_meeting_are_erased(coordinator, meeting, seat):
    other = MeetingAttendanceFactory(meeting=MeetingFactory(held=True), agency=None, name="Ketua Lain", was_there=True)

    answer = coordinator.post(page_of("names-erase", meeting), {"names": ["Ketua Lain"]})

    assert answer.status_code == 200 and MeetingAttendance.objects.filter(pk=other.pk).exists()


def test_official_who_came_is_noted_once_and_agencies_read_it(coordinator, operator, meeting, seat):
    official = OfficialFactory(agency=seat.agency, name="Kepala penguji", title="Kepala Dinas")

    for _click in range(2):
        came = [str(row.pk) for row in meeting.attendance.filter(was_there=True)]
        note(coordinator, meeting, official=official.pk, came=came)

    assert meeting.attendance.filter(official=official, was_there=True).count() == 1
    assert "Kepala penguji, Kepala Dinas" in text_of(operator.get(meeting.get_absolute_url()))


def test_meeting_that_is_not_over_has_no_minutes(coordinator):
    meeting = MeetingFactory(invited=True)
    with pytest.raises(StepNotAllowed):
        draft_minutes(meeting=meeting, by=UserFactory())

    coordinator.post(page_of("minutes-draft", meeting))

    assert not Minutes.objects.exists()


def test_somebody_is_meant():
    with pytest.raises(IntegrityError, match="programs_meetingattendance_who"), transaction.atomic():
        MeetingAttendanceFactory(agency=None)
