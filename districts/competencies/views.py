"""Determinations of core competency: recorded ones for now, each with its reason, sources and steps."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from districts.competencies.forms import RecordedDeterminationForm
from districts.competencies.models import CompetencyDetermination
from p2emas.accounts.roles import COORDINATORS
from p2emas.ui.paging import paginate
from p2emas.workflow.riwayat import timeline
from p2emas.workflow.views import step_page


@require_safe
def determination_list(request: HttpRequest) -> HttpResponse:
    rows = CompetencyDetermination.objects.for_user(request.user).for_table()
    return render(
        request,
        "districts/competencies/determination_list.html",
        {"page": paginate(rows, request.GET), "may_add": request.user.has_role(*COORDINATORS)},
    )


@require_safe
def determination_detail(request: HttpRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(CompetencyDetermination.objects.for_user(request.user).for_table(), pk=pk)
    steps = [(name, step) for name, step in record.open_steps(request.user) if not step.own_page]
    context = {"record": record, "steps": steps, "may_edit": record.may_edit(request.user)}
    if request.user.sees_everything:
        context["history"] = timeline(record)[:8]
    return render(request, "districts/competencies/determination_detail.html", context)


@require_http_methods(["GET", "POST"])
def determination_create(request: HttpRequest) -> HttpResponse:
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    return _edited(CompetencyDetermination(), request)


@require_http_methods(["GET", "POST"])
def determination_edit(request: HttpRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(CompetencyDetermination.objects.for_user(request.user), pk=pk)
    if not record.may_edit(request.user):
        raise PermissionDenied
    return _edited(record, request)


def _edited(record: CompetencyDetermination, request: HttpRequest) -> HttpResponse:
    form = RecordedDeterminationForm(request.POST if request.method == "POST" else None, instance=record)
    if request.method == "POST" and form.is_valid():
        return redirect(form.save())
    return render(request, "districts/competencies/determination_form.html", {"form": form, "record": record})


@require_http_methods(["GET", "POST"])
def determination_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    record = get_object_or_404(CompetencyDetermination.objects.for_user(request.user), pk=pk)
    return step_page(request, record, step)
