"""How each page of an application answers: what was typed is saved, or comes back with sentences beside it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.apply import consent
from facilitators.recruitment.apply.applicant import remember_application
from facilitators.recruitment.apply.drafts import save_step, start_draft
from facilitators.recruitment.apply.identity_form import ApplicantIdentityForm
from facilitators.recruitment.apply.limits import may_start
from facilitators.recruitment.apply.pages import application_page, closed_page, conflict_page
from facilitators.recruitment.apply.send_forms import PapersForm, SendForm
from facilitators.recruitment.apply.sending import NotSent, TooLate, send_application
from facilitators.recruitment.apply.space import full_page, has_room
from facilitators.recruitment.apply.steps import address, around, content, form_of, missing_pages
from facilitators.recruitment.rounds.models import RecruitmentRound
from p2emas.workflow.editing import EditConflict


def identity_page(
    request: HttpRequest, record: RecruitmentRound, application: Application | None, arrived: datetime
) -> HttpResponse:
    if application is None and not has_room():
        return full_page(request, record)
    form = ApplicantIdentityForm(
        request.POST if request.method == "POST" else None, record=record, application=application
    )
    status = 200
    if form.is_valid():
        if application is not None:
            return _saved(request, application, "identitas", form, form.values() | _agreed(application, arrived))
        if may_start(request):
            token = form.cleaned_data["client_token"]
            remember_application(
                request, start_draft(round=record, values=form.values(), client_token=token, at=arrived)
            )
            return redirect(address(record.code, around("identitas")[2]))
        form.add_error(None, "Terlalu banyak lamaran dimulai dari jaringan ini. Coba sepuluh menit lagi, atau besok.")
        status = 429
    return application_page(request, record, application, "identitas", form, status=status)


def _agreed(application: Application, arrived: datetime) -> dict[str, object]:
    """A consent to the current version keeps its moment; to a newer version somebody agrees now."""
    return {} if application.consent_version == consent.CURRENT.version else consent.agreed(arrived)


def step_form(request: HttpRequest, application: Application, step: str, arrived: datetime) -> HttpResponse:
    """A page of plain answers. Somebody who leaves keeps what was typed rightly; the rest is named."""
    form = form_of(step, application, request.POST if request.method == "POST" else None)
    valid = form.is_valid()
    leaves = "later" in request.POST and form.is_bound and "version" in form.cleaned_data
    if not (valid or leaves):
        return application_page(request, application.round, application, step, form)
    values = form.values()
    if "declared" in values:
        values = {"declared_at": application.declared_at or arrived if values["declared"] else None}
    if wrong := [str(form.fields[name].label) for name in form.errors if name in form.fields and form[name].data]:
        messages.warning(request, f"Belum tersimpan, karena belum benar: {', '.join(wrong)}.")
    return _saved(request, application, step, form, values)


def _saved(
    request: HttpRequest, application: Application, step: str, form: Any, values: Mapping[str, Any]
) -> HttpResponse:
    """Save and continue; "later" leads to the page that says how to come back."""
    try:
        save_step(application=application, version=form.cleaned_data["version"], **values)
    except EditConflict:
        application.refresh_from_db()
        if not application.may_edit():
            return redirect("recruitment:apply-receipt", application.round.code)
        if not form.holds(application):
            return conflict_page(request, application, step, form)
    if "later" in request.POST:
        return redirect("recruitment:status")
    return redirect(address(application.round.code, around(step)[2]))


def papers_page(request: HttpRequest, application: Application, step: str, arrived: datetime) -> HttpResponse:
    if request.method == "POST":
        form = PapersForm(request.POST, request.FILES, application=application, at=arrived)
        if form.is_valid():
            form.save()
        if "next" in request.POST:
            form.ask_for_missing()
        if not form.errors:
            here = step if "next" not in request.POST else around(step)[2]
            return (
                redirect("recruitment:status")
                if "later" in request.POST
                else redirect(address(application.round.code, here))
            )
    else:
        form = PapersForm(application=application, at=arrived)
    return application_page(request, application.round, application, step, form)


def check_page(request: HttpRequest, application: Application, step: str, arrived: datetime) -> HttpResponse:
    form = SendForm(request.POST if request.method == "POST" else None, application=application)
    status, code = 200, application.round.code
    if form.is_valid():
        try:
            send_application(application=application, arrived=arrived, **form.cleaned_data)
            return redirect("recruitment:apply-receipt", code)
        except EditConflict:
            application.refresh_from_db()
            if not application.may_edit():
                return redirect("recruitment:apply-receipt", code)
            form, status = SendForm(application=application), 409
        except TooLate:
            return closed_page(request, application.round, application, arrived)
        except NotSent as refusal:
            form.add_error(None, str(refusal))
    context = {
        "missing": missing_pages(application),
        "content": content(application, edit=True),
        "changed": status == 409,
    }
    return application_page(request, application.round, application, step, form, status=status, **context)


PAGES: dict[str, Callable[[HttpRequest, Application, str, datetime], HttpResponse]] = {
    "berkas": papers_page,
    "periksa": check_page,
}
