"""Indicators of the activities in a plan: what each is measured by, from where, how far."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.page import DraftedPage
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.views import edit_conflict_page, versions_of
from programs.framework.models import Activity, Indicator, IndicatorTarget
from programs.planning.access import for_writing, get_plan
from programs.planning.drafts import INDICATOR
from programs.planning.editing import delete_indicator, save_indicator
from programs.planning.forms import PlanVersionForm
from programs.planning.indicator_forms import IndicatorForm, is_agreed
from programs.planning.models import WorkPlan
from programs.planning.services import PlanRefused


@require_safe
def indicator_list(request: UserRequest, pk: int) -> HttpResponse:
    plan = get_plan(request, pk)
    context = {"plan": plan, "activities": _shown(plan), "may_edit": plan.may_edit(request.user)}
    return render(request, "programs/planning/indicator_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writing
def indicator_add(request: UserRequest, plan: WorkPlan, activity: int) -> HttpResponse:
    found = get_object_or_404(plan.activities(), pk=activity)
    new = Indicator(activity=found, is_sample=found.is_sample)
    form = IndicatorForm(request.POST if request.method == "POST" else None, instance=new, plan=plan)
    if form.is_valid() and _saved(form, plan, request.user):
        messages.success(request, "Indikator ditambahkan.")
        return redirect("planning:indicator-list", plan.pk)
    return render(request, "programs/planning/indicator_form.html", {"plan": plan, "activity": found, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@for_writing
def indicator_edit(request: UserRequest, plan: WorkPlan, indicator: int) -> HttpResponse:
    row = _indicator(plan, indicator)
    drafts = DraftedPage(request, INDICATOR, plan, row.version, part=row.pk)
    if drafts.is_older:
        return _conflict(plan, indicator, request, drafts)
    form = drafts.on(IndicatorForm(drafts.typed, instance=row, plan=plan))
    try:
        if request.method == "POST" and form.is_valid() and _saved(form, plan, request.user):
            drafts.was_saved()
            messages.success(request, "Indikator disimpan.")
            return redirect("planning:indicator-list", plan.pk)
    except EditConflict:
        drafts.keep_typed()
        return _conflict(plan, indicator, request, drafts)
    drafts.offer()
    context = {"plan": plan, "activity": row.activity, "form": form, "agreed": is_agreed(row), "drafts": drafts}
    return render(request, "programs/planning/indicator_form.html", context)


def _shown(plan: WorkPlan) -> list[tuple[Activity, list[tuple[Indicator, list[IndicatorTarget]]]]]:
    """Each activity with its indicators, and each of these with its targets of the year (at least an empty one)."""
    activities = plan.activities().prefetch_related("indicators__targets__village").order_by("code")

    def rows(indicator: Indicator) -> list[IndicatorTarget]:
        return [row for row in indicator.targets.all() if row.year == plan.year] or [IndicatorTarget()]

    return [(a, [(indicator, rows(indicator)) for indicator in a.indicators.all()]) for a in activities]


def _indicator(plan: WorkPlan, pk: int) -> Indicator:
    return get_object_or_404(plan.indicators().select_related("activity"), pk=pk)


def _saved(form: IndicatorForm, plan: WorkPlan, by: User) -> bool:
    try:
        save_indicator(
            plan=plan,
            indicator=form.instance,
            seen=form.cleaned_data["version"],
            targets=form.targets(),
            by=by,
        )
    except PlanRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _conflict(plan: WorkPlan, pk: int, request: UserRequest, drafts: DraftedPage) -> HttpResponse:
    indicator = _indicator(plan, pk)
    mine, theirs = versions_of(IndicatorForm(drafts.typed, instance=indicator, plan=plan))
    replace, typed = {"version": indicator.version}, drafts.taken_data
    return edit_conflict_page(
        request, indicator, mine=mine, theirs=theirs, replace=replace, parts=("targets",), typed=typed
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_writing
def indicator_delete(request: UserRequest, plan: WorkPlan, indicator: int) -> HttpResponse:
    row = _indicator(plan, indicator)
    form = PlanVersionForm(request.POST if request.method == "POST" else None, initial={"version": row.version})
    errors = []
    if form.is_valid():
        try:
            delete_indicator(plan=plan, indicator=row, seen=form.cleaned_data["version"], by=request.user)
        except (EditConflict, PlanRefused) as refusal:
            errors, row = [str(refusal)], _indicator(plan, indicator)
            form = PlanVersionForm(initial={"version": row.version})
        else:
            messages.success(request, "Indikator dihapus. Riwayat menyimpannya.")
            return redirect("planning:indicator-list", plan.pk)
    context = {"plan": plan, "indicator": row, "form": form, "errors": errors}
    return render(request, "programs/planning/indicator_delete.html", context)
