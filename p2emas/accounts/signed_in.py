"""The type of a request whose user is known: what every view gets that is not marked ``login_not_required``."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from p2emas.accounts.models import User


class UserRequest(HttpRequest):
    """A request of a signed-in person. Only a type: Django makes no instance of it."""

    if TYPE_CHECKING:
        user: User  # type: ignore[assignment]
