"""From the last score to the announcement: ranking, choices, handing over, decision, letters, the reserve that moves up."""

from datetime import timedelta

import pytest
from django.urls import reverse

from facilitators.models import Application, Facilitator, Interview, RecruitmentRound, ScoreSheet
from p2emas import clock
from p2emas.outbox.models import OutboxMessage
from tests.facilitator_factories import ConflictOfInterestFactory, InterviewFactory
from tests.facilitators.recruitment.judged import applicant, running_round
from tests.p2emas.documents.pdf_text import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(client_as):
    """Two places, three seats, four applicants past the interview and one who failed the test."""
    made = running_round(places=2, seats=3)
    made.first = applicant(
        made, name="Rukmini Sari", email="rukmini@example.org", marks=[5, 5, 4], wishes=made.places[:1]
    )
    made.second = applicant(made, name="Sulaiman", marks=[4, 4, 4])
    made.third = applicant(
        made, name="Tarsisius Akim", email="akim@example.org", marks=[3, 3, 4], wishes=made.places[1:]
    )
    made.fourth = applicant(made, marks=[2, 2, 1], wishes=[], anywhere=True)
    made.absent = applicant(made, test=None, marks=None, status="REJECTED", rejected_for="ABSENT")
    made.coordinator, made.head = client_as("coordinator"), client_as("coordinator_head")
    made.url = lambda name, *args: reverse(f"recruitment:{name}", args=[made.record.code, *args])
    return made


def fill(made, **typed):
    """The choices as the page offers them, with some typed over."""
    from tests.filled import own_form

    address = made.url("choices")
    form = own_form(made.coordinator.get(address).content.decode(), address)
    return made.coordinator.post(address, dict(form.filled(**typed)))


def step(made, client, name, **typed):
    from tests.filled import own_form

    address = made.url(name)
    form = own_form(client.get(address).content.decode(), address)
    answer = client.post(address, dict(form.filled(**typed)))
    made.record.refresh_from_db()
    return answer


def decided(made):
    fill(made)
    step(made, made.coordinator, "round-submit")
    step(made, made.head, "round-decide")


def test_ranking_shows_parts_places_and_what_is_missing(story):
    applicant(story, test=None, status="PASSED_FILES")
    body = story.coordinator.get(story.url("ranking")).content.decode()

    assert "2 dari 2 formasi terisi, 4 pelamar nilainya lengkap" in body
    assert body.index("Rukmini Sari") < body.index("Sulaiman") < body.index("Tarsisius Akim")
    assert "belum ada data" in body
    assert "Garis: 2 formasi" in body
    assert "Cadangan 1" in body


def test_ranking_has_a_word_for_whom_it_no_longer_names(story):
    type(story.first).objects.filter(pk=story.first.pk).update(name="", erased_at=clock.now())

    body = story.coordinator.get(story.url("ranking")).content.decode()

    assert f'<a href="{story.first.get_absolute_url()}">data pribadi dihapus</a>' in body


def test_line_of_the_ranking_says_when_places_are_free(story):
    story.second.wishes.all().delete()
    story.third.wishes.all().delete()
    type(story.fourth).objects.filter(pk=story.fourth.pk).update(anywhere=False)

    body = story.coordinator.get(story.url("ranking")).content.decode()

    assert "Garis: 1 dari 2 formasi terisi. Di bawah ini tanpa tempat: yang kosong tidak mereka pilih" in body


@pytest.mark.parametrize("query", ["?urut=tes", "?urut=-wawancara", "?urut=nomor", "?urut=xx", "?halaman=9&baris=25"])
def test_ranking_sorts_and_pages(story, query):
    assert story.coordinator.get(story.url("ranking") + query).status_code == 200


def test_csv_of_the_ranking_names_nobody(story):
    text = story.coordinator.get(story.url("ranking") + "?format=csv").content.decode()

    assert story.first.number in text
    assert "Rukmini" not in text


def test_whole_way_from_choices_to_announcement(story, django_capture_on_commit_callbacks):
    assert fill(story).url == story.url("round-submit")
    step(story, story.coordinator, "round-submit")
    assert story.record.status == "SUBMITTED"
    assert story.record.results["lines"][0]["id"] == story.first.pk
    with django_capture_on_commit_callbacks(execute=True):
        step(story, story.head, "round-decide")
    assert story.record.decree is None  # it is ready for a draft
    hidden = story.coordinator.get(story.url("announcement")).status_code

    answer = step(story, story.coordinator, "round-announce")

    found = {row: (row.status, row.placed_at, row.reserve_rank, row.rejected_for) for row in Application.objects.all()}
    assert found == {
        story.first: ("ACCEPTED", story.places[0], None, ""),
        story.second: ("ACCEPTED", story.places[1], None, ""),
        story.third: ("RESERVE", None, 1, ""),
        story.fourth: ("RESERVE", None, 2, ""),
        story.absent: ("REJECTED", None, None, "ABSENT"),
    }
    assert hidden == 404
    assert answer.url == story.url("announcement")
    assert {row.name for row in Facilitator.objects.all()} == {"Rukmini Sari", "Sulaiman"}
    letters = {row.recipient: row.body for row in OutboxMessage.objects.all()}
    assert set(letters) == {"rukmini@example.org", "akim@example.org"}
    assert "diterima sebagai pendamping di Desa A" in letters["rukmini@example.org"]
    assert "cadangan urutan 1" in letters["akim@example.org"]
    assert not OutboxMessage.objects.exclude(released_at=None).exists()


def test_nothing_is_announced_when_the_time_for_objections_is_over(story):
    decided(story)
    rounds = type(story.record).objects.filter(pk=story.record.pk)
    rounds.update(objections_until=clock.today() - timedelta(days=1))

    page = story.coordinator.get(story.url("round-announce")).content.decode()
    answer = story.coordinator.post(story.url("round-announce"), {"seen": "DECIDED"})

    story.record.refresh_from_db()
    assert "Masa sanggah berakhir" in answer.content.decode()
    assert "Masa sanggah berakhir" in page
    assert (story.record.status, OutboxMessage.objects.count()) == ("DECIDED", 0)
    rounds.update(objections_until=clock.today())  # the last day counts
    step(story, story.coordinator, "round-announce")
    assert story.record.status == "ANNOUNCED"


def test_public_reads_masked_names_villages_and_reasons(story, client):
    decided(story)
    step(story, story.coordinator, "round-announce")

    body = client.get(story.url("announcement")).content.decode()

    assert "R*** S***" in body
    assert "Rukmini" not in body
    assert "Desa A" in body
    assert "Tidak hadir tes atau wawancara" in body


def test_departing_from_the_ranking_needs_a_reason(story):
    third = f"pelamar-{story.third.pk}-"
    typed = {
        f"{third}choice": "ACCEPT",
        f"{third}place": str(story.places[1].pk),
        f"{third}reserve_rank": "",
        f"pelamar-{story.second.pk}-choice": "REJECT",
    }

    refused = fill(story, **typed)
    reasons = {f"pelamar-{row.pk}-reason": "Domisili di desa itu" for row in (story.second, story.third)}
    answer = fill(story, **typed, **reasons, **{f"pelamar-{story.fourth.pk}-reason": "Urutan tetap"})

    assert "menyimpang dari peringkat" in refused.content.decode()
    assert answer.status_code == 302
    story.third.refresh_from_db()
    assert (story.third.choice, story.third.placed_at) == ("ACCEPT", story.places[1])
    assert "Menurut peringkat: cadangan" in story.coordinator.get(story.url("round-submit")).content.decode()


def test_place_takes_no_more_than_it_has(story):
    typed = {f"pelamar-{story.second.pk}-place": str(story.places[0].pk), f"pelamar-{story.second.pk}-reason": "Dekat"}

    answer = fill(story, **typed)

    assert "sudah penuh" in answer.content.decode()


def test_second_saver_sees_both_versions(story):
    fill(story)

    answer = fill(story, version="0", discussion="Milik saya")

    assert answer.status_code == 409
    assert "Milik saya" in answer.content.decode()


def test_submitting_names_what_is_missing(story):
    story.seats[0].sheets.filter(application=story.second, part="INTERVIEW").delete()
    fill(story)

    page = story.coordinator.get(story.url("round-submit")).content.decode()
    answer = story.coordinator.post(story.url("round-submit"), {"seen": "SELECTION"})

    story.record.refresh_from_db()
    assert story.record.status == "SELECTION"
    for text in (page, answer.content.decode()):
        assert f"Nilai panel untuk {story.second} belum lengkap" in text
        assert 'name="digest"' not in text  # no button that could only be refused; the choices are the way on
        assert story.url("choices") in text


def test_who_is_refused_is_scored_by_the_whole_panel_too(story):
    row = applicant(story, marks=[1] * len(story.seats), name="Tertinggal", wishes=[])
    story.seats[0].sheets.filter(application=row, part="INTERVIEW").delete()
    fill(story)

    page = story.coordinator.get(story.url("round-submit")).content.decode()

    assert f"Nilai panel untuk {row} belum lengkap" in page


@pytest.mark.parametrize(
    ("gap", "sentence"),
    [
        ({"test": None, "status": "PASSED_FILES"}, "Hasil tes %s belum dicatat"),
        ({"status": "PASSED_FILES"}, "%s lolos tes, tetapi belum diundang"),
        ({"status": "PASSED_TEST"}, "%s lolos tes, tetapi belum diundang"),
        ({}, "Nilai panel untuk %s belum lengkap"),
    ],
)
def test_nobody_is_refused_as_absent_for_what_the_office_left_open(story, gap, sentence):
    row = applicant(story, wishes=[], **gap)
    fill(story)

    page = story.coordinator.get(story.url("round-submit")).content.decode()

    assert sentence % row in page
    assert 'name="digest"' not in page


def test_who_was_not_interviewed_is_refused_as_absent_only_with_a_reason(story):
    row = applicant(story, marks=[3] * len(story.seats), wishes=[])
    row.sheets.filter(part="INTERVIEW").delete()
    fill(story)
    silent = story.coordinator.get(story.url("round-submit")).content.decode()

    fill(story, **{f"pelamar-{row.pk}-reason": "Tidak hadir wawancara"})
    for client, name in ((story.coordinator, "round-submit"), (story.head, "round-decide")):
        step(story, client, name)

    row.refresh_from_db()
    assert f"Belum ada nilai wawancara {row}" in silent
    assert (row.status, row.rejected_for) == ("REJECTED", "ABSENT")


def test_who_may_be_scored_by_nobody_was_not_absent(story):
    row = applicant(story, wishes=[])
    for seat in story.seats:
        ConflictOfInterestFactory(seat=seat, application=row)
    fill(story)

    assert f"Tidak ada panelis yang boleh menilai {row}" in (
        story.coordinator.get(story.url("round-submit")).content.decode()
    )


def test_scores_that_come_after_the_page_was_shown_stop_the_handing_over(story):
    fill(story)

    answer = step(story, story.coordinator, "round-submit", digest="lain")

    assert "berubah sejak halaman ini dibuka" in answer.content.decode()
    story.record.refresh_from_db()
    assert story.record.status == "SELECTION"


def test_withdrawal_after_the_handing_over_stops_the_decision(story):
    fill(story)
    step(story, story.coordinator, "round-submit")
    story.third.take_step("withdraw", seen="INVITED", actor=None)

    answer = step(story, story.head, "round-decide")

    assert "Kembalikan ke seleksi" in answer.content.decode()
    assert story.record.status == "SUBMITTED"


def test_head_who_submitted_or_scores_does_not_decide(story, client_as):
    fill(story)
    step(story, story.head, "round-submit")
    assert story.head.get(story.url("round-decide")).status_code == 403
    seated = client_as("coordinator_head")
    story.record.seats.create(user=seated.user)

    assert seated.get(story.url("round-decide")).status_code == 403
    assert seated.get(story.url("ranking")).status_code == 403


def test_tie_at_the_line_is_interviewed_again(client_as):
    made = running_round(places=1, seats=2)
    tied = [applicant(made, marks=[4, 4]), applicant(made, marks=[4, 4])]
    client, url = client_as("coordinator"), reverse("recruitment:interview-repeat", args=[made.record.code])
    ranking = client.get(reverse("recruitment:ranking", args=[made.record.code])).content.decode()

    answer = client.post(url, {"day": "20-11-2019", "hour": "09.00", "room": "Aula"})

    assert "wawancara ulang" in ranking
    assert answer.status_code == 302
    assert {(row.application, row.attempt, row.room) for row in Interview.objects.all()} == {
        (row, 2, "Aula") for row in tied
    }
    assert set(ScoreSheet.objects.filter(part="INTERVIEW").values_list("voided_for", flat=True)) == {"AGAIN"}
    assert not ScoreSheet.objects.valid().filter(part="INTERVIEW").exists()
    again = client.post(url, {"day": "20-11-2019", "hour": "09.00", "room": "Aula"})
    assert "Tidak ada lagi nilai yang sama" in again.content.decode()


def test_second_interview_is_invited_to_by_mail_and_on_paper(client_as):
    made = running_round(places=1, seats=2)
    first = applicant(made, marks=[4, 4], name="Pelamar satu", email="satu@contoh.id")
    other = applicant(made, marks=[4, 4], name="Pelamar dua")
    for row in (first, other):
        InterviewFactory(application=row, room="Ruang lama")
    client = client_as("coordinator")

    past = client.post(again_of(made), {"day": "1-10-2019", "hour": "09.00", "room": "Aula"})
    client.post(again_of(made), {"day": "20-11-2019", "hour": "09.00", "room": "Aula"})

    assert "sudah lewat" in past.content.decode()
    letter = OutboxMessage.objects.get()
    assert (letter.recipient, letter.state, letter.subject) == (
        "satu@contoh.id", "waiting", f"Undangan wawancara ulang, {first.number}",
    )  # fmt: skip
    assert "sama dengan pelamar lain di batas penerimaan" in letter.body
    papers = text_of(client.get(office_of(made, "interview-letters")).content)
    assert papers.count("wawancara ulang") >= 2
    assert "Ruang lama" not in papers
    texts = client.get(office_of(made, "interview-texts")).content.decode()
    assert (other.number in texts, "Ruang lama" in texts) == (True, False)


def test_second_interview_is_moved_and_the_first_stays(client_as):
    made = running_round(places=1, seats=2)
    tied = [applicant(made, marks=[4, 4], email="satu@contoh.id"), applicant(made, marks=[4, 4])]
    for row in tied:
        InterviewFactory(application=row, room="Ruang lama")
    client = client_as("coordinator")
    client.post(again_of(made), {"day": "20-11-2019", "hour": "09.00", "room": "Aula"})
    typed = {f"w{row.pk}-at": f"21-11-2019 1{n}.00" for n, row in enumerate(tied)} | {
        f"w{row.pk}-room": "Aula" for row in tied
    }

    stale = client.post(office_of(made, "interview-plan"), typed | {"version": "0"})
    client.post(office_of(made, "interview-plan"), typed | {"version": "1"})

    assert stale.status_code == 409
    assert [(row.attempt, row.room, f"{row.at:%d %H}") for row in tied[0].interviews.order_by("attempt")][1:] == [
        (2, "Aula", "21 03")
    ]
    assert tied[0].interviews.get(attempt=1).room == "Ruang lama"
    assert set(OutboxMessage.objects.values_list("subject", flat=True)) == {
        f"Undangan wawancara ulang, {tied[0].number}",
        f"Perubahan jadwal wawancara ulang, {tied[0].number}",
    }


def office_of(made, name: str) -> str:
    return reverse(f"recruitment:{name}", args=[made.record.code])


def again_of(made) -> str:
    return office_of(made, "interview-repeat")


def test_recomputation_says_the_same_and_notices_a_changed_figure(story):
    decided(story)
    same = story.coordinator.get(story.url("ranking-replay")).content.decode()
    results = story.record.results
    results["lines"][0]["final"] += 1
    RecruitmentRound.objects.filter(pk=story.record.pk).update(results=results)

    changed = story.coordinator.get(story.url("ranking-replay")).content.decode()

    assert "<h2>Sama</h2>" in same
    assert "Berbeda: 1 angka" in changed


def announced(story):
    decided(story)
    step(story, story.coordinator, "round-announce")


def test_announcement_names_the_villages_that_a_reserve_waits_for(story, client):
    announced(story)

    page = " ".join(client.get(story.url("announcement")).content.decode().split())

    assert "urutan 1 untuk Desa B" in page  # the third named that village alone
    assert "urutan 2 untuk desa mana saja" in page
    type(story.third).objects.filter(pk=story.third.pk).update(anywhere=True)
    again = " ".join(client.get(story.url("announcement")).content.decode().split())
    assert "urutan 1 untuk Desa B, lalu desa lain mana saja" in again


def test_next_reserve_of_the_place_moves_up(story):
    announced(story)
    story.first.refresh_from_db()
    story.first.take_step("withdraw", seen="ACCEPTED", actor=None)
    url = story.url("application-replace", story.first.pk)
    page = story.head.get(url).content.decode()
    offered = [url in each.get(story.url("ranking")).content.decode() for each in (story.head, story.coordinator)]
    story.fourth.refresh_from_db()

    answer = story.head.post(url, {"seen": "RESERVE", "cadangan": story.fourth.pk, "note": "Mengundurkan diri"})
    again = story.head.post(url, {"seen": "RESERVE", "cadangan": story.fourth.pk, "note": "Mengundurkan diri"})

    story.fourth.refresh_from_db()
    assert story.fourth.name in page  # the third named another village only
    assert offered == [True, False]
    assert answer.status_code == again.status_code == 302
    assert (story.fourth.status, story.fourth.placed_at) == ("ACCEPTED", story.places[0])
    assert Facilitator.objects.filter(application=story.fourth).count() == 1
    assert "sudah terisi" in story.head.get(url).content.decode()


@pytest.mark.parametrize(("email", "letters"), [("empat@contoh.id", 1), ("", 0)])
def test_reserve_who_moves_up_is_told_by_a_letter_that_waits(story, email, letters):
    announced(story)
    for row in (story.first, story.fourth):
        row.refresh_from_db()
    story.first.take_step("withdraw", seen="ACCEPTED", actor=None)
    type(story.fourth).objects.filter(pk=story.fourth.pk).update(email=email, is_sample=True)
    url = story.url("application-replace", story.first.pk)
    page = story.head.get(url).content.decode()

    for _click in range(2):
        story.head.post(url, {"seen": "RESERVE", "cadangan": story.fourth.pk, "note": "Mundur"})

    found = OutboxMessage.objects.about(story.fourth).waiting_for_release()
    told = found.filter(body__contains=f"Anda diterima sebagai pendamping di {story.places[0]}")
    assert [letter.recipient for letter in told] == [email] * letters
    assert all(letter.body.startswith("DATA CONTOH") for letter in told)
    assert ("baru terkirim setelah Anda mengirimnya" in page) == bool(letters)
    assert ("tidak memberi surel" in page) != bool(letters)


def test_reserve_who_is_not_next_does_not_move_up(story):
    announced(story)
    story.second.refresh_from_db()
    story.second.take_step("withdraw", seen="ACCEPTED", actor=None)

    answer = story.head.post(
        story.url("application-replace", story.second.pk),
        {"seen": "RESERVE", "cadangan": story.fourth.pk, "note": "Mundur"},
    )

    assert "lebih dahulu" in answer.content.decode()


def test_replacement_is_a_heads(story):
    announced(story)
    story.first.refresh_from_db()
    story.first.take_step("withdraw", seen="ACCEPTED", actor=None)

    assert story.coordinator.get(story.url("application-replace", story.first.pk)).status_code == 403
    assert story.head.get(story.url("application-replace", story.second.pk)).status_code == 404
