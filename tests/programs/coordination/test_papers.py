"""Papers and mail of meetings, and the instruction without a meeting."""

from datetime import date
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


def test_invitation_waits_until_a_person_releases_it(coordinator, operator, agency):
    meeting = MeetingFactory(subject="Rakor triwulan III")
    MeetingAttendanceFactory(meeting=meeting, agency=agency)
    AgendaLineFactory(meeting=meeting, title="Jalan kopi")
    operator.user.email = "operator@example.go.id"
    operator.user.save()

    coordinator.post(page_of("meeting-step", meeting, "invite"), {"seen": "PREPARED", "note": ""})

    letter = OutboxMessage.objects.get()
    assert (letter.recipient, letter.released_at) == ("operator@example.go.id", None)
    assert "1. Jalan kopi" in letter.body
    assert Notification.objects.get(user=operator.user).title == "Undangan: Rakor triwulan III"


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
