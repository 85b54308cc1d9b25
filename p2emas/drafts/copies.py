"""What a browser may keep for the time in which the server does not answer: sealed, and only of forms without people.

The key is derived for each user and comes with the page, which holds it in memory. The names tell nothing either: the
next person at the same browser has another key and other names.
"""

from base64 import b64encode
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from p2emas.accounts.models import User

SALT = "p2emas.drafts.copy"


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
    return salted_hmac(SALT, text, algorithm="sha256")
