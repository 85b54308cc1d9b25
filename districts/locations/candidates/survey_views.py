"""Survey visits of a candidate: recording and editing one, its photos."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from districts.locations.candidates.drafts import VISIT
from districts.locations.candidates.models import Candidate
from districts.locations.candidates.proposals import NotAccepting
from districts.locations.candidates.survey_forms import PhotoForm, VisitForm
from districts.locations.candidates.surveys import add_photo, remove_photo, save_visit
from districts.locations.candidates.views import candidate_for
from districts.locations.candidates.visits import SurveyVisit
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.page import DraftedPage
from p2emas.history.records import last_edit
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.views import edit_conflict_page, versions_of


def _check(candidate: Candidate, user: User, *, typed: bool = False) -> None:
    """``typed``: what is sent after the survey was closed still reaches the view, which shows it again."""
    if not (typed and candidate.round.is_worked_by(user)) and not candidate.may_visit(user):
        raise PermissionDenied


def _visit(user: User, pk: int, candidate: int, visit: int, *, typed: bool = False) -> SurveyVisit:
    """One visit in scope, of a candidate that may be visited."""
    visits = SurveyVisit.objects.for_user(user).for_page()
    found = get_object_or_404(visits, pk=visit, candidate__pk=candidate, candidate__round__pk=pk)
    _check(found.candidate, user, typed=typed)
    return found


@require_http_methods(["GET", "POST"])
def visit_create(request: UserRequest, pk: int, candidate: int) -> HttpResponse:
    record = candidate_for(request.user, pk, candidate)
    _check(record, request.user, typed=request.method == "POST")
    return _saved(SurveyVisit(candidate=record), request)


@require_http_methods(["GET", "POST"])
def visit_edit(request: UserRequest, pk: int, candidate: int, visit: int) -> HttpResponse:
    return _saved(_visit(request.user, pk, candidate, visit, typed=request.method == "POST"), request)


def _saved(visit: SurveyVisit, request: UserRequest) -> HttpResponse:
    seen = last_edit(visit) if visit.pk else None
    drafts = DraftedPage(request, VISIT, visit.candidate, seen or 0, part=visit.pk)
    form = drafts.on(VisitForm(drafts.typed, instance=visit))
    if drafts.is_older:
        return _both_versions(form, request, drafts)
    if request.method == "POST" and form.is_valid():
        try:
            save_visit(visit=form.save(commit=False), seen=form.cleaned_data.get("seen"), actor=request.user)
        except NotAccepting:
            form.add_error(
                None,
                "Calon ini tidak menerima kunjungan survei sekarang. Isian Anda tidak disimpan.",
            )
        except EditConflict:
            drafts.keep_typed()
            return _both_versions(form, request, drafts)
        else:
            drafts.was_saved()
            messages.success(request, "Kunjungan tersimpan; fotonya dapat diunggah di sini.")
            return redirect("locations:visit-photos", visit.candidate.round_id, visit.candidate_id, visit.pk)
    drafts.offer()
    context = {"candidate": visit.candidate, "visit": visit, "form": form, "drafts": drafts}
    return render(request, "districts/locations/visit_form.html", context)


def _both_versions(typed: VisitForm, request: UserRequest, drafts: DraftedPage) -> HttpResponse:
    stored = SurveyVisit.objects.for_page().get(pk=typed.instance.pk)
    mine, theirs = versions_of(typed)[0], versions_of(VisitForm(instance=stored))[1]
    return edit_conflict_page(
        request, stored, mine=mine, theirs=theirs, replace={"seen": last_edit(stored)}, typed=drafts.taken_data
    )


@require_http_methods(["GET", "POST"])
def visit_photos(request: UserRequest, pk: int, candidate: int, visit: int) -> HttpResponse:
    found = _visit(request.user, pk, candidate, visit)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = PhotoForm(*data, owner=found)
    if request.method == "POST" and form.is_valid():
        try:
            if add_photo(visit=found, form=form, actor=request.user):
                messages.success(request, "Foto terunggah.")
                return redirect("locations:visit-photos", pk, candidate, visit)
        except NotAccepting as refusal:
            raise PermissionDenied from refusal
    context = {"candidate": found.candidate, "visit": found, "form": form, "photos": list(found.photos.all())}
    return render(request, "districts/locations/visit_photos.html", context)


@require_POST
def photo_remove(request: UserRequest, pk: int, candidate: int, visit: int, photo: int) -> HttpResponse:
    found = _visit(request.user, pk, candidate, visit)
    gone = found.photos.find(photo)
    if gone is not None:  # a second click finds it gone
        try:
            remove_photo(photo=gone, actor=request.user)
        except NotAccepting as refusal:
            raise PermissionDenied from refusal
        messages.success(request, "Foto dihapus.")
    return redirect("locations:visit-photos", pk, candidate, visit)
