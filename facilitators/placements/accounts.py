"""The account of a placed facilitator: who signs in, and with which letter."""

import re
import unicodedata

from django.db import IntegrityError, transaction

from facilitators.placements.refusals import PlacementRefused
from facilitators.recruitment.result.people import Facilitator
from p2emas.accounts.models import User
from p2emas.naming import said
from p2emas.staffing.services import draft_invitation, open_invitation


def suggest_username(name: str) -> str:
    """ "Siti Aminah, S.P." -> "siti.aminah", with a number behind it where that is taken."""
    plain = unicodedata.normalize("NFKD", name.partition(",")[0]).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if len(word) > 1][:2]
    base = ".".join(words)[:50] or "pendamping"
    taken = set(User.objects.filter(username__istartswith=base).values_list("username", flat=True))
    taken = {username.lower() for username in taken}
    return next(each for each in (base, *(f"{base}{n}" for n in range(2, 10_000))) if each not in taken)


def account_of(facilitator: Facilitator, *, username: str = "", email: str = "") -> User:
    """The account, made with an invitation in the outbox if there is none. The caller locks its row."""
    if facilitator.user is not None:
        return _known(facilitator.user, facilitator.is_sample)
    email = (email or facilitator.email).strip().lower()
    if not email:
        raise PlacementRefused("Isi alamat surel: undangan akun dikirim ke sana.", field="email")
    username = username.strip() or suggest_username(facilitator.name)
    try:
        with transaction.atomic():
            user = User.objects.create_user(username, name=facilitator.name, email=email, phone=facilitator.phone[:20])
    except IntegrityError:
        _refuse_taken(username, email)
        raise
    facilitator.user, facilitator.email = user, email
    facilitator.save()
    draft_invitation(user, is_sample=facilitator.is_sample)
    return user


def _known(user: User, is_sample: bool) -> User:
    """Somebody whose invitation was never accepted gets a new letter."""
    if not user.is_active:
        raise PlacementRefused(said("Akunnya nonaktif. Minta kepala {office} mengaktifkannya di halaman Pengguna."))
    if not user.has_usable_password() and user.email and not open_invitation(user):
        draft_invitation(user, is_sample=is_sample)
    return user


def _refuse_taken(username: str, email: str) -> None:
    if User.objects.filter(username__iexact=username).exists():
        raise PlacementRefused("Nama pengguna ini sudah dipakai.", field="username")
    if User.objects.filter(email__iexact=email).exists():
        raise PlacementRefused("Alamat surel ini sudah dipakai pengguna lain.", field="email")
