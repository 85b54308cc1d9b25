"""A code of eight digits that a coordinator reads out by phone to a facilitator in the field who forgot the password.

As a copied invitation, the code is stored nowhere: it follows from the trace of its making and from the password that
it replaces. So the newest ends those before it, and a new password or a sign-in ends it.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from p2emas.accounts.models import User
from p2emas.accounts.roles import Role
from p2emas.accounts.sign_in.real_time import security_now
from p2emas.accounts.sign_in.traces import AccountTrace, made_code
from p2emas.staffing.services import NotPossible

VALID = timedelta(minutes=30)
DIGITS = 8


def why_no_code(person: User | None) -> str:
    """The sentence that says why none is made; empty when one may be.

    A code opens an account to anybody who hears it, so that it is for facilitators alone: a coordinator who makes one
    gains no right that coordinators lack.
    """
    if person is None:
        return "Pendamping ini belum punya akun. Akun dibuat saat ia ditempatkan."
    if not person.is_active:
        return "Akun ini tidak aktif. Minta kepala kantor mengaktifkannya lagi dahulu."
    if not person.has_usable_password():
        return "Pendamping ini belum membuat kata sandi. Minta kepala kantor menyalin tautan undangannya."
    if person.is_superuser or any(each.role != Role.FACILITATOR for each in person.current_assignments):
        return "Orang ini punya peran lain. Minta kepala kantor mengirim tautan kata sandi."
    return ""


def make_code(*, person: User | None, actor: User) -> str:
    """The code; its trace is stored with it. It is shown once."""
    with transaction.atomic():
        locked = person and User.objects.select_for_update(no_key=True).get(pk=person.pk)
        if (refusal := why_no_code(locked)) or locked is None:
            raise NotPossible(refusal)
        return _digits(locked, made_code(actor, to=locked))


def person_with_code(user: User | None, code: str) -> bool:
    """Whether ``code`` opens the account of ``user`` now; asks the same of nobody, so that no answer is faster."""
    newest = AccountTrace.objects.codes_for(user).first()
    fresh = newest is not None and newest.at > security_now() - VALID
    expected = _digits(user, newest) if fresh and user and newest and not why_no_code(user) else "-" * DIGITS
    return constant_time_compare(expected, code)


def use_phone_code(user: User, *, code: str, password: str) -> bool:
    """Set the password; of two people with one code only the first gets in."""
    with transaction.atomic():
        locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if not person_with_code(locked, code):
            return False
        locked.set_password(password)
        locked.save()
    user.refresh_from_db()
    return True


def _digits(user: User, trace: AccountTrace) -> str:
    value = f"{trace.pk} {user.pk} {user.password} {user.last_login}"
    digest = salted_hmac("p2emas.staffing.phone_codes", value, algorithm="sha256").hexdigest()
    return f"{int(digest, 16) % 10**DIGITS:0{DIGITS}d}"
