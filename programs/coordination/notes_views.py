"""Writing while a meeting runs, and the draft of its minutes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.page import DraftedPage
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepConflict, StepNotAllowed
from p2emas.workflow.pages import edit_conflict_page, versions_of
from programs.coordination.erasing import EraseNamesForm, erase_names, typed_names
from programs.coordination.minutes import draft_minutes
from programs.coordination.models import Meeting
from programs.coordination.noting import NOTES, NotesForm, mark_of_notes, save_notes, version_of_notes
from programs.coordination.page import MeetingPage
from programs.coordination.views import get_meeting


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_notes(request: UserRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(pk, request)
    page = MeetingPage(meeting, request.user, clock.today())
    if not Meeting.may_prepare(request.user):
        raise PermissionDenied
    if not page.may_note:
        messages.warning(request, meeting.why_final)
        return redirect(meeting)
    drafts = DraftedPage(request, NOTES, meeting, version_of_notes(mark_of_notes(meeting)))
    form, status = drafts.on(NotesForm(drafts.typed, page=page)), 200
    if drafts.is_older:
        return _both_versions(page, request, drafts)
    if request.method == "POST" and form.is_valid():
        try:
            return _saved(form, request, drafts)
        except EditConflict:
            drafts.keep_typed()
            return _both_versions(page, request, drafts)
        except StepConflict as refusal:
            form.add_error(None, str(refusal))
            status = 409
    drafts.offer(lambda data: versions_of(NotesForm(data, page=page)))
    context = {"meeting": meeting, "form": form, "drafts": drafts}
    return render(request, "programs/coordination/meeting_notes.html", context, status=status)


def _saved(form: NotesForm, request: UserRequest, drafts: DraftedPage) -> HttpResponse:
    save_notes(form)
    drafts.was_saved()
    messages.success(request, "Catatan tersimpan.")
    return redirect("coordination:meeting-notes", form.meeting.pk)


def _both_versions(page: MeetingPage, request: UserRequest, drafts: DraftedPage) -> HttpResponse:
    mine, theirs = versions_of(NotesForm(drafts.typed, page=page))
    replace = {"seen": mark_of_notes(page.meeting)}
    return edit_conflict_page(request, page.meeting, mine=mine, theirs=theirs, replace=replace, typed=drafts.taken_data)


@require_http_methods(["GET", "HEAD", "POST"])
def names_erase(request: UserRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(pk, request)
    if not Meeting.may_prepare(request.user):
        raise PermissionDenied
    form = EraseNamesForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        erase_names(meeting=meeting, names=form.cleaned_data["names"])
        messages.success(request, "Nama dihapus dari daftar hadir dan dari daftar pada berita acara.")
        return redirect(meeting)
    context = {"meeting": meeting, "form": form, "has_names": bool(typed_names(meeting))}
    return render(request, "programs/coordination/names_erase.html", context)


@require_POST
def minutes_draft(request: UserRequest, pk: int) -> HttpResponse:
    meeting = get_meeting(pk, request)
    if not Meeting.may_prepare(request.user):
        raise PermissionDenied
    try:
        minutes = draft_minutes(meeting=meeting, by=request.user)
    except StepNotAllowed as refusal:
        messages.warning(request, str(refusal))
        return redirect(meeting)
    messages.success(request, "Konsep berita acara tersimpan dengan yang hadir. Nomornya diisi dari buku agenda.")
    return redirect(minutes)
