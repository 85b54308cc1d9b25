"""Sign-in mail goes through the outbox table, so that it survives a mail server that is down."""

from allauth.core import context as allauth_context
from django.conf import settings

from p2emas.accounts.sign_in.adapters import AccountAdapter
from p2emas.outbox.models import OutboxMessage
from p2emas.outbox.resets import reset_subject
from p2emas.outbox.services import send_at_once


class MailingAccountAdapter(AccountAdapter):
    def ask_for_reset_letter(self, email: str) -> None:
        """One row, the same for every address; ``resets`` makes a letter of it when the answer is out."""
        send_at_once(kind=OutboxMessage.Kind.PASSWORD_RESET, recipient=email, subject=reset_subject(), body="")

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        context = {"request": allauth_context.request, "site_url": settings.SITE_URL} | context
        mail = self.render_mail(template_prefix, email, context)
        send_at_once(kind=OutboxMessage.Kind.NOTICE, recipient=email, subject=mail.subject, body=mail.body)
