"""A disk that is really full, as far as SQLite knows: reading continues, a write is a sentence, nothing is damaged."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories import OutboxMessageFactory
from tests.filled import own_form
from tests.people import just_now, person_as

LONG = "[tautan pribadi] " + "Baris surat yang panjang. " * 150  # more than a page of the database


def pragma(name: str):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


@pytest.fixture
def full():
    """No page can be added, and none is free."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no bound of this kind; test_errors knows its code")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    usual = pragma("max_page_count")
    yield lambda: pragma(f"max_page_count={pragma('page_count')}")
    pragma(f"max_page_count={usual}")


@pytest.mark.django_db(transaction=True)
def test_write_without_room_is_told_and_reading_goes_on(full):
    letters = [OutboxMessageFactory(body="Isi") for _ in range(30)]
    client = Client(raise_request_exception=False)
    client.user = person_as("coordinator_head")
    client.force_login(client.user)
    just_now(client)
    addresses = [reverse("outbox:message-detail", args=[letter.pk]) for letter in letters]
    form = own_form(client.get(addresses[0]).content.decode(), addresses[0])
    data = dict(form.filled(body=LONG))
    full()

    answers = [client.post(address, data) for address in addresses]  # what is free is used up by the first
    refused = [answer for answer in answers if answer.status_code == 503]

    assert {answer.status_code for answer in answers} <= {302, 503} and refused
    assert "Ruang simpan server penuh" in refused[0].content.decode() and refused[0]["Retry-After"] == "30"
    for address, letter, answer in zip(addresses, letters, answers, strict=True):
        assert client.get(address).status_code == 200
        letter.refresh_from_db()
        assert (letter.body == "Isi") == (answer.status_code == 503)
    assert pragma("integrity_check") == "ok"
    pragma(f"max_page_count={pragma('page_count') * 2}")
    assert client.post(addresses[-1], data).status_code == 302
