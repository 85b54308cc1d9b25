"""/keputusan/: which decisions are not finished, and what each waits for."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from districts.locations.overview.waiting import unfinished_decisions
from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import UserRequest


@require_safe
def decisions(request: UserRequest) -> HttpResponse:
    context = {"rows": unfinished_decisions(request.user), "may_add": request.user.has_role(*COORDINATORS)}
    return render(request, "districts/locations/decisions.html", context)
