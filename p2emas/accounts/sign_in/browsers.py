"""Browsers that have a counter of their own, so that a person who fills the counters of others shuts no owner out.

A cookie that we signed says for whom: the browser followed the link of a letter, or that person signed in there. It
opens nothing; it only lets a few tries for the same name through to the password.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from p2emas.accounts.models import User
from p2emas.accounts.sign_in.tries import keys_of

SALT, DAYS, PEOPLE = "p2emas.accounts.browsers", 180, 3
Entries = list[tuple[str, list[str]]]  # the counter, and the names that it counts


def own_counter(request: HttpRequest, key: str) -> str:
    """The counter of this browser for the name with that ``key``, or ""."""
    found = next((counter for counter, keys in _entries(request) if key in keys), "")
    user = getattr(request, "held", None) or request.user
    if not found and isinstance(user, User) and key in keys_of(user):
        return salted_hmac(SALT, request.session.session_key or "").hexdigest()[:32]  # asked again inside a session
    return found


def remember(request: HttpRequest, response: HttpResponse, person: User, *, is_new: bool = False) -> None:
    """Give this browser its counter for ``person``; ``is_new``: nothing counted yet."""
    keys = keys_of(person)
    entries = _entries(request)
    known = next((counter for counter, theirs in entries if keys[0] in theirs), "")
    counter = secrets.token_hex(16) if is_new or not known else known
    others = [(each, theirs) for each, theirs in entries if keys[0] not in theirs]
    response.set_cookie(
        settings.BROWSER_COOKIE_NAME,
        signing.dumps([(counter, keys), *others][:PEOPLE], salt=SALT),
        max_age=DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _entries(request: HttpRequest) -> Entries:
    try:
        cookie = request.COOKIES.get(settings.BROWSER_COOKIE_NAME, "")
        return [(counter, list(keys)) for counter, keys in signing.loads(cookie, salt=SALT, max_age=DAYS * 24 * 3600)]
    except (signing.BadSignature, TypeError, ValueError):
        return []
