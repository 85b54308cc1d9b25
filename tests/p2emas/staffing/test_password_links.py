"""A head lets somebody in again: who may, what goes out, what stays of it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from p2emas.accounts.sign_in.traces import AccountTrace
from p2emas.accounts.sign_in.tries import SignInTry
from p2emas.outbox.models import OutboxMessage
from tests.drills.racing import at_once
from tests.factories import PASSWORD, UserFactory

NEW = "kelapa-hijau-77"


def address(person) -> str:
    return reverse("staffing:password-link", args=[person.pk])


@pytest.fixture
def siti(db):
    return UserFactory(username="siti", name="Siti", email="siti@example.go.id")


def test_letter_goes_out_at_once_and_opens_the_account(client_as, siti, mailoutbox, django_capture_on_commit_callbacks):
    head, owner = client_as("coordinator_head"), Client()
    owner.post("/masuk/", {"login": "siti", "password": PASSWORD})
    asked = head.get(address(siti)).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        answer = head.post(address(siti))

    assert "siti@example.go.id" in asked and "tercatat atas nama Anda" in asked
    assert answer.url == siti.get_absolute_url()
    letter = OutboxMessage.objects.get()
    assert (letter.kind, letter.state, letter.released_by) == ("password_reset", "sent", head.user)
    assert OutboxMessage.LINK_MARK in letter.body
    trace = AccountTrace.objects.get(kind="LINK")
    assert (trace.user, trace.about) == (head.user, siti)
    link = re.search(r"https?://[^/]+(/lupa-sandi/\S+)", mailoutbox[0].body)[1]
    assert link not in letter.body
    assert owner.get("/akun/").status_code == 200  # until the new one is made
    phone = Client()
    form = phone.get(link).url
    assert phone.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    siti.refresh_from_db()
    assert siti.check_password(NEW)
    assert owner.get("/akun/").status_code == 302


def test_link_of_a_head_gets_in_where_the_network_is_slowed(
    client_as, siti, django_capture_on_commit_callbacks, mailoutbox
):
    attacker = {"REMOTE_ADDR": "198.51.100.7"}
    for number in range(12):
        Client().post("/masuk/", {"login": "siti", "password": f"tebakan-{number}"}, **attacker)
    assert Client().post("/masuk/", {"login": "siti", "password": PASSWORD}, **attacker).status_code == 429
    assert SignInTry.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client_as("coordinator_head").post(address(siti))
    link = re.search(r"https?://[^/]+(/lupa-sandi/\S+)", mailoutbox[0].body)[1]
    phone = Client(**attacker)

    phone.post(phone.get(link).url, {"password1": NEW, "password2": NEW})

    assert phone.post("/masuk/", {"login": "siti", "password": NEW}).status_code == 302


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"is_active": False}, "tidak aktif"),
        ({"password": None}, "Undang lagi"),
        ({"email": ""}, "surel orang ini belum diisi"),
    ],
)
@pytest.mark.django_db
def test_nothing_is_sent_where_it_would_not_help(client_as, fields, sentence):
    person, head = UserFactory(**fields), client_as("coordinator_head")

    page = head.get(address(person)).content.decode()
    answer = head.post(address(person), follow=True).content.decode()

    assert sentence in page and "<form" not in page[page.index("<main") : page.index("</main>")]
    assert sentence in answer
    assert not OutboxMessage.objects.exists() and not AccountTrace.objects.filter(kind="LINK").exists()


def test_nobody_sends_a_link_to_himself_or_to_a_superuser(client_as, siti):
    head = client_as("coordinator_head")
    admin = UserFactory(is_superuser=True)

    assert [head.post(address(person)).status_code for person in (head.user, admin)] == [403, 403]
    assert not OutboxMessage.objects.exists()


def test_second_letter_waits_five_minutes_and_the_page_says_who_sent_the_first(client_as, siti):
    head, other = client_as("coordinator_head"), client_as("coordinator_head")
    head.post(address(siti))

    again = other.post(address(siti), follow=True).content.decode()

    assert "Tautan baru saja dikirim" in again
    assert f"oleh {head.user}" in again
    assert OutboxMessage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_heads_at_once_send_one_letter(client_as):
    siti = UserFactory()
    heads = [client_as("coordinator_head") for _ in range(3)]

    answers = at_once(*((lambda head=head: head.post(address(siti)).status_code) for head in heads))

    assert answers == [302] * 3
    assert OutboxMessage.objects.count() == AccountTrace.objects.filter(kind="LINK").count() == 1
