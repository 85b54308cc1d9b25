"""Two clicks on one report at one moment, each on a connection of its own.

On SQLite one writer waits for the other, no matter what the code says; what the row lock is for shows on PostgreSQL
(`make test-postgres`).
"""

import threading

import pytest
from django.db import connections, transaction

from programs.models import ProgressReport, ReportComment
from programs.reporting.verification import deciding as verification
from programs.reporting.verification.deciding import Decision, Remark
from tests.factories import ProgressReportFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_double_click_on_postpone_keeps_a_remark_once(user_as):
    """No state moves, so no compare-and-swap stops the second click: the row lock makes it see what the first wrote."""
    coordinator = user_as("coordinator")
    report = ProgressReportFactory(verifying=True)
    first_wrote, second_began = threading.Event(), threading.Event()

    def postpone():
        mine = ProgressReport.objects.get(pk=report.pk)
        verification.decide(
            report=mine,
            actor=coordinator,
            decision=Decision.POSTPONE,
            seen=mine.status,
            version=mine.version,
            remarks=[Remark("Foto belum jelas.", internal=True)],
        )

    def first():
        try:
            with transaction.atomic():
                postpone()
                first_wrote.set()
                second_began.wait(20)
                second.join(0.5)  # the second one waits for this transaction, or has written already
        finally:
            first_wrote.set()
            connections.close_all()

    def follow():
        try:
            first_wrote.wait(20)
            second_began.set()
            postpone()
        finally:
            second_began.set()
            connections.close_all()

    second = threading.Thread(target=follow)
    clicks = [threading.Thread(target=first), second]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join(60)

    assert list(ReportComment.objects.values_list("text", flat=True)) == ["Foto belum jelas."]
