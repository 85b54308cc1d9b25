"""The coordinator's pages before the panel scores: open, set up, check and open the scoring, seats."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from districts.competencies.models import CompetencyDetermination
from districts.competencies.panel.analyses import DeterminationAnalysis
from districts.competencies.panel.analyses_page import DeterminationAnalysisPage
from districts.competencies.panel.forms import OpenForm, SeatForm
from districts.competencies.panel.inapplicable import InapplicablePage
from districts.competencies.panel.services import open_determination, open_scoring, save_seats
from districts.competencies.panel.setup_page import SetupPage, opening_form, scoring_facts
from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import UserRequest
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.views import edit_conflict_page, step_page, still_open, versions_of


@require_http_methods(["GET", "POST"])
def panel_open(request: UserRequest) -> HttpResponse:
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    form = OpenForm(request.POST) if request.method == "POST" else opening_form(request.GET)
    if request.method == "POST" and form.is_valid():
        try:
            record = open_determination(fields=form.cleaned_data)
        except StepNotAllowed as refusal:
            form.add_error("district", str(refusal))
        else:
            return redirect("competencies:panel-setup", record.pk)
    return render(request, "districts/competencies/panel_open.html", {"form": form})


@require_http_methods(["GET", "POST"])
def panel_setup(request: UserRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(CompetencyDetermination.objects.for_user(request.user).by_panel().for_page(), pk=pk)
    still = still_open(request, record.may_edit(request.user), record.is_worked_by)
    page = SetupPage(record, request.POST if request.method == "POST" else None)
    if not still:  # opened for scoring meanwhile: what was typed is shown beside it
        return page.conflict(request)
    if request.method == "POST" and page.is_valid():
        try:
            page.save()
        except EditConflict:
            return page.conflict(request)
        return redirect("competencies:scoring-open", record.pk)
    return render(request, "districts/competencies/panel_setup.html", vars(page.shown()))


@require_http_methods(["GET", "POST"])
def analysis_edit(request: UserRequest, pk: int, analysis: int | None = None) -> HttpResponse:
    """A new one without ``analysis``."""
    record = get_object_or_404(CompetencyDetermination.objects.for_user(request.user).by_panel().for_page(), pk=pk)
    row = DeterminationAnalysis()
    if analysis is not None:
        row = get_object_or_404(DeterminationAnalysis.objects.for_user(request.user), determination=record, pk=analysis)
    still = still_open(request, record.may_edit(request.user), record.is_worked_by)
    page = DeterminationAnalysisPage(record, row, request.POST if request.method == "POST" else None)
    if not still:  # opened for scoring meanwhile: what was typed is shown beside it
        return page.conflict(request)
    if request.method == "POST" and page.form.is_valid() and not page.is_full:
        try:
            page.save()
        except EditConflict:
            return page.conflict(request)
        return redirect("competencies:panel-setup", record.pk)
    return render(request, "districts/competencies/determination_analysis.html", vars(page))


@require_http_methods(["GET", "POST"])
def criteria_inapplicable(request: UserRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(CompetencyDetermination.objects.for_user(request.user).by_panel().for_page(), pk=pk)
    still = still_open(request, record.may_edit(request.user), record.is_worked_by)
    page = InapplicablePage(record, request.POST if request.method == "POST" else None)
    if not still:  # opened for scoring meanwhile: what was typed is shown beside it
        return page.conflict(request)
    if request.method == "POST" and page.form.is_valid():
        try:
            page.save()
        except EditConflict:
            return page.conflict(request)
        return redirect("competencies:scoring-open", record.pk)
    return render(request, "districts/competencies/inapplicable.html", page.context())


@require_http_methods(["GET", "POST"])
def scoring_open(request: UserRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(CompetencyDetermination.objects.for_user(request.user).by_panel().for_page(), pk=pk)
    return step_page(
        request,
        record,
        "open_scoring",
        take=open_scoring,
        extra_context=vars(scoring_facts(record)),
        template="districts/competencies/scoring_open.html",
        then=reverse("competencies:discuss", args=[record.pk]),
    )


@require_http_methods(["GET", "POST"])
def seat_edit(request: UserRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(CompetencyDetermination.objects.for_user(request.user).by_panel().for_page(), pk=pk)
    still = still_open(request, record.may_seat(request.user), record.is_worked_by)
    seated = list(record.seats.by_name().values_list("user", flat=True))
    initial = {"version": record.version, "people": seated}
    form = SeatForm(request.POST if request.method == "POST" else None, initial=initial, seated=seated)
    if request.method == "POST" and (form.is_valid() or not still):
        try:
            if not still:  # closed or taken back to a draft meanwhile: what was ticked is shown beside it
                raise EditConflict
            save_seats(record=record, seen=form.cleaned_data["version"], people=form.cleaned_data["people"])
        except EditConflict:
            mine, theirs = versions_of(form)
            return edit_conflict_page(
                request,
                record,
                mine=mine,
                theirs=theirs,
                replace={"version": record.version},
                parts=["seats"],
                is_open=record.may_seat(request.user),
            )
        return redirect("competencies:discuss", record.pk)
    return render(request, "districts/competencies/seat_form.html", {"form": form, "record": record})
