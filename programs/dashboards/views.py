"""The coordinator's dashboard, each indicator's evidence, and everybody's home."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.kinds import PDF
from p2emas.exports.lists import ListFile, list_response, wanted_file
from p2emas.outbox.models import may_release
from p2emas.ui.paging import paginate_list
from programs.dashboards.board import INDICATORS, answers_for
from programs.dashboards.home.page import HomePage
from programs.dashboards.places import tiles_for
from programs.dashboards.scope import Scope, read_scope
from programs.dashboards.sending.forms import SendSummaryForm
from programs.dashboards.sending.services import AlreadySent, SendingBox, send_summary
from programs.dashboards.summary import SummaryEvidence, SummaryPage
from programs.dashboards.summary_paper import NO_QUARTER, paper_without_quarter, summary_paper
from programs.recaps.signing import signer_of_regency


@require_safe
def home(request: UserRequest) -> HttpResponse:
    return render(request, "programs/dashboards/home.html", {"page": HomePage.of(request.user, clock.today())})


@require_safe
def summary(request: UserRequest) -> HttpResponse:
    if not request.user.sees_everything:
        raise PermissionDenied
    scope, _filters = read_scope(request.GET, today=clock.today())
    context: dict[str, object] = {"scope": scope, "now": clock.now(), "no_quarter": NO_QUARTER}
    if scope is not None:
        context |= {"page": SummaryPage.of(scope.of_everybody()), "signer": signer_of_regency("Disusun")}
        context["sending"] = SendingBox.of(scope.period) if may_release(request.user) else None
    return render(request, "programs/dashboards/summary.html", context)


@require_safe
def summary_villages(request: UserRequest) -> HttpResponse:
    return _evidence_page(request, SummaryEvidence.of_villages)


@require_safe
def summary_decisions(request: UserRequest) -> HttpResponse:
    return _evidence_page(request, SummaryEvidence.of_decisions)


@require_safe
def _evidence_page(request: UserRequest, read: Callable[[Scope], SummaryEvidence]) -> HttpResponse:
    """Everything that the leaders' page counts and does not name."""
    if not request.user.sees_everything:
        raise PermissionDenied
    scope, _filters = read_scope(request.GET, today=clock.today())
    if scope is None:
        raise Http404
    evidence = read(scope.of_everybody())
    if wanted_file(request):
        return list_response(request, evidence.file)
    context = {"scope": scope, "evidence": evidence, "page": paginate_list(evidence.rows, request.GET)}
    return render(request, "programs/dashboards/summary_evidence.html", context)


@require_safe
def summary_pdf(request: UserRequest) -> HttpResponse:
    if not request.user.sees_everything:
        raise PermissionDenied
    scope, _filters = read_scope(request.GET, today=clock.today())
    if scope is None:
        name, paper = "ringkasan", paper_without_quarter()
    else:
        name, paper = f"ringkasan-{scope.period.code}", summary_paper(SummaryPage.of(scope.of_everybody()))
    answer = HttpResponse(paper, content_type=PDF)
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


@require_POST
def summary_send(request: UserRequest) -> HttpResponse:
    """The click is the release: the letters go out at once, and a second click sends nothing."""
    if not may_release(request.user):
        raise PermissionDenied
    scope, _filters = read_scope(request.GET, today=clock.today())
    if scope is None:
        messages.warning(request, NO_QUARTER)
        return redirect("dashboards:summary")
    form, period = SendSummaryForm(request.POST), scope.period
    answer = redirect(f"{reverse('dashboards:summary')}?periode={period.code}")
    if not form.is_valid():
        messages.warning(request, "Tidak ada yang dikirim: halaman ini sudah lama terbuka. Periksa, lalu kirim lagi.")
        return answer
    page = SummaryPage.of(scope.of_everybody())
    rest = {"seen": form.cleaned_data["sudah"], "actor": request.user, "is_sample": page.has_sample}
    try:
        count = send_summary(period=period, paper=summary_paper(page), **rest)
    except AlreadySent:
        messages.warning(request, f"Ringkasan {period.short} sudah dikirim. Lihat kapan dan kepada siapa di bawah.")
        return answer
    if count:
        messages.success(request, f"Ringkasan {period.short} dikirim kepada {count} pimpinan.")
    else:
        messages.warning(request, "Tidak ada pimpinan yang punya alamat surel. Cetak halaman ini.")
    return answer


@require_safe
def dashboard(request: UserRequest) -> HttpResponse:
    if not request.user.sees_everything:
        raise PermissionDenied
    scope, filters = read_scope(request.GET, today=clock.today())
    context: dict[str, object] = {"filters": filters, "scope": scope}
    if scope is not None:
        answers = answers_for(scope)
        context |= {"answers": answers, "places": tiles_for(scope), "now": clock.now()}
        context["has_sample"] = any(answer.is_sample for answer in answers)
    return render(request, "programs/dashboards/dashboard.html", context)


@require_safe
def indicator(request: UserRequest, key: str) -> HttpResponse:
    if not request.user.sees_everything:
        raise PermissionDenied
    if key not in INDICATORS:
        raise Http404
    scope, filters = read_scope(request.GET, today=clock.today())
    answer = INDICATORS[key](scope) if scope else None
    if wanted_file(request) and scope is not None and answer is not None:
        made = ListFile(f"{key}-{scope.period.code}", f"{answer.question} {scope.period}", *answer.csv)
        return list_response(request, made)
    context: dict[str, object] = {"filters": filters, "scope": scope, "answer": answer, "now": clock.now()}
    if answer is not None:
        header, rows = answer.table
        context |= {"header": header, "page": paginate_list(rows, request.GET)}
    return render(request, "programs/dashboards/indicator.html", context)
