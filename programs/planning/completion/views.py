"""The page on which a draft is completed: one table instead of a page for each line and indicator."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.page import DraftedPage
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.views import edit_conflict_page
from programs.planning.access import for_writing
from programs.planning.completion.drafts import COMPLETION
from programs.planning.completion.forms import CompletionTableForm, typed_and_stored
from programs.planning.completion.saving import complete_plan
from programs.planning.completion.table import CompletionTable
from programs.planning.models import WorkPlan


@require_http_methods(["GET", "HEAD", "POST"])
@for_writing
def plan_complete(request: UserRequest, plan: WorkPlan) -> HttpResponse:
    drafts = DraftedPage(request, COMPLETION, plan, plan.version)
    if drafts.is_older:
        return _conflict(plan, request, drafts)
    form = CompletionTableForm(CompletionTable(plan), drafts.typed)
    if request.method == "POST":
        try:
            saved = complete_plan(plan=plan, form=form, version=_seen(request.POST), by=request.user)
        except EditConflict:
            drafts.keep_typed()
            return _conflict(plan, request, drafts)
        if form.is_valid():
            drafts.was_saved()
            messages.success(request, f"{saved} baris disimpan." if saved else "Tidak ada yang berubah.")
            return redirect("planning:plan-check" if "periksa" in request.POST else "planning:plan-complete", plan.pk)
        form = _what_is_left(plan, request)
        drafts.keep_typed(version=plan.version)
    drafts.offer()
    context = {"plan": plan, "completion": form, "table": form.table, "errors": form.errors, "drafts": drafts}
    return render(request, "programs/planning/plan_complete.html", context)


def _what_is_left(plan: WorkPlan, request: UserRequest) -> CompletionTableForm:
    """The table as it is stored now, with the rows that could not be saved as they were typed."""
    plan.refresh_from_db()
    return CompletionTableForm(CompletionTable(plan), request.POST)


def _seen(data: QueryDict) -> int:
    seen = data.get("version", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0


def _conflict(plan: WorkPlan, request: UserRequest, drafts: DraftedPage) -> HttpResponse:
    plan.refresh_from_db()
    mine, theirs = typed_and_stored(CompletionTableForm(CompletionTable(plan), drafts.typed))
    return edit_conflict_page(
        request,
        plan,
        mine=mine,
        theirs=theirs,
        replace={"version": plan.version},
        parts=("lines", "lines__targets"),
        is_open=plan.is_editable,
        typed=drafts.taken_data,
    )
