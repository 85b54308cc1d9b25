"""Sessions of a course: when they are, who was there, the sheet to sign on paper, the code for the room."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from facilitators.training import services
from facilitators.training.forms import AttendanceForm, SessionForm
from facilitators.training.models import Course, Session
from facilitators.training.papers import attendance_pdf
from facilitators.training.views import course_for, course_to_edit
from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.kinds import PDF
from p2emas.staffing.services import NotPossible
from p2emas.ui.banners import say_saved
from p2emas.workflow.editing import EditConflict, save_edit
from p2emas.workflow.views import both_versions


def session_of(course: Course, pk: int) -> Session:
    found = get_object_or_404(course.sessions.all(), pk=pk)
    found.course = course
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def session_create(request: UserRequest, pk: int) -> HttpResponse:
    course = course_to_edit(request.user, pk)
    form = SessionForm(request.POST if request.method == "POST" else None, course=course)
    if request.method == "POST" and form.is_valid():
        try:
            services.create_session(session=form.save(commit=False))
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Sesi disimpan.")
            return redirect(course)
    return render(request, "facilitators/training/session_form.html", {"form": form, "course": course})


@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: UserRequest, pk: int, session: int) -> HttpResponse:
    course = course_to_edit(request.user, pk)
    record = session_of(course, session)
    form = SessionForm(request.POST if request.method == "POST" else None, instance=record, course=course)
    if request.method == "POST" and form.is_valid():
        try:
            save_edit(form)
        except EditConflict:
            return both_versions(request, form, partial(_form_of, course), lambda: redirect(course))
        messages.success(request, "Sesi disimpan.")
        return redirect(course)
    context = {"form": form, "course": course, "session": record}
    return render(request, "facilitators/training/session_form.html", context)


def _form_of(course: Course, stored: Session) -> SessionForm:
    return SessionForm(instance=stored, course=course)


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: UserRequest, pk: int, session: int) -> HttpResponse:
    course = course_for(request.user, pk) if request.method != "POST" else course_to_edit(request.user, pk)
    record = session_of(course, session)
    rows = course.enrolments.taking_part().select_related("facilitator").order_by("facilitator__name", "pk")
    known = {row.enrolment_id: row for row in record.attendances.all()}
    data = request.POST if request.method == "POST" else None
    form = AttendanceForm(data, enrolments=rows, present=set(known))
    if request.method == "POST" and form.is_valid():
        try:
            present, absent = form.changes()
            added, removed = services.record_attendance(session=record, present=present, absent=absent)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            words = {"topic": record, "added": added, "removed": removed}
            sentence = "{topic}: {added} hadir dicatat, {removed} dicabut.".format(**words)
            say_saved(request, sentence, changed=added or removed)
            return redirect(course)
    ticked = {str(each) for each in form["hadir"].value() or ()}
    context = {"course": course, "session": record, "form": form, "may_edit": course.may_edit(request.user)}
    context["rows"] = [(row, str(row.pk) in ticked, known.get(row.pk)) for row in rows]
    return render(request, "facilitators/training/attendance.html", context)


@never_cache
@require_safe
def attendance_sheet(request: UserRequest, pk: int, session: int) -> HttpResponse:
    course = course_for(request.user, pk)
    record = session_of(course, session)
    answer = HttpResponse(attendance_pdf(record), content_type=PDF)
    answer["Content-Disposition"] = f'inline; filename="daftar-hadir-{record.pk}.pdf"'
    answer["Cache-Control"] = "private, no-cache"
    return answer


@require_safe
def room_code(request: UserRequest, pk: int, session: int) -> HttpResponse:
    course = course_for(request.user, pk)
    record = session_of(course, session)
    context = {
        "course": course,
        "session": record,
        "shown": f"{record.code[:3]} {record.code[3:]}",
        "address": f"{settings.SITE_URL}{reverse('training:attend')}",
        "takes_code": record.takes_code(clock.now()) and not course.is_closed,
        "present": record.attendances.count(),
    }
    return render(request, "facilitators/training/room_code.html", context)
