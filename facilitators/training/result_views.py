"""How a course ends: marks, who is dropped, and the closing that gives everybody an outcome."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from facilitators.training import page, services
from facilitators.training.forms import CloseCourseForm, ReasonForm
from facilitators.training.marks import MarksPage
from facilitators.training.models import Enrolment
from facilitators.training.views import course_for, course_to_edit
from p2emas.accounts.signed_in import UserRequest
from p2emas.staffing.services import NotPossible
from p2emas.ui.banners import say_saved
from p2emas.workflow.models import StepNotAllowed


@require_http_methods(["GET", "HEAD", "POST"])
def tests(request: UserRequest, pk: int) -> HttpResponse:
    course = course_to_edit(request.user, pk)
    sheet = MarksPage(course, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        changed = sheet.save()
        if changed is not None:
            say_saved(request, f"{changed} nilai tersimpan.", changed=changed)
            return redirect(course)
    return render(request, "facilitators/training/tests.html", vars(sheet.shown()))


@require_http_methods(["GET", "HEAD", "POST"])
def enrolment_drop(request: UserRequest, pk: int, enrolment: int) -> HttpResponse:
    course = course_to_edit(request.user, pk)
    rows = Enrolment.objects.for_user(request.user).select_related("facilitator__application__round", "course")
    row = get_object_or_404(rows, pk=enrolment, course=course)
    data = request.POST if request.method == "POST" else None
    form = ReasonForm(data, submit="Gugurkan", look="btn-danger")
    if request.method == "POST" and form.is_valid():
        try:
            services.drop_participant(enrolment=row, reason=form.cleaned_data["reason"], actor=request.user)
        except (NotPossible, StepNotAllowed) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{row} gugur.")
            return redirect(course)
    context = {"course": course, "enrolment": row, "form": form} | vars(page.DropFacts.of(row, request.user))
    return render(request, "facilitators/training/enrolment_drop.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def course_close(request: UserRequest, pk: int) -> HttpResponse:
    course = course_to_edit(request.user, pk)
    lines = page.ClosingLines.of(course)
    form = CloseCourseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.close_course(course=course)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            outcome = f"Hasil ditutup: {len(lines.passed)} lulus, {len(lines.failed)} tidak lulus."
            messages.success(request, outcome)
            return redirect(course)
    return render(request, "facilitators/training/course_close.html", {"course": course, "form": form, **vars(lines)})


@require_http_methods(["GET", "HEAD", "POST"])
def course_reopen(request: UserRequest, pk: int) -> HttpResponse:
    course = course_for(request.user, pk)
    if not page.may_reopen(course, request.user):
        raise PermissionDenied
    form = ReasonForm(request.POST if request.method == "POST" else None, submit="Buka kembali")
    if request.method == "POST" and form.is_valid():
        services.reopen_course(course=course, reason=form.cleaned_data["reason"])
        messages.success(request, "Hasil pelatihan dibuka kembali.")
        return redirect(course)
    return render(request, "facilitators/training/course_reopen.html", {"course": course, "form": form})
