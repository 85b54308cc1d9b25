"""/keputusan/: which decisions are not finished, and what each waits for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from districts.locations.overview.waiting import pending_for
from p2emas.accounts.roles import COORDINATORS


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    context = {"rows": pending_for(request.user), "may_add": request.user.has_role(*COORDINATORS)}
    return render(request, "districts/locations/decisions.html", context)
