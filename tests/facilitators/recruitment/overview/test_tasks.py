"""The tasks on the page of a round: what is done in each state, and where who is led to."""

import pytest
from django.urls import NoReverseMatch, reverse

from facilitators.models import RecruitmentRound
from facilitators.recruitment.overview.page import counts_of
from facilitators.recruitment.overview.tasks import WAY, round_address, round_tasks, track_of
from tests import facilitator_factories as make
from tests.factories import DecreeFactory

pytestmark = pytest.mark.django_db

Status = RecruitmentRound.Status
FRAME = [
    "Teks dan kontak",
    "Jadwal",
    "Formasi",
    "Syarat",
    "Berkas yang diminta",
    "Rubrik dan bobot",
    "Anggota panel",
]
WORK = [
    "Terima lamaran",
    "Periksa berkas",
    "Susun panel",
    "Nilai tes tertulis",
    "Undang wawancara",
    "Panel menilai",
    "Peringkat dan pilihan",
    "Putuskan",
    "Umumkan",
    "Buat konsep SK",
    "Berlakukan keputusan",
]
AFTER = {"Umumkan", "Buat konsep SK", "Berlakukan keputusan"}
DAYS = {"test_on": "2019-11-10", "interviews_on": "2019-11-20", "announced_on": "2019-12-01"}


def tasks(record, user, counts=None):
    return round_tasks(
        RecruitmentRound.objects.get(pk=record.pk), user, counts_of(record) if counts is None else counts
    )


def led_to(record, user) -> dict[str, str]:
    """Label -> the page of the round that it leads to, as a URL name."""
    names = ("application-list", "check-next", "seat-list", "test-scores", "interview-plan", "score-list", "ranking")
    pages = {round_address(name, record): name for name in (*names, "round-decide", "round-announce")}
    pages[reverse("profiles:decree-ready")] = "decree-ready"
    return {task.label: pages[task.url] for task in tasks(record, user) if task.url}


def test_every_state_of_a_round_is_on_the_way_or_ends_it_early():
    tracks = {status: track_of(RecruitmentRound(status=status)) for status in Status.values}

    assert [status for status, track in tracks.items() if not track.is_off] == list(WAY)
    assert [status for status, track in tracks.items() if track.is_off] == ["CANCELLED"]


@pytest.mark.parametrize(
    ("status", "done"),
    [
        ("PUBLISHED", set()),
        ("CLOSED", {"Terima lamaran"}),
        ("SELECTION", {"Terima lamaran", "Periksa berkas"}),
        ("SUBMITTED", set(WORK) - {"Putuskan"} - AFTER),
        ("DECIDED", set(WORK) - AFTER),
        ("ANNOUNCED", set(WORK) - AFTER | {"Umumkan"}),
    ],
)
def test_tasks_that_the_state_of_a_round_has_done(user_as, status, done):
    record = make.RecruitmentRoundFactory(status=status, judged=True)

    found = tasks(record, user_as("coordinator"))

    assert [task.label for task in found] == WORK
    assert {task.label for task in found if task.done} == done


def test_decree_of_a_round_is_drafted_and_put_in_force(user_as):
    record = make.RecruitmentRoundFactory(status="ANNOUNCED", judged=True, decree=DecreeFactory(draft=True))

    found = {task.label: task for task in tasks(record, user_as("coordinator"))}
    assert found["Buat konsep SK"].done and not found["Berlakukan keputusan"].done
    assert found["Berlakukan keputusan"].url == record.decree.get_absolute_url()
    type(record.decree).objects.update(status="IN_FORCE", number="1", dated="2019-10-08", valid_from="2019-10-08")

    assert all(task.done for task in tasks(record, user_as("coordinator")))


def test_cancelled_round_has_no_tasks(user_as):
    assert tasks(make.RecruitmentRoundFactory(status="CANCELLED"), user_as("coordinator")) == []


@pytest.mark.parametrize(
    ("status", "who", "pages"),
    [
        ("PUBLISHED", "coordinator", {"application-list", "check-next", "seat-list"}),
        ("CLOSED", "coordinator", {"application-list", "check-next", "seat-list"}),
        ("SELECTION", "coordinator", {"application-list", "seat-list", "test-scores", "interview-plan", "ranking"}),
        ("SUBMITTED", "coordinator", {"application-list", "ranking"}),
        ("SUBMITTED", "coordinator_head", {"application-list", "ranking", "round-decide"}),
        ("DECIDED", "coordinator", {"application-list", "ranking", "round-announce", "decree-ready"}),
        ("ANNOUNCED", "coordinator", {"application-list", "ranking", "decree-ready"}),
        ("SELECTION", "auditor", {"application-list", "ranking"}),
    ],
)
def test_tasks_lead_where_the_reader_can_act_now(user_as, status, who, pages):
    record = make.RecruitmentRoundFactory(status=status, judged=True)
    make.ApplicationFactory(round=record, status="SENT")

    assert set(led_to(record, user_as(who)).values()) == pages


def test_tasks_of_a_panelist_lead_to_the_scores_and_not_to_applicants(user_as):
    record, user = make.RecruitmentRoundFactory(status="SELECTION"), user_as("coordinator")
    make.PanelSeatFactory(round=record, user=user)

    assert led_to(record, user) == {"Susun panel": "seat-list", "Panel menilai": "score-list"}


@pytest.mark.parametrize(
    ("states", "done"),
    [
        ([], set()),
        (["PASSED_FILES", "INVITED"], {"Undang wawancara"}),
        (["PASSED_TEST", "INVITED"], {"Nilai tes tertulis"}),
        (["INVITED"], {"Nilai tes tertulis", "Undang wawancara"}),
        (["REJECTED"], {"Nilai tes tertulis"}),  # with nobody invited there is nothing that could be done
    ],
)
def test_test_and_invitations_are_done_when_nobody_waits_for_them(user_as, states, done):
    record = make.RecruitmentRoundFactory(status="SELECTION")
    for status in states:
        make.ApplicationFactory(round=record, status=status, rejected_for="TEST" if status == "REJECTED" else "")

    found = {task.label for task in tasks(record, user_as("coordinator")) if task.done}

    assert found - {"Terima lamaran", "Periksa berkas"} == done


def test_panels_are_complete_when_each_has_a_member(user_as):
    record, user = make.RecruitmentRoundFactory(panels=2), user_as("coordinator")
    found = {}
    for panel in (1, 1, 2):
        make.PanelSeatFactory(round=record, panel=panel)
        task = tasks(record, user)[2]
        found[record.seats.count()] = (task.label, task.done, task.hint)

    assert found == {
        1: ("Susun panel", False, "1 panel belum punya panelis"),
        2: ("Susun panel", False, "1 panel belum punya panelis"),
        3: ("Susun panel", True, ""),
    }


def test_tasks_of_a_draft_say_what_is_missing(user_as):
    empty, full = make.RecruitmentRoundFactory(draft=True), make.RecruitmentRoundFactory(draft=True, complete=True)
    RecruitmentRound.objects.filter(pk=full.pk).update(**DAYS)
    user = user_as("coordinator")

    missing, ready = tasks(empty, user), tasks(full, user)

    assert [task.label for task in missing] == [task.label for task in ready] == FRAME
    assert {task.label for task in missing if task.done} == {"Teks dan kontak"}
    assert {task.label for task in ready if not task.done} == {"Anggota panel"}
    assert missing[1].hint == "Tanggal tes, wawancara, dan pengumuman."
    assert ready[5].hint == "Bobot tes 30%, berkas 30%, wawancara 40%"
    assert all(task.url for task in missing)
    assert not any(task.url for task in tasks(empty, user_as("auditor")))


def test_draft_whose_closing_has_passed_asks_for_another_schedule(user_as):
    record = make.RecruitmentRoundFactory(draft=True, complete=True)
    passed = {"opens_at": "2019-09-01T00:00Z", "closes_at": "2019-10-07T00:00Z"}
    RecruitmentRound.objects.filter(pk=record.pk).update(**passed, **DAYS)

    schedule = tasks(record, user_as("coordinator"))[1]

    assert (schedule.done, schedule.hint) == (False, "Batas pendaftaran sudah lewat; ubah jadwalnya.")
    assert schedule.url == reverse("recruitment:round-schedule", args=[record.code])


def test_page_that_does_not_exist_is_never_left_out_in_silence():
    with pytest.raises(NoReverseMatch):
        round_address("missing-page", RecruitmentRound(code="x"))
