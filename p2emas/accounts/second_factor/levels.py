"""How far a session has come: nobody, a password, a password and a code.

A person who has a second factor, or a role that demands one, is nobody until this very session gave a code: a session
that is older than the second factor must not get in behind it.
"""

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from p2emas.accounts.models import User

CODE = "mfa"  # how the sign-in package calls the method in its record
SIGN_OUT, SET_UP, GIVE_CODE = "account_logout", "mfa_activate_totp", "mfa_reauthenticate"
# What a session that owes a code may still open: giving it, or setting up what gives codes.
WITH_A_SECOND_FACTOR = frozenset({GIVE_CODE, SIGN_OUT})
WITHOUT = frozenset({"mfa_index", SET_UP, "account_reauthenticate", SIGN_OUT})


def owes_code(request: HttpRequest, user: User) -> bool:
    if user.has_second_factor:
        return not gave_code(request, user)
    return settings.REQUIRE_2FA and user.needs_second_factor


def gave_code(request: HttpRequest, user: User) -> bool:
    return any(record.get("method") == CODE for record in get_authentication_records(request, user))


def forget_codes(request: HttpRequest, user: User) -> None:
    """A code of a second factor that is gone opens nothing."""
    records = get_authentication_records(request, user)
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [each for each in records if each.get("method") != CODE]


def addresses_open_to(user: User) -> frozenset[str]:
    """Names of the addresses that ``user`` may open while a code is owed."""
    return WITH_A_SECOND_FACTOR if user.has_second_factor else WITHOUT


def next_step(user: User) -> str:
    """Name of the next page."""
    return GIVE_CODE if user.has_second_factor else SET_UP
