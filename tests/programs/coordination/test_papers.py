"""Papers and mail of meetings, and the instruction without a meeting."""

from datetime import date, time
from io import BytesIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from docx import Document

from p2emas import clock
from p2emas.models import Notification, OutboxMessage
from programs.models import ActionItem
from tests.factories import (
    ActionItemFactory,
    AgendaLineFactory,
    MeetingAttendanceFactory,
    MeetingFactory,
    ObstacleFactory,
)
from tests.p2emas.documents.pdf_text import text_of as pdf_text
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db
CREATE = reverse("coordination:disposisi-create")


def page_of(name: str, record, *args) -> str:
    return reverse(f"coordination:{name}", args=[record.pk, *args])


def text_in(answer) -> str:
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(pdf_text(answer.content).split())


@pytest.fixture
def coordinator(client_as):
    return client_as("coordinator")


@pytest.fixture
def operator(client_as):
    return client_as("agency_operator")


@pytest.fixture
def agency(operator):
    return operator.user.current_assignments[0].agency


@pytest.fixture
def meeting(agency):
    meeting = MeetingFactory(invited=True, subject="Rakor triwulan III")
    MeetingAttendanceFactory(meeting=meeting, agency=agency)
    AgendaLineFactory(meeting=meeting, title="Jalan kopi", detail="Menunggu kontrak", presenter="Camat Ambalau")
    AgendaLineFactory(meeting=meeting, title="Ditunda", included=False)
    return meeting


def test_material_is_one_paper(coordinator, operator, agency, meeting):
    ActionItemFactory(responsible=agency, text="Hitung benih", due_on=date(2019, 10, 1))

    for client in (coordinator, operator):
        text = text_in(client.get(page_of("meeting-material", meeting)))
        assert "BAHAN RAKOR" in text
        assert "Jalan kopi" in text
        assert "Menunggu kontrak" in text
        assert "Hitung benih" in text
        assert "Lewat 5 hari kerja" in text
        assert "Ditunda" not in text


def test_letters_invite_each_agency(coordinator, agency, meeting):
    text = text_in(coordinator.get(page_of("meeting-invitations", meeting, "pdf")))
    assert f"Kepala {agency.name}" in text
    assert "Selasa, 15 Oktober 2019" in text
    assert "1. Jalan kopi" in text

    word = coordinator.get(page_of("meeting-invitations", meeting, "docx"))
    words = "\n".join(paragraph.text for paragraph in Document(BytesIO(word.content)).paragraphs)
    assert f"Kepala {agency.name}" in words
    assert coordinator.get(page_of("meeting-invitations", meeting, "xlsx")).status_code == 404
    assert coordinator.get(page_of("meeting-invitations", MeetingFactory(), "pdf")).status_code == 404


def test_invitation_is_also_one_text_for_the_group(coordinator, operator, meeting):
    page = coordinator.get(meeting.get_absolute_url()).text
    answer = coordinator.get(page_of("meeting-invitations", meeting, "txt"))

    assert page_of("meeting-invitations", meeting, "txt") in page
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    for word in ("Undangan rapat koordinasi", "Selasa, 15 Oktober 2019", "1. Jalan kopi"):
        assert word in answer.text
    assert "Ditunda" not in answer.text and "Nomor" not in answer.text
    assert operator.get(page_of("meeting-invitations", meeting, "txt")).status_code == 403
    assert coordinator.get(page_of("meeting-invitations", MeetingFactory(), "txt")).status_code == 404


def test_sheet_to_sign_has_a_line_for_each_and_empty_ones(coordinator, agency, meeting):
    text = text_in(coordinator.get(page_of("meeting-attendance", meeting)))

    assert "DAFTAR HADIR" in text
    assert agency.name in text
    assert "9." in text


def test_minutes_are_a_draft_of_a_meeting_that_is_over(coordinator, meeting, agency):
    assert coordinator.get(page_of("meeting-minutes", meeting, "pdf")).status_code == 404
    held = MeetingFactory(held=True, subject="Rakor September")
    ActionItemFactory(meeting=held, responsible=agency, text="Catat toko")

    text = text_in(coordinator.get(page_of("meeting-minutes", held, "pdf")))

    assert "BERITA ACARA" in text
    assert "NOMOR: ...." in text
    assert "Catat toko" in text
    assert coordinator.get(page_of("meeting-minutes", held, "docx")).status_code == 200


# --- Told -----------------------------------------------------------------------------------------------------------


def titles(client, kind: str = "") -> list[str]:
    told = Notification.objects.filter(user=client.user).order_by("pk")
    return [each.title for each in (told.filter(kind=kind) if kind else told)]


def edited(client, meeting, **typed):
    form = client.get(page_of("meeting-edit", meeting)).context["form"]
    data = {"held_on": "15-10-2019", "starts": "09.00", "place": meeting.place, "subject": meeting.subject}
    data |= {"seen": form.initial["seen"], "agencies": form.initial["agencies"]}
    return client.post(page_of("meeting-edit", meeting), data | typed)


def test_invitation_goes_out_with_its_step(
    coordinator, operator, agency, mailoutbox, django_capture_on_commit_callbacks
):
    meeting = MeetingFactory(subject="Rakor triwulan III")
    MeetingAttendanceFactory(meeting=meeting, agency=agency)
    AgendaLineFactory(meeting=meeting, title="Jalan kopi")
    operator.user.email = "operator@example.go.id"
    operator.user.save()

    with django_capture_on_commit_callbacks(execute=True):
        coordinator.post(page_of("meeting-step", meeting, "invite"), {"seen": "PREPARED", "note": ""})

    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["operator@example.go.id"], "Undangan: Rakor triwulan III")
    assert "1. Jalan kopi" in mail.body
    assert titles(operator) == ["Undangan: Rakor triwulan III"]
    assert not OutboxMessage.objects.waiting_for_release().exists()


def test_those_who_were_invited_are_told_that_it_moved_or_is_off(coordinator, operator, agency, client_as):
    meeting = MeetingFactory(subject="Rakor", place="Bappeda", starts=time(9), held_on=date(2019, 10, 15))
    MeetingAttendanceFactory(meeting=meeting, agency=agency)
    stranger, later = client_as("agency_operator"), client_as("agency_operator")
    edited(coordinator, meeting, place="Aula")  # nobody was invited yet
    assert titles(operator) == []
    coordinator.post(page_of("meeting-step", meeting, "invite"), {"seen": "PREPARED", "note": ""})
    meeting.refresh_from_db()

    edited(coordinator, meeting, subject="Rapat koordinasi")  # its words alone are no news
    meeting.refresh_from_db()
    edited(coordinator, meeting, held_on="16-10-2019", starts="13.30")
    moved = Notification.objects.filter(user=operator.user).latest("pk")
    assert moved.title == "Rapat pindah: Rapat koordinasi"
    assert moved.detail == (
        "Rabu, 16 Oktober 2019 pukul 13.30, Aula. Semula Selasa, 15 Oktober 2019 pukul 09.00, Aula."
    )
    meeting.refresh_from_db()
    new = later.user.current_assignments[0].agency
    back = {"held_on": "15-10-2019", "agencies": [agency.pk, new.pk]}
    edited(coordinator, meeting, **back)
    assert titles(later) == ["Undangan: Rapat koordinasi"]
    assert titles(operator, "meeting-invitation") == ["Undangan: Rakor"]
    assert titles(operator, "meeting-change") == ["Rapat pindah: Rapat koordinasi"] * 2

    coordinator.post(page_of("meeting-step", meeting, "call_off"), {"seen": "INVITED", "note": "Bupati berhalangan."})
    off = Notification.objects.filter(user=later.user).latest("pk")
    assert off.title == "Rapat batal: Rapat koordinasi" and off.detail.endswith("Aula. Bupati berhalangan.")
    assert titles(operator)[-1] == off.title and titles(stranger) == titles(coordinator) == []
    assert off in Notification.objects.for_user(later.user)


def test_calling_off_what_nobody_was_invited_to_tells_nobody(coordinator, operator, agency):
    meeting = MeetingFactory()
    MeetingAttendanceFactory(meeting=meeting, agency=agency)

    coordinator.post(page_of("meeting-step", meeting, "call_off"), {"seen": "PREPARED", "note": "Tidak jadi."})

    assert titles(operator) == []


def test_reopening_tells_the_addressee_why(coordinator, operator, agency):
    item = ActionItemFactory(responsible=agency, done=True, text="Hitung benih")

    coordinator.post(page_of("item-step", item, "reopen"), {"seen": "DONE", "note": "Kolam tiga belum dihitung."})

    told = Notification.objects.get(user=operator.user)
    assert (told.kind, told.title) == ("action-item-reopened", "Tindak lanjut dibuka kembali: Hitung benih")
    assert told.detail == "Kolam tiga belum dihitung. Paling lambat 25 Oktober 2019."
    assert OutboxMessage.objects.get().recipient == operator.user.email and titles(coordinator) == []


def test_coordinators_are_told_of_items_that_nobody_else_can_close(coordinator, client_as):
    other = client_as("coordinator")
    item = ActionItemFactory(text="Hitung benih", due_on=date(2019, 10, 9))

    with clock.at(date(2019, 10, 8)):
        call_command("tell_due", verbosity=0)
        coordinator.post(page_of("item-step", item, "close"), {"seen": "OPEN", "note": "Sudah."})
        coordinator.post(page_of("item-step", item, "reopen"), {"seen": "DONE", "note": "Belum semua."})

    assert titles(coordinator, "action-item") == ["Tindak lanjut jatuh tempo: Hitung benih"]
    assert titles(other, "action-item-reopened") == ["Tindak lanjut dibuka kembali: Hitung benih"]
    assert titles(coordinator, "action-item-reopened") == []


def test_the_office_is_told_what_was_done_about_a_disposisi(coordinator, operator, agency, client_as):
    other, stranger, colleague = (
        client_as("coordinator"),
        client_as("agency_operator"),
        client_as("agency_head", at=agency),
    )
    item = ActionItemFactory(responsible=agency, text="Hitung benih")

    operator.post(page_of("item-step", item, "close"), {"seen": "OPEN", "note": "Kolam tiga sudah dihitung."})

    told = Notification.objects.get(user=coordinator.user)
    assert (told.kind, told.title) == ("action-item-ended", "Disposisi selesai: Hitung benih")
    assert told.detail == f"{agency}. Kolam tiga sudah dihitung."
    assert told.get_absolute_url() == item.get_absolute_url()
    assert titles(other) == titles(colleague) == [told.title] and titles(operator) == titles(stranger) == []
    assert not OutboxMessage.objects.exists()


def test_the_addressee_is_told_that_nothing_is_to_be_done_any_more(coordinator, operator, agency):
    item = ActionItemFactory(responsible=agency, text="Hitung benih", meeting=MeetingFactory(held=True))
    unseen = ActionItemFactory(responsible=agency, meeting=MeetingFactory(invited=True))

    for each in (item, unseen):
        coordinator.post(page_of("item-step", each, "cancel"), {"seen": "OPEN", "note": "Diganti."})

    assert titles(operator) == ["Tindak lanjut dibatalkan: Hitung benih"]


def test_reopening_while_the_meeting_runs_tells_nobody(coordinator, operator, agency):
    item = ActionItemFactory(responsible=agency, done=True, meeting=MeetingFactory(invited=True))

    coordinator.post(page_of("item-step", item, "reopen"), {"seen": "DONE", "note": "Belum."})

    assert titles(operator) == [] and not OutboxMessage.objects.exists()


def test_items_of_a_meeting_are_told_when_it_is_over(coordinator, operator, agency):
    meeting = MeetingFactory(held_on=date(2019, 10, 8))
    ActionItemFactory(meeting=meeting, responsible=agency, text="Hitung benih")
    assert not Notification.objects.filter(user=operator.user).exists()

    coordinator.post(page_of("meeting-step", meeting, "close"), {"seen": "PREPARED", "note": ""})

    assert [each.title for each in Notification.objects.filter(user=operator.user)] == ["Tindak lanjut: Hitung benih"]


def test_due_items_are_told_one_day_before_and_once_after(operator, agency):
    ActionItemFactory(responsible=agency, text="Hitung benih", due_on=date(2019, 10, 10))
    ActionItemFactory(responsible=agency, meeting=MeetingFactory(), due_on=date(2019, 10, 10))  # not over
    for day in (8, 9, 9, 10, 11, 14, 15):
        with clock.at(date(2019, 10, day)):
            call_command("tell_due", verbosity=0)

    titles = Notification.objects.filter(user=operator.user, kind="action-item").order_by("pk")
    assert [each.title for each in titles] == [
        "Tindak lanjut jatuh tempo: Hitung benih",
        "Tindak lanjut lewat batas: Hitung benih",
    ]


# --- Disposisi ------------------------------------------------------------------------------------------------------


def test_disposisi_of_an_obstacle(coordinator, operator, agency):
    obstacle = ObstacleFactory(routed=True, responsible=agency, text="Penyedia mundur")
    page = coordinator.get(obstacle.get_absolute_url())
    address = f"{CREATE}?kendala={obstacle.pk}"
    assert address in page.content.decode()
    form = coordinator.get(address)
    assert form.context["form"].initial["responsible"] == agency.pk

    coordinator.post(address, {"text": "Tunjuk pengganti", "responsible": agency.pk, "due_on": "21-10-2019"})

    item = ActionItem.objects.get()
    assert (item.obstacle, item.meeting, item.responsible) == (obstacle, None, agency)
    assert "Kendala: Penyedia mundur" in text_of(operator.get(item.get_absolute_url()))
    assert Notification.objects.get(user=operator.user).title == "Disposisi: Tunjuk pengganti"


def test_disposisi_without_an_obstacle_and_with_a_wrong_one(coordinator, agency):
    for query in ("", "?kendala=x", "?kendala=99999", f"?kendala={'9' * 30}"):
        assert coordinator.get(CREATE + query).status_code == 200
    answer = coordinator.post(CREATE, {"text": "", "responsible": "x", "due_on": "07-10-2019"})
    assert set(answer.context["form"].errors) == {"text", "responsible", "due_on"}
    coordinator.post(CREATE, {"text": "Hitung", "responsible": agency.pk, "due_on": "21-10-2019"})
    assert ActionItem.objects.get().obstacle is None
