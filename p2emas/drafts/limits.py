"""How often a page may send what is typed by itself: it says nothing new more often, and no script fills the table.

What a page sends while it closes is accepted too, or its last seconds would be lost; it has a bound of its own.
Security asks the real clock, so the cache forgets by itself.
"""

from django.core.cache import cache

from p2emas.accounts.models import User

APART = 10  # seconds between two requests of one form
LEAVING_APART = 2  # between two of pages that are hidden or closed


def may_keep_now(user: User, form: str, *, leaving: bool) -> bool:
    """Whether ``user`` may send this form now; answers yes once in each span."""
    kind, span = ("leaving", LEAVING_APART) if leaving else ("typing", APART)
    return cache.add(f"drafts:{kind}:{user.pk}:{form}", 1, span)
