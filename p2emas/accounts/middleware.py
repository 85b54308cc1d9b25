"""Roles with great power sign in with a second factor, unless the setting is off (as in the demo)."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

# What a person without a second factor may still reach: setting it up, the sign-in pages, the probes. Public pages
# are not among it: they show more to who is signed in.
ALWAYS_OPEN = ("mfa_", "account_", "health", "ready")


class RequireSecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs) -> HttpResponse | None:
        if not settings.REQUIRE_2FA or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name or ""
        if name.startswith(ALWAYS_OPEN):
            return None
        if request.user.needs_second_factor and not is_mfa_enabled(request.user):
            return redirect(reverse("mfa_activate_totp"))
        return None
