"""What every page has without asking the database."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from p2emas import clock

from . import navigation


def site(request: HttpRequest) -> dict[str, object]:
    """Name, owner, contact and demo day; the menu is built only where a page draws it."""
    return {
        "site_name": "P2-EMAS Sintang",
        "regency_name": settings.REGENCY_NAME,
        "site_url": settings.SITE_URL,
        "contact_line": settings.CONTACT_LINE,
        "demo_day": clock.fixed_day(),
        "menu": SimpleLazyObject(lambda: navigation.menu(request)),
    }
