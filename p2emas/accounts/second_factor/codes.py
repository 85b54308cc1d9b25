"""Codes of the second factor. Each is good once, and none that is older than the last one that was taken."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction

from p2emas.accounts.models import User

LAST = "last_counter"  # kept in the row: a cache that is emptied, or down, would forget it


def counter_of(secret: str, code: str) -> int | None:
    """Which half minute of now the code belongs to, None for a wrong one."""
    for counter in yield_hotp_counters_from_time():
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, counter))):
            return counter
    return None


def take_code(user: User, code: str) -> Authenticator | None:
    """The authenticator whose code this is, used up with it; None for a wrong or a used one."""
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update(no_key=True).filter(user=user)
        for row in rows.exclude(type=Authenticator.Type.WEBAUTHN).order_by("-type"):
            totp = row.type == Authenticator.Type.TOTP
            if totp and _take_counter(row, counter_of(decrypt(row.data["secret"]), code)):
                return row
            if not totp and row.wrap().validate_code(code):
                row.refresh_from_db()
                return row
    return None


def take_first_code(user: User, counter: int) -> Authenticator:
    """The code that proves the set-up is the first one given, and used up."""
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    _take_counter(row, counter)
    return row


def _take_counter(row: Authenticator, counter: int | None) -> bool:
    if counter is None or counter <= row.data.get(LAST, -1):
        return False
    row.data[LAST] = counter
    row.save(update_fields=["data"])
    return True
