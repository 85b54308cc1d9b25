"""A session that owes a code is anonymous, wherever it goes, but for the pages where the code is given."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from p2emas.accounts.models import User
from p2emas.accounts.second_factor.levels import SET_UP, SIGN_OUT, addresses_open_to, next_step, owes_code
from p2emas.accounts.sign_in.session_store import is_background, store_of
from p2emas.accounts.signed_in import Anyone


class LevelRequest(HttpRequest):
    held: User | None


class LevelMiddleware:
    """Comes right behind Django's: nothing later ever sees who gave a password only.

    ``request.held`` is that person, or None; asked for on the way out, so that public pages read no session for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: LevelRequest) -> HttpResponse:
        signed_in = request.user
        request.held = None
        request.user = SimpleLazyObject(lambda: _seen(request, signed_in))  # type: ignore[assignment]
        response = self.get_response(request)
        if request.held is None or response.status_code != 302:
            return response
        return _led_on(request, request.held, response)


def _seen(request: LevelRequest, user: Anyone) -> Anyone:
    if not isinstance(user, User):
        return user
    match, session = request.resolver_match, store_of(request)
    session.background = is_background(request, match.func if match else None)
    if not session.background:
        session.touch()
    if not owes_code(request, user):
        return user
    request.held = user
    name = match.view_name if match else ""
    return user if name in addresses_open_to(user) else AnonymousUser()


def _led_on(request: HttpRequest, held: User, response: HttpResponse) -> HttpResponse:
    """Not to the sign-in page, where the password was given already, but to the code."""
    path, _, query = response["Location"].partition("?")
    sign_in_pages = (resolve_url(settings.LOGIN_URL), reverse("admin:login"))
    match = request.resolver_match
    if path in sign_in_pages and not (match and match.view_name == SIGN_OUT):
        step = next_step(held)
        onward = f"?{query}" if query and step != SET_UP else ""  # setting up ends at the recovery codes
        response["Location"] = reverse(step) + onward
    return response
