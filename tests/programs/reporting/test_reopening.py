"""An agency asks to correct an approved or locked report; a head opens it with one button."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from p2emas.notifications.models import Notification
from p2emas.outbox.models import OutboxMessage
from p2emas.workflow.models import StepConflict, StepNotAllowed
from programs.models import ProgressReport, ReopenRequest, ReportingPeriod
from programs.reporting.periods.locking import lock_period
from programs.reporting.reading.approved import approved_lines
from programs.reporting.reopening.public import under_correction
from programs.reporting.reopening.services import ask_to_reopen, decide_request, open_for_correction
from programs.reporting.verification.deciding import may_undo
from tests.factories import (
    AgencyFactory,
    ProgressReportFactory,
    ReopenRequestFactory,
    ReportingPeriodFactory,
    ReportLineFactory,
    UserFactory,
)
from tests.programs.reporting.helpers import text_of

pytestmark = pytest.mark.django_db
S, R = ProgressReport.Status, ReopenRequest.Status


@pytest.fixture
def report():
    report = ProgressReportFactory(approved=True)
    ReportLineFactory(report=report, spent_to_date=61_000_000)
    return report


def ask_url(report: ProgressReport) -> str:
    return reverse("reporting:report-ask-reopen", args=[report.pk])


def step_url(asked: ReopenRequest, name: str) -> str:
    return reverse("reporting:reopen-step", args=[asked.pk, name])


@pytest.mark.parametrize("locked", [False, True])
def test_the_whole_way(report, client_as, locked, user_as):
    head, agency = client_as("coordinator_head"), client_as("agency_operator", at=report.agency)
    if locked:
        lock_period(period=report.period, actor=user_as("coordinator_head"), seen="OPEN")
    assert ask_url(report) in agency.get(report.get_absolute_url()).content.decode()

    answer = agency.post(ask_url(report), {"alasan": "Baris 2 kurang satu nol"}, follow=True)
    asked = ReopenRequest.objects.get()
    assert "Diminta dibuka kembali" in text_of(answer)
    assert "Permintaan buka kembali" in text_of(head.get(reverse("dashboards:home")))
    page = text_of(head.get(report.get_absolute_url()))
    assert "Baris 2 kurang satu nol" in page and "Buka untuk dikoreksi" in page
    head.post(step_url(asked, "open"), {"seen": "ASKED"})

    report.refresh_from_db()
    asked.refresh_from_db()
    assert (report.status, report.period.status, asked.status) == (S.RETURNED, ReportingPeriod.Status.OPEN, R.OPENED)
    assert (report.decided_by, report.decided_at) == (None, None)
    page = text_of(agency.get(report.get_absolute_url()))
    assert "Baris 2 kurang satu nol" in page and "Isi realisasi" in page and "Dibuka kembali atas permintaan" in page
    assert [line.spent_to_date for lines in approved_lines(2019) for line in lines] == [61_000_000]  # stays public
    history = text_of(agency.get(reverse("reporting:report-history", args=[report.pk])))
    assert "Diminta dibuka kembali" in history and "Dibuka untuk dikoreksi" in history


def test_the_public_is_told_since_when_until_it_is_approved_again(report, client, user_as):
    asked = ReopenRequestFactory(report=report)
    ReopenRequestFactory(status=R.WITHDRAWN)
    open_for_correction(asked, seen="ASKED", actor=user_as("coordinator_head"))
    ReopenRequest.objects.filter(pk=asked.pk).update(decided_at=datetime(2019, 10, 12, 2, tzinfo=UTC))

    (told,) = under_correction(2019)
    page = text_of(client.get("/anggaran/?tahun=2019"))

    assert (told.agency, told.period, told.since.day) == (report.agency.short_name, report.period, 12)
    assert "sedang dikoreksi sejak 12 Oktober 2019" in page
    assert under_correction(2019, [AgencyFactory().pk]) == []
    ProgressReport.objects.filter(pk=report.pk).update(
        status=S.APPROVED, decided_by=UserFactory(), decided_at=datetime(2019, 10, 14, tzinfo=UTC)
    )
    assert under_correction(2019) == []


def test_a_second_request_is_refused_and_a_second_click_is_not(report):
    operator = UserFactory()
    first = ask_to_reopen(report=report, reason="Salah", actor=operator)

    assert ask_to_reopen(report=report, reason="Salah", actor=operator) == first
    with pytest.raises(StepNotAllowed, match="sudah diminta"):
        ask_to_reopen(report=report, reason="Lain", actor=UserFactory())
    with pytest.raises(IntegrityError, match=r"reopenrequest_one_asked|UNIQUE"), transaction.atomic():
        ReopenRequestFactory(report=report)


def test_of_two_heads_the_second_is_told(report, user_as):
    asked = ReopenRequestFactory(report=report)
    open_for_correction(ReopenRequest.objects.get(), seen="ASKED", actor=user_as("coordinator_head"))

    with pytest.raises(StepConflict):
        open_for_correction(asked, seen="ASKED", actor=user_as("coordinator_head"))

    assert ProgressReport.objects.get(pk=report.pk).status_changes().filter(step="reopen").count() == 1


def test_a_decision_that_was_undone_meanwhile_needs_no_opening(report, user_as):
    asked = ReopenRequestFactory(report=report)
    ProgressReport.objects.filter(pk=report.pk).update(status=S.VERIFYING)

    with pytest.raises(StepNotAllowed, match="tidak disetujui"):
        open_for_correction(asked, seen="ASKED", actor=user_as("coordinator_head"))

    asked.refresh_from_db()
    assert asked.status == R.ASKED


def test_refusing_needs_a_reason_that_the_agency_reads(report, client_as):
    asked, head = ReopenRequestFactory(report=report), client_as("coordinator_head")

    assert "Tulis alasannya" in text_of(head.post(step_url(asked, "refuse"), {"seen": "ASKED", "note": ""}))
    head.post(step_url(asked, "refuse"), {"seen": "ASKED", "note": "Angkanya sudah sesuai SP2D"})

    asked.refresh_from_db()
    assert asked.status == R.REFUSED and asked.decided_by is not None
    agency = client_as("agency_operator", at=report.agency)
    assert "Angkanya sudah sesuai SP2D" in text_of(agency.get(reverse("reporting:report-history", args=[report.pk])))
    assert ask_url(report) in agency.get(report.get_absolute_url()).content.decode()  # it may be asked again


def test_nobody_decides_a_request_of_their_own(report, user_as):
    head = user_as("coordinator_head")
    asked = ReopenRequestFactory(report=report, asked_by=head)
    sent_by_head = ReopenRequestFactory(report=ProgressReportFactory(approved=True, submitted_by=head))

    for each in (asked, sent_by_head):
        with pytest.raises(StepNotAllowed):
            decide_request(each, "open", seen="ASKED", actor=head, note="")
    with pytest.raises(IntegrityError, match="asker_not_decider"), transaction.atomic():
        ReopenRequest.objects.filter(pk=asked.pk).update(decided_by=head)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [({"reason": ""}, "reasoned"), ({"status": "OPENED"}, "decided"), ({"status": "REFUSED"}, "decided")],
)
def test_the_database_holds_what_a_request_is(report, wrong, name):
    asked = ReopenRequestFactory(report=report)

    with pytest.raises(IntegrityError, match=f"programs_reopenrequest_{name}"), transaction.atomic():
        ReopenRequest.objects.filter(pk=asked.pk).update(**wrong)


@pytest.mark.parametrize("state", [S.DRAFT, S.WAITING, S.VERIFYING, S.RETURNED])
def test_only_an_approved_report_is_asked_for(report, client_as, state):
    ProgressReport.objects.filter(pk=report.pk).update(status=state)
    agency = client_as("agency_operator", at=report.agency)

    page = text_of(agency.post(ask_url(report), {"alasan": "Salah"}))

    assert "tanpa permintaan" in page and not ReopenRequest.objects.exists()


def test_opening_locks_no_other_report_open_and_none_can_be_undone_by_the_former_decider(report, user_as):
    other = ProgressReportFactory(approved=True, period=report.period)
    decider = report.decided_by
    lock_period(period=ReportingPeriodFactory(), actor=user_as("coordinator_head"), seen="OPEN")

    open_for_correction(ReopenRequestFactory(report=report), seen="ASKED", actor=user_as("coordinator_head"))

    other.refresh_from_db()
    report.refresh_from_db()
    assert (other.status, report.status) == (S.APPROVED, S.RETURNED)
    assert not may_undo(decider, report)


@pytest.mark.parametrize(("name", "words"), [("open", "dibuka untuk dikoreksi"), ("refuse", "tidak dibuka kembali")])
def test_the_agency_is_told_by_mail_what_a_head_decided(report, user_as, name, words):
    head = user_as("coordinator_head")
    told = {user_as(role, at=report.agency).email for role in ("agency_operator", "agency_head")}
    user_as("agency_operator", at=AgencyFactory())
    gone = user_as("agency_operator", at=report.agency)
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    asked = ReopenRequestFactory(report=report, reason="Baris 2 kurang satu nol")

    decide_request(asked, name, seen="ASKED", actor=head, note="Sudah sesuai SP2D" if name == "refuse" else "")

    letters = list(OutboxMessage.objects.about(asked))
    assert {letter.recipient for letter in letters} == told and len(letters) == 2
    assert all(letter.state == OutboxMessage.State.WAITING and words in letter.subject for letter in letters)
    assert all(
        "Baris 2 kurang satu nol" in letter.body and report.get_absolute_url() in letter.body for letter in letters
    )
    assert ("Sudah sesuai SP2D" in letters[0].body) == (name == "refuse")


def test_a_step_that_is_refused_or_withdrawn_writes_no_letter(report, user_as):
    operator = user_as("agency_operator", at=report.agency)
    asked = ReopenRequestFactory(report=report, asked_by=operator)

    with pytest.raises(StepNotAllowed):
        decide_request(asked, "open", seen="ASKED", actor=operator, note="")
    decide_request(asked, "withdraw", seen="ASKED", actor=operator, note="")

    assert not OutboxMessage.objects.exists()


def test_the_page_of_the_report_says_why_the_last_request_was_refused(report, client_as, user_as):
    agency = client_as("agency_operator", at=report.agency)
    asked = ReopenRequestFactory(report=report)
    decide_request(asked, "refuse", seen="ASKED", actor=user_as("coordinator_head"), note="Sudah sesuai SP2D")

    page = text_of(agency.get(report.get_absolute_url()))
    assert "Permintaan buka kembali ditolak" in page and "Sudah sesuai SP2D" in page
    ReopenRequestFactory(report=report)
    assert "Permintaan buka kembali ditolak" not in text_of(agency.get(report.get_absolute_url()))


def test_heads_are_told_of_a_request_and_the_agency_of_the_answer(report, user_as):
    head, others = user_as("coordinator_head"), [user_as("coordinator"), user_as("agency_operator", at=AgencyFactory())]
    asker, colleague = (user_as(role, at=report.agency) for role in ("agency_operator", "agency_head"))

    asked = ask_to_reopen(report=report, reason="Kurang satu nol", actor=asker)
    ask_to_reopen(report=report, reason="Kurang satu nol", actor=asker)  # a second click
    decide_request(asked, "refuse", seen="ASKED", actor=head, note="Angkanya benar.")

    title = f"{report.agency} minta laporan {report.period.short} dibuka kembali"
    assert set(Notification.objects.values_list("user", "title", "detail")) == {
        (head.pk, title, "Kurang satu nol"),
        *((each.pk, f"Laporan {report.period} tidak dibuka kembali", "Angkanya benar.") for each in (asker, colleague)),
    }
    assert [Notification.objects.for_user(each).count() for each in (head, asker, *others)] == [1, 1, 0, 0]
