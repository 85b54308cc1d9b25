"""Locking a quarter with its approved reports, and opening it again."""

import pytest
from django.urls import reverse

from p2emas.workflow.models import StepConflict, StepNotAllowed
from programs.models import ProgressReport, ReportingPeriod
from programs.reporting.periods.locking import lock_period, reopen_period
from tests.factories import ProgressReportFactory, ReportingPeriodFactory
from tests.markup import tight

pytestmark = pytest.mark.django_db
S = ProgressReport.Status
OPEN, LOCKED = ReportingPeriod.Status.OPEN, ReportingPeriod.Status.LOCKED


def steps(record):
    return list(record.status_changes().order_by("pk").values_list("step", "old", "new", "actor", "note"))


def states(period):
    return dict(period.reports.values_list("pk", "status"))


def test_head_locks_the_approved_and_leaves_the_unsent(user_as):
    head = user_as("coordinator_head")
    period = ReportingPeriodFactory()
    approved = ProgressReportFactory(period=period, approved=True)
    unsent = ProgressReportFactory(period=period, draft=True)
    elsewhere = ProgressReportFactory(period=ReportingPeriodFactory(number=2), approved=True)

    count = lock_period(period=period, actor=head, seen=OPEN)

    assert count == 1
    assert states(period) == {approved.pk: S.LOCKED, unsent.pk: S.DRAFT}
    assert steps(period) == [("lock", OPEN, LOCKED, head.pk, "")]
    assert steps(approved) == [("lock", S.APPROVED, S.LOCKED, head.pk, "")]
    assert (steps(unsent), steps(elsewhere)) == ([], [])


@pytest.mark.parametrize("trait", ["sent", "verifying"])
def test_lock_is_refused_while_a_report_is_on_the_desk(user_as, trait):
    period = ReportingPeriodFactory()
    approved = ProgressReportFactory(period=period, approved=True)
    ProgressReportFactory(period=period, **{trait: True})

    with pytest.raises(StepNotAllowed, match="meja verifikasi"):
        lock_period(period=period, actor=user_as("coordinator_head"), seen=OPEN)

    period.refresh_from_db()
    assert (period.status, steps(period), steps(approved)) == (OPEN, [], [])


@pytest.mark.parametrize("who", ["coordinator", "leader", "auditor", "agency_operator", "admin"])
def test_only_a_head_locks_and_reopens(user_as, who):
    user = user_as(who)
    period, locked = ReportingPeriodFactory(), ReportingPeriodFactory(number=2, status=LOCKED)

    with pytest.raises(StepNotAllowed, match="tidak berwenang"):
        lock_period(period=period, actor=user, seen=OPEN)
    with pytest.raises(StepNotAllowed, match="tidak berwenang"):
        reopen_period(period=locked, actor=user, seen=LOCKED, reason="x")


def test_reopening_gives_the_reports_back_with_the_reason(user_as):
    head = user_as("coordinator_head")
    period = ReportingPeriodFactory()
    approved = ProgressReportFactory(period=period, approved=True)
    ProgressReportFactory(period=period, draft=True)
    lock_period(period=period, actor=head, seen=OPEN)

    count = reopen_period(period=period, actor=head, seen=LOCKED, reason="Koreksi SP2D")

    assert (count, period.status) == (1, OPEN)
    assert steps(approved)[-1] == ("unlock", S.LOCKED, S.APPROVED, head.pk, "Koreksi SP2D")
    assert steps(period)[-1] == ("reopen", LOCKED, OPEN, head.pk, "Koreksi SP2D")


def test_reopening_needs_a_reason(user_as):
    period = ReportingPeriodFactory(status=LOCKED)

    with pytest.raises(StepNotAllowed, match="Tulis alasannya"):
        reopen_period(period=period, actor=user_as("coordinator_head"), seen=LOCKED, reason="  ")


def test_second_lock_is_a_conflict_and_writes_nothing(user_as):
    head = user_as("coordinator_head")
    period = ReportingPeriodFactory()
    lock_period(period=period, actor=head, seen=OPEN)

    with pytest.raises(StepConflict):
        lock_period(period=period, actor=head, seen=OPEN)

    assert len(steps(period)) == 1


# --- Pages ------------------------------------------------------------------------------------


def text(response):
    return " ".join(response.content.decode().split())


def lock_page(period):
    return reverse("reporting:period-lock", args=[period.pk])


def reopen_page(period):
    return reverse("reporting:period-reopen", args=[period.pk])


def test_head_locks_and_reopens_on_the_pages(client_as):
    period, head = ReportingPeriodFactory(), client_as("coordinator_head")

    assert head.post(lock_page(period), {"status": OPEN}).status_code == 302
    period.refresh_from_db()
    assert period.status == LOCKED
    assert head.post(reopen_page(period), {"status": LOCKED, "alasan": "x"}).status_code == 302
    period.refresh_from_db()
    assert period.status == OPEN


@pytest.mark.parametrize("pk", [0, 99999, 10**30])
def test_missing_period_is_not_found(client_as, pk):
    assert client_as("coordinator_head").get(f"/periode/{pk}/kunci/").status_code == 404


def test_lock_page_names_what_stays_missing(client_as):
    period = ReportingPeriodFactory()
    unsent = ProgressReportFactory(period=period, draft=True)
    ProgressReportFactory(period=period, approved=True)

    shown = text(client_as("coordinator_head").get(lock_page(period)))

    assert "1 laporan yang disetujui ikut dikunci" in shown
    assert "1 laporan belum dikirim" in shown
    assert unsent.agency.short_name in shown


def test_lock_page_counts_what_was_returned_as_the_matrix_does(client_as):
    """A report that came and went back has been received: only what never came is missing."""
    period = ReportingPeriodFactory()
    back = ProgressReportFactory(period=period, sent=True)
    ProgressReport.objects.filter(pk=back.pk).update(status=S.RETURNED)

    shown = text(client_as("coordinator_head").get(lock_page(period)))

    assert "Semua laporan sudah dikirim" in shown
    assert "1 laporan dikembalikan dan belum dikirim ulang" in shown
    assert back.agency.short_name in shown


def test_lock_page_names_what_is_still_on_the_desk_and_offers_no_button(client_as):
    period = ReportingPeriodFactory()
    report = ProgressReportFactory(period=period, sent=True)
    client = client_as("coordinator_head")

    shown = text(client.get(lock_page(period)))
    forged = client.post(lock_page(period), {"status": OPEN})

    assert "Belum dapat dikunci" in shown
    assert report.agency.short_name in shown
    assert "Kunci periode</button>" not in tight(shown)
    assert (forged.status_code, "<title>Galat: " in text(forged)) == (200, True)
    period.refresh_from_db()
    assert period.status == OPEN


def test_second_click_finds_the_period_locked(client_as):
    period = ReportingPeriodFactory()
    client = client_as("coordinator_head")
    client.post(lock_page(period), {"status": OPEN})

    assert client.post(lock_page(period), {"status": OPEN}).status_code == 302
    assert len(steps(period)) == 1


def test_lock_from_an_old_page_is_a_conflict(client_as, user_as):
    period = ReportingPeriodFactory()
    lock_period(period=period, actor=user_as("coordinator_head"), seen=OPEN)

    response = client_as("coordinator_head").post(lock_page(period), {"status": OPEN})

    assert response.status_code == 409
    assert "Periode sudah diubah" in text(response)


@pytest.mark.parametrize("status", ["", "HAPUS", "LOCKED"])
def test_lock_with_a_strange_state_is_a_conflict(client_as, status):
    assert (
        client_as("coordinator_head").post(lock_page(ReportingPeriodFactory()), {"status": status}).status_code == 409
    )


def test_reopening_without_reason_is_refused_with_a_sentence(client_as):
    period = ReportingPeriodFactory(status=LOCKED)

    response = client_as("coordinator_head").post(reopen_page(period), {"status": LOCKED, "alasan": " "})

    assert (response.status_code, "Isi alasan" in text(response)) == (200, True)
    period.refresh_from_db()
    assert period.status == LOCKED


def test_reopening_from_an_old_page_keeps_the_reason_on_the_conflict_page(client_as):
    period = ReportingPeriodFactory(status=LOCKED)

    response = client_as("coordinator_head").post(reopen_page(period), {"status": OPEN, "alasan": "Koreksi saya"})

    assert response.status_code == 409
    assert "Koreksi saya" in text(response)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [(lock_page, LOCKED, "sudah dikunci"), (reopen_page, OPEN, "sedang terbuka")],
)
def test_page_of_a_step_that_is_done_says_so(client_as, address, status, words):
    period = ReportingPeriodFactory(status=status)

    assert words in text(client_as("coordinator_head").get(address(period)))


@pytest.mark.parametrize(("status", "address"), [(OPEN, lock_page), (LOCKED, reopen_page)])
def test_period_page_offers_the_step_to_a_head_alone(client_as, status, address):
    period = ReportingPeriodFactory(status=status)

    assert address(period) in text(client_as("coordinator_head").get(period.get_absolute_url()))
    assert address(period) not in text(client_as("coordinator").get(period.get_absolute_url()))
