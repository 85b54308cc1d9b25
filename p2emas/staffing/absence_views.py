"""Leave: who is away, who is their deputy, and who names them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.staffing.absence_forms import AbsenceForm
from p2emas.staffing.absence_page import AbsencePage
from p2emas.staffing.absence_services import TAKEN_BY, ask_absence
from p2emas.staffing.absences import Absence, covered_by
from p2emas.ui.paging import paginate
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.riwayat import timeline
from p2emas.workflow.views import riwayat_page, step_page


def get_absence(pk: int, request: UserRequest) -> Absence:
    return get_object_or_404(Absence.objects.for_user(request.user).for_table(), pk=pk)


@require_safe
def absence_list(request: UserRequest) -> HttpResponse:
    today = clock.today()
    context = {
        "page": paginate(Absence.objects.for_user(request.user).for_table(), request.GET),
        "may_ask": covered_by(request.user, today).exists(),
        "today": today,
    }
    return render(request, "p2emas/staffing/absence_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def absence_ask(request: UserRequest) -> HttpResponse:
    if not covered_by(request.user, clock.today()).exists():
        raise PermissionDenied
    form = AbsenceForm(request.POST if request.method == "POST" else None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            absence = ask_absence(absence=form.made(), by=request.user)
        except StepNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            named = absence.status == Absence.Status.NAMED
            messages.success(request, f"{'Ditetapkan' if named else 'Diminta'}: {absence}, {absence.days}.")
            return redirect(absence)
    return render(request, "p2emas/staffing/absence_ask.html", {"form": form})


@require_safe
def absence_detail(request: UserRequest, pk: int) -> HttpResponse:
    absence = get_absence(pk, request)
    context = {
        "absence": absence,
        "shown": AbsencePage(absence, request.user, clock.today()),
        "history": timeline(absence, limit=20)[:8],
    }
    return render(request, "p2emas/staffing/absence_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def absence_step(request: UserRequest, pk: int, name: str) -> HttpResponse:
    return step_page(request, get_absence(pk, request), name, take=TAKEN_BY.get(name))


@require_safe
def absence_history(request: UserRequest, pk: int) -> HttpResponse:
    return riwayat_page(request, get_absence(pk, request))
