"""The password again, before what cannot be taken back or should not be seen by anyone who passes an open machine."""

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required

from p2emas.accounts.signed_in import UserRequest


def ask_again(request: UserRequest) -> None:
    """Leads to the password unless it was given PASSWORD_AGAIN_MINUTES ago at most; what was sent is sent again."""
    raise_if_reauthentication_required(request, app="account")
