"""Making and ending the secret address of one person's dates."""

import secrets

from django.db import transaction

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.calendar.models import CalendarAddress, proof_of, token_digest

SECRET_BYTES = 32


def make_address(*, owner: User) -> str:
    """A new token for ``owner``; the one before opens nothing from now on."""
    token = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        locked = User.objects.select_for_update(no_key=True).get(pk=owner.pk)
        kept = {"digest": token_digest(token), "proof": proof_of(locked), "made_at": clock.now()}
        CalendarAddress.objects.update_or_create(user=locked, defaults=kept)
    return token


def end_address(*, owner: User) -> bool:
    """Whether there was one."""
    return bool(CalendarAddress.objects.for_user(owner).delete()[0])
