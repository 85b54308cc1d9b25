"""The secret address of one person: made and shown once, or ended."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from p2emas.accounts.signed_in import UserRequest
from p2emas.calendar.services import end_address, make_address


@never_cache
@require_POST
def address_make(request: UserRequest) -> HttpResponse:
    """The address is in the answer to the button and nowhere else; loading the page again makes another."""
    path = reverse("calendar:private-file", args=[make_address(owner=request.user)])
    return render(request, "p2emas/calendar/address.html", {"address": settings.SITE_URL + path})


@require_POST
def address_end(request: UserRequest) -> HttpResponse:
    if end_address(owner=request.user):
        messages.success(request, "Alamat kalender pribadi dicabut.")
    return redirect("calendar:calendar")
