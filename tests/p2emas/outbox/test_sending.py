import re
import smtplib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.outbox import services
from p2emas.outbox.models import OutboxMessage
from p2emas.outbox.services import CLAIM, WAITS, deliver, discard_message, release_messages, retry_message
from tests.factories import PASSWORD, OutboxMessageFactory, UserFactory

from .smtp_sink import running

pytestmark = pytest.mark.django_db


def released(**fields) -> OutboxMessage:
    return OutboxMessageFactory(kind="reminder", released_at=clock.now(), **fields)


def later(monkeypatch, wait: timedelta) -> None:
    moment = services.real_now() + wait
    monkeypatch.setattr(services, "real_now", lambda: moment)
    monkeypatch.setattr("p2emas.outbox.models.real_now", lambda: moment)
    monkeypatch.setattr("p2emas.management.commands.send_mail_queue.real_now", lambda: moment)


def states() -> list[str]:
    return [message.state for message in OutboxMessage.objects.order_by("pk")]


def test_letters_survive_a_mail_server_that_is_down(mail_port, monkeypatch):
    first, _second = released(subject="Surat satu"), released(subject="Surat dua")

    call_command("send_mail_queue")

    assert states() == ["failed", "failed"]
    first.refresh_from_db()
    assert first.last_error == "Server surel tidak dapat dihubungi."
    with running(mail_port) as sink:
        call_command("send_mail_queue")  # the wait is not over
        assert sink.mails == []
        later(monkeypatch, WAITS[0])
        call_command("send_mail_queue")
        call_command("send_mail_queue")
        assert sorted(re.findall(r"Subject: (.+)\r", "".join(sink.mails))) == ["Surat dua", "Surat satu"]
    assert states() == ["sent", "sent"]


def test_each_failure_waits_longer(mail_port, monkeypatch):
    message = released()
    waits = []
    for wait in (*WAITS, WAITS[-1]):
        deliver([message.pk])
        message.refresh_from_db()
        waits.append(message.next_attempt_at - services.real_now())
        later(monkeypatch, wait)

    assert [round(wait / timedelta(minutes=1)) for wait in waits] == [1, 5, 30, 120, 360, 360]
    assert message.attempts == 6


def test_refused_address_does_not_stop_the_others(mail_port):
    bad, good = released(recipient="tidak-ada@example.go.id"), released()
    with running(mail_port) as sink:
        sink.refused.append("tidak-ada")
        outcome = deliver([bad.pk, good.pk])

    assert (outcome.sent, outcome.failed) == (1, 1)
    assert states() == ["failed", "sent"]
    bad.refresh_from_db()
    assert bad.last_error == "Server surel menolak alamat penerima. Periksa alamatnya."


def test_unreachable_server_is_asked_once_a_run(mail_port, monkeypatch):
    asked = []

    def refuse(*args, **kwargs):
        asked.append(args)
        raise ConnectionRefusedError

    monkeypatch.setattr("smtplib.SMTP.__init__", refuse)

    deliver([released().pk for _ in range(5)])

    assert len(asked) == 1
    assert states() == ["failed"] * 5


def test_what_waits_or_was_taken_out_is_not_sent(mailoutbox):
    OutboxMessageFactory()
    released(discarded_at=clock.now())

    call_command("send_mail_queue")

    assert mailoutbox == []


def test_letter_of_a_worker_that_died_is_taken_again(mailoutbox, monkeypatch):
    message = released(body="Isi surat.")
    OutboxMessage.objects.update(kind="selection")
    services._claim(message.pk)  # and then the process was killed

    call_command("send_mail_queue")
    assert mailoutbox == []
    later(monkeypatch, CLAIM)
    call_command("send_mail_queue")

    assert len(mailoutbox) == 1


@pytest.mark.parametrize("kind", OutboxMessage.ONLY_ONCE)
def test_reminder_of_a_worker_that_died_waits_for_a_person(mailoutbox, monkeypatch, user_as, kind):
    message = released()
    OutboxMessage.objects.update(kind=kind)
    services._claim(message.pk)  # and then the process was killed
    assert states() == ["queued"]

    later(monkeypatch, CLAIM)
    call_command("send_mail_queue")

    assert mailoutbox == []
    assert states() == ["maybe"]
    message.refresh_from_db()
    assert message in OutboxMessage.objects.for_user(user_as("coordinator")).in_state("maybe")
    assert retry_message(message).sent == 1
    assert retry_message(message).sent == 0
    assert states() == ["sent"]
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(("kind", "after"), [("reminder", "maybe"), ("invitation", "failed")])
def test_server_that_falls_silent_after_the_text_may_have_taken_it(mail_port, monkeypatch, kind, after):
    message = released(body=OutboxMessage.LINK_MARK, record=UserFactory(password=None))
    OutboxMessage.objects.update(kind=kind)
    with running(mail_port) as sink:
        sink.silent = True
        assert deliver([message.pk]).failed == 1

    later(monkeypatch, CLAIM)

    assert states() == [after]
    with running(mail_port) as sink:
        call_command("send_mail_queue")
        assert len(sink.mails) == (after == "failed")


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_each_letter_once(mail_port):
    pks = [released().pk for _ in range(12)]
    barrier = Barrier(2)

    def run() -> int:
        barrier.wait()
        try:
            return deliver(pks).sent
        finally:
            connection.close()

    with running(mail_port) as sink, ThreadPoolExecutor(2) as pool:
        counts = list(pool.map(lambda _: run(), range(2)))
        ids = re.findall(r"Message-ID: (<p2emas-\d+@[^>]+>)", "".join(sink.mails))

    assert sum(counts) == len(ids) == len(set(ids)) == 12


def test_release_sends_after_commit_and_only_what_waits(user_as, mailoutbox, django_capture_on_commit_callbacks):
    head = user_as("coordinator")
    waiting, gone, out = (
        OutboxMessageFactory(kind="reminder"),
        released(),
        OutboxMessageFactory(discarded_at=clock.now()),
    )

    with django_capture_on_commit_callbacks(execute=True):
        done = release_messages([waiting.pk, gone.pk, out.pk], actor=head)
        assert mailoutbox == []

    assert done == [waiting.pk]
    assert [mail.to for mail in mailoutbox] == [[waiting.recipient]]
    waiting.refresh_from_db()
    assert (waiting.state, waiting.released_by) == ("sent", head)


@pytest.mark.parametrize("who", ["auditor", "leader", "agency_operator", "admin"])
def test_release_by_others_does_nothing(user_as, who):
    waiting = OutboxMessageFactory()

    assert release_messages([waiting.pk], actor=user_as(who)) == []
    assert states() == ["waiting"]


def test_discarded_failure_is_never_sent(mail_port, user_as, monkeypatch):
    message = released()
    deliver([message.pk])

    assert discard_message(message, actor=user_as("coordinator"))
    assert not discard_message(message, actor=user_as("coordinator"))
    later(monkeypatch, timedelta(days=1))
    with running(mail_port) as sink:
        call_command("send_mail_queue")
        assert sink.mails == []


def test_retry_does_not_wait(mail_port):
    message = released()
    deliver([message.pk])

    with running(mail_port):
        assert retry_message(message).sent == 1


# --- Personal links ----------------------------------------------------------------------------------------------


def test_invitation_gets_its_link_only_on_the_wire(mailoutbox, settings):
    settings.SITE_URL = "https://p2emas.example.go.id"
    person = UserFactory(password=None)
    message = released(body=f"Buka {OutboxMessage.LINK_MARK}", record=person)
    OutboxMessage.objects.update(kind="invitation")

    deliver([message.pk])

    assert re.fullmatch(r"Buka https://p2emas\.example\.go\.id/undangan/[^/]+/[^/]+/", mailoutbox[0].body)
    message.refresh_from_db()
    assert message.body == f"Buka {OutboxMessage.LINK_MARK}"


@pytest.mark.parametrize("change", [{"password": PASSWORD}, {"is_active": False}])
def test_pointless_invitation_is_taken_out_with_a_sentence(mailoutbox, change):
    fields = {"password": None} | change
    message = released(body=OutboxMessage.LINK_MARK, record=UserFactory(**fields))
    OutboxMessage.objects.update(kind="invitation")

    deliver([message.pk])

    assert mailoutbox == []
    message.refresh_from_db()
    assert message.state == "discarded"
    assert message.last_error.endswith(".")


def test_old_reset_request_is_dropped(mailoutbox):
    message = released(body=OutboxMessage.LINK_MARK, record=UserFactory())
    OutboxMessage.objects.update(kind="password_reset", drafted_at=clock.now() - timedelta(hours=25))

    deliver([message.pk])

    assert mailoutbox == []
    assert states() == ["discarded"]


@pytest.mark.django_db(transaction=True)
def test_forgotten_password_mail_waits_for_a_server_that_is_down(mail_port, monkeypatch):
    UserFactory(username="siti", email="siti@example.go.id")

    response = Client().post("/lupa-sandi/", {"email": "siti@example.go.id"})

    assert response.url == "/lupa-sandi/terkirim/"
    assert states() == ["failed"]
    later(monkeypatch, WAITS[0])
    with running(mail_port) as sink:
        call_command("send_mail_queue")
    assert len(sink.mails) == 1
    assert states() == ["sent"]


# --- Sentences ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (smtplib.SMTPAuthenticationError(535, b"no"), "sandi pengirim"),
        (smtplib.SMTPDataError(552, b"big"), "552"),
        (smtplib.SMTPServerDisconnected(), "tidak dapat dihubungi"),
        (TimeoutError(), "tidak dapat dihubungi"),
        (ValueError("header"), "tidak sah"),
    ],
)
def test_failure_is_told_in_a_sentence(error, word):
    assert word in services.failure_sentence(error)


def test_subject_with_a_line_break_is_a_failure_not_a_crash(mailoutbox):
    message = released(subject="Satu\nBcc: semua@example.com")

    assert deliver([message.pk]).failed == 1
    assert mailoutbox == []


def test_users_have_no_second_address_book(client):
    from allauth.account.models import EmailAddress

    UserFactory(username="siti", email="siti@example.go.id")
    client.post("/lupa-sandi/", {"email": "siti@example.go.id"})
    client.post("/masuk/", {"login": "siti@example.go.id", "password": PASSWORD})

    assert User.objects.get().email == "siti@example.go.id"
    assert not EmailAddress.objects.exists()
