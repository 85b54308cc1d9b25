"""Writing while a meeting runs, and the draft of its minutes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.workflow.models import StepConflict, StepNotAllowed
from programs.coordination.erasing import EraseNamesForm, erase_names, typed_names
from programs.coordination.minutes import draft_minutes
from programs.coordination.models import Meeting
from programs.coordination.noting import NotesForm, save_notes
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
    form, status = NotesForm(request.POST if request.method == "POST" else None, page=page), 200
    if request.method == "POST" and form.is_valid():
        try:
            save_notes(form)
        except StepConflict as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, "Catatan tersimpan.")
            return redirect("coordination:meeting-notes", meeting.pk)
    context = {"meeting": meeting, "form": form}
    return render(request, "programs/coordination/meeting_notes.html", context, status=status)


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
