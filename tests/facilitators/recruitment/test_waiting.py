"""What of a recruitment waits for whom on the home page."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from facilitators.recruitment.waiting import recruitment_tasks
from p2emas import clock, naming
from tests.conftest import TODAY
from tests.facilitator_factories import PanelSeatFactory, RecruitmentRoundFactory
from tests.factories import CompetencyDeterminationFactory

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


def test_round_is_among_the_decisions_that_are_not_finished(client_as, user_as):
    page = reverse("locations:decisions")
    submitted = RecruitmentRoundFactory(
        status="SUBMITTED",
        judged=True,
        submitted_by=user_as("coordinator"),
        submitted_at=datetime(2019, 10, 1, tzinfo=UTC),
    )
    draft = RecruitmentRoundFactory(status="DRAFT")
    RecruitmentRoundFactory(status="ANNOUNCED", judged=True)
    RecruitmentRoundFactory(status="CANCELLED")
    determination = CompetencyDeterminationFactory(draft=True)
    panelist = client_as("panelist")
    PanelSeatFactory(round=submitted, user=panelist.user)

    with clock.at(date(2019, 10, 3)):
        submitted.take_step("send_back", seen="SUBMITTED", actor=user_as("coordinator_head"), note="Alasan kurang.")
        rows = client_as("coordinator").get(page).context["rows"]
        told = {row.record: (row.kind, row.holder, row.since.date()) for row in rows}
        assert told == {
            submitted: (f"Pendamping {submitted.year}", "Panitia", date(2019, 10, 3)),
            draft: (f"Pendamping {draft.year}", "Koordinator", TODAY),
            determination: ("Kompetensi inti 2017", "Koordinator", TODAY),
        }
        assert rows[0].record == submitted  # the oldest first
        assert {row.record for row in panelist.get(page).context["rows"]} == {submitted}
        assert client_as("agency_operator").get(page).context["rows"] == []


def test_round_that_a_head_decides_is_first_and_on_the_home_of_leaders(client_as, user_as):
    with clock.at(date(2019, 9, 1)):
        CompetencyDeterminationFactory(draft=True)
    submitted = RecruitmentRoundFactory(
        name="Pendamping 2020", status="SUBMITTED", judged=True, submitted_by=user_as("coordinator")
    )

    leader = client_as("leader")
    assert leader.get(reverse("locations:decisions")).context["rows"][0].record == submitted
    home = " ".join(leader.get(reverse("dashboards:home")).text.split())
    assert "Pendamping 2020" in home and f"{naming.current().office_head}, sejak 8 Oktober 2019" in home
