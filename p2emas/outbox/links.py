"""Personal links of letters, made at the moment of sending."""

from collections.abc import Callable

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from p2emas.accounts.models import User
from p2emas.accounts.sign_in.tokens import invitation_token
from p2emas.outbox.models import OutboxMessage


class LinkPointless(Exception):
    """The link would open nothing any more; the message is a sentence for the outbox."""


def invitation_link(user: User) -> str:
    if user.has_usable_password():
        raise LinkPointless("Orang ini sudah membuat kata sandinya.")
    return reverse("staffing:invitation", args=[user_pk_to_url_str(user), invitation_token.make_token(user)])


def password_reset_link(user: User) -> str:
    args = [user_pk_to_url_str(user), default_token_generator.make_token(user)]
    return reverse("account_reset_password_from_key", args=args)


LINKS: dict[str, Callable[[User], str]] = {
    OutboxMessage.Kind.INVITATION: invitation_link,
    OutboxMessage.Kind.PASSWORD_RESET: password_reset_link,
}


def body_with_link(message: OutboxMessage) -> str:
    """The body as it goes out. Built from SITE_URL: a forged Host header must not end up in a letter."""
    if not message.needs_link:
        return message.body
    user = message.record
    if not isinstance(user, User) or not user.is_active:
        raise LinkPointless("Akun penerima tidak aktif.")
    return message.body.replace(OutboxMessage.LINK_MARK, settings.SITE_URL + LINKS[message.kind](user))
