"""The months of the agencies' plans: all of a year, and the two tables of one month."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.page import DraftedPage
from p2emas.imports.lanes.page import LaneBox
from p2emas.ui import formats
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from p2emas.ui.links import with_query
from p2emas.workflow.editing import EditConflict
from programs.monthly import conflicts
from programs.monthly.curve_page import CurvePage
from programs.monthly.drafts import DRAFTED
from programs.monthly.filters import CurveForm, MonthYearForm
from programs.monthly.forms import MonthForm
from programs.monthly.kinds import PLAN, PROGRESS
from programs.monthly.month_lane import MONTH_LANE
from programs.monthly.overview import YearOverview, years_with_plans
from programs.monthly.page import MonthPage
from programs.monthly.saving import save_month, version_of
from programs.monthly.sheet import MonthSheet
from programs.monthly.undoing import last_month_saving, remember_month
from programs.planning.access import allowed, may_see_plans
from programs.planning.models import WorkPlan
from programs.reporting.reports.access import seen_version


@require_safe
@allowed(may_see_plans)
def month_list(request: UserRequest) -> HttpResponse:
    years = years_with_plans(request.user)
    today = clock.today()
    year = MonthYearForm(request.GET, years=years, current=today.year).year
    links = [(each, with_query(request.GET, tahun=each)) for each in years]
    context = {"year": year, "years": links, "overview": YearOverview(request.user, year, today)}
    return render(request, "programs/monthly/month_list.html", context)


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
    return _table(request, MonthSheet(plan, month, PROGRESS))


@require_http_methods(["GET", "HEAD", "POST"])
@of_month
def month_plan(request: UserRequest, plan: WorkPlan, month: int) -> HttpResponse:
    return _table(request, MonthSheet(plan, month, PLAN))


def _table(request: UserRequest, sheet: MonthSheet) -> HttpResponse:
    plan, kind = sheet.plan, sheet.kind
    drafts = DraftedPage(request, DRAFTED[kind.name], plan, version_of(plan, kind, sheet.month), part=sheet.month)
    if sheet.counting != plan.pk or (request.method == "POST" and not sheet.is_typed):
        return _elsewhere(request, sheet, drafts)
    if drafts.is_older:
        return conflicts.of_month(request, sheet, drafts.typed)
    writes = plan.may_write(request.user)
    form = MonthForm(sheet, drafts.typed if writes else None)
    if request.method == "POST" and (answer := _save(request, form, drafts)):
        return answer
    if writes:
        drafts.offer(lambda typed: conflicts.versions_of_month(sheet.again, typed))
    context = {"page": MonthPage(sheet, form, writes), "errors": form.errors, "drafts": drafts, "sheet": sheet}
    context |= {"undo": last_month_saving(request, sheet, drafts.version) if writes else None, "plan": plan}
    context["box"] = LaneBox.of(MONTH_LANE, plan, request.user) if writes else None
    return render(request, "programs/monthly/month.html", context)


def _save(request: UserRequest, form: MonthForm, drafts: DraftedPage) -> HttpResponse | None:
    """The answer to what was sent; None where a part of it was wrong and the page is drawn again."""
    sheet = form.sheet
    try:
        save_month(form=form, version=seen_version(request), actor=request.user)
    except EditConflict:
        drafts.keep_typed()
        return conflicts.of_month(request, sheet, drafts.typed)
    seen = version_of(sheet.plan, sheet.kind, sheet.month)
    remember_month(request, form, seen)
    if not form.is_valid():
        form.show_what_was_saved()
        drafts.keep_typed(version=seen)
        return None
    drafts.was_saved()
    messages.success(request, f"Tersimpan pukul {formats.clock_time(clock.now())}.")
    return redirect(request.path)


def _elsewhere(request: UserRequest, sheet: MonthSheet, drafts: DraftedPage) -> HttpResponse:
    """The month belongs to another version, or is not typed: what was sent is kept for its owner."""
    if request.method == "POST":
        drafts.keep_typed()
        messages.warning(
            request,
            "Bulan ini tidak dapat diisi pada versi rencana itu. Yang Anda ketik tidak disimpan; salinannya ada di "
            "Isian belum tersimpan.",
        )
    return redirect(sheet.kind.url, sheet.counting or sheet.plan.pk, sheet.month)
