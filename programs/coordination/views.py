"""Meetings: the list, preparing one, its page with the agenda, and its steps."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.exports.lists import LONGEST_FILE, ListFile, list_response, wanted_file
from p2emas.ui.paging import paginate
from p2emas.workflow.models import StepConflict
from p2emas.workflow.riwayat import timeline
from p2emas.workflow.views import riwayat_page, step_page
from programs.coordination.agenda_forms import AgendaForm, AgendaLineForm
from programs.coordination.forms import MeetingForm
from programs.coordination.items import ActionItem
from programs.coordination.models import Meeting
from programs.coordination.page import MeetingPage
from programs.coordination.services import (
    close_meeting,
    edit_agenda,
    edit_line,
    edit_meeting,
    invite_to_meeting,
    prepare_meeting,
)

TAKES = {"invite": invite_to_meeting, "close": close_meeting}


COLUMNS = (
    ("Tanggal", lambda row: row.held_on),
    ("Keadaan", lambda row: row.get_status_display()),
    ("Acara", lambda row: row.subject),
    ("Tempat", lambda row: row.place),
    ("Tindak lanjut", lambda row: row.item_count),
    ("Terbuka", lambda row: row.open_count),
    ("Data contoh", lambda row: row.is_sample),
)


@require_safe
def meeting_list(request: UserRequest) -> HttpResponse:
    meetings = Meeting.objects.for_user(request.user)
    if wanted_file(request):
        rows = meetings.for_table()[:LONGEST_FILE]
        return list_response(request, ListFile.of("rakor", "Rapat koordinasi", COLUMNS, rows))
    context = {
        "page": paginate(meetings.for_table(), request.GET),
        "open_items": ActionItem.objects.for_user(request.user).open().count(),
        "may_prepare": Meeting.may_prepare(request.user),
    }
    return render(request, "programs/coordination/meeting_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_create(request: UserRequest) -> HttpResponse:
    if not Meeting.may_prepare(request.user):
        raise PermissionDenied
    form = MeetingForm(request.POST if request.method == "POST" else None, meeting=Meeting())
    if request.method == "POST" and form.is_valid():
        agencies = form.cleaned_data["agencies"]
        meeting = prepare_meeting(meeting=form.save(commit=False), agencies=agencies, by=request.user)
        messages.success(request, "Bahan rakor tersusun dari data hari ini. Periksa agendanya, lalu undang.")
        return redirect(meeting)
    return render(request, "programs/coordination/meeting_form.html", {"form": form, "meeting": None})


def get_meeting(pk: int, request: UserRequest) -> Meeting:
    return get_object_or_404(Meeting.objects.for_user(request.user).select_related("minutes"), pk=pk)


def _editable(pk: int, request: UserRequest) -> Meeting:
    meeting = get_meeting(pk, request)
    if not Meeting.may_prepare(request.user):
        raise PermissionDenied
    return meeting


@require_safe
def meeting_detail(request: UserRequest, pk: int) -> HttpResponse:
    return _detail(get_meeting(pk, request), request)


def _detail(meeting: Meeting, request: UserRequest, form: AgendaForm | None = None, status: int = 200) -> HttpResponse:
    shown = MeetingPage(meeting, request.user, clock.today())
    context = {
        "meeting": meeting,
        "shown": shown,
        "form": form or AgendaForm(shown=shown),
        "history": timeline(meeting, limit=20)[:8],
        "today": clock.today(),
    }
    return render(request, "programs/coordination/meeting_detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: UserRequest, pk: int) -> HttpResponse:
    meeting = _editable(pk, request)
    if not meeting.is_open:
        messages.warning(request, f"Rapat ini {meeting.get_status_display().lower()}, jadi tidak diubah lagi.")
        return redirect(meeting)
    form, status = MeetingForm(request.POST if request.method == "POST" else None, meeting=meeting), 200
    if request.method == "POST" and form.is_valid():
        said, changed = form.cleaned_data, form.save(commit=False)
        try:
            edit_meeting(meeting=changed, agencies=said["agencies"], seen=said["seen"], by=request.user)
        except StepConflict as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, "Rapat tersimpan.")
            return redirect(meeting)
    context = {"form": form, "meeting": meeting}
    return render(request, "programs/coordination/meeting_form.html", context, status=status)


@require_POST
def meeting_agenda(request: UserRequest, pk: int) -> HttpResponse:
    meeting = _editable(pk, request)
    form = AgendaForm(request.POST, shown=MeetingPage(meeting, request.user, clock.today()))
    if not form.is_valid():
        return _detail(meeting, request, form)
    said = form.cleaned_data
    try:
        edit_agenda(meeting=meeting, included=form.chosen_lines, new=said["new"], seen=said["seen"])
    except StepConflict as refusal:
        form.add_error("new", str(refusal))
        return _detail(meeting, request, form, status=409)
    messages.success(request, "Agenda tersimpan.")
    return redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_line(request: UserRequest, pk: int, line: int) -> HttpResponse:
    meeting = get_meeting(pk, request)
    shown = MeetingPage(meeting, request.user, clock.today())
    row = shown.row(line)
    if row is None:
        raise Http404
    if not Meeting.may_prepare(request.user):
        raise PermissionDenied
    if not meeting.is_open and request.method != "POST":
        messages.warning(request, f"Rapat ini {meeting.get_status_display().lower()}, jadi agendanya tetap.")
        return redirect(meeting)
    form, status = AgendaLineForm(request.POST if request.method == "POST" else None, row=row, shown=shown), 200
    if form.is_valid():
        said, lines = form.cleaned_data, [each.line.pk for each in shown.agenda]
        try:
            edit_line(line=row.line, changed=form.changed_words(), place=said["place"], shown=lines, seen=said["seen"])
        except StepConflict as refusal:
            form.add_error(None, str(refusal))
            status = 409
        else:
            messages.success(request, "Butir tersimpan.")
            return redirect(f"{meeting.get_absolute_url()}#agenda")
    context = {"meeting": meeting, "row": row, "form": form}
    return render(request, "programs/coordination/agenda_line.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_step(request: UserRequest, pk: int, name: str) -> HttpResponse:
    return step_page(request, get_meeting(pk, request), name, take=TAKES.get(name))


@require_safe
def meeting_history(request: UserRequest, pk: int) -> HttpResponse:
    return riwayat_page(request, get_meeting(pk, request))
