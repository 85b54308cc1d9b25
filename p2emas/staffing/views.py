"""Heads of BAPPEDA invite people, give and end roles; the Inspektorat reads."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.sign_in.traces import AccountTrace
from p2emas.accounts.signed_in import UserRequest
from p2emas.staffing import services
from p2emas.staffing.copied_links import account_texts
from p2emas.staffing.filters import PeopleFilterForm
from p2emas.staffing.forms import AssignmentForm, EndForm, InvitationForm, PersonForm
from p2emas.staffing.permissions import may_end, may_manage, may_manage_people, may_read_people
from p2emas.staffing.services import NotPossible
from p2emas.staffing.workplaces import workplaces_of
from p2emas.ui.filters import Filters
from p2emas.ui.paging import paginate
from p2emas.ui.sorting import Sorting
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.pages import both_versions
from p2emas.workflow.riwayat import timeline


def managed(user: User, pk: int) -> User:
    """The person of the page, whom ``user`` may manage: 404 outside the scope, 403 without the right."""
    person = get_object_or_404(User.objects.for_user(user), pk=pk)
    if not may_manage(user, person):
        raise PermissionDenied
    return person


@never_cache
@require_safe
def user_list(request: UserRequest) -> HttpResponse:
    if not may_read_people(request.user):
        raise PermissionDenied
    today = clock.today()
    form = PeopleFilterForm(request.GET, actor=request.user)
    sort = Sorting(request.GET, {"nama": "name", "masuk": "last_login"}, default="nama")
    people = form.apply(User.objects.for_user(request.user).with_assignments(today), today)
    context = {
        "page": paginate(sort.apply(people), request.GET),
        "sort": sort,
        "filters": Filters(form, request.GET),
        "may_invite": may_manage_people(request.user),
    }
    return render(request, "p2emas/staffing/user_list.html", context)


@never_cache
@require_safe
def user_detail(request: UserRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.for_user(request.user), pk=pk)
    if not may_read_people(request.user):
        raise PermissionDenied
    assignments = list(person.assignments.select_related("agency"))
    places = workplaces_of(assignments)
    for each in assignments:
        each.may_end = each.is_open(clock.today()) and may_end(request.user, each)
        each.places = places.get(each.pk, [])
    waits = person.condition == User.Condition.INVITED
    context = {
        "person": person,
        "assignments": assignments,
        "may_manage": may_manage(request.user, person),
        "invitation": services.open_invitation(person) if waits else None,
        "was_invited": waits and services.was_invited(person),
        "texts": account_texts(person) if waits else [],
        "last_link": AccountTrace.objects.links_to(person).first(),
        "entries": timeline(person, parts=["assignments"]),
    }
    return render(request, "p2emas/staffing/user_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def user_invite(request: UserRequest) -> HttpResponse:
    if not may_manage_people(request.user):
        raise PermissionDenied
    form = InvitationForm(request.POST if request.method == "POST" else None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            person = services.invite_user(**form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Undangan ditulis. Kirim suratnya di Surat keluar.")
            return redirect(person)
    return render(request, "p2emas/staffing/user_invite.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def user_edit(request: UserRequest, pk: int) -> HttpResponse:
    person = managed(request.user, pk)
    form = PersonForm(request.POST if request.method == "POST" else None, instance=person)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_person(form)
        except EditConflict:
            return both_versions(request, form, lambda stored: PersonForm(instance=stored), lambda: redirect(person))
        messages.success(request, "Data pengguna disimpan.")
        return redirect(person)
    context = {"form": form, "person": person}
    return render(request, "p2emas/staffing/user_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_add(request: UserRequest, pk: int) -> HttpResponse:
    person = managed(request.user, pk)
    form = AssignmentForm(request.POST if request.method == "POST" else None, actor=request.user, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            services.assign(person=person, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Penugasan disimpan.")
            return redirect(person)
    return render(request, "p2emas/staffing/assignment_add.html", {"form": form, "person": person})


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_end(request: UserRequest, pk: int, assignment_pk: int) -> HttpResponse:
    person = managed(request.user, pk)
    assignment = get_object_or_404(person.assignments.select_related("agency", "user"), pk=assignment_pk)
    if not may_end(request.user, assignment):
        raise PermissionDenied
    form = EndForm(request.POST if request.method == "POST" else None, assignment=assignment)
    if request.method == "POST" and form.is_valid():
        try:
            services.end_assignment(assignment, **form.cleaned_data)
        except NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Akhir penugasan disimpan.")
            return redirect(person)
    return render(request, "p2emas/staffing/assignment_end.html", {"form": form, "assignment": assignment})


@require_http_methods(["GET", "HEAD", "POST"])
def user_deactivate(request: UserRequest, pk: int) -> HttpResponse:
    person = managed(request.user, pk)
    if request.method == "POST":
        services.deactivate(person)
        messages.success(request, "Akun dinonaktifkan dan semua perangkatnya dikeluarkan.")
        return redirect(person)
    return render(request, "p2emas/staffing/user_deactivate.html", {"person": person})


@require_POST
def user_reactivate(request: UserRequest, pk: int) -> HttpResponse:
    person = managed(request.user, pk)
    services.reactivate(person)
    messages.success(request, "Akun diaktifkan lagi.")
    return redirect(person)


@require_POST
def invitation_resend(request: UserRequest, pk: int) -> HttpResponse:
    person = managed(request.user, pk)
    try:
        services.draft_invitation(person)
    except NotPossible as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Undangan ditulis. Kirim suratnya di Surat keluar.")
    return redirect(person)
