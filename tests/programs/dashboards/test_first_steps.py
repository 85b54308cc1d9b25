"""An empty site: its head is led from one missing thing to the next, until the first quarter is open."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from p2emas.accounts.models import Agency
from programs.dashboards.home.first_steps import STEPS, missing_steps
from tests.factories import (
    AgencyFactory,
    AssignmentFactory,
    OutcomeFactory,
    ProgramFactory,
    ReportingPeriodFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db
MAKE = {
    "regions": VillageFactory,
    "agencies": AgencyFactory,
    "people": lambda: AssignmentFactory(role="agency_operator", agency=Agency.objects.exclude(member_from=None)[0]),
    "program": ProgramFactory,
    "outcomes": lambda: OutcomeFactory(program=ProgramFactory._meta.model.objects.get()),
    "period": ReportingPeriodFactory,
}


@pytest.fixture
def sign_in(client_as):
    """A client of the role on a site that has nothing but the lead office."""

    def sign_in(role):
        client = client_as(role)
        Agency.objects.update(member_from=None, member_until=None)
        return client

    return sign_in


def led_to(client):
    """The first steps among the tasks of the home: how many are missing, and where the first one is made."""
    tasks = client.get("/beranda/").context["page"].waiting
    return [(task.count, task.url) for task in tasks[:1] if task.title == "Langkah awal"]


def test_head_is_led_from_step_to_step_and_each_leads_somewhere(sign_in):
    head = sign_in("coordinator_head")
    seen = []
    for step in STEPS:
        ((count, url),) = led_to(head)
        seen.append((count, url))
        assert head.get(url).status_code == 200
        MAKE[step.name]()

    assert seen == [(6 - place, str(step.url)) for place, step in enumerate(STEPS)]
    assert led_to(head) == []


@pytest.mark.parametrize(
    ("role", "told"),
    [
        ("coordinator", ["regions", "agencies", "program", "outcomes", "period"]),
        ("admin", ["regions", "agencies", "program", "outcomes"]),
        ("leader", []),
        ("auditor", []),
        ("agency_operator", []),
    ],
)
def test_everybody_is_told_only_what_they_can_do(sign_in, user_as, role, told):
    client = sign_in(role)

    for step in STEPS:
        if step.name in told:
            assert client.get(str(step.url)).status_code == 200
    assert [count for count, _url in led_to(client)] == [len(told)][: len(told)]


def test_steps_are_asked_in_one_query_and_not_at_all_once_a_quarter_is_open(sign_in, user_as):
    head = user_as("coordinator_head")
    assert head.role_codes
    with CaptureQueriesContext(connection) as asked:
        missing_steps(head)
    assert len(asked) == 1

    ReportingPeriodFactory()
    client = sign_in("coordinator_head")
    with CaptureQueriesContext(connection) as later:
        assert led_to(client) == []
    assert not [each["sql"] for each in later if "EXISTS" in each["sql"] and "programs_outcome" in each["sql"]]
