"""The letter to somebody who forgot the password: asked for in the request, written when it goes out.

In between nobody has looked whether the address belongs to an account. So the answer to a known and to an unknown
address costs the same, and what was asked for survives a worker that dies right after its answer.
"""

from allauth.account.utils import filter_users_by_email
from django.template.loader import render_to_string

from p2emas.accounts.models import User
from p2emas.outbox.models import OutboxMessage

TEMPLATE = "account/email/password_reset_key"


def reset_subject() -> str:
    return render_to_string(f"{TEMPLATE}_subject.txt").strip()


def write_reset_letter(asked: OutboxMessage) -> bool:
    """Fill the letter that was ``asked`` for; False when nobody has that address, and then nothing of it stays."""
    person = next(iter(filter_users_by_email(asked.recipient, is_active=True)), None)
    if person is None:
        asked.delete()
        return False
    asked.record, asked.recipient, asked.body = person, person.email, _body(person)
    asked.save(update_fields=["content_type", "object_id", "recipient", "body"])
    return True


def _body(person: User) -> str:
    context = {
        "username": person.username,
        "password_reset_url": OutboxMessage.LINK_MARK,
    }
    return render_to_string(f"{TEMPLATE}_message.txt", context).strip()
