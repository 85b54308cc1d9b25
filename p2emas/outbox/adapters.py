"""Sign-in mail goes through the outbox table, so that it survives a mail server that is down."""

from allauth.core import context as allauth_context
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

from p2emas.accounts.adapters import AccountAdapter
from p2emas.outbox.models import OutboxMessage
from p2emas.outbox.services import send_at_once


class MailingAccountAdapter(AccountAdapter):
    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict) -> None:
        context = context | {"password_reset_url": OutboxMessage.LINK_MARK}
        self._write(OutboxMessage.Kind.PASSWORD_RESET, "account/email/password_reset_key", email, context, user)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        self._write(OutboxMessage.Kind.NOTICE, template_prefix, email, context, None)

    def _write(self, kind: str, template_prefix: str, email: str, context: dict, record) -> None:
        context = {"request": allauth_context.request, "site_url": settings.SITE_URL} | context
        mail = self.render_mail(template_prefix, email, context)
        send_at_once(kind=kind, recipient=email, subject=mail.subject, body=mail.body, record=record)
