"""What every page has; who we are was read when the request came in."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from p2emas import clock, naming

from . import navigation


def site(request: HttpRequest) -> dict[str, object]:
    """Name, owner, contact and demo day; the menu is built only where a page draws it."""
    names = naming.current()
    return {
        "site_name": names.site,
        "regency_name": names.regency,
        "site_url": settings.SITE_URL,
        "contact_line": names.contact,
        "demo_day": clock.fixed_day(),
        "menu": SimpleLazyObject(lambda: navigation.menu(request)),
    }
