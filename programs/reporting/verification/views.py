"""The verification desk: queue, decision, summary. A GET never claims and never decides."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from p2emas import clock
from p2emas.accounts.signed_in import UserRequest
from p2emas.ui.filters import Filters
from p2emas.ui.paging import paginate_list
from p2emas.workflow.models import StepConflict, StepNotAllowed
from programs.reporting.reports.access import get_report
from programs.reporting.reports.models import ProgressReport
from programs.reporting.reports.sheets import sheets_for
from programs.reporting.verification import deciding as verification
from programs.reporting.verification.asked import Asked
from programs.reporting.verification.deciding import Decision
from programs.reporting.verification.desk import (
    Desk,
    FoundInReport,
    changed_since,
    is_verifier,
    may_verify,
    next_due,
    queue_rows,
)
from programs.reporting.verification.forms import DecisionForm, QueueFilterForm, SeenForm, Walk, read_keys

LONGEST_QUEUE = 200
QUEUE_ROWS = 50  # each is compared with the quarter before

DONE = {
    Decision.APPROVE: "Laporan %s disetujui, angkanya kini terbuka untuk umum.",
    Decision.RETURN: "Laporan %s dikembalikan untuk diperbaiki.",
    Decision.POSTPONE: "Laporan %s ditunda, komentar Anda tersimpan.",
}


@require_safe
def verification_queue(request: UserRequest) -> HttpResponse:
    if not is_verifier(request.user):
        raise PermissionDenied
    search = QueueFilterForm(request.GET, list(verification.waiting_reports(request.user)[:LONGEST_QUEUE]))
    chosen, today, own = search.chosen(), clock.today(), request.user.pk
    page = paginate_list(chosen, request.GET, size=QUEUE_ROWS)
    context = {
        "page": page,
        "rows": queue_rows(page.rows, request.user, today),
        "startable": [
            row for row in chosen if row.submitted_by_id != own and row.status == ProgressReport.Status.WAITING
        ],
        "mine": [row for row in chosen if row.claimed_by_id == own],
        "search": search,
        "filters": Filters(search, request.GET),
        "errors": [error for errors in search.errors.values() for error in errors],
        "next_due": None if search.reports else next_due(today),
        "now": clock.now(),
    }
    return render(request, "programs/reporting/verification_queue.html", context)


@require_POST
def verification_start(request: UserRequest) -> HttpResponse:
    """Claims the longest waiting report of the filtered queue and leads to it."""
    if not is_verifier(request.user):
        raise PermissionDenied
    search = QueueFilterForm(request.POST, list(verification.waiting_reports(request.user)[:LONGEST_QUEUE]))
    report = verification.claim_next(actor=request.user, among=[report.pk for report in search.chosen()])
    walk = Walk(period=search.cleaned_data.get("periode", ""), agency=search.cleaned_data.get("skpd", ""))
    if report is None:
        messages.info(request, "Tidak ada lagi yang menunggu dalam antrean ini.")
        return redirect(reverse("reporting:verification-queue") + walk.query)
    return _to(report, walk)


@require_safe
def verification_next(request: UserRequest) -> HttpResponse:
    """ "Lewati dulu": leads to the next report without touching any."""
    if not is_verifier(request.user):
        raise PermissionDenied
    walk = Walk.read(request.GET)
    return _to(verification.next_report(request.user, walk.skipped, _among(walk, request)), walk)


@require_http_methods(["GET", "HEAD", "POST"])
def verification_decide(request: UserRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk)
    if not may_verify(request.user, report):
        raise PermissionDenied
    data, found = request.POST if request.method == "POST" else None, FoundInReport.of(report)
    form = DecisionForm(data, report, found.findings, Asked.before(report))
    walk = Walk.read(data or request.GET)
    if data is not None:
        if not report.may_take(request.user, "approve"):
            raise PermissionDenied
        answer = _save_decision(form, report, walk, request)
        if answer is not None:
            return answer
    context = {
        "report": report,
        "desk": Desk(report, request.user, form, found),
        "form": form,
        "walk": walk,
        "walk_on": walk.passing(report),
        "seen": SeenForm.of(report),
    }
    return render(request, "programs/reporting/verification_decide.html", context)


def _save_decision(form: DecisionForm, report: ProgressReport, walk: Walk, request: UserRequest) -> HttpResponse | None:
    """The answer to a decision that was saved or came too late; None when the form is to be shown again."""
    valid = form.is_valid()
    status, version = form.seen
    if valid and verification.already_mine(report, request.user, form.decision, version):
        return _to_next(report, form.decision, walk, request)
    if (status, version) != (report.status, report.version):
        return conflict(report, form, request)
    if not valid:
        return None
    try:
        verification.decide(
            report=report,
            actor=request.user,
            decision=form.decision,
            seen=status,
            version=version,
            note=form.note,
            remarks=form.remarks,
            requests=form.requests,
        )
    except StepConflict:
        return conflict(get_report(request, report.pk), form, request)
    except StepNotAllowed as refusal:
        form.add_error(None, str(refusal))
        return None
    return _to_next(report, form.decision, walk, request)


def _to_next(report: ProgressReport, decision: Decision, walk: Walk, request: UserRequest) -> HttpResponse:
    messages.success(request, DONE[decision] % report.agency)
    if decision == Decision.POSTPONE:
        walk = walk.passing(report)
    among = _among(walk, request)
    return _to(verification.claim_next(actor=request.user, skipped=walk.skipped, among=among), walk)


def _among(walk: Walk, request: UserRequest) -> list[int] | None:
    return walk.among(verification.waiting_reports(request.user))


def _to(report: ProgressReport | None, walk: Walk) -> HttpResponse:
    if report is None:
        return redirect(reverse("reporting:verification-summary") + walk.query)
    return redirect(reverse("reporting:verification-decide", args=[report.pk]) + walk.query)


def conflict(report: ProgressReport, form: DecisionForm | None, request: UserRequest) -> HttpResponse:
    """Both versions with a sentence: what is stored, and what was typed and not saved."""
    sheet = sheets_for([report])[report.pk]
    context = {
        "report": report,
        "change": report.last_change(),
        "decided": report.status in (*ProgressReport.APPROVED_STATES, ProgressReport.Status.RETURNED),
        "typed": form,
        "sheet": sheet,
        "remarks": form.remarks if form else [],
        "changed": changed_since(sheet, form.shown_at) if form else [],
        "outdated": form is not None and form.seen[1] != report.version,
    }
    return render(request, "programs/reporting/verification_conflict.html", context, status=409)


@require_POST
def verification_claim(request: UserRequest, pk: int) -> HttpResponse:
    """ "Mulai verifikasi" on the page of one report."""
    report = get_report(request, pk)
    if not may_verify(request.user, report) or report.submitted_by_id == request.user.pk:
        raise PermissionDenied
    try:
        verification.claim(report=report, actor=request.user)
    except StepNotAllowed as refusal:
        report.refresh_from_db()
        if report.claimed_by_id != request.user.pk:  # a second click finds its own claim
            messages.warning(request, str(refusal))
    return _to(report, Walk.read(request.POST))


@require_POST
def decision_undo(request: UserRequest, pk: int) -> HttpResponse:
    report = get_report(request, pk)
    if not may_verify(request.user, report):
        raise PermissionDenied
    status, version = SeenForm(request.POST).seen
    address = redirect("reporting:verification-decide", report.pk)
    if report.status == ProgressReport.Status.VERIFYING and report.claimed_by_id == request.user.pk:
        return address  # a second click: it is on the user's desk already
    if report.decided_by_id != request.user.pk:
        raise PermissionDenied
    try:
        verification.undo_decision(report=report, actor=request.user, seen=status, version=version)
    except StepConflict:
        return conflict(get_report(request, pk), None, request)
    except StepNotAllowed as refusal:
        messages.warning(request, str(refusal))
        return address
    messages.success(request, "Keputusan dibatalkan, laporan kembali ke meja Anda.")
    return address


@require_safe
def verification_summary(request: UserRequest) -> HttpResponse:
    """What was decided today, each with its way back."""
    if not is_verifier(request.user):
        raise PermissionDenied
    today = clock.today()
    decided = verification.decided_by_on(request.user, today)
    skipped = read_keys(request.GET.get("lewati", ""))
    context = {
        "today": today,
        "decided": [
            {"report": each, "may_undo": verification.may_undo(request.user, each), "seen": SeenForm.of(each)}
            for each in decided
        ],
        "skipped": [report for report in verification.queue(request.user) if report.pk in skipped],
        "left": verification.queue(request.user).count(),
        "next_due": next_due(today),
    }
    return render(request, "programs/reporting/verification_summary.html", context)
