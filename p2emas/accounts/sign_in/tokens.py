"""Links that open an account: single use, because the password hash is part of the token."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.crypto import constant_time_compare
from django.utils.http import base36_to_int

from p2emas.accounts.models import User
from p2emas.accounts.sign_in.traces import AccountTrace


class InvitationTokenGenerator(PasswordResetTokenGenerator):
    """As Django's reset token, yet of its own kind, for INVITATION_HOURS, and dead once the person has a password.

    A link that a head has copied ends those that were made before: its trace is a part of each.
    """

    key_salt = "p2emas.accounts.tokens.InvitationTokenGenerator"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        copied = AccountTrace.objects.copies_for(user).values_list("pk", flat=True).first()
        return f"{super()._make_hash_value(user, timestamp)}{copied or ''}"

    def check_token(self, user: User | None, token: str | None) -> bool:
        if user is None or not token or user.has_usable_password() or not user.is_active:
            return False
        # The parent's check refuses what is older than PASSWORD_RESET_TIMEOUT, which is shorter.
        try:
            stamp = base36_to_int(token.split("-")[0])
        except ValueError:
            return False
        age = timedelta(seconds=self._num_seconds(self._now()) - stamp)
        if not timedelta() <= age <= timedelta(hours=settings.INVITATION_HOURS):
            return False
        secrets = [self.secret, *self.secret_fallbacks]
        return any(
            constant_time_compare(self._make_token_with_timestamp(user, stamp, secret), token) for secret in secrets
        )


invitation_token = InvitationTokenGenerator()
