"""Applications of a round in the office: the list, one of them with its check, and its steps."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from facilitators.recruitment.applications import page as application_page
from facilitators.recruitment.applications.access import application_for, readable_round
from facilitators.recruitment.applications.check_form import CheckForm
from facilitators.recruitment.applications.checking import TAKES, save_check
from facilitators.recruitment.applications.forms import ApplicationListForm
from facilitators.recruitment.applications.models import Application
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.filters import Filters
from p2emas.ui.paging import paginate
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.views import edit_conflict_page, step_page, versions_of


@never_cache
@require_safe
def application_list(request: UserRequest, code: str) -> HttpResponse:
    record = readable_round(request.user, code)
    filter_form = ApplicationListForm(request.GET, record=record)
    wanted = filter_form.wanted()
    rows = Application.objects.for_user(request.user).of_round(record).search(wanted.get("cari", ""))
    rows = rows.in_state(wanted.get("status", "")).wishing(wanted.get("desa"))
    context = {
        "record": record,
        "page": paginate(rows.for_table().with_doubles(), request.GET),
        "filters": Filters(filter_form, request.GET),
        "progress": application_page.check_progress(record),
        "may_check": record.may_check(request.user),
        "may_open": record.may_export(request.user),
    }
    return render(request, "facilitators/recruitment/application_list.html", context)


@require_safe
def check_next(request: UserRequest, code: str) -> HttpResponse:
    """To the first application that waits for its check, else to the list."""
    record = readable_round(request.user, code)
    if not record.may_check(request.user):
        raise PermissionDenied
    found = application_page.check_progress(record).next
    return redirect(found) if found else redirect("recruitment:application-list", record.code)


@never_cache
@require_http_methods(["GET", "POST"])
def application_detail(request: UserRequest, code: str, pk: int) -> HttpResponse:
    application = application_for(request.user, code, pk)
    may_check, form = application.round.may_check(request.user), None
    if request.method == "POST":
        if not may_check:
            raise PermissionDenied
        form = application_page.check_form_of(application, request.POST)
        if form.is_valid():
            try:
                _save(application, form, request.user)
            except EditConflict:
                return _check_conflict(application, form, request)
            except StepNotAllowed as refusal:
                form.add_error(None, str(refusal))
            else:
                return _onward(application, request)
    elif may_check and application.status in Application.BEING_CHECKED:
        form = application_page.check_form_of(application, None)
    shown = application_page.ApplicationPage.of(application, request.user, form)
    return render(request, "facilitators/recruitment/application_detail.html", vars(shown))


def _save(application: Application, form: CheckForm, user: User) -> None:
    data = form.cleaned_data
    save_check(
        application=application,
        seen=data["version"],
        actor=user,
        met=form.met(),
        decision=data["decision"],
        note=form.note(),
        complete_by=data.get("complete_by"),
        category=data.get("category", ""),
    )


def _onward(application: Application, request: UserRequest) -> HttpResponse:
    words = {"number": application.number, "status": application.get_status_display()}
    messages.success(request, "{number}: {status}. Tersimpan.".format(**words))
    following = application_page.check_progress(application.round, application).next
    if "berikutnya" in request.POST and following:
        return redirect(following)
    return redirect("recruitment:application-list", application.round.code)


def _check_conflict(application: Application, form: CheckForm, request: UserRequest) -> HttpResponse:
    """A second click on the same button is no conflict; otherwise both versions."""
    last = application.last_change()
    if last and (last.actor_id, last.step, last.note) == (request.user.pk, form.cleaned_data["decision"], form.note()):
        return _onward(application, request)
    fresh = application_page.check_form_of(application, None)
    mine, theirs = versions_of(form)[0], versions_of(fresh)[1]
    theirs |= {"Status": application.get_status_display()}
    return edit_conflict_page(request, application, mine=mine, theirs=theirs, replace={"version": application.version})


@require_http_methods(["GET", "POST"])
def application_step(request: UserRequest, code: str, pk: int, step: str) -> HttpResponse:
    return step_page(request, application_for(request.user, code, pk), step, take=TAKES.get(step))
