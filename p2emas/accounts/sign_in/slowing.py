"""Passwords and codes that are looked at are counted, and logged when they are wrong."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.views.generic.base import TemplateResponseMixin, View

from p2emas.accounts.backends import TRIED_USER
from p2emas.accounts.sign_in.browsers import own_counter
from p2emas.accounts.sign_in.tries import TooSoon, Try
from p2emas.naming import said

logger = logging.getLogger(__name__)
WAIT_SECONDS = "wait_seconds"  # attribute of a request whose try was refused


@dataclass
class TryResult:
    right: bool = False


@contextmanager
def tries_counted(request: HttpRequest, key: str) -> Iterator[TryResult]:
    """Around the look at a password or a code; refuses before it with the sentence that says how long to wait."""
    outcome = TryResult()
    this_try = Try.of(request, key, browser=own_counter(request, key))
    where = {"name_key": key[:12], "network": this_try.network}
    try:
        row = this_try.begin()
    except TooSoon as refusal:
        setattr(request, WAIT_SECONDS, refusal.seconds)  # for AnswersTooSoon
        logger.warning("Sign-in refused: too many tries", extra=where | {"seconds": refusal.seconds})
        raise ValidationError(too_soon(refusal.seconds), code="too_soon") from None
    yield outcome
    if outcome.right:
        row.delete()
    else:
        logger.warning("Sign-in failed", extra=where | {"user": getattr(request, TRIED_USER, None)})


def too_soon(seconds: int) -> str:
    sentence = (
        "Terlalu banyak percobaan yang gagal. Coba lagi dalam %d detik. "
        "Tautan dari “Lupa kata sandi” atau dari {office} selalu membuka akun Anda."
    )
    return said(sentence) % (seconds,)


class AnswersTooSoon(TemplateResponseMixin, View):
    """A view whose form is refused for being too soon says so to programs too."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = super().render_to_response(context, **kwargs)
        if seconds := getattr(self.request, WAIT_SECONDS, 0):
            response.status_code = 429
            response["Retry-After"] = str(seconds)
        return response
