"""Interviews: the schedule of all, changed one by one, invitations and what applicants are sent."""

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from facilitators.models import Interview
from facilitators.recruitment.panel.letters import changed_mail, invitation_mail, short_text
from p2emas import clock
from p2emas.models import OutboxMessage
from tests.facilitator_factories import (
    ApplicationFactory,
    InterviewFactory,
    PanelSeatFactory,
    RecruitmentRoundFactory,
    ScoreSheetFactory,
)
from tests.p2emas.documents.pdf_text import text_of

pytestmark = pytest.mark.django_db
START = {"start": "12-11-2019 08.00", "minutes": "30", "room": "Aula Bappeda"}


@pytest.fixture
def passed():
    record = RecruitmentRoundFactory(status="SELECTION")
    rows = [ApplicationFactory(round=record, number=f"LMR-{n}", status="PASSED_TEST", email=mail) for n, mail in MAILS]
    ApplicationFactory(round=record, number="LMR-9", status="PASSED_FILES")
    return record, rows


MAILS = ((1, "satu@contoh.id"), (2, ""))


def url(name, record, *args):
    return reverse(f"recruitment:{name}", args=[record.code, *args])


def times():
    return {row.application.number: (f"{row.at:%d %H.%M}", row.room) for row in Interview.objects.all()}


def test_schedule_goes_by_number_and_each_panel_on_its_own(client_as, passed):
    record, _rows = passed
    record.panels = 2
    record.save()
    other = ApplicationFactory(round=record, number="LMR-3", status="PASSED_TEST", panel=2)

    client_as("coordinator").post(url("interview-propose", record), START | {"version": "0"})

    assert times() == {
        "LMR-1": ("12 01.00", "Aula Bappeda, panel 1"),
        "LMR-2": ("12 01.30", "Aula Bappeda, panel 1"),
        other.number: ("12 01.00", "Aula Bappeda, panel 2"),
    }


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"start": "1-10-2019 08.00"}, "sudah lewat"),
        ({"minutes": "2"}, "5 menit"),
        ({"start": "besok"}, "tanggal dan jamnya"),
    ],
)
def test_plan_that_cannot_be_is_refused(client_as, passed, changes, sentence):
    record, _rows = passed
    answer = client_as("coordinator").post(url("interview-propose", record), START | {"version": "0"} | changes)
    assert sentence in answer.content.decode()
    assert Interview.objects.count() == 0


def test_invitation_takes_the_step_and_drafts_mail_for_a_person_to_release(client_as, passed):
    record, (first, second) = passed
    for n, row in enumerate((first, second)):
        InterviewFactory(application=row, at=datetime(2019, 11, 12, 1 + n, tzinfo=UTC), room="Aula")
    client = client_as("coordinator")

    client.post(url("interview-invite", record), {"version": "0"})
    client.post(url("interview-invite", record), {"version": "0"})  # a second click

    for row in (first, second):
        row.refresh_from_db()
        assert (row.status, row.status_changes().count()) == ("INVITED", 1)
    letter = OutboxMessage.objects.get()
    assert (letter.recipient, letter.state, letter.record) == ("satu@contoh.id", "waiting", first)
    assert "Selasa, 12 November 2019 pukul 08.00 WIB" in letter.body
    texts = client.get(url("interview-texts", record)).content.decode()
    assert second.number in texts
    assert first.number not in texts


def test_nobody_is_invited_to_a_time_that_is_over(client_as, passed):
    record, (first, _second) = passed
    InterviewFactory(application=first, at=datetime(2019, 10, 1, 1, tzinfo=UTC))

    answer = client_as("coordinator").post(url("interview-invite", record), {"version": "0"})

    assert "sudah lewat" in answer.content.decode()
    first.refresh_from_db()
    assert first.status == "PASSED_TEST"
    assert OutboxMessage.objects.count() == 0


def test_change_for_who_is_invited_drafts_another_letter(client_as, passed):
    record, (first, second) = passed
    first.take_step("invite", seen="PASSED_TEST", actor=client_as("coordinator").user)
    InterviewFactory(application=first)
    typed = {"version": "0", f"w{second.pk}-at": "", f"w{second.pk}-room": ""}
    moved = {f"w{first.pk}-at": "13-11-2019 09.00", f"w{first.pk}-room": "Ruang rapat"}
    client = client_as("coordinator")

    emptied = client.post(url("interview-plan", record), typed | {f"w{first.pk}-at": "", f"w{first.pk}-room": ""})
    client.post(url("interview-plan", record), typed | moved)

    assert "sudah diundang, jadi waktunya harus ada" in emptied.content.decode()
    assert times() == {"LMR-1": ("13 02.00", "Ruang rapat")}
    assert OutboxMessage.objects.get().subject.startswith("Perubahan jadwal")


def test_two_are_not_interviewed_in_one_room_at_one_time(client_as, passed):
    record, (first, second) = passed
    client, typed = client_as("coordinator"), {"version": "0"}
    for row, room in ((first, "Aula"), (second, "AULA ")):
        typed |= {f"w{row.pk}-at": "13-11-2019 09.00", f"w{row.pk}-room": room}

    refused = client.post(url("interview-plan", record), typed).content.decode()
    before = Interview.objects.count()
    accepted = client.post(url("interview-plan", record), typed | {f"w{second.pk}-room": "Ruang rapat"})

    assert f"{first.number} sudah dijadwalkan pada waktu dan tempat ini" in refused
    assert (before, accepted.status_code, Interview.objects.count()) == (0, 302, 2)


def test_times_of_two_are_swapped_and_an_old_double_stops_nobody(client_as, passed):
    record, (first, second) = passed
    third = ApplicationFactory(round=record, number="LMR-3", status="PASSED_TEST")
    for row, hour in ((first, 1), (second, 2), (third, 2)):
        InterviewFactory(application=row, at=datetime(2019, 11, 12, hour, tzinfo=UTC), room="Aula")
    times_typed = {first: "12-11-2019 07.00", second: "12-11-2019 09.00", third: "12-11-2019 09.00"}
    typed = {f"w{row.pk}-at": at for row, at in times_typed.items()} | {
        f"w{row.pk}-room": "Aula" for row in times_typed
    }
    client = client_as("coordinator")

    moved = client.post(url("interview-plan", record), typed | {"version": "0"})
    swapped = typed | {f"w{first.pk}-at": "12-11-2019 09.00", f"w{second.pk}-at": "12-11-2019 07.00"}
    met = client.post(url("interview-plan", record), swapped | {"version": "1"}).content.decode()
    swapped |= {f"w{third.pk}-at": "12-11-2019 10.00"}
    answer = client.post(url("interview-plan", record), swapped | {"version": "1"})

    assert (moved.status_code, answer.status_code) == (302, 302)
    assert "LMR-3 sudah dijadwalkan" in met
    assert [times()[f"LMR-{n}"][0] for n in (1, 2, 3)] == ["12 02.00", "12 00.00", "12 03.00"]


def test_proposal_does_not_meet_who_is_invited_already(client_as, passed):
    record, (first, _second) = passed
    InterviewFactory(application=first, at=datetime(2019, 11, 12, 1, tzinfo=UTC), room="Aula Bappeda")
    client = client_as("coordinator")
    first.take_step("invite", seen="PASSED_TEST", actor=client.user)

    page = client.post(url("interview-propose", record), START | {"version": "0"}).content.decode()

    assert f"{first.number} sudah diundang pada Selasa, 12 November 2019 pukul 08.00" in page
    assert Interview.objects.count() == 1


def test_plan_against_a_newer_version_comes_back_as_it_was_typed(client_as, passed):
    record, _rows = passed
    client = client_as("coordinator")
    record.version = 3
    record.save()

    page = client.post(url("interview-propose", record), START | {"version": "0"}).content.decode()

    assert "berubah sejak halaman ditampilkan" in page
    assert START["room"] in page
    assert 'name="version" value="3"' in page
    assert Interview.objects.count() == 0


def test_two_who_plan_at_once_see_both(client_as, passed):
    record, (first, second) = passed
    client_as("coordinator").post(url("interview-propose", record), START | {"version": "0"})
    typed = {
        f"w{row.pk}-{name}": value
        for hour, row in ((8, first), (9, second))
        for name, value in (("at", f"13-11-2019 0{hour}.00"), ("room", "Lain"))
    }

    answer = client_as("coordinator").post(url("interview-plan", record), typed | {"version": "0"})

    assert answer.status_code == 409
    assert times()["LMR-1"] == ("12 01.00", "Aula Bappeda")


def test_letters_on_paper_name_time_and_place(client_as, passed):
    record, (first, second) = passed
    rows = [InterviewFactory(application=row, room="Aula #let") for row in (first, second)]
    client = client_as("coordinator")
    before = client.get(url("interview-letters", record)).status_code
    first.take_step("invite", seen="PASSED_TEST", actor=client.user)

    one, every = client.get(url("interview-letter", record, rows[0].pk)), client.get(url("interview-letters", record))

    word = client.get(url("interview-letters-docx", record))
    words = "\n".join(each.text for each in Document(BytesIO(word.content)).paragraphs)

    assert before == 404
    assert "Aula #let" in words and first.name in words and second.name not in words
    assert word["Cache-Control"] == "private, no-store"
    assert client.get(url("interview-letter", record, rows[1].pk)).status_code == 404
    for answer in (one, every):
        text = text_of(answer.content)
        assert first.name in text
        assert "Aula #let" in text
        assert second.name not in text


def test_seat_hides_the_letter_of_an_application_until_its_score(client_as):
    record, client = RecruitmentRoundFactory(status="SELECTION"), client_as("coordinator")
    application = ApplicationFactory(round=record, status="PASSED_TEST", email="kanari@contoh.id")
    InterviewFactory(application=application)
    seat = PanelSeatFactory(round=record, user=client.user)
    client_as("coordinator").post(url("interview-invite", record), {"version": "0"})
    address = reverse("outbox:message-list")
    before = client.get(address).content.decode()

    ScoreSheetFactory(application=application, seat=seat)
    after = client.get(address).content.decode()

    assert "kanari@contoh.id" not in before
    assert "kanari@contoh.id" in after


def test_interviews_of_an_announced_round_stay_readable(client_as):
    record = RecruitmentRoundFactory(status="ANNOUNCED", inputs={}, results={}, announced_at=clock.now())
    interview = InterviewFactory(
        application=ApplicationFactory(round=record, status="REJECTED", rejected_for="RANK"), room="Aula Bappeda"
    )

    page = client_as("coordinator").get(url("interview-plan", record)).content.decode()

    assert "1 pelamar diwawancarai" in page
    assert interview.application.number in page and "Aula Bappeda" in page
    assert "<button" not in page.partition("<main")[2]


def test_step_that_cannot_be_taken_yet_says_why_and_shows_no_button(client_as):
    record = RecruitmentRoundFactory(status="PUBLISHED")

    page = client_as("coordinator").get(url("round-step", record, "close")).content.decode().partition("<main")[2]

    assert "Pendaftaran masih dibuka. Tutup sesudah batas waktunya lewat." in page
    assert "<button" not in page


def test_text_is_beside_the_number_and_no_address_holds_it(client_as):
    row = InterviewFactory(
        application=ApplicationFactory(
            round=RecruitmentRoundFactory(status="SELECTION"), status="INVITED", email="", phone="+6281234567890"
        )
    )

    page = client_as("coordinator").get(url("interview-texts", row.application.round)).content.decode()

    assert "0812-3456-7890" in page
    assert "Yth." in page
    assert not re.search(r'href="[^"]*(6281234567890|0812|Yth)', page)


@pytest.mark.parametrize("is_sample", [True, False])
def test_letters_and_texts_about_an_invented_person_say_so(is_sample):
    application = ApplicationFactory(is_sample=is_sample, email="satu@contoh.id", status="INVITED")
    interview = InterviewFactory(application=application)

    told = [invitation_mail(interview)[1], changed_mail(interview)[1], short_text(interview)]

    assert [text.startswith("DATA CONTOH") for text in told] == [is_sample] * 3
