"""How often one address may start applications or try codes; the limiter is that of the sign-in."""

from allauth.core.ratelimit import consume
from django.http import HttpRequest


def may_start(request: HttpRequest) -> bool:
    return consume(request, action="application_start")


def may_try_code(request: HttpRequest) -> bool:
    return consume(request, action="application_code")
