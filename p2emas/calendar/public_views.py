"""The calendar that anybody may open, and the two files for calendar programs, which know no session."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from p2emas import clock
from p2emas.calendar.file import calendar_answer, calendar_file, file_span
from p2emas.calendar.models import CalendarAddress
from p2emas.calendar.page import CalendarPage
from p2emas.calendar.reading import dates_of


@login_not_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    page = CalendarPage.of(request.user, request.GET, clock.today())
    return render(request, "p2emas/calendar/calendar.html", {"page": page, "filters": page.filters})


@login_not_required
@require_safe
def public_file(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    content = calendar_file(dates_of(None, file_span(today)), today)
    return calendar_answer(request, content, "p2emas-umum.ics", cache="public, max-age=3600")


@login_not_required
@require_safe
def private_file(request: HttpRequest, token: str) -> HttpResponse:
    """The address is enough to read it: nobody signs in, and the session of a browser that opens it is not asked."""
    owner = CalendarAddress.objects.opened_by(token)
    if owner is None:
        raise Http404
    today = clock.today()
    content = calendar_file(dates_of(owner, file_span(today)), today)
    return calendar_answer(request, content, "p2emas.ics", cache="private, no-cache")
