"""/rekap/kurva-s/: plan against progress of an agency and its programmes, month by month."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from programs.monthly.curve_forms import CurveForm
from programs.monthly.curve_page import CurvePage
from programs.planning.access import allowed, may_see_plans


@require_safe
@allowed(may_see_plans)
def s_curve(request: UserRequest) -> HttpResponse:
    search = CurveForm(request.GET, user=request.user, current=clock.today().year)
    agency = search.agency
    page = CurvePage(agency, search.year, search.measure, search.programme) if agency else None
    context = {
        "filters": Filters(search, request.GET),
        "page": page,
        "year": search.year,
        "errors": error_items(search),
    }
    return render(request, "programs/monthly/s_curve.html", context)
