"""What follows a result: minutes, the decree that appoints, objections and their answers."""

from datetime import timedelta

import pytest
from django.urls import reverse

from districts.locations.decision.legal import EFFECTIVE, funding_clause
from districts.locations.decision.papers import decree_text
from districts.locations.decrees.services import enact_decree
from facilitators.models import Objection
from facilitators.recruitment.result.announcing import replace
from facilitators.recruitment.result.objecting import answer_objection
from facilitators.recruitment.result.papers import with_appointments
from facilitators.recruitment.status.withdrawing import withdraw_application
from p2emas import clock
from p2emas.documents.models import Decree
from p2emas.workflow.models import StepConflict
from tests import facilitator_factories as make
from tests.canaries import papers_as_text
from tests.decree_texts import ready
from tests.facilitators.recruitment.judged import applicant, running_round
from tests.factories import UserFactory
from tests.p2emas.documents.letter_words import said_on_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced(client_as):
    made = running_round(places=1, seats=2)
    made.accepted = applicant(made, name="Rukmini Sari", marks=[5, 4], choice="ACCEPT", placed_at=made.places[0])
    made.refused = applicant(made, name="Tarsisius Akim", marks=[2, 2], choice="REJECT")
    decree = Decree.objects.create(about="penetapan pendamping", dictums="Menetapkan pendamping.")
    for row, fields in (
        (made.accepted, {"status": "ACCEPTED"}),
        (made.refused, {"status": "REJECTED", "rejected_for": "RANK"}),
    ):
        type(row).objects.filter(pk=row.pk).update(**fields)
    type(made.record).objects.filter(pk=made.record.pk).update(
        status="ANNOUNCED", inputs={}, results={}, decree=decree, announced_at=clock.now(), discussion="Rapat panel."
    )
    made.record.refresh_from_db()
    made.decree, made.client = decree, client_as("coordinator")
    made.url = lambda name, *args: reverse(f"recruitment:{name}", args=[made.record.code, *args])
    return made


def test_minutes_hold_ranking_discussion_and_choices(announced):
    with papers_as_text():
        text = announced.client.get(announced.url("round-minutes-pdf")).content.decode()

    for word in ("Rukmini Sari", "Rapat panel.", "Diterima", "Tidak lolos", "ICC(2,k)"):
        assert word in text


def test_results_of_those_without_mail_are_texts_and_letters(announced, client_as):
    """Who has an address gets a letter from the outbox; the paper and the text say the same."""
    mailed = applicant(announced, name="Yuliana Surel", marks=[1, 1], choice="REJECT", email="yuliana@contoh.id")
    type(mailed).objects.filter(pk=mailed.pk).update(status="REJECTED", rejected_for="RANK")

    page = announced.client.get(announced.url("result-texts")).text
    papers = said_on_paper(announced.client, announced.url("result-papers", "pdf").removesuffix(".pdf"))

    assert announced.url("result-texts") in announced.client.get(announced.record.get_absolute_url()).text
    for text in (page, *papers):
        assert "Rukmini Sari" in text and "Tarsisius Akim" in text and "Yuliana" not in text
        assert "Anda diterima sebagai pendamping di" in text and "Anda belum diterima." in text
    assert page.count("<textarea") == 2
    assert announced.client.get(announced.url("result-papers", "txt")).status_code == 404
    assert client_as("panelist").get(announced.url("result-texts")).status_code in (403, 404)


def test_no_result_leaves_before_it_is_announced(announced):
    type(announced.record).objects.filter(pk=announced.record.pk).update(status="DECIDED")

    for address in (announced.url("result-texts"), announced.url("result-papers", "pdf")):
        assert announced.client.get(address).status_code == 404


def test_nobody_without_mail_is_said_and_no_paper_is_made(announced):
    type(announced.accepted).objects.filter(round=announced.record).update(email="ada@contoh.id")

    assert "Semua pelamar punya surel" in announced.client.get(announced.url("result-texts")).text
    assert announced.client.get(announced.url("result-papers", "pdf")).status_code == 404


@pytest.mark.parametrize("paper", ["round-minutes", "round-decree"])
@pytest.mark.parametrize(("form", "start"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_papers_come_as_pdf_and_word(announced, paper, form, start):
    answer = announced.client.get(announced.url(f"{paper}-{form}"))

    assert answer.status_code == 200
    assert answer.content.startswith(start)


def test_decree_names_the_accepted_in_full_to_the_office_and_masked_to_the_public(announced, client):
    with papers_as_text():
        inside = announced.client.get(announced.url("round-decree-pdf")).content.decode()
        Decree.objects.filter(pk=announced.decree.pk).update(
            status="IN_FORCE", number="1", dated=clock.today(), valid_from=clock.today()
        )
        outside = client.get(reverse("profiles:decree-paper", args=[announced.decree.pk, "pdf"])).content.decode()

    assert "Rukmini Sari" in inside
    assert "Tarsisius" not in inside
    assert "Rukmini" not in outside
    assert "R*** S***" in outside


def test_signed_papers_stay_as_they_were_when_a_reserve_moves_up(announced, user_as):
    place, today = announced.places[0], clock.today()
    Decree.objects.filter(pk=announced.decree.pk).update(status="IN_FORCE", number="1", dated=today, valid_from=today)
    reserve = applicant(announced, name="Sulaiman", marks=[3, 3], choice="RESERVE", reserve_rank=1)
    type(reserve).objects.filter(pk=reserve.pk).update(status="RESERVE")
    with clock.at(clock.now() + timedelta(days=3)):
        withdraw_application(application=announced.accepted, arrived=clock.now())
        reserve.refresh_from_db()
        replace(reserve=reserve, place=place, seen="RESERVE", actor=user_as("coordinator_head"), note="Mundur")

    with papers_as_text():
        decree = announced.client.get(announced.url("round-decree-pdf")).content.decode()
        minutes = announced.client.get(announced.url("round-minutes-pdf")).content.decode()

    assert "Rukmini Sari" in decree
    assert "Sulaiman" not in decree
    assert minutes.count(str(place)) == 3  # the places, the ranking, and who was accepted there: not the reserve


def test_other_decrees_have_no_such_annex(announced):
    other = Decree.objects.create(about="lain", dictums="Menetapkan yang lain.")
    text = decree_text(other)

    assert with_appointments(text, other, announced.client.user) == text


def test_decree_that_appoints_is_put_in_force_without_items(announced, user_as):
    words = ["Menetapkan pendamping sebagaimana tercantum dalam Lampiran.", funding_clause(), EFFECTIVE]
    days = {"dated": clock.today(), "valid_from": clock.today()}
    Decree.objects.filter(pk=announced.decree.pk).update(number="1", dictums="\n".join(words), **days)
    announced.decree.refresh_from_db()

    enact_decree(decree=ready(announced.decree), seen="DRAFT", actor=user_as("coordinator_head"))

    assert announced.decree.status == Decree.Status.IN_FORCE


def test_objection_is_recorded_once_and_answered_once(announced):
    typed = {
        "number": announced.refused.number,
        "sender": "Pelamar",
        "received_on": "07-10-2019",
        "text": "Mohon ditinjau.",
    }

    first = announced.client.post(announced.url("objection-create"), typed)
    second = announced.client.post(announced.url("objection-create"), typed)
    objection = Objection.objects.get()
    answer = announced.client.post(first.url, {"answer": "Nilai sudah dihitung ulang dan sama."})

    objection.refresh_from_db()
    assert first.url == second.url == objection.get_absolute_url()
    assert objection.application == announced.refused
    assert answer.status_code == 302
    assert (objection.status, objection.answer) == ("ANSWERED", "Nilai sudah dihitung ulang dan sama.")
    assert "Nilai sudah dihitung ulang" in announced.client.get(first.url).content.decode()
    again = announced.client.post(first.url, {"answer": "Jawaban lain"})
    assert "sudah dijawab orang lain" in again.content.decode()
    assert "Jawaban lain" in again.content.decode()


def test_unknown_number_and_a_day_to_come_are_refused_beside_their_fields(announced):
    body = announced.client.post(
        announced.url("objection-create"),
        {"number": "LMR-0000", "sender": "Pelamar", "received_on": "09-10-2019", "text": "Isi"},
    ).content.decode()

    assert "Tidak ada lamaran bernomor ini" in body
    assert "8 Oktober 2019 atau sebelumnya" in body
    early = announced.client.post(
        announced.url("objection-create"), {"sender": "Pelamar", "received_on": "01-01-2016", "text": "Isi"}
    ).content.decode()
    assert "1 Oktober 2019 atau sesudahnya" in early
    assert not Objection.objects.exists()


def test_answer_of_somebody_faster_stays(announced, user_as):
    objection = make.ObjectionFactory(application=announced.refused)
    answer_objection(objection=Objection.objects.get(), answer="Pertama", actor=user_as("coordinator"))

    with pytest.raises(StepConflict):
        answer_objection(objection=objection, answer="Kedua", actor=user_as("coordinator"))

    assert Objection.objects.get().answer == "Pertama"


def test_late_objection_says_so(announced):
    type(announced.record).objects.filter(pk=announced.record.pk).update(objections_until=clock.today())
    make.ObjectionFactory(application=announced.refused)

    body = announced.client.get(announced.url("objection-list")).content.decode()

    assert "sesudah masa sanggah" in body
    assert "Masa sanggah sampai 8 Oktober 2019" in body


def test_seat_reads_no_objection_before_the_announcement(announced, client):
    seated = announced.client.user
    announced.record.seats.create(user=seated)
    running = running_round()
    running.record.seats.create(user=UserFactory())
    running.record.seats.create(user=seated)

    assert announced.client.get(announced.url("objection-list")).status_code == 200
    assert announced.client.get(reverse("recruitment:objection-list", args=[running.record.code])).status_code == 403
