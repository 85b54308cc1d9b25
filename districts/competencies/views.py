"""Determinations of core competency: the list, each one's page, past decisions as they were, steps and history."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from districts.competencies.forms import RecordedDeterminationForm
from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel import services
from districts.competencies.record_page import DeterminationPage, history_parts, step_facts
from districts.competencies.result.papers import minutes_of
from districts.evidence.figures import may_read_evidence
from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.templates import paper_answer
from p2emas.ui.paging import paginate
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.views import claimed_versions, riwayat_page, step_page, still_open

TAKES = {"reopen_scoring": services.reopen_scoring}  # steps that do more than move the status


@require_safe
def determination_list(request: UserRequest) -> HttpResponse:
    rows = CompetencyDetermination.objects.for_user(request.user).for_table()
    context = {
        "page": paginate(rows, request.GET),
        "may_add": request.user.has_role(*COORDINATORS),
        "may_read_evidence": may_read_evidence(request.user),
    }
    return render(request, "districts/competencies/determination_list.html", context)


@require_safe
def determination_detail(request: UserRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(CompetencyDetermination.objects.for_user(request.user).for_page(), pk=pk)
    return render(
        request, "districts/competencies/determination_detail.html", vars(DeterminationPage.of(record, request.user))
    )


@require_safe
def determination_history(request: UserRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(CompetencyDetermination.objects.for_user(request.user).for_page(), pk=pk)
    if not record.may_read_history(request.user):
        raise PermissionDenied
    return riwayat_page(request, record, history_parts(record, request.user))


@require_safe
def determination_minutes(request: UserRequest, pk: int, form: str) -> HttpResponse:
    """The minutes as PDF or Word: BAPPEDA's paper until the decree, as long as its text may still change."""
    rows = CompetencyDetermination.objects.for_user(request.user).with_results().for_page()
    record = get_object_or_404(rows, pk=pk)
    if not record.may_read_history(request.user):
        raise PermissionDenied
    return paper_answer(minutes_of(record), form, f"berita-acara-kompetensi-{record.district}-{record.year}")


@require_http_methods(["GET", "POST"])
def determination_create(request: UserRequest) -> HttpResponse:
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    record = CompetencyDetermination()
    form = RecordedDeterminationForm(request.POST if request.method == "POST" else None, instance=record)
    if request.method == "POST" and form.is_valid():
        return redirect(form.save())
    return render(request, "districts/competencies/determination_form.html", {"form": form, "record": record})


@require_http_methods(["GET", "POST"])
def determination_edit(request: UserRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(CompetencyDetermination.objects.for_user(request.user).recorded(), pk=pk)
    still = still_open(request, record.may_edit(request.user), record.is_worked_by)
    form = RecordedDeterminationForm(request.POST if request.method == "POST" else None, instance=record)
    if request.method == "POST" and (form.is_valid() or not still):
        stored = record.stored()
        try:
            if not still:  # submitted meanwhile: what was typed is shown beside it
                raise EditConflict
            services.save_recorded(record=stored, seen=form.cleaned_data["version"], fields=form.values())
        except EditConflict:
            return claimed_versions(request, form, stored, is_open=stored.may_edit(request.user))
        return redirect(stored)
    return render(request, "districts/competencies/determination_form.html", {"form": form, "record": record})


@require_http_methods(["GET", "POST"])
def determination_step(request: UserRequest, pk: int, step: str) -> HttpResponse:
    record = get_object_or_404(CompetencyDetermination.objects.for_user(request.user).for_page(), pk=pk)
    return step_page(
        request,
        record,
        step,
        take=TAKES.get(step),
        extra_context=vars(step_facts(record, step)),
        template="districts/competencies/step.html",
    )
