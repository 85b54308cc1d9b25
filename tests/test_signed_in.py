"""Sign-ins that are remembered between the requests of a world are those that a request would read."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import signed_in, worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(user_as):
    """``asked(verb, address)``: the status for one coordinator, and whether the session was read."""
    client = Client()
    client.user = user_as("coordinator")
    client.force_login(client.user)

    def ask(verb: str, address: str, **data) -> tuple[int, bool]:
        with CaptureQueriesContext(connection) as seen:
            status = getattr(client, verb)(address, data).status_code
        return status, any('FROM "django_session"' in query["sql"] for query in seen)

    ask.user, ask.cookies = client.user, client.cookies
    with signed_in.remembered():
        yield ask


def test_second_request_knows_who_asks(asked):
    address = reverse("outbox:message-list")

    assert [asked("get", address), asked("get", address)] == [(200, True), (200, False)]


def test_what_a_request_may_have_changed_is_read_anew_until_it_is_rolled_back(asked):
    address = reverse("outbox:message-list")
    asked("get", address)

    with worlds.undone():
        asked("post", reverse("documents:receipt-search"), kode="x")
        asked.user.assignments.update(valid_until="2019-10-07")
        within = asked("get", address)
    after = asked("get", address)

    assert within == (403, True)
    assert after == (200, False)


def test_whoever_has_signed_out_is_nobody(asked):
    asked("get", reverse("outbox:message-list"))
    session = asked.cookies["sessionid"].value

    with worlds.undone():
        asked("post", reverse("account_logout"))
        asked.cookies["sessionid"] = session
        assert asked("get", reverse("outbox:message-list"))[0] == 302
    asked.cookies["sessionid"] = session
    assert asked("get", reverse("outbox:message-list"))[0] == 200
