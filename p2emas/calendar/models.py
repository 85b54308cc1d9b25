"""The secret address under which a calendar program reads the dates of one person."""

import hashlib

from django.conf import settings
from django.db import models
from django.utils.crypto import constant_time_compare

from p2emas import schema
from p2emas.accounts.models import User


def token_digest(token: str) -> str:
    """A plain digest: a token of 256 random bits cannot be guessed from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def proof_of(user: User) -> str:
    """What an address was made under: the password, and the mark that ends every session of the person."""
    return hashlib.sha256(f"{user.password}|{user.session_mark}".encode()).hexdigest()


class CalendarAddressQuerySet(models.QuerySet["CalendarAddress"]):
    def for_user(self, user: User) -> "CalendarAddressQuerySet":
        """Your own, and nobody else's."""
        return self.filter(user=user)

    def in_use(self, user: User) -> "CalendarAddress | None":
        """The person's address, if it still opens something."""
        found = self.for_user(user).select_related("user").first()
        return found if found and found.is_good() else None

    def opened_by(self, token: str) -> User | None:
        """Whose dates the token opens; nobody's once the account, the password or the sessions have ended."""
        digest = token_digest(token)
        found = self.filter(digest=digest).select_related("user").first()
        if found is None or not constant_time_compare(found.digest, digest) or not found.is_good():
            return None
        return found.user


class CalendarAddress(models.Model):
    """One a person. Of its token only a digest is stored: it is shown once, and a new one ends the one before."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="pemilik")
    digest = models.CharField("sidik alamat", max_length=64, unique=True, editable=False)
    proof = models.CharField("dibuat dengan", max_length=64, editable=False)
    made_at = models.DateTimeField("dibuat", default=schema.now, editable=False)

    objects = CalendarAddressQuerySet.as_manager()

    class Meta:
        verbose_name = "alamat kalender"
        verbose_name_plural = "alamat kalender"

    def __str__(self) -> str:
        return f"Alamat kalender, dibuat {self.made_at:%d-%m-%Y}"

    def is_good(self) -> bool:
        return self.user.is_active and constant_time_compare(self.proof, proof_of(self.user))
