"""Reading visits: the list, the page of one, replies, and the steps that ask for a note alone."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import UserRequest
from p2emas.exports.lists import LONGEST_FILE, ListFile, wanted_file
from p2emas.exports.long_lists import LongList
from p2emas.ui.filters import Filters
from p2emas.ui.forms import error_items
from p2emas.ui.paging import paginate
from p2emas.workflow.riwayat import timeline
from p2emas.workflow.views import riwayat_page, step_page
from programs.fieldwork.forms import VisitReplyForm
from programs.fieldwork.list_forms import VisitFilterForm
from programs.fieldwork.models import FieldReport
from programs.fieldwork.page import VisitPage, may_reply
from programs.fieldwork.services import answer_visit, reply_to_visit
from programs.fieldwork.words import output_words

HEADER = [
    *("Nomor", "Tanggal kunjungan", "Kode desa", "Desa", "Kecamatan", "Pendamping", "Jenis", "Hadir", "Perempuan"),
    *("Hasil bulan ini", "Ada kendala", "Keadaan", "Data contoh"),
]


@require_safe
def visit_list(request: UserRequest) -> HttpResponse:
    search = VisitFilterForm(request.GET, user=request.user)
    found = search.apply().for_table()
    if wanted_file(request):
        return VISITS.answer(request, request.user, found.count)
    page = paginate(found.prefetch_related("photos"), request.GET)
    context = {"page": page, "filters": Filters(search, request.GET), "errors": error_items(search)}
    context["may_release"] = request.user.has_role(*COORDINATORS)
    return render(request, "programs/fieldwork/visit_list.html", context)


def _as_file(user: User, query: QueryDict) -> ListFile:
    rows = VisitFilterForm(query, user=user).apply().for_table()[:LONGEST_FILE]
    cells = (
        (
            report.number,
            report.visited_on,
            report.village.code,
            report.village,
            report.village.district,
            report.author,
            report.get_kind_display(),
            report.present,
            report.women,
            output_words(report) or None,
            "Ada" if report.has_obstacle else "Tidak ada",
            report.get_status_display(),
            report.is_sample,
        )
        for report in rows
    )
    return ListFile("kunjungan", "Daftar kunjungan pendamping", HEADER, cells)


VISITS = LongList("kunjungan", lambda user: True, _as_file)


def get_visit(pk: int, request: UserRequest) -> FieldReport:
    return get_object_or_404(FieldReport.objects.for_user(request.user).arrived().for_page(), pk=pk)


@require_safe
def visit_detail(request: UserRequest, pk: int) -> HttpResponse:
    report = get_visit(pk, request)
    return _page(report, _reply_form(report) if may_reply(request.user, report) else None, request)


def _reply_form(report: FieldReport, data: QueryDict | None = None) -> VisitReplyForm:
    return VisitReplyForm(data, action=reverse("fieldwork:visit-reply", args=[report.pk]))


def _page(report: FieldReport, form: VisitReplyForm | None, request: UserRequest) -> HttpResponse:
    context = {
        "report": report,
        "shown": VisitPage(report, request.user, clock.today()),
        "form": form,
        "history": timeline(report, limit=20)[:8],
    }
    return render(request, "programs/fieldwork/visit_detail.html", context)


@require_POST
def visit_reply(request: UserRequest, pk: int) -> HttpResponse:
    report = get_visit(pk, request)
    if not may_reply(request.user, report):
        raise PermissionDenied
    form = _reply_form(report, request.POST)
    if not form.is_valid():
        return _page(report, form, request)
    reply_to_visit(report=report, by=request.user, text=form.cleaned_data["text"])
    messages.success(request, "Balasan terkirim.")
    return redirect(report)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_step(request: UserRequest, pk: int, name: str) -> HttpResponse:
    report = get_visit(pk, request)
    show = partial(step_page, request, report, name)
    if name == "answer":
        return show(take=answer_visit)
    if name not in report.STEPS:
        raise Http404
    return show()


@require_safe
def visit_history(request: UserRequest, pk: int) -> HttpResponse:
    return riwayat_page(request, get_visit(pk, request))
