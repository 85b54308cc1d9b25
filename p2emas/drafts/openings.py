"""Who has which form open. The page says so itself from time to time; the cache remembers it for some minutes.

It is not data and does not count as activity: a session ends when it would end without it, and opening a page neither
asks the database nor writes. Two people who say it in the same instant may miss each other once; the next time both
are there. The real clock is asked, as for everything that expires.
"""

import time

from django.core.cache import cache

from p2emas.accounts.models import User
from p2emas.drafts.models import FormDraft
from p2emas.drafts.page import TYPING, people_at_work, people_said

REMEMBERED = 300  # seconds; the page says it again every two minutes while it is visible (drafts.js)
MOST = 20  # people of one form


def note_open(user: User, draft: FormDraft) -> None:
    """``user`` looks at the form of ``draft``, which need not be stored."""
    now = time.time()
    open_to = {pk: seen for pk, seen in _seen(draft).items() if pk != user.pk}
    latest = sorted(open_to.items(), key=lambda each: each[1])[-(MOST - 1) :]
    cache.set(_key(draft), dict([*latest, (user.pk, now)]), REMEMBERED)


def others_words(draft: FormDraft) -> str:
    """Who else fills this form, or only has it open; "" where nobody does."""
    typing = people_at_work(FormDraft.objects.beside(draft).select_related("user"), draft.user)
    known = {draft.user_id, *(person.pk for person in typing)}
    looking = User.objects.filter(pk__in=[pk for pk in _seen(draft) if pk not in known], is_active=True).order_by("pk")
    return ". ".join(
        words for words in (people_said(typing, TYPING), people_said(looking, "juga membuka bagian ini")) if words
    )


def _seen(draft: FormDraft) -> dict[int, float]:
    since = time.time() - REMEMBERED
    return {pk: seen for pk, seen in cache.get(_key(draft), {}).items() if seen > since}


def _key(draft: FormDraft) -> str:
    return f"drafts:open:{draft.form}:{draft.object_id}:{draft.part or 0}"
