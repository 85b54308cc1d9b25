"""The type of a request whose user is known: what every view gets that is not marked ``login_not_required``."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from p2emas.accounts.models import User

Anyone = User | AnonymousUser  # who reads a public page, signed in or not


class UserRequest(HttpRequest):
    """A request of a signed-in person. Only a type: Django makes no instance of it."""

    if TYPE_CHECKING:
        user: User


def user_of(request: HttpRequest) -> User:
    """The signed-in person of a request whose type Django fixes, as in the methods of a ModelAdmin."""
    if not isinstance(request.user, User):
        raise TypeError("this request is of nobody who has signed in")
    return request.user
