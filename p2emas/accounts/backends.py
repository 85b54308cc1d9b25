"""Who signs in: one look-up and one hash for everyone, so that no duration tells which names have an account."""

import unicodedata

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, check_password
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.http import HttpRequest

from p2emas.accounts.models import User

TRIED_USER = "tried_user"  # attribute of a request that tried to sign in, for the log of a failure


def as_typed(name: str) -> str:
    """What a typed name is looked up by, and counted by: no other spelling is the same person."""
    return unicodedata.normalize("NFKC", name.strip()).lower()


class PasswordBackend(AuthenticationBackend):
    def authenticate(self, request: HttpRequest | None, **credentials) -> User | None:
        password = credentials.get("password")
        typed = as_typed(credentials.get("username") or credentials.get("email") or "")
        if not password or not typed:
            return None
        user = self.named(typed)
        if request is not None:
            setattr(request, TRIED_USER, user.pk if user else None)
        # Django works a hash out also where there is none to compare with.
        if not (user.check_password(password) if user else check_password(password, UNUSABLE_PASSWORD_PREFIX)):
            return None
        if not self.user_can_authenticate(user):
            self._stash_user(user)  # the right password of a closed account is told so
            return None
        return user

    @staticmethod
    def named(typed: str) -> User | None:
        """By user name or address; where the name of one is the address of another, the name counts."""
        rows = User.objects.alias(small_name=Lower("username"), small_email=Lower("email"))
        found = list(rows.filter(Q(small_name=typed) | Q(username=typed) | Q(small_email=typed))[:3])
        return next((user for user in found if as_typed(user.username) == typed), found[0] if found else None)

    def get_user(self, user_id: int) -> User | None:
        """With the same query: whether a second factor guards the account."""
        factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
        user = User.objects.annotate(**{"has_second_factor": Exists(factors)}).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
