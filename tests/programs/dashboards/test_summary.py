"""/ringkasan/: sentences, villages without progress, decisions that wait; what the leaders read (8 October 2019)."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from districts.models import CompetencyDetermination
from programs.dashboards.answers import BOXES, Picture
from programs.dashboards.summary import UNKNOWN, StillVillage, SummaryPage
from programs.dashboards.summary_paper import summary_paper
from programs.models import ProgressReport
from tests.factories import (
    CompetencyDeterminationFactory,
    ProgressReportFactory,
    ReportingPeriodFactory,
    TargetLocationFactory,
    UserFactory,
)
from tests.p2emas.documents.pdf_text import text_of
from tests.programs.dashboards.test_dashboards import answer, reported, scope_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def location():
    ReportingPeriodFactory()
    return TargetLocationFactory()


def page():
    return SummaryPage.of(scope_of())


def waiting(day, **state):
    return CompetencyDeterminationFactory(
        status="SUBMITTED", submitted_by=UserFactory(), submitted_at=datetime(2019, 9, day, tzinfo=UTC), **state
    )


def test_sentences_are_the_findings_of_the_dashboard(location):
    reported(location, spent=40_000_000, physical=30, target=75)

    for sentence in page().sentences:
        shown = answer(sentence.key)
        assert (sentence.number, sentence.words, sentence.change) == (shown.number, shown.finding, shown.change)
        assert shown.basis in sentence.figures
        assert shown.value in sentence.figures + sentence.words


def test_headline_follows_the_two_signs(location):
    assert page().headline == UNKNOWN

    reported(location, physical=30, target=75)

    assert page().headline == "Pagu terpusat, tetapi pekerjaan belum secepat rencana"


def test_village_that_was_postponed_says_why_and_once(location, user_as):
    location.take_step("postpone", seen=location.status, actor=user_as("coordinator"), note="Kontrak jalan batal.")
    idle = TargetLocationFactory()

    found = page()

    assert [(row.location, row.reason) for row in found.still] == [
        (location, "Kontrak jalan batal"),
        (idle, "belum ada kegiatan dalam rencana"),
    ]
    assert found.still_title == "2 desa tidak bergerak"


def test_long_reason_is_shortened_at_a_word_on_the_one_page(location, user_as):
    note = "Kontrak pengadaan batal dan diulang sesudah perubahan anggaran. " * 4
    location.take_step("postpone", seen=location.status, actor=user_as("coordinator"), note=note)

    [row] = page().still

    assert row.reason == note.strip().rstrip(".") and len(row.short_sentence) <= 90
    assert row.short_sentence.endswith(" …") and note.startswith(row.short_sentence[:-2])
    assert StillVillage(location, "Kontrak batal").short_sentence == "Kontrak batal."


def test_of_many_villages_five_are_named_and_the_others_counted(location):
    for _ in range(6):
        TargetLocationFactory()

    found = page()

    assert (len(found.still), found.still_rest, found.still_title) == (5, 2, "7 desa tidak bergerak")


def test_three_oldest_decisions_with_their_holder(location):
    days = [9, 2, 20, 5]
    made = {day: waiting(day) for day in days}
    CompetencyDetermination.objects.filter(pk=made[20].pk).update(
        status="DECIDED", decided_by=UserFactory(), decided_at=datetime(2019, 9, 1, tzinfo=UTC)
    )
    CompetencyDeterminationFactory(status="DRAFT")

    found = page()

    assert [row.record.pk for row in found.decisions] == [made[20].pk, made[2].pk, made[5].pk]
    assert found.decisions_rest == 1
    assert found.decisions[0].name.startswith("SK kompetensi inti")
    assert found.decisions[0].holder != found.decisions[1].holder


def test_reports_that_nobody_verified_are_counted_apart(location):
    reported(location)
    ProgressReportFactory(sent=True)
    ProgressReportFactory()
    ProgressReportFactory()

    states = ProgressReport.objects.values_list("status", flat=True)
    assert sorted(states) == ["APPROVED", "NOT_STARTED", "NOT_STARTED", "WAITING"]
    assert str(page().verified) == "1 laporan terverifikasi · 1 belum diverifikasi, tidak dihitung · 2 belum masuk"


@pytest.mark.parametrize("count", [0, 1, 60])
def test_paper_is_one_page_with_the_words_of_the_screen(location, count):
    for _ in range(count):
        TargetLocationFactory()
    for day in range(1, 6):
        waiting(day)
    reported(location)

    found = page()
    text = " ".join(text_of(summary_paper(found)).split())

    assert "Halaman 1 dari 1" in text
    for sentence in found.sentences:
        assert sentence.words in text
    for row in found.decisions:
        assert row.name in text and row.holder in text
    assert found.still_title in text


def test_many_cases_are_three_parts_and_few_one_box_each():
    few, many = Picture(parts=(2, 1, 1)), Picture(parts=(BOXES, 1, 0))

    assert len(few.chart.marks) == 4
    assert [mark[1]["class"] for mark in many.chart.marks] == ["f1 boxed", "fpale boxed"]


def test_leader_begins_here_after_signing_in(client, user_as):
    ReportingPeriodFactory()
    leader = user_as("leader")
    leader.set_password("sandi-yang-cukup-panjang")
    leader.save()

    answer = client.post(
        reverse("account_login"), {"login": leader.username, "password": "sandi-yang-cukup-panjang"}, follow=True
    )

    assert answer.redirect_chain[-1][0] == reverse("dashboards:summary")
    assert answer.status_code == 200


def test_page_without_a_quarter_says_so(client_as):
    shown = client_as("leader").get(reverse("dashboards:summary"))

    assert "Belum ada triwulan yang dibuka" in shown.content.decode()


def test_page_of_an_earlier_quarter_links_its_own_evidence(location, client_as):
    earlier = ReportingPeriodFactory(number=2)
    reported(location)

    shown = client_as("leader").get(reverse("dashboards:summary"), {"periode": earlier.code}).content.decode()

    assert f"{reverse('dashboards:indicator', args=['fokus'])}?periode={earlier.code}" in shown
    assert f"RKS-{earlier.code}" in shown
