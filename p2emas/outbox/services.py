"""Writing, releasing and sending letters. A letter is in the database before anybody tries to send it."""

import logging
import smtplib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import models, transaction
from django.db.models import F

from p2emas import clock, naming
from p2emas.accounts.models import User
from p2emas.outbox.links import LinkPointless, body_with_link
from p2emas.outbox.models import CLAIM, BringsFiles, OutboxMessage, may_release, real_now
from p2emas.outbox.resets import write_reset_letter
from p2emas.serving.after_response import after_response

logger = logging.getLogger(__name__)

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))
RESET_MAIL_IS_OLD = timedelta(hours=24)  # nobody waits for it any longer, and asks again


@dataclass
class Delivery:
    sent: int = 0
    failed: int = 0


def draft_message(
    *, kind: str, recipient: str, subject: str, body: str, record: models.Model | None = None
) -> OutboxMessage:
    """A letter that waits for a person to release it."""
    return OutboxMessage.objects.create(kind=kind, recipient=recipient, subject=subject, body=body, record=record)


def blank_letters(letters: models.QuerySet[OutboxMessage], *, gone: str) -> int:
    """Take address and text out of letters whose receiver asked to be forgotten; unsent ones are taken out too."""
    found = OutboxMessage.objects.among(list(letters.values_list("pk", flat=True)))
    found.unsent().update(discarded_at=clock.now())
    return found.update(recipient="", subject=gone, body="", last_error="", next_attempt_at=None)


def send_at_once(
    *,
    kind: str,
    recipient: str,
    subject: str,
    body: str,
    record: models.Model | None = None,
    released_by: User | None = None,
) -> OutboxMessage:
    """A letter of the system about sign-in: released as it is written, tried after commit and after the answer."""
    now = clock.now()
    message = OutboxMessage.objects.create(
        kind=kind,
        recipient=recipient,
        subject=subject[:200],
        body=body,
        record=record,
        immediate=True,
        drafted_at=now,
        released_at=now,
        released_by=released_by,
    )
    transaction.on_commit(lambda: after_response(lambda: deliver([message.pk])))
    return message


def save_words(message: OutboxMessage, *, subject: str, body: str) -> bool:
    """Store the corrected words of a letter that still waits; False when it was released or discarded meanwhile."""
    return bool(OutboxMessage.objects.waiting_for_release().filter(pk=message.pk).update(subject=subject, body=body))


def release_messages(pks: Iterable[int], *, actor: User) -> list[int]:
    """Release what still waits and send it after commit; returns what this call released."""
    if not may_release(actor):
        return []
    with transaction.atomic():
        released = [pk for pk in pks if _release(pk, actor)]
        transaction.on_commit(lambda: deliver(released))
    return released


def _release(pk: int, actor: User) -> bool:
    """One UPDATE a letter: of two people who release at once each learns which letters were theirs."""
    stamp = {"released_at": clock.now(), "released_by": actor}
    return bool(OutboxMessage.objects.for_user(actor).waiting_for_release().filter(pk=pk).update(**stamp))


def discard_message(message: OutboxMessage, *, actor: User) -> bool:
    """Take a letter out that waits or could not be sent; False when somebody was faster."""
    return bool(
        OutboxMessage.objects.unsent().filter(pk=message.pk).update(discarded_at=clock.now(), discarded_by=actor)
    )


def retry_message(message: OutboxMessage) -> Delivery:
    """Try a failed letter now, without its wait; and once more one that may have gone out."""
    ready = {"next_attempt_at": None, "begun_at": None}
    OutboxMessage.objects.failed().filter(pk=message.pk).update(**ready)
    OutboxMessage.objects.maybe_sent().filter(pk=message.pk).update(**ready)
    return deliver([message.pk])


def deliver(pks: Iterable[int]) -> Delivery:
    """Send these letters over one connection; what fails keeps its sentence and waits for the next run."""
    outcome = Delivery()
    connection = get_connection()
    unreachable: OSError | None = None
    for pk in pks:
        message = _claim(pk)
        if message is None or (message.is_only_asked_for and not write_reset_letter(message)):
            continue
        reached = False
        try:
            if unreachable:  # told once, believed for the whole run: no 10 seconds of waiting per letter
                raise unreachable
            connection.open()  # what fails here has sent nothing
            reached = True
            _send(message, connection)
        except LinkPointless as pointless:
            _discard_pointless(message, str(pointless))
        except (OSError, ValueError) as error:
            unreachable = error if isinstance(error, OSError) and _is_unreachable(error) else None
            _record_failure(message, error, unsure=reached and _may_have_arrived(error))
            outcome.failed += 1
        else:
            OutboxMessage.objects.filter(pk=pk).update(sent_at=clock.now(), last_error="", next_attempt_at=None)
            outcome.sent += 1
    connection.close()
    return outcome


def _claim(pk: int) -> OutboxMessage | None:
    """Take one due letter for this process; of two at once one gets it, the other None."""
    now = real_now()
    stamp = {"attempts": F("attempts") + 1, "next_attempt_at": now + CLAIM, "begun_at": now}
    if not OutboxMessage.objects.due_by(now).filter(pk=pk).update(**stamp):
        return None
    return OutboxMessage.objects.get(pk=pk)


def _send(message: OutboxMessage, connection) -> None:
    if message.kind == OutboxMessage.Kind.PASSWORD_RESET and clock.now() - message.drafted_at > RESET_MAIL_IS_OLD:
        raise LinkPointless("Permintaan kata sandi ini sudah lebih dari satu hari.")
    # The same letter keeps its Message-ID, so that a mail server can tell a repeated attempt.
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {"Message-ID": f"<p2emas-{message.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    names = naming.current()
    mail = EmailMessage(
        message.subject,
        body_with_link(message),
        from_email=names.sender,
        to=[message.recipient],
        reply_to=[names.reply_to] if names.reply_to else None,
        connection=connection,
        headers=headers,
    )
    record = message.record
    for name, content, content_type in record.letter_files() if isinstance(record, BringsFiles) else ():
        mail.attach(name, content, content_type)
    mail.send()


def _record_failure(message: OutboxMessage, error: Exception, *, unsure: bool) -> None:
    """A letter of which the mail server said nothing keeps ``begun_at``: it may have arrived."""
    logger.warning("Outbox message %s not sent: %s", message.pk, type(error).__name__)
    wait = WAITS[min(message.attempts, len(WAITS)) - 1]
    begun = {} if unsure else {"begun_at": None}
    OutboxMessage.objects.filter(pk=message.pk).update(
        last_error=failure_sentence(error), next_attempt_at=real_now() + wait, **begun
    )


def _discard_pointless(message: OutboxMessage, sentence: str) -> None:
    OutboxMessage.objects.filter(pk=message.pk).update(discarded_at=clock.now(), last_error=sentence)


def _may_have_arrived(error: Exception) -> bool:
    """Whether the connection broke while a letter was on it. A refusal of the server has a code, and says no."""
    said_no = smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused
    return isinstance(error, OSError) and not isinstance(error, said_no)


def _is_unreachable(error: OSError) -> bool:
    return not isinstance(error, smtplib.SMTPException) or isinstance(
        error, smtplib.SMTPServerDisconnected | smtplib.SMTPConnectError | smtplib.SMTPAuthenticationError
    )


def failure_sentence(error: Exception) -> str:
    """What went wrong, for people."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "Server surel menolak alamat penerima. Periksa alamatnya."
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "Server surel menolak nama atau sandi pengirim. Hubungi pengelola server."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"Server surel menolak surat ini (kode {error.smtp_code})."
    if isinstance(error, ValueError):
        return "Alamat atau perihal surat tidak sah."
    return "Server surel tidak dapat dihubungi."
