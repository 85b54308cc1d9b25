"""Forgotten and changed passwords, open sessions."""

from datetime import timedelta

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.management import call_command
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from p2emas.outbox.models import OutboxMessage
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

NEW = "kelapa-sawit-2019"


@pytest.fixture
def siti():
    return UserFactory(username="siti", email="siti@example.go.id")


def signed_in_client() -> Client:
    client = Client()
    client.post("/masuk/", {"login": "siti", "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/akun/").status_code == 200


@pytest.fixture
def reset_link(siti, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        Client().post("/lupa-sandi/", {"email": "Siti@Example.go.id"})
    return next(word for word in mailoutbox[0].body.split() if word.startswith("http")).removeprefix(
        "http://127.0.0.1:8000"
    )


def set_password(link: str, password: str = NEW):
    """Follow the link as a browser does: it leads to an address without the key, where the form is."""
    client = Client()
    opened = client.get(link)
    if opened.status_code != 302:
        return client, opened
    return client, client.post(opened.url, {"password1": password, "password2": password})


def test_reset_link_sets_the_password_once_and_ends_sessions(siti, reset_link):
    before = signed_in_client()
    # the sign-in above has changed last_login, which is part of the token: ask for the present one
    assert set_password(reset_link)[1].status_code == 200

    link = f"/lupa-sandi/{reset_link.split('/')[2].split('-')[0]}-{PasswordResetTokenGenerator().make_token(siti_now(siti))}/"
    client, done = set_password(link)

    assert (done.status_code, done.url) == (302, "/lupa-sandi/selesai/")
    assert "Kata sandi baru berlaku" in client.get(done.url).content.decode()
    siti.refresh_from_db()
    assert siti.check_password(NEW)
    assert not is_in(before)
    _client, again = set_password(link, "orang-lain-2019")
    assert "tidak berlaku lagi" in again.content.decode()
    siti.refresh_from_db()
    assert siti.check_password(NEW)


def siti_now(user):
    user.refresh_from_db()
    return user


def test_letter_stands_in_the_outbox_without_the_link(reset_link):
    letter = OutboxMessage.objects.get()

    assert (letter.state, letter.immediate, letter.recipient) == ("sent", True, "siti@example.go.id")
    assert OutboxMessage.LINK_MARK in letter.body
    assert reset_link not in letter.body


@pytest.mark.parametrize(("minutes", "opens"), [(59, True), (61, False)])
def test_reset_link_lives_one_hour(reset_link, monkeypatch, minutes, opens):
    real = PasswordResetTokenGenerator._now
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: real(self) + timedelta(minutes=minutes))

    assert (Client().get(reset_link).status_code == 302) is opens


def test_forged_host_does_not_enter_the_letter(siti, mailoutbox, django_capture_on_commit_callbacks, settings):
    settings.ALLOWED_HOSTS = ["*"]
    with django_capture_on_commit_callbacks(execute=True):
        Client().post("/lupa-sandi/", {"email": siti.email}, HTTP_HOST="jahat.example")

    assert "jahat.example" not in mailoutbox[0].body
    assert "http://127.0.0.1:8000/lupa-sandi/" in mailoutbox[0].body


@pytest.mark.parametrize(
    "link", ["/lupa-sandi/1-x/", "/lupa-sandi/zzzzzzzzzzzzzzzzzz-a-b/", "/lupa-sandi/1-set-password/"]
)
def test_wrong_reset_link_is_told_in_a_sentence(client, link):
    assert "tidak berlaku lagi" in client.get(link).content.decode()


@pytest.mark.django_db(transaction=True)
def test_unknown_address_gets_the_same_answer_after_the_same_work(siti, monkeypatch):
    """What differs (the letter) happens when the answer is already out."""
    UserFactory(username="nonaktif", email="nonaktif@example.go.id", is_active=False)
    close = HttpResponseBase.close
    seen, after = {}, {}
    for email in (siti.email, "tidak-ada@example.go.id", "nonaktif@example.go.id"):
        with CaptureQueriesContext(connection) as queries:
            before_the_end = []
            monkeypatch.setattr(
                HttpResponseBase, "close", lambda self, q=queries, n=before_the_end: n.append(len(q)) or close(self)
            )
            response = Client().post("/lupa-sandi/", {"email": email})
        seen[email] = (response.status_code, response.url, before_the_end[0])
        after[email] = len(queries) - before_the_end[0]

    assert len(set(seen.values())) == 1
    assert seen[siti.email][:2] == (302, "/lupa-sandi/terkirim/")
    assert after[siti.email] > after["tidak-ada@example.go.id"]


@pytest.mark.django_db(transaction=True)
def test_letter_survives_a_worker_that_dies_after_its_answer(siti, monkeypatch, mailoutbox):
    monkeypatch.setattr("p2emas.outbox.services.after_response", lambda job: None)
    for email in ("Siti@example.go.id", "tidak-ada@example.go.id"):
        assert Client().post("/lupa-sandi/", {"email": email}).status_code == 302
    assert mailoutbox == [] and OutboxMessage.objects.count() == 2

    call_command("send_mail_queue")

    assert [mail.to for mail in mailoutbox] == [["siti@example.go.id"]]
    letter = OutboxMessage.objects.get()  # of the stranger's address nothing stays
    assert (letter.state, letter.record, letter.recipient) == ("sent", siti, "siti@example.go.id")
    assert '"siti"' in mailoutbox[0].body and "/lupa-sandi/" in mailoutbox[0].body


def test_address_too_long_for_a_letter_is_refused(client):
    response = client.post("/lupa-sandi/", {"email": f"{'a' * 60}@{'b.' * 120}id"})

    assert response.status_code == 200 and "<title>Galat:" in response.content.decode()
    assert not OutboxMessage.objects.exists()


def test_who_has_no_password_yet_is_led_to_the_letter(client, siti):
    siti.set_unusable_password()
    siti.save()
    client.force_login(siti)

    answers = [client.get("/akun/sandi/"), client.post("/akun/sandi/", {"password1": NEW, "password2": NEW})]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/lupa-sandi/")}
    assert "belum punya kata sandi" in client.get("/lupa-sandi/").text


@pytest.mark.parametrize(("field", "length"), [("login", 255), ("login", 5000)])
def test_name_that_is_too_long_is_told_and_not_tried(client, field, length):
    page = client.post("/masuk/", {"login": "a" * length, "password": PASSWORD})

    assert page.status_code == 200
    assert "254" in page.context["form"].errors[field][0]


def test_no_letter_to_strangers_and_deactivated(mailoutbox, django_capture_on_commit_callbacks):
    UserFactory(email="nonaktif@example.go.id", is_active=False)
    with django_capture_on_commit_callbacks(execute=True):
        for email in ("tidak-ada@example.go.id", "nonaktif@example.go.id"):
            Client().post("/lupa-sandi/", {"email": email})

    assert mailoutbox == []
    assert not OutboxMessage.objects.exists()


def test_changed_password_ends_other_sessions_and_is_told_by_mail(siti, mailoutbox, django_capture_on_commit_callbacks):
    here, elsewhere = signed_in_client(), signed_in_client()

    with django_capture_on_commit_callbacks(execute=True):
        response = here.post("/akun/sandi/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})

    assert (response.status_code, response.url) == (302, "/akun/")
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert [mail.subject for mail in mailoutbox] == ["Kata sandi P2-EMAS diubah"]


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ({"oldpassword": "salah", "password1": NEW, "password2": NEW}, ["oldpassword"]),
        ({"oldpassword": PASSWORD, "password1": "pendek", "password2": "pendek"}, ["password1"]),
        ({"oldpassword": PASSWORD, "password1": "siti@example", "password2": "siti@example"}, ["password1"]),
        ({"oldpassword": PASSWORD, "password1": NEW, "password2": "lain"}, ["password2"]),
        ({}, ["oldpassword", "password1", "password2"]),
    ],
)
def test_bad_change_is_refused_beside_the_field(siti, data, fields):
    client = signed_in_client()

    response = client.post("/akun/sandi/", data)

    assert list(response.context["form"].errors) == fields
    assert "<title>Galat: Ubah kata sandi" in response.content.decode()


def test_session_list_ends_the_others(siti):
    here, elsewhere = signed_in_client(), signed_in_client()
    assert "2 perangkat" in here.get("/akun/sesi/").content.decode()

    here.post("/akun/sesi/")

    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert "1 perangkat" in here.get("/akun/sesi/").content.decode()


def test_session_list_shows_own_sessions_only(siti):
    stranger = UserFactory(username="orang-lain")
    Client(REMOTE_ADDR="203.0.113.77").post("/masuk/", {"login": stranger.username, "password": PASSWORD})

    assert "203.0.113.77" not in signed_in_client().get("/akun/sesi/").content.decode()
