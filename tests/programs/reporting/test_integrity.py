"""The answer about obstacles and the obstacles of a report: held by the database, the services and check_integrity."""

import pytest
from django.db import IntegrityError, transaction

from programs.models import ProgressReport
from programs.reporting import integrity
from tests.factories import ObstacleFactory, ProgressReportFactory

pytestmark = pytest.mark.django_db
S = ProgressReport.Status


@pytest.mark.parametrize("answer", [None, True, False])
def test_answer_that_differs_from_the_obstacles_is_found(answer):
    named, none = (ProgressReportFactory(draft=True, has_obstacles=answer) for _each in range(2))
    named.obstacles.add(ObstacleFactory(), ObstacleFactory())

    found = {sentence.partition(":")[0] for sentence in integrity.obstacles()}

    wrong = {named} if answer is None else {none} if answer else {named}
    assert found == {str(report) for report in wrong}


@pytest.mark.parametrize("state", S.values)
def test_what_was_sent_has_an_answer(state):
    report = ProgressReportFactory(approved=True)
    stored = ProgressReport.objects.filter(pk=report.pk)

    if state in (S.NOT_STARTED, S.DRAFT, S.RETURNED):
        assert stored.update(status=state, has_obstacles=None) == 1
    else:
        with pytest.raises(IntegrityError, match="programs_report_sent_says_obstacles"), transaction.atomic():
            stored.update(status=state, has_obstacles=None)
