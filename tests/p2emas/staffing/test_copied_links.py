import re

import pytest

from p2emas import clock
from p2emas.accounts.sign_in.traces import AccountTrace
from p2emas.outbox.links import invitation_link
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://\S+/undangan/[^/\s]+/[^/\s]+/")


def copied(client, person) -> str:
    page = client.post(f"/pengguna/{person.pk}/tautan-undangan/").content.decode()
    found = LINK.search(page)
    assert found is not None
    return found[0].partition("/undangan/")[2]


def test_link_is_shown_once_and_booked(client_as):
    client, person = client_as("coordinator_head"), UserFactory(password=None, email=None)

    link = copied(client, person)

    assert client.get(f"/undangan/{link}").status_code in (200, 302)
    for address in (f"/pengguna/{person.pk}/tautan-undangan/", f"/pengguna/{person.pk}/"):
        assert link not in client.get(address).content.decode()
    trace = AccountTrace.objects.copies_for(person).get()
    assert (trace.user, trace.kind) == (client.user, "COPIED")


def test_it_ends_links_made_before(client_as, client):
    person = UserFactory(password=None)
    mailed = invitation_link(person)
    first = copied(client_as("coordinator_head"), person)
    second = copied(client_as("coordinator_head"), person)

    gone = [client.get(mailed).status_code, client.get(f"/undangan/{first}").status_code]

    assert gone == [404, 404]
    assert client.get(f"/undangan/{second}").status_code == 200


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "x"}, {"last_login": "now"}])
def test_no_link_for_who_has_been_in_or_is_out(client_as, change):
    fields = {"password": None} | change
    if "last_login" in fields:
        fields["last_login"] = clock.now()
    person = UserFactory(**fields)

    answer = client_as("coordinator_head").post(f"/pengguna/{person.pk}/tautan-undangan/")

    assert answer.status_code == 302
    assert not AccountTrace.objects.copies_for(person).exists()
