"""Bounds of the recruitment: the last second, the longest text, the last of several, and who is asked for nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from facilitators.models import Interview, Objection
from facilitators.recruitment.apply.drafts import add_paper
from facilitators.recruitment.panel.interviews import invite_all
from facilitators.recruitment.panel.scoring_page import SeatWork
from facilitators.recruitment.privacy.erasing import erase_application
from facilitators.recruitment.rounds.sharing import _size
from p2emas import clock
from p2emas.documents.kinds import FileRefused
from p2emas.workflow.models import StepNotAllowed
from tests import facilitator_factories as make
from tests.facilitators.recruitment.applying import complete_draft, paper, picture
from tests.facilitators.recruitment.judged import applicant, running_round
from tests.markup import squeezed

pytestmark = pytest.mark.django_db


def url(name, record, *args):
    return reverse(f"recruitment:{name}", args=[record.code, *args])


# --- Before the publication ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["requirements", "documents"])
def test_round_without_requirements_or_papers_is_not_published(user_as, missing):
    record = make.RecruitmentRoundFactory(complete=True, draft=True)
    getattr(record, missing).all().delete()

    with pytest.raises(StepNotAllowed, match="Isi syarat dan berkas yang diminta"):
        record.take_step("publish", seen="DRAFT", actor=user_as("coordinator"))

    record.refresh_from_db()
    assert record.status == "DRAFT"


def test_round_is_published_until_the_second_before_its_closing(user_as):
    early, late = (make.RecruitmentRoundFactory(complete=True, draft=True) for _ in range(2))
    actor = user_as("coordinator")

    with clock.at(early.closes_at - timedelta(seconds=1)):
        early.take_step("publish", seen="DRAFT", actor=actor)
    with clock.at(late.closes_at), pytest.raises(StepNotAllowed, match="Batas pendaftaran sudah lewat"):
        late.take_step("publish", seen="DRAFT", actor=actor)

    for record in (early, late):
        record.refresh_from_db()
    assert (early.status, late.status) == ("PUBLISHED", "DRAFT")


@pytest.mark.parametrize(("length", "taken"), [(4000, True), (4001, False)])
def test_texts_of_a_round_have_a_length_that_is_said(client_as, length, taken):
    record = make.RecruitmentRoundFactory(draft=True)
    typed = {
        "version": "0", "code": record.code, "name": record.name, "year": "2020", "intro": "x" * length, "terms": "",
        "contact": "Sekretariat",
    }  # fmt: skip

    page = client_as("coordinator").post(url("round-edit", record), typed)

    record.refresh_from_db()
    assert (record.intro == "x" * length) is taken
    assert ("Isi paling banyak 4.000 huruf, sekarang 4001." in page.content.decode()) is not taken


@pytest.mark.parametrize(("letters", "lines", "points"), [(39, 22, 12), (40, 22, 10), (34, 18, 14), (29, 15, 16)])
def test_poster_is_written_as_large_as_its_page_allows(letters, lines, points):
    assert _size(["x" * letters] * lines, []) == points


# --- Applicants ----------------------------------------------------------------------------------------------------


def test_sixth_file_for_one_paper_is_refused_and_the_same_one_again_is_not():
    document = make.DocumentKindFactory()
    application = make.ApplicationFactory(round=document.round, draft=True)
    at = clock.now()
    contents = [picture(size=(40 + number, 40)) for number in range(6)]
    for content in contents[:5]:
        add_paper(application=application, document=document, upload=paper(content=content), at=at)

    with pytest.raises(FileRefused, match="Sudah ada 5 berkas di sini"):
        add_paper(application=application, document=document, upload=paper(content=contents[5]), at=at)
    add_paper(application=application, document=document, upload=paper(content=contents[4]), at=at)

    assert application.files.count() == 5


def test_page_before_sending_names_each_file_with_its_size(client):
    record = make.RecruitmentRoundFactory(complete=True)
    draft = complete_draft(record, 1, phone="+6281234567890")
    draft.files.update(original_name="Ijazah saya.jpg", size=2_500_000)
    client.post("/rekrutmen/status/", {"code": draft.code, "phone": draft.phone})

    page = client.get(f"/rekrutmen/{record.code}/lamar/periksa/").content.decode()

    assert "Ijazah saya.jpg (2,4 MB)" in page.replace("\u00a0", " ")


def test_erased_application_is_willing_to_go_nowhere(user_as):
    row = make.ApplicationFactory(
        anywhere=True, knows_age=True, knows_education=True, status="REJECTED", rejected_for="FILES"
    )

    erase_application(application=row, reason="Surat pelamar", actor=user_as("coordinator_head"))

    row.refresh_from_db()
    assert (row.name, row.anywhere, row.knows_age, row.knows_education) == ("", False, False, False)


def test_pages_that_only_show_take_no_form(client, client_as):
    record = make.RecruitmentRoundFactory(status="ANNOUNCED", judged=True, announced_at=make.SENT)
    office = client_as("coordinator")

    assert client.post(reverse("recruitment:vacancy-list")).status_code == 405
    assert office.post(url("objection-list", record)).status_code == 405
    assert [office.put(url(name, record)).status_code for name in ("round-submit", "round-decide")] == [405, 405]


# --- The check -----------------------------------------------------------------------------------------------------


def test_form_of_the_check_calls_nothing_optional_that_a_decision_asks_for(client_as):
    record = make.RecruitmentRoundFactory()
    make.RequirementFactory(round=record)
    row = make.ApplicationFactory(round=record)

    page = client_as("coordinator").get(row.get_absolute_url()).content.decode()

    assert 'name="missing"' in page
    assert "(opsional)" not in page


@pytest.mark.parametrize(("others", "more"), [(10, False), (11, True)])
def test_ten_applications_with_one_nik_are_named_and_more_are_said(client_as, others, more):
    record = make.RecruitmentRoundFactory()
    first, *rest = (make.ApplicationFactory(round=record) for _ in range(others + 1))
    record.applications.update(nik_fingerprint=first.nik_fingerprint)

    page = squeezed(client_as("leader").get(first.get_absolute_url()).text)

    assert sum(f'href="{row.get_absolute_url()}"' in page for row in rest) == 10
    assert ("dan lainnya. Cocokkan KTP" in page) is more


# --- Test and interview --------------------------------------------------------------------------------------------


def test_applied_results_are_said_in_figures(client_as):
    record = make.RecruitmentRoundFactory(status="SELECTION", pass_mark=60)
    for score in (61, 75, 12):
        make.TestScoreFactory(application=make.ApplicationFactory(round=record, status="PASSED_FILES"), score=score)

    page = client_as("coordinator").post(url("test-apply", record), {"version": "0"}, follow=True)

    assert "2 lolos, 1 gugur karena nilai tes." in page.content.decode()


def test_invitations_are_counted_with_their_letters(user_as):
    record = make.RecruitmentRoundFactory(status="SELECTION")
    for email in ("satu@contoh.id", "", ""):
        make.InterviewFactory(application=make.ApplicationFactory(round=record, status="PASSED_TEST", email=email))

    done = invite_all(record=record, seen=0, actor=user_as("coordinator"))

    assert (done.count, done.letters) == (3, 1)


@pytest.mark.parametrize(("length", "taken"), [(120, True), (121, False)])
def test_place_of_an_interview_is_kept_up_to_its_longest_name(client_as, length, taken):
    record = make.RecruitmentRoundFactory(status="SELECTION")
    row = make.ApplicationFactory(round=record, status="PASSED_TEST")
    typed = {"version": "0", f"w{row.pk}-at": "12-11-2019 09.00", f"w{row.pk}-room": "x" * length}

    page = client_as("coordinator").post(url("interview-plan", record), typed)

    assert [(each.room, each.at) for each in Interview.objects.all()] == (
        [("x" * 120, datetime(2019, 11, 12, 2, 0, tzinfo=UTC))] if taken else []
    )
    assert ("Isi paling banyak 120 huruf" in page.content.decode()) is not taken


# --- Panel, ranking, result ----------------------------------------------------------------------------------------


def test_panel_continues_after_the_applicant_just_scored_and_then_from_the_start(client_as):
    client = client_as("panelist")
    made = running_round(seats=[client.user])
    for _each in range(3):
        applicant(made, marks=[None])
    places = SeatWork(made.seats[0]).ordinals
    first, second, third = sorted(made.applicants, key=lambda row: places[row.pk])

    def save(row) -> str:
        typed = {f"nilai-{made.dossier.pk}": 4, "note": "Jelas"}
        return client.post(url("score-dossier", made.record, row.pk), typed).url

    assert save(second) == url("score-dossier", made.record, third.pk)
    assert save(third) == url("score-dossier", made.record, first.pk)


def test_only_those_who_are_alike_at_the_line_are_interviewed_again(client_as):
    made = running_round(places=1, seats=2)
    tied = sorted(applicant(made, marks=[4, 4]).pk for _ in range(2))
    applicant(made, marks=[2, 3])
    client, address = client_as("coordinator"), url("interview-repeat", made.record)

    named = [row.line["id"] for row in client.get(address).context["tied"]]
    client.post(address, {"day": "20-11-2019", "hour": "09.00", "room": "Aula"})

    assert sorted(named) == sorted(Interview.objects.values_list("application", flat=True)) == tied


def test_choice_that_departs_from_the_ranking_needs_a_reason(client_as):
    made = running_round(places=1, seats=2)
    first, second, third = (applicant(made, marks=[mark, mark]) for mark in (5, 4, 3))
    for row, choice in (
        (first, {"choice": "REJECT", "choice_reason": "Sudah bekerja di tempat lain"}),
        (second, {"choice": "ACCEPT", "placed_at": made.places[0]}),
        (third, {"choice": "RESERVE", "reserve_rank": 2}),  # as the ranking has it
    ):
        type(row).objects.filter(pk=row.pk).update(**choice)

    found = client_as("coordinator").get(url("round-submit", made.record)).context["blockers"]

    assert found == [f"Tulis alasan untuk {second.number}: pilihannya menyimpang dari peringkat."]


def test_ranking_in_which_everybody_has_a_place_draws_no_line(client_as):
    made = running_round(places=2, seats=1)
    for mark in (5, 3):
        applicant(made, marks=[mark])

    page = client_as("coordinator").get(url("ranking", made.record))

    assert page.status_code == 200
    assert "Garis:" not in page.content.decode()


def test_scores_of_the_test_are_led_to_while_somebody_may_write_them(client_as):
    found = {}
    for who in ("coordinator", "auditor"):
        for status in ("CLOSED", "SELECTION"):
            record = make.RecruitmentRoundFactory(status=status)
            tasks = client_as(who).get(record.get_absolute_url()).context["tasks"]
            (led,) = [task.url for task in tasks if task.label == "Nilai tes tertulis"]
            found[who, status] = led and led == url("test-scores", record)

    assert found == {
        ("coordinator", "CLOSED"): "", ("coordinator", "SELECTION"): True,
        ("auditor", "CLOSED"): "", ("auditor", "SELECTION"): "",
    }  # fmt: skip


def test_head_is_led_to_the_decision_of_a_round_that_was_handed_over(client_as):
    head = client_as("coordinator_head")
    addresses = {}
    for status in ("SELECTION", "SUBMITTED", "DECIDED"):
        record = make.RecruitmentRoundFactory(status=status, judged=status != "SELECTION")
        addresses[status] = url("round-decide", record) in head.get(record.get_absolute_url()).content.decode()

    assert addresses == {"SELECTION": False, "SUBMITTED": True, "DECIDED": False}


@pytest.mark.parametrize(("length", "taken"), [(4000, True), (4001, False)])
def test_objection_is_recorded_up_to_its_longest_text(client_as, length, taken):
    record = make.RecruitmentRoundFactory(status="ANNOUNCED", judged=True, announced_at=make.SENT)
    typed = {"sender": "Pelamar", "received_on": "07-10-2019", "text": "x" * length}

    page = client_as("coordinator").post(url("objection-create", record), typed)

    assert Objection.objects.exists() is taken
    assert ("Isi paling banyak 4.000 huruf, sekarang 4001." in page.content.decode()) is not taken
