"""A text that travels through the sign-in: in the page of the password, and in the session until a second factor.

Nothing here knows what it says; ``p2emas/drafts`` seals it and reads it once somebody has signed in.
"""

from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.http import HttpRequest
from django.template import RequestContext
from django.utils.html import format_html

NAME = "titipan"
LONGEST = 2 * 1024 * 1024


class CarriedText(LayoutObject):
    """The hidden field of the sign-in page; nothing where nothing is carried."""

    def render(self, form: forms.BaseForm, context: RequestContext, **kwargs: Any) -> str:
        text = context.get("carried")
        return format_html('<input type="hidden" name="{}" value="{}">', NAME, text) if text else ""


def sent_with(request: HttpRequest) -> str:
    """What a sign-in page sent along; "" for none, or for more than any page carries."""
    text = request.POST.get(NAME, "")
    return text if len(text) <= LONGEST else ""


def put_down(request: HttpRequest, text: str) -> None:
    """The password was right: from here on it waits in the session."""
    request.session[NAME] = text


def pick_up(request: HttpRequest) -> str:
    return request.session.pop(NAME, "")
