"""What stays of a visit: lists of people in no browser's store, lines of sign-ins, refusals and exports in the log."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.facilitator_factories import RecruitmentRoundFactory
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    [
        "recruitment:application-list", "recruitment:access-list", "staffing:user-list", "outbox:message-list",
        "placements:facilitator-list", "usersessions_list", "accounts:profile",
    ],
)  # fmt: skip
def test_lists_of_people_stay_in_no_store(client_as, name):
    args = [RecruitmentRoundFactory().code] if name.startswith("recruitment") else []

    answer = client_as("coordinator_head").get(reverse(name, args=args))

    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]


def lines(caplog, words: str) -> list[tuple]:
    return [(record.user, getattr(record, "file", "")) for record in caplog.records if record.message.startswith(words)]


def test_sign_in_and_out_leave_lines(caplog):
    siti, client = UserFactory(username="siti"), Client()
    with caplog.at_level("INFO"):
        client.post("/masuk/", {"login": "siti", "password": PASSWORD})
        client.post("/keluar/")

    assert lines(caplog, "Signed in") == lines(caplog, "Signed out") == [(siti.pk, "")]


def test_what_was_denied_is_logged_with_whom(caplog, client_as):
    client = client_as("leader")

    assert client.get("/pengguna/").status_code == 403
    assert lines(caplog, "Forbidden") == [(client.user.pk, "")]


@pytest.mark.parametrize(
    ("address", "file"),
    [("/pendamping/?format=xlsx", "pendamping-20191008.xlsx"), ("/laporan/?format=csv", "laporan.csv")],
)
def test_list_that_leaves_the_site_leaves_a_line(caplog, client_as, address, file):
    client = client_as("coordinator")
    with caplog.at_level("INFO"):
        answer = client.get(address)

    assert answer.status_code == 200 and file in answer["Content-Disposition"]
    assert lines(caplog, "Exported") == [(client.user.pk, file)]
