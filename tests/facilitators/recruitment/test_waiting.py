"""What of a recruitment waits for whom on the home page."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from facilitators.recruitment.waiting import recruitment_tasks
from tests.facilitator_factories import RecruitmentRoundFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["coordinator", "coordinator_head"])
def test_decided_round_waits_to_be_announced(role, user_as):
    decided = RecruitmentRoundFactory(
        status="DECIDED",
        judged=True,
        decided_at=datetime(2019, 10, 1, 3, tzinfo=UTC),
        announced_on=date(2019, 10, 12),
    )
    RecruitmentRoundFactory(status="ANNOUNCED", judged=True, announced_at=datetime(2019, 10, 1, tzinfo=UTC))

    (task,) = recruitment_tasks(user_as(role))

    assert (str(decided) in task.title, task.url) == (True, reverse("recruitment:round-announce", args=[decided.code]))
    assert "Diputuskan 1 Oktober 2019" in task.sentence
    assert "12 Oktober 2019" in task.sentence


@pytest.mark.parametrize("role", ["leader", "auditor", "panelist", "agency_operator"])
def test_nobody_else_is_asked_to_announce(role, user_as):
    RecruitmentRoundFactory(status="DECIDED", judged=True)

    assert recruitment_tasks(user_as(role)) == []
