"""Two clicks at one moment; apart from the other tests of the chains, whose records are in one open transaction."""

import threading

import pytest
from django.db import connection

from p2emas.models import StatusChange
from p2emas.workflow.models import StepConflict
from programs.models import ReportingPeriod
from tests.factories import ReportingPeriodFactory


@pytest.mark.django_db(transaction=True)
def test_two_threads_take_one_step_once(user_as):
    heads = [user_as("coordinator_head") for _ in range(4)]
    period = ReportingPeriodFactory(opened_by=heads[0])
    start, outcomes = threading.Barrier(len(heads)), []

    def lock(head):
        try:
            mine = ReportingPeriod.objects.get(pk=period.pk)
            start.wait(timeout=20)
            mine.take_step("lock", seen="OPEN", actor=head)
            outcomes.append("taken")
        except StepConflict:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=lock, args=[head]) for head in heads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(outcomes) == ["taken", "told", "told", "told"]
    assert StatusChange.objects.filter(object_id=period.pk).count() == 1
