"""Passwords and codes that are looked at are counted, and logged when they are wrong."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpResponse

from p2emas.accounts.sign_in.browsers import own_counter
from p2emas.accounts.sign_in.tries import TooSoon, Try
from p2emas.accounts.signed_in import UserRequest
from p2emas.naming import said

logger = logging.getLogger(__name__)


@dataclass
class Outcome:
    right: bool = False


@contextmanager
def counted(request: UserRequest, key: str) -> Iterator[Outcome]:
    """Around the look at a password or a code; refuses before it with the sentence that says how long to wait."""
    outcome = Outcome()
    this_try = Try.of(request, key, browser=own_counter(request, key))
    where = {"name_key": key[:12], "network": this_try.network}
    try:
        row = this_try.begin()
    except TooSoon as refusal:
        request.wait_seconds = refusal.seconds  # type: ignore[attr-defined]  # for AnswersTooSoon
        logger.warning("Sign-in refused: too many tries", extra=where | {"seconds": refusal.seconds})
        raise ValidationError(too_soon(refusal.seconds), code="too_soon") from None
    yield outcome
    if outcome.right:
        row.delete()
    else:
        logger.warning("Sign-in failed", extra=where | {"user": getattr(request, "tried_user", None)})


def too_soon(seconds: int) -> str:
    sentence = (
        "Terlalu banyak percobaan yang gagal. Coba lagi dalam %d detik. "
        "Tautan dari “Lupa kata sandi” atau dari {office} selalu membuka akun Anda."
    )
    return said(sentence) % (seconds,)


class AnswersTooSoon:
    """A view whose form is refused for being too soon says so to programs too."""

    def render_to_response(self, context: dict, **kwargs) -> HttpResponse:
        response = super().render_to_response(context, **kwargs)
        if seconds := getattr(self.request, "wait_seconds", 0):
            response.status_code = 429
            response["Retry-After"] = str(seconds)
        return response
