"""Courses: the list, the hub of one, its frame, its participants."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from facilitators.training import page, services
from facilitators.training.forms import CourseForm, CourseListForm, ParticipantsForm
from facilitators.training.models import Course, may_manage_facilitators
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.staffing.services import NotPossible
from p2emas.ui.filters import Filters
from p2emas.ui.paging import paginate
from p2emas.ui.sorting import Sorting
from p2emas.workflow.editing import EditConflict, save_edit
from p2emas.workflow.views import both_versions, riwayat_page

COLUMNS = {"nama": "name", "mulai": ("starts", "pk"), "peserta": "people", "lulus": "passed"}


def course_for(user: User, pk: int) -> Course:
    """A course that ``user`` reads: 404 outside the scope, 403 for a facilitator, who has it on the home page."""
    course = get_object_or_404(Course.objects.for_user(user).for_table().distinct(), pk=pk)
    if not user.sees_everything:
        raise PermissionDenied
    return course


def course_to_edit(user: User, pk: int) -> Course:
    course = course_for(user, pk)
    if not course.may_edit(user):
        raise PermissionDenied
    return course


@require_safe
def course_list(request: UserRequest) -> HttpResponse:
    if not request.user.sees_everything:
        raise PermissionDenied
    filter_form = CourseListForm(request.GET)
    wanted = filter_form.wanted()
    rows = Course.objects.for_user(request.user).search(wanted.get("cari", "")).in_year(wanted.get("tahun"))
    sort = Sorting(request.GET, COLUMNS, default="-mulai")
    context = {
        "page": paginate(sort.apply(rows.for_table().with_counts()), request.GET),
        "sort": sort,
        "filters": Filters(filter_form, request.GET),
        "may_manage": may_manage_facilitators(request.user),
    }
    return render(request, "facilitators/training/course_list.html", context)


@never_cache
@require_safe
def course_detail(request: UserRequest, pk: int) -> HttpResponse:
    shown = page.CoursePage.of(course_for(request.user, pk), request.user)
    return render(request, "facilitators/training/course_detail.html", vars(shown))


@require_safe
def course_history(request: UserRequest, pk: int) -> HttpResponse:
    return riwayat_page(request, course_for(request.user, pk), page.PARTS)


@require_http_methods(["GET", "HEAD", "POST"])
def course_create(request: UserRequest) -> HttpResponse:
    if not may_manage_facilitators(request.user):
        raise PermissionDenied
    initial = {"round": request.GET.get("seleksi", "")[:20]}
    data = request.POST if request.method == "POST" else None
    form = CourseForm(data, actor=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        course = services.create_course(course=form.save(commit=False), actor=request.user)
        messages.success(request, "Pelatihan disimpan. Pilih pesertanya, lalu susun sesinya.")
        return redirect("training:participants", course.pk)
    return render(request, "facilitators/training/course_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def course_edit(request: UserRequest, pk: int) -> HttpResponse:
    course = course_to_edit(request.user, pk)
    data = request.POST if request.method == "POST" else None
    form = CourseForm(data, instance=course, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            save_edit(form)
        except EditConflict:
            fresh = partial(_form_of, request.user)
            return both_versions(request, form, fresh, lambda: redirect(course))
        messages.success(request, "Pelatihan disimpan.")
        return redirect(course)
    return render(request, "facilitators/training/course_form.html", {"form": form, "course": course})


def _form_of(actor: User, stored: Course) -> CourseForm:
    return CourseForm(instance=stored, actor=actor)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def participants(request: UserRequest, pk: int) -> HttpResponse:
    course = course_to_edit(request.user, pk)
    candidates = page.candidates_for(course, request.user)
    form = ParticipantsForm(request.POST if request.method == "POST" else None, **candidates)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            added = services.enrol(
                course=course, applications=chosen.get("lamaran", ()), facilitators=chosen.get("pendamping", ())
            )
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{len(added)} peserta ditambahkan.")
            return redirect(course)
    return render(request, "facilitators/training/participants.html", {"form": form, "course": course})


@require_POST
def participant_remove(request: UserRequest, pk: int, enrolment: int) -> HttpResponse:
    course = course_to_edit(request.user, pk)
    try:
        services.remove_enrolment(course=course, pk=enrolment)
    except NotPossible as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Peserta dikeluarkan dari daftar.")
    return redirect(course)
