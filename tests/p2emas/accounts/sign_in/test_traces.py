"""What stays of a visit: lists of people in no browser's store, rows of sign-ins and exports, lines in the log."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from p2emas.accounts.sign_in.traces import AccountTrace
from p2emas.accounts.sign_in.tries import SignInTry
from tests.facilitator_factories import RecruitmentRoundFactory
from tests.factories import PASSWORD, AccountTraceFactory, SignInTryFactory, UserFactory

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


# --- Rows ---------------------------------------------------------------------------------------------------------


def test_sign_in_leaves_a_row_that_only_its_owner_reads_in_full():
    siti, client = UserFactory(username="siti"), Client(REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="Firefox Android")
    AccountTraceFactory(device="Opera, iPad")  # of somebody else

    client.post("/masuk/", {"login": "siti", "password": PASSWORD})
    page = client.get(reverse("usersessions_list")).content.decode()

    row = AccountTrace.objects.get(user=siti)
    assert (row.kind, row.network, row.device) == ("SIGNED_IN", "203.0.113.0/24", "Firefox, Android")
    assert "203.0.113.0/24" in page and "Opera, iPad" not in page


def test_wrong_password_leaves_no_row_of_a_sign_in():
    UserFactory(username="siti")

    Client().post("/masuk/", {"login": "siti", "password": "salah"})

    assert not AccountTrace.objects.exists()
    assert SignInTry.objects.count() == 1


def test_list_of_names_that_leaves_the_site_leaves_a_row_and_the_page_does_not(client_as):
    client = client_as("leader")

    client.get("/pendamping/")
    client.get("/laporan/?format=csv")  # names offices, not people
    assert not AccountTrace.objects.exists()
    client.get("/pendamping/?format=xlsx")

    row = AccountTrace.objects.get()
    assert (row.user, row.kind, row.detail) == (client.user, "EXPORTED", "pendamping-20191008.xlsx, 0 baris")


def test_head_and_auditor_read_who_took_what_without_networks(client_as):
    siti = UserFactory(name="Siti Aminah")
    AccountTraceFactory(user=siti)
    AccountTraceFactory(user=siti, kind="EXPORTED", detail="pendamping.xlsx, 3 baris")
    AccountTraceFactory(kind="LINK", about=siti)
    address = reverse("staffing:trace-list")

    for role in ("coordinator_head", "auditor"):
        page = client_as(role).get(address).content.decode()
        assert page.count("<tr>") == 1 + 3 and "pendamping.xlsx, 3 baris" in page
        assert "198.18" not in page
    found = client_as("auditor").get(address, {"jenis": "EXPORTED", "cari": "aminah"}).content.decode()
    assert found.count("<tr>") == 1 + 1
    odd = client_as("auditor").get(address, {"jenis": "APA", "halaman": "x"})
    assert odd.status_code == 200 and odd.content.decode().count("<tr>") == 1 + 3


@pytest.mark.parametrize(("kind", "days"), [("SIGNED_IN", 90), ("EXPORTED", 1825), ("LINK", 1825)])
def test_traces_go_when_their_time_is_over(kind, days):
    person, now = UserFactory(), timezone.now()
    for age in (days - 1, days + 1):
        AccountTraceFactory(kind=kind, about=person, detail="x", at=now - timedelta(days=age))
        SignInTryFactory(at=now - timedelta(days=age // days * 31))

    call_command("forget_old_traces", verbosity=0)

    assert AccountTrace.objects.get().at > now - timedelta(days=days)
    assert SignInTry.objects.count() == 1


@pytest.mark.parametrize("kind", ["LINK", "EXPORTED"])
def test_row_that_does_not_say_whom_or_what_is_refused_by_the_database(kind):
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountTraceFactory(kind=kind)
