"""The pages that several views of an application answer with."""

from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.apply import consent
from facilitators.recruitment.apply.applicant import shown_code
from facilitators.recruitment.apply.steps import BY_SLUG, PARTS, address, around
from facilitators.recruitment.rounds.models import RecruitmentRound
from facilitators.recruitment.rounds.vacancies import phase_of
from p2emas.workflow.pages import versions_of

OWN = {"identitas": "identity", "berkas": "papers", "periksa": "check"}


def application_page(
    request: HttpRequest,
    record: RecruitmentRound,
    application: Application | None,
    step: str,
    form: BaseForm,
    *,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    number, before, _after = around(step)
    context = {
        "round": record,
        "application": application,
        "code": shown_code(application) if application else "",
        "form": form,
        "title": BY_SLUG[step].title,
        "number": number,
        "parts": len(PARTS),
        "back": address(record.code, before) if before else "",
        "consent": consent.CURRENT.shown(),
        **more,
    }
    name = OWN.get(step, "step")
    return render(request, f"facilitators/recruitment/apply_{name}.html", context, status=status)


def closed_page(
    request: HttpRequest, record: RecruitmentRound, application: Application | None, arrived: datetime
) -> HttpResponse:
    """Not (any more) the time to apply; what was saved stays. 409 to somebody who sent something."""
    context = {
        "round": record,
        "phase": phase_of(record, arrived),
        "application": application,
        "arrived": arrived,
        "posted": request.method == "POST",
    }
    status = 409 if request.method == "POST" else 200
    return render(request, "facilitators/recruitment/apply_closed.html", context, status=status)


def conflict_page(request: HttpRequest, application: Application, step: str, form: Any) -> HttpResponse:
    """What was typed here beside what another device saved meanwhile; nothing was overwritten."""
    again = type(form)(request.POST, application=application)
    mine, theirs = versions_of(again)
    kept = [(name, value) for name, values in request.POST.lists() for value in values]
    hidden = {"csrfmiddlewaretoken", "version"}
    context = {
        "round": application.round,
        "title": BY_SLUG[step].title,
        "rows": [(label, theirs[label], mine[label]) for label in mine if mine[label] != theirs[label]],
        "kept": [*(pair for pair in kept if pair[0] not in hidden), ("version", application.version)],
        "url": address(application.round.code, step),
    }
    return render(request, "facilitators/recruitment/apply_conflict.html", context, status=409)
