"""The home page of each role: what waits, what others expect, the last steps, the dates ahead, and the first sign-in."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.urls import reverse

from p2emas.models import AccountTrace, OutboxMessage, StatusChange
from p2emas.outbox.models import CLAIM
from tests.conftest import TODAY
from tests.facilitator_factories import FieldReportFactory
from tests.factories import (
    AbsenceFactory,
    AccountTraceFactory,
    ActionItemFactory,
    AgencyFactory,
    CandidateFactory,
    CompetencyDeterminationFactory,
    DecreeFactory,
    DecreeItemFactory,
    MeetingFactory,
    MinutesFactory,
    ObstacleFactory,
    OutboxMessageFactory,
    ProgressReportFactory,
    ReopenRequestFactory,
    SelectionRoundFactory,
    TargetLocationFactory,
    WorkPlanFactory,
)
from tests.people import lead_agency

pytestmark = pytest.mark.django_db
HOME = reverse("dashboards:home")
SENDING = datetime(2019, 10, 1, tzinfo=UTC)
ROLES = [
    *("coordinator", "coordinator_head", "leader", "auditor", "agency_operator", "agency_head"),
    *("district_admin", "facilitator", "panelist"),
]


def text_of(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.mark.parametrize("role", ROLES)
def test_page_of_nobody_is_an_empty_sentence(client_as, role):
    """With nothing open at all it still leads on."""
    client = client_as(role)

    page = text_of(client.get(HOME))

    assert "Tidak ada yang menunggu Anda." not in page
    assert "Tiga hal untuk mulai" in page
    assert len(client.get(HOME).context["page"].first_things) == 3


def test_three_things_go_when_the_work_has_begun(client_as):
    client = client_as("agency_operator")
    report = ProgressReportFactory()
    assert client.get(HOME).context["page"].first_things

    StatusChange.objects.create(record=report, step="start", old="NOT_STARTED", new="DRAFT", actor=client.user)

    assert client.get(HOME).context["page"].first_things == []


def test_three_things_go_after_a_few_sign_ins(client_as):
    client = client_as("leader")
    for _sign_in in range(4):
        AccountTraceFactory(user=client.user, kind=AccountTrace.Kind.SIGNED_IN)

    assert client.get(HOME).context["page"].first_things == []


def test_without_a_task_the_next_date_is_named(client_as):
    agency = AgencyFactory()
    client = client_as("agency_head", at=agency)
    meeting = MeetingFactory(invited=True, held_on=date(2019, 10, 15), subject="Rapat koordinasi Oktober")
    meeting.attendance.create(agency=agency)

    page = client.get(HOME)

    assert "Tanggal berikutnya: Selasa, 15 Oktober 2019, Rapat koordinasi Oktober." in text_of(page)
    assert [str(day.day) for day in page.context["page"].ahead] == ["2019-10-15"]


def test_coordinator_reads_what_others_expect_of_the_office(client_as):
    client = client_as("coordinator")
    client_as("agency_operator", at=lead_agency())  # without one it would be a task of the coordinator
    ActionItemFactory(responsible=lead_agency(), text="Jadwal serah terima bibit lada", due_on=date(2019, 10, 4))
    ObstacleFactory(routed=True, responsible=lead_agency(), due_on=date(2019, 10, 11), text="Kemasan belum diterima")
    ActionItemFactory(text="Milik orang lain")

    rows = client.get(HOME).context["page"].expected

    assert [(row.title, row.late) for row in rows] == [
        ("Jadwal serah terima bibit lada", 2),
        ("Jawaban kendala: Kemasan belum diterima", 0),
    ]


def test_agency_reads_what_it_waits_for(client_as):
    agency = AgencyFactory()
    client = client_as("agency_operator", at=agency)
    ObstacleFactory(routed=True, raised_by=agency, due_on=date(2019, 10, 11), text="Jalan usaha tani")
    ObstacleFactory(routed=True, raised_by=agency, responsible=agency, text="Dijawab sendiri")
    plan = WorkPlanFactory(agreed=True, agency=agency)
    ProgressReportFactory(sent=True, agency=agency, plan=plan)
    AbsenceFactory(agency=agency, person=client.user)

    titles = [row.title for row in client.get(HOME).context["page"].asked]

    assert titles[0] == "Kendala: Jalan usaha tani" and len(titles) == 3
    assert titles[1].startswith("Laporan Triwulan III 2019") and titles[2].startswith("Pengganti: ")


def test_own_last_steps_each_record_once_and_no_longer_visible_ones_left_out(client_as):
    agency = AgencyFactory()
    client = client_as("agency_operator", at=agency)
    mine, theirs = ProgressReportFactory(agency=agency), ProgressReportFactory()
    for report in (mine, theirs):
        for step, old, new in (("start", "NOT_STARTED", "DRAFT"), ("submit", "DRAFT", "WAITING")):
            StatusChange.objects.create(record=report, step=step, old=old, new=new, actor=client.user)
    StatusChange.objects.create(record=mine, step="withdraw", old="WAITING", new="DRAFT", actor=None)

    steps = client.get(HOME).context["page"].last_steps

    assert [(step.title, step.word) for step in steps] == [(f"Laporan {agency}, TW III 2019", "Menunggu verifikasi")]


@pytest.mark.parametrize(
    ("role", "made", "new", "named"),
    [
        ("coordinator", MinutesFactory, "SIGNED", "Berita Acara"),
        ("coordinator_head", TargetLocationFactory, "READY", "Lokasi sasaran"),
        ("coordinator_head", ReopenRequestFactory, "OPENED", "Permintaan buka kembali"),
    ],
)
def test_own_decisions_of_every_kind_are_among_the_last_steps(client_as, role, made, new, named):
    client, record = client_as(role), made()
    StatusChange.objects.create(record=record, step="x", old="", new=new, actor=client.user)

    (step,) = client.get(HOME).context["page"].last_steps

    assert step.title.startswith(named) and step.url == record.get_absolute_url()
    assert step.word == record.status_words()[new]


def test_a_visit_that_was_sent_is_among_the_last_steps_of_its_author(client_as):
    client = client_as("facilitator")
    visit = FieldReportFactory(author=client.user)
    StatusChange.objects.create(record=visit, step="send", old="DRAFT", new="SENT", actor=client.user)

    (step,) = client.get(HOME).context["page"].last_steps

    assert (step.title, step.url, step.word) == (str(visit), visit.get_absolute_url(), "Terkirim")


def test_leader_reads_what_is_prepared_and_who_did_what(client_as):
    client, head = client_as("leader"), client_as("coordinator_head")
    determination = CompetencyDeterminationFactory(status="SUBMITTED")
    StatusChange.objects.create(record=determination, step="submit", old="DRAFT", new="SUBMITTED", actor=head.user)

    page = client.get(HOME)

    assert page.context["page"].heading == "1 keputusan sedang disiapkan"
    assert "Keputusan kepala" in text_of(page)
    assert [step.who for step in page.context["page"].last_steps] == [str(head.user)]


def test_head_is_led_to_who_asks_for_a_stand_in(client_as):
    agency = AgencyFactory()
    head, other = client_as("agency_head", at=agency), client_as("agency_head")
    absence = AbsenceFactory(agency=agency)

    task = next(each for each in head.get(HOME).context["page"].waiting if "Pengganti" in each.title)

    assert task.url == absence.get_absolute_url()
    assert not [each for each in other.get(HOME).context["page"].waiting if "Pengganti" in each.title]


def test_stand_in_reads_for_whom_and_until_when(client_as):
    client = client_as("agency_operator")
    AbsenceFactory(named=True, stand_in=client.user, valid_from=TODAY)

    assert "Anda menggantikan" in text_of(client.get(HOME))


def tasks_of(client) -> dict[str, int]:
    return {task.title: task.count for task in client.get(HOME).context["page"].waiting}


@pytest.mark.parametrize("role", ["coordinator", "coordinator_head"])
def test_each_stop_on_the_road_to_a_decree_is_named(client_as, role):
    CompetencyDeterminationFactory(status="DISCUSSED", decree=None)
    CompetencyDeterminationFactory(draft=True)
    SelectionRoundFactory(status="SCORING")
    MinutesFactory(draft=True)
    for _n in range(2):
        CompetencyDeterminationFactory(status="DECIDED", decree=None)
    CandidateFactory(status="CHOSEN", round__status="SURVEY")
    DecreeFactory(draft=True)

    tasks = tasks_of(client_as(role))

    assert tasks["Keputusan belum diajukan"] == 2
    assert tasks["Berita acara belum ditandatangani"] == 1
    assert tasks["Siap dibuatkan SK"] == 3
    assert tasks["SK masih konsep"] == 1


def test_what_a_draft_has_is_no_longer_ready(client_as):
    record = CompetencyDeterminationFactory(status="DECIDED", decree=None)
    DecreeItemFactory(determination=record, village=None)

    assert "Siap dibuatkan SK" not in tasks_of(client_as("coordinator"))


@pytest.mark.parametrize(("day", "named"), [(date(2019, 10, 7), True), (TODAY, False)])
def test_meeting_that_nobody_ended_waits_for_coordinators(client_as, day, named):
    MeetingFactory(invited=True, held_on=day)
    MeetingFactory(held=True, held_on=date(2019, 7, 1))

    assert ("Rapat belum diakhiri" in tasks_of(client_as("coordinator"))) == named


LETTERS = {
    "waiting": {},
    "failed": {"released_at": SENDING, "last_error": "Kotak surat penuh"},
    "maybe": {"kind": "reminder", "released_at": SENDING, "begun_at": SENDING - CLAIM},
    "queued": {"kind": "reminder", "released_at": SENDING},
    "sent": {"released_at": SENDING, "sent_at": SENDING},
    "discarded": {"discarded_at": SENDING, "released_at": SENDING, "last_error": "Kotak surat penuh"},
}


@pytest.mark.parametrize(("role", "seen"), [("coordinator", True), ("auditor", False), ("agency_operator", False)])
def test_letters_that_nobody_got_wait_for_coordinators(client_as, role, seen):
    """As many of each state as nobody could mix up; letters about sign-in only where the outbox shows them."""
    for count, fields in enumerate(LETTERS.values(), 2):
        OutboxMessageFactory.create_batch(count, **fields)
    OutboxMessageFactory(kind="notice", immediate=True, **LETTERS["failed"])
    client = client_as(role)

    waiting = {card.title: card for card in client.get(HOME).context["page"].waiting if card.title.startswith("Surat")}

    assert bool(waiting) == seen
    if seen:
        titles = {"Surat belum dikirim": 2, "Surat gagal terkirim": 3, "Surat mungkin terkirim": 4}
        assert {title: card.count for title, card in waiting.items()} == titles
        for title in list(titles)[1:]:
            assert len(client.get(waiting[title].url).context["page"].rows) == titles[title]


@pytest.mark.parametrize("role", ["coordinator", "coordinator_head"])
def test_counts_of_open_letters_are_those_of_the_filter(user_as, role):
    for count, fields in enumerate(LETTERS.values(), 2):
        OutboxMessageFactory.create_batch(count, **fields)
        OutboxMessageFactory(**{**fields, "kind": "password_reset", "immediate": True})
    letters = OutboxMessage.objects.for_user(user_as(role))

    assert letters.open_counts() == {state: letters.in_state(state).count() for state in ("waiting", "maybe", "failed")}


def test_home_without_failed_letters_says_nothing_of_them(client_as):
    OutboxMessageFactory(**LETTERS["sent"])

    assert "Surat" not in {card.title.split()[0] for card in client_as("coordinator").get(HOME).context["page"].waiting}
