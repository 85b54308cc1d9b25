import re

import pytest
from django.test import Client

from p2emas import clock
from p2emas.accounts.sign_in.traces import AccountTrace
from p2emas.outbox.links import invitation_link
from tests.factories import AgencyFactory, AssignmentFactory, UserFactory
from tests.p2emas.documents.letter_words import said_on_paper
from tests.people import lead_agency

pytestmark = pytest.mark.django_db
SECRET, SET_UP = "sandi-pertama-2019-kapuas", "/akun/dua-langkah/pasang/"
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


def test_letter_about_an_account_never_has_the_link(client_as):
    """On paper, as Word and as a text: the user name and who to ask; the link goes to the person alone."""
    client, person = client_as("coordinator_head"), UserFactory(password=None, email=None, username="camat.ambalau")
    address = f"/pengguna/{person.pk}/surat-akun"
    link = copied(client, person)

    papers = said_on_paper(client, address)
    page = client.get(person.get_absolute_url()).text

    assert page.count("<textarea") == 1 and f"{address}.pdf" in page and f"{address}.docx" in page
    for text in (*papers, page):
        assert "camat.ambalau" in text and "tidak dimuat dalam surat ini" in text
        assert "/undangan/" not in text and link not in text
    assert client.get(f"{address}.txt").status_code == 404


def test_no_letter_about_an_account_that_was_used(client_as):
    client, person = client_as("coordinator_head"), UserFactory(last_login=clock.now())

    assert client.get(f"/pengguna/{person.pk}/surat-akun.pdf").status_code == 404
    assert "surat-akun" not in client.get(person.get_absolute_url()).text
    assert client_as("auditor").get(f"/pengguna/{person.pk}/surat-akun.pdf").status_code == 403


@pytest.mark.parametrize(
    ("role", "must"),
    [("coordinator", True), ("coordinator_head", True), ("agency_operator", False), ("leader", False)],
)
def test_second_factor_is_still_asked_of_who_needs_it(client_as, client, settings, role, must):
    """The link gives a first password and nothing more: no page opens before the second factor is set up."""
    person = UserFactory(password=None, email=None)
    AssignmentFactory(user=person, role=role, agency=AgencyFactory() if role == "agency_operator" else lead_agency())
    link = copied(client_as("coordinator_head"), person)
    settings.REQUIRE_2FA = True

    entered = client.post(f"/undangan/{link}", {"password1": SECRET, "password2": SECRET})
    shown = [client.get(address) for address in ("/beranda/", "/akun/", "/pengingat/")]
    again = Client()
    again.post("/masuk/", {"login": person.username, "password": SECRET})

    assert entered.status_code == 302 and person.pk == int(client.session["_auth_user_id"])
    wanted = [(302, SET_UP)] * 3 if must else [(200, None), (200, None), (403, None)]
    assert [(page.status_code, page.get("Location")) for page in shown] == wanted
    assert (again.get("/beranda/").status_code, again.get("/beranda/").get("Location")) == wanted[0]
