"""What a page with a drafted form is drawn with: a token and the seal of its copies in the browser.

The token says whose page it is, so that its fields find their owner without a session. A browser may keep what the
server does not answer to, sealed, and only of forms without people: the key is derived for each user and comes with the
page, which holds it in memory. The names tell nothing either: the next person at the same browser has another key and
other names.
"""

from base64 import b64encode
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import signing
from django.db.models import Model
from django.utils.crypto import constant_time_compare, salted_hmac

from p2emas.accounts.models import User

SALT = "p2emas.drafts.page"
COPY_SALT = "p2emas.drafts.copy"
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


@dataclass(frozen=True)
class BrowserCopy:
    """``owner`` begins the name of each copy of a user, ``name`` the one of this form; ``key`` is base64."""

    owner: str
    name: str
    key: str

    @classmethod
    def of(cls, user: User, form: str) -> "BrowserCopy":
        return cls(owner_of(user), _digest(f"name {user.pk} {form}").hexdigest()[:24], _key(user))


def owner_of(user: User) -> str:
    """By which the copies of a user are found when they sign out."""
    return _digest(f"owner {user.pk}").hexdigest()[:16]


def _key(user: User) -> str:
    return b64encode(_digest(f"key {user.pk}").digest()).decode()


def _digest(text: str):
    return salted_hmac(COPY_SALT, text, algorithm="sha256")
