"""Heads are told what waits for their decision, coordinators what was decided and what comes back."""

import pytest

from p2emas.models import Notification, StatusChange
from p2emas.notifications.telling import tell_of_step
from tests.facilitator_factories import RecruitmentRoundFactory
from tests.factories import CompetencyDeterminationFactory, EvaluationFactory, SelectionRoundFactory
from tests.people import person_as

pytestmark = pytest.mark.django_db
RECORDS = [CompetencyDeterminationFactory, SelectionRoundFactory, RecruitmentRoundFactory, EvaluationFactory]


@pytest.mark.parametrize("factory", RECORDS)
@pytest.mark.parametrize(
    ("step", "told"), [("submit", {"coordinator_head"}), ("send_back", {"coordinator"}), ("decide", {"coordinator"})]
)
def test_a_decision_tells_who_has_to_go_on(bappeda, factory, step, told):
    people = {role: person_as(role) for role in ("coordinator", "coordinator_head", "leader", "agency_head")}
    record, actor = factory(), people["coordinator" if step == "submit" else "coordinator_head"]
    change = StatusChange.objects.create(record=record, step=step, old="A", new="B", actor=actor, note="Bobot keliru.")

    tell_of_step(record, change)

    notices = list(Notification.objects.select_related("user"))
    assert {role for role, person in people.items() if person in [notice.user for notice in notices]} == told
    assert all(("dikembalikan" in notice.title) == (step == "send_back") for notice in notices)
    assert all(notice.title.endswith("diputuskan") == (step == "decide") for notice in notices)
    assert all(("Bobot keliru." in notice.detail) == (step == "send_back") for notice in notices)


def test_return_to_the_discussion_of_a_panel_tells_too(bappeda):
    coordinator, head = person_as("coordinator"), person_as("coordinator_head")
    record = CompetencyDeterminationFactory()
    change = StatusChange.objects.create(
        record=record, step="send_back_discussion", old="A", new="B", actor=head, note="Dua opsi tertukar."
    )

    tell_of_step(record, change)

    notice = Notification.objects.get()
    assert (notice.user, notice.detail) == (coordinator, "Dua opsi tertukar.")
