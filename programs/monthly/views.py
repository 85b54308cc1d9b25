"""The months of the agencies' plans: all of a year, and the two tables of one month."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.kinds import PDF
from p2emas.documents.tables import log_export
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from p2emas.ui.links import with_query
from programs.monthly.answering import answer_month
from programs.monthly.curve.page import CurvePage
from programs.monthly.curve.paper import curve_paper
from programs.monthly.filters import CurveForm, MonthYearForm
from programs.monthly.kinds import PLAN, PROGRESS
from programs.monthly.overview import YearOverview, years_with_plans
from programs.monthly.sheet import MonthSheet
from programs.planning.access import allowed, may_see_plans
from programs.planning.models import WorkPlan


@require_safe
@allowed(may_see_plans)
def month_list(request: UserRequest) -> HttpResponse:
    years = years_with_plans(request.user)
    today = clock.today()
    year = MonthYearForm(request.GET, years=years, current=today.year).year
    overview = YearOverview(request.user, year, today, request.GET.get("skpd", ""))
    context = {
        "year": year,
        "years": [(each, with_query(request.GET, tahun=each)) for each in years],
        "overview": overview,
        "everybody": with_query(request.GET, skpd=None) if overview.is_part else "",
    }
    return render(request, "programs/monthly/month_list.html", context)


@require_safe
@allowed(may_see_plans)
def s_curve(request: UserRequest) -> HttpResponse:
    search = CurveForm(request.GET, user=request.user, current=clock.today().year)
    agency = search.agency
    page = CurvePage(agency, search.year, search.measure, search.programme) if agency else None
    if page and request.GET.get("format") == "pdf":
        return _on_paper(page, request.user)
    context = {
        "filters": Filters(search, request.GET),
        "page": page,
        "year": search.year,
        "errors": error_items(search),
    }
    return render(request, "programs/monthly/s_curve.html", context)


def _on_paper(page: CurvePage, user: User) -> HttpResponse:
    name = f"kurva-s-{page.agency.code}-{page.year}-{page.measure.value}.pdf"
    log_export(user, name)
    answer = HttpResponse(curve_paper(page), content_type=PDF)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


def of_month(view: Callable) -> Callable:
    """Hands the view the version that counts in the month: others lead to it. 404 outside the scope of who asks."""

    @wraps(view)
    def checked(request: UserRequest, pk: int, month: int) -> HttpResponse:
        plans = WorkPlan.objects.for_user(request.user).decided().select_related("agency")
        plan = get_object_or_404(plans, pk=pk)
        if not 1 <= month <= 12:
            raise Http404
        if request.method == "POST" and not plan.may_write(request.user):
            raise PermissionDenied
        return view(request, plan, month)

    return checked


@require_http_methods(["GET", "HEAD", "POST"])
@of_month
def month_figures(request: UserRequest, plan: WorkPlan, month: int) -> HttpResponse:
    return answer_month(request, MonthSheet(plan, month, PROGRESS))


@require_http_methods(["GET", "HEAD", "POST"])
@of_month
def month_plan(request: UserRequest, plan: WorkPlan, month: int) -> HttpResponse:
    return answer_month(request, MonthSheet(plan, month, PLAN))
