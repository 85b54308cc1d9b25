"""Candidates: the list of a round, proposing and editing one, its page, its steps, and the gate of all."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from districts.locations.candidates.forms import CandidateForm, CandidateListForm, DistrictForm
from districts.locations.candidates.gate import GatePage
from districts.locations.candidates.models import Candidate
from districts.locations.candidates.page import PARTS, CandidatePage
from districts.locations.candidates.proposals import NotAccepting, propose, save_proposal
from districts.locations.candidates.rows import COLUMNS, HEADER, candidate_cells, candidate_rows, only_one
from districts.locations.rounds.models import SelectionRound
from districts.regions.models import District, Village
from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import Anyone, UserRequest
from p2emas.exports.lists import ListFile, list_response, wanted_file
from p2emas.history.records import last_edit
from p2emas.naming import said
from p2emas.ui.banners import say_saved
from p2emas.ui.filters import Filters
from p2emas.ui.paging import paginate
from p2emas.ui.sorting import Sorting
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.views import edit_conflict_page, riwayat_page, step_page, still_open, versions_of


def _round(user: Anyone, pk: int) -> SelectionRound:
    return get_object_or_404(SelectionRound.objects.for_user(user), pk=pk)


def candidate_for(user: Anyone, pk: int, candidate: int) -> Candidate:
    return get_object_or_404(Candidate.objects.for_user(user).for_table(), pk=candidate, round__pk=pk)


@login_not_required
@require_safe
def candidate_table(request: HttpRequest, pk: int) -> HttpResponse:
    selection, filter_form = _round(request.user, pk), CandidateListForm(request.GET)
    sort = Sorting(request.GET, COLUMNS, default="desa")
    rows = sort.apply(candidate_rows(selection, request.user, **filter_form.wanted()))
    marks = selection.may_read_ranking(request.user)
    if wanted_file(request):
        cells = candidate_cells(rows, marks=marks)
        return list_response(request, ListFile(f"calon-{pk}", f"Calon {selection}", HEADER, cells))
    context = {
        "selection": selection,
        "page": paginate(rows, request.GET),
        "sort": sort,
        "filters": Filters(filter_form, request.GET),
        "shows_marks": marks,
    }
    return render(request, "districts/locations/candidate_list.html", context)


@login_not_required
@require_safe
def candidate_detail(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    record = candidate_for(request.user, pk, candidate)
    return render(request, "districts/locations/candidate_detail.html", vars(CandidatePage.of(record, request.user)))


@require_safe
def candidate_history(request: UserRequest, pk: int, candidate: int) -> HttpResponse:
    record = candidate_for(request.user, pk, candidate)
    if not request.user.sees_everything:
        raise PermissionDenied
    return riwayat_page(request, record, PARTS)


@require_http_methods(["GET", "POST"])
def candidate_create(request: UserRequest, pk: int) -> HttpResponse:
    selection = _round(request.user, pk)
    late = request.method == "POST" and selection.is_proposed_in_by(request.user)  # typed while the round closed
    if not late and not selection.may_propose(request.user, clock.today()):
        raise PermissionDenied
    asked, district = _district_asked(request.user, request.GET)
    context = {"selection": selection, "asked": asked, "district": district}
    if district is None:
        return render(request, "districts/locations/candidate_district.html", context | {"form": asked})
    villages = Village.objects.public().of(district)
    form = CandidateForm(request.POST if request.method == "POST" else None, villages=villages, selection=selection)
    if request.method == "POST" and form.is_valid() and (made := _proposed(selection, form, request)):
        return redirect(made)
    return render(request, "districts/locations/candidate_form.html", context | {"form": form})


def _district_asked(user: User, query: QueryDict) -> tuple[DistrictForm, District | None]:
    """The form that asks for the kecamatan, and its answer; who has one kecamatan is not asked."""
    districts = District.objects.own(user)
    form = DistrictForm(query if "kecamatan" in query else None, districts=districts)
    return form, form.cleaned_data["kecamatan"] if form.is_valid() else only_one(districts)


def _proposed(selection: SelectionRound, form: CandidateForm, request: UserRequest) -> Candidate | None:
    """The new candidate; None when a sentence is on the form."""
    try:
        made = propose(selection=selection, candidate=form.save(commit=False), actor=request.user)
    except NotAccepting:
        form.add_error(None, "Penjaringan ini tidak menerima usulan sekarang. Isian Anda tidak disimpan.")
        return None
    except StepNotAllowed as refusal:
        form.add_error("village", str(refusal))
        return None
    messages.success(request, said("Desa %s diusulkan. {Office} memeriksa syarat dasarnya.") % made.village)
    return made


@require_http_methods(["GET", "POST"])
def candidate_edit(request: UserRequest, pk: int, candidate: int) -> HttpResponse:
    record = candidate_for(request.user, pk, candidate)
    still = still_open(request, record.may_edit(request.user), record.is_worked_by)
    villages = Village.objects.only_this(record.village_id)
    data = request.POST if request.method == "POST" else None
    form = CandidateForm(data, instance=record, villages=villages, selection=record.round)
    if request.method == "POST" and (form.is_valid() or not still):
        try:
            if not still:  # its gate was checked meanwhile: what was typed is shown beside what is stored
                raise EditConflict
            save_proposal(candidate=form.save(commit=False), seen=form.cleaned_data["seen"], actor=request.user)
        except (EditConflict, NotAccepting):
            return _both_versions(form, candidate_for(request.user, pk, candidate), request)
        messages.success(request, "Bukti tersimpan.")
        return redirect(record)
    context = {"selection": record.round, "candidate": record, "form": form, "district": record.village.district}
    return render(request, "districts/locations/candidate_form.html", context)


def _both_versions(typed: CandidateForm, stored: Candidate, request: UserRequest) -> HttpResponse:
    villages = Village.objects.only_this(stored.village_id)
    fresh = CandidateForm(instance=stored, villages=villages, selection=stored.round)
    mine, theirs = versions_of(typed)[0], versions_of(fresh)[1]
    replace, is_open = {"seen": last_edit(stored)}, stored.may_edit(request.user)
    return edit_conflict_page(request, stored, mine=mine, theirs=theirs, replace=replace, is_open=is_open)


@require_http_methods(["GET", "POST"])
def candidate_step(request: UserRequest, pk: int, candidate: int, step: str) -> HttpResponse:
    return step_page(request, candidate_for(request.user, pk, candidate), step)


@require_http_methods(["GET", "POST"])
def gate_check(request: UserRequest, pk: int) -> HttpResponse:
    selection = _round(request.user, pk)
    if not selection.may_work(request.user):
        raise PermissionDenied
    page = GatePage(selection, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        decided = page.save(request.user)
        if decided is not None:
            nothing = "Belum ada yang ditandai."
            say_saved(request, f"{decided} calon diperiksa.", changed=decided, otherwise=nothing)
            return redirect("locations:round-detail", selection.pk)
    return render(request, "districts/locations/gate_check.html", vars(page.shown()))
