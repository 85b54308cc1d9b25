"""/lapangan/bulanan/<id>/: the monthly report of one facilitator, and its paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.kinds import DOCX, PDF
from p2emas.documents.papers import paper_docx, paper_pdf
from programs.fieldwork.month_reports.page import FacilitatorMonth, may_read_reports, month_of
from programs.fieldwork.month_reports.papers import month_report_text
from programs.fieldwork.rules import ask_field

PAPERS = {"pdf": (paper_pdf, PDF), "docx": (paper_docx, DOCX)}


def _shown(pk: int, request: UserRequest) -> FacilitatorMonth:
    person = get_object_or_404(User, pk=pk)
    if not may_read_reports(request.user, person):
        raise Http404
    today = clock.today()
    return FacilitatorMonth(person, month_of(request.GET, today), request.user, today)


@require_safe
def month_report_own(request: UserRequest) -> HttpResponse:
    """The way from the field home: the last whole month of the person who asks."""
    ask_field(request.user)
    return redirect("fieldwork:month-report", request.user.pk)


@never_cache
@require_safe
def month_report(request: UserRequest, pk: int) -> HttpResponse:
    return render(request, "programs/fieldwork/month_report.html", {"shown": _shown(pk, request)})


@never_cache
@require_safe
def month_report_paper(request: UserRequest, pk: int, form: str) -> HttpResponse:
    shown = _shown(pk, request)
    make, kind = PAPERS[form]
    answer = HttpResponse(make(month_report_text(shown)), content_type=kind)
    name = f"laporan-bulanan-{slugify(shown.person.name)}-{shown.key}.{form}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
