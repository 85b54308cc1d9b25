"""Work plans: the list, one plan, its check page and its steps."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.exports.lists import LONGEST_FILE, ListColumn, ListFile, list_response, wanted_file
from p2emas.imports.lanes.page import LaneBox
from p2emas.naming import said
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from p2emas.ui.paging import paginate
from p2emas.ui.sorting import Sorting
from p2emas.workflow.models import StepConflict, StepNotAllowed
from p2emas.workflow.riwayat import riwayat_page
from p2emas.workflow.views import step_page
from programs.planning.access import allowed, for_writing, get_plan, may_see_plans
from programs.planning.differences import plan_differences
from programs.planning.files.models import PlanFile
from programs.planning.forms import PlanCheckForm, PlanCreateForm, PlanFilterForm, PlanSetForm, own_agencies
from programs.planning.models import WorkPlan
from programs.planning.page import CheckPage, PlanPage, correction_asked, plan_history_parts
from programs.planning.services import PlanRefused, create_plan, submit_plan
from programs.planning.workbook.lane import PLAN_LANE

COLUMNS = {
    "tahun": ("year", "agency__short_name", "sequence"),
    "skpd": "agency__short_name",
    "status": "status",
    "baris": "line_count",
    "pagu": "budget",
    "berlaku": "effective_on",
}


@require_safe
@allowed(may_see_plans)
def plan_list(request: UserRequest) -> HttpResponse:
    plans = WorkPlan.objects.for_user(request.user)
    many = request.user.sees_everything or len(request.user.staff_agency_ids) > 1
    search = PlanFilterForm(request.GET, plans=plans, many_agencies=many)
    sort = Sorting(request.GET, COLUMNS, default="-tahun")
    found = sort.apply(search.apply().for_table())
    if wanted_file(request):
        return list_response(request, ListFile.of("rencana", "Daftar rencana", PLAN_COLUMNS, found[:LONGEST_FILE]))
    context = {
        "page": paginate(found, request.GET),
        "sort": sort,
        "filters": Filters(search, request.GET),
        "errors": error_items(search),
        "may_create": own_agencies(request.user).exists(),
        "many": many,
    }
    return render(request, "programs/planning/plan_list.html", context)


PLAN_COLUMNS: tuple[ListColumn, ...] = (
    ("Kode SKPD", lambda plan: plan.agency.code),
    ("SKPD", lambda plan: plan.agency),
    ("Tahun", lambda plan: plan.year),
    ("Dokumen anggaran", lambda plan: plan.get_kind_display()),
    ("Versi", lambda plan: plan.sequence),
    ("Status", lambda plan: plan.get_status_display()),
    ("Baris", lambda plan: plan.line_count),
    ("Pagu (Rp)", lambda plan: plan.budget),
    ("Nomor DPA", lambda plan: plan.budget_doc_no),
    ("Tanggal DPA", lambda plan: plan.budget_doc_date),
    ("Nomor peraturan tentang Renja", lambda plan: plan.regulation_no),
    ("Tanggal peraturan tentang Renja", lambda plan: plan.regulation_date),
    ("Berlaku sejak", lambda plan: plan.effective_on),
    ("Data contoh", lambda plan: plan.is_sample),
)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(lambda user: own_agencies(user).exists())
def plan_create(request: UserRequest) -> HttpResponse:
    form = PlanCreateForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        try:
            plan = create_plan(**form.cleaned_data, by=request.user)
        except PlanRefused as refusal:
            form.add_error("year", str(refusal))
        else:
            messages.success(request, f"Rencana dibuat dengan {plan.lines.count()} baris salinan.")
            return redirect(plan)
    return render(request, "programs/planning/plan_create.html", {"form": form})


@require_safe
def plan_detail(request: UserRequest, pk: int) -> HttpResponse:
    plan = get_plan(request, pk)
    context = {"plan": plan, "shown": PlanPage(plan, request.user)}
    if plan.may_edit(request.user):
        context["box"] = LaneBox.of(PLAN_LANE, plan, request.user)
        context["applied_file"] = PlanFile.objects.for_user(request.user).applied_to(plan.pk).first()
    return render(request, "programs/planning/plan_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writing
def plan_check(request: UserRequest, plan: WorkPlan) -> HttpResponse:
    form = PlanCheckForm(request.POST if request.method == "POST" else None)
    errors = []
    if form.is_valid():
        seen, version = form.cleaned_data["seen"], form.cleaned_data["version"] or 0
        try:
            submit_plan(plan=plan, seen=seen, version=version, by=request.user)
        except StepNotAllowed as refusal:
            plan.refresh_from_db()
            if not _submitted_by(plan, request, refusal):
                errors = [str(refusal)]
        if not errors:
            messages.success(
                request, said("Rencana diajukan. {Office} menelaahnya dan mencatat penetapannya bersama nomor DPA.")
            )
            return redirect(plan)
    context = {"plan": plan, "check": CheckPage.of(plan), "errors": errors, "asked": correction_asked(plan)}
    return render(request, "programs/planning/plan_check.html", context, status=409 if errors else 200)


def _submitted_by(plan: WorkPlan, request: UserRequest, refusal: StepNotAllowed) -> bool:
    """Whether a second click found the plan as the first one had left it."""
    done = plan.status == WorkPlan.Status.SUBMITTED and plan.submitted_by_id == request.user.pk
    return isinstance(refusal, StepConflict) and done


@require_http_methods(["GET", "HEAD", "POST"])
def plan_set(request: UserRequest, pk: int) -> HttpResponse:
    plan = get_plan(request, pk)
    if not plan.may_take(request.user, "set"):
        raise PermissionDenied
    form = PlanSetForm(request.POST if request.method == "POST" else None, plan=plan, initial={"seen": plan.status})
    if form.is_valid():
        try:
            form.record(plan, by=request.user)
        except (StepNotAllowed, PlanRefused) as refusal:
            plan.refresh_from_db()
            if not _set_by(plan, request.user, form.cleaned_data):
                form.add_error(None, str(refusal))
        if not form.errors:
            messages.success(request, "Penetapan dicatat. Rencana berlaku sejak tanggal yang Anda isi.")
            return redirect(plan)
    context = {"plan": plan, "form": form, "open": plan.status in WorkPlan.STEPS["set"].sources}
    context["chain"] = CheckPage.of(plan).open_chain if context["open"] else None
    return render(request, "programs/planning/plan_set.html", context)


def _set_by(plan: WorkPlan, user: User, data: dict) -> bool:
    """The same for setting it."""
    same = (plan.budget_doc_no, plan.effective_on) == (data["budget_doc_no"], data["effective_on"])
    return plan.status == WorkPlan.Status.SET and plan.decided_by_id == user.pk and same


@require_http_methods(["GET", "HEAD", "POST"])
def plan_step(request: UserRequest, pk: int, step: str) -> HttpResponse:
    return step_page(request, get_plan(request, pk), step)


@require_safe
def plan_history(request: UserRequest, pk: int) -> HttpResponse:
    plan = get_plan(request, pk)
    return riwayat_page(request, plan, plan_history_parts(plan))


@require_safe
def plan_compare(request: UserRequest, pk: int) -> HttpResponse:
    plan = get_plan(request, pk)
    context = {"plan": plan, "differences": plan_differences(plan)}
    return render(request, "programs/planning/plan_compare.html", context)
