"""The token of a page with a drafted form: whose page it is, so that its fields find their owner without a session."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import signing
from django.db.models import Model
from django.utils.crypto import constant_time_compare, salted_hmac

from p2emas.accounts.models import User

SALT = "p2emas.drafts.page"
DAY = 24 * 3600


@dataclass(frozen=True)
class PageToken:
    """What a page said of itself when it was drawn."""

    user: int
    form: str
    record: int
    part: int | None
    version: int
    digest: str

    def is_of(self, user: User) -> bool:
        return user.is_authenticated and self.user == user.pk

    def is_current(self, user: User) -> bool:
        """Whether password and second factor are those of the day when the page was drawn."""
        return constant_time_compare(self.digest, account_digest(user))


def page_token(*, user: User, form: str, record: Model, version: int, part: int | None = None) -> str:
    return signing.dumps([user.pk, form, record.pk, part, version, account_digest(user)], salt=SALT)


def read_token(text: str) -> PageToken | None:
    """None when it was changed or is older than a session can be."""
    try:
        return PageToken(*signing.loads(text, salt=SALT, max_age=(settings.SESSION_DAYS + 1) * DAY))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def account_digest(user: User) -> str:
    """Of the password and of the authenticators; what changes when one of them is used is not in it."""
    factors = Authenticator.objects.filter(user=user).order_by("pk").values_list("pk", "type", "created_at")
    parts = [user.password, *(f"{pk} {kind} {at.isoformat()}" for pk, kind, at in factors)]
    return salted_hmac(SALT, "|".join(parts), algorithm="sha256").hexdigest()[:32]
