"""After sending: the receipt; coming back with code and phone number: how far it is, what is missing, withdrawing."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from facilitators.recruitment.applications.models import Application
from facilitators.recruitment.apply.applicant import (
    find,
    forget_application,
    opened,
    opened_sent,
    remember_application,
    shown_code,
)
from facilitators.recruitment.apply.limits import may_try_code
from facilitators.recruitment.apply.send_forms import CompletionForm, ReturnForm, SendForm
from facilitators.recruitment.apply.sending import NotSent, last_receipt, receipt_rows
from facilitators.recruitment.panel.letters import invitation_papers
from facilitators.recruitment.status.progress import StatusPage, may_withdraw, shown_interviews, what_follows
from facilitators.recruitment.status.withdrawing import withdraw_application
from p2emas import clock
from p2emas.documents.receipts import receipt_pdf
from p2emas.documents.serving import file_answer
from p2emas.serving.arrivals import arrived


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """How far the open application is; without one, the form that opens it. All wrong pairs get the same answer."""
    if request.method != "POST" and (application := opened(request)):
        context = vars(StatusPage.of(application, clock.now())) | {"shown_code": shown_code(application)}
        return render(request, "facilitators/recruitment/status.html", context | {"receipt": last_receipt(application)})
    form, code = ReturnForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        if not may_try_code(request):
            form.add_error(None, "Terlalu banyak percobaan dari jaringan ini. Coba lagi sepuluh menit lagi.")
            code = 429
        elif application := find(**form.cleaned_data):
            remember_application(request, application)
            return redirect("recruitment:status")
        else:
            form.add_error(None, "Kode dan nomor HP ini tidak cocok. Periksa keduanya, lalu coba lagi.")
    return render(request, "facilitators/recruitment/status_open.html", {"form": form}, status=code)


@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the application in this browser, for the next person at it."""
    forget_application(request)
    return redirect("recruitment:status")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def completion(request: HttpRequest) -> HttpResponse:
    """Hand in the papers that were missing."""
    moment, application = arrived(), opened(request)
    if application is None or application.status != Application.Status.INCOMPLETE:
        return redirect("recruitment:status")
    if request.method == "POST" and application.is_completable(moment):
        form = CompletionForm(request.POST, request.FILES, application=application, at=moment)
        if then := _hand_in(form, request):
            return redirect(then)
    else:
        form = CompletionForm(application=application, at=moment)
    context = vars(StatusPage.of(application, moment)) | {"form": form, "sending": SendForm(application=application)}
    late = request.method == "POST" and not application.is_completable(moment)
    return render(request, "facilitators/recruitment/completion.html", context, status=409 if late else 200)


def _hand_in(form: CompletionForm, request: HttpRequest) -> str:
    """Keep the papers and send them if that was asked: the next page, or "" where something is wrong."""
    if form.is_valid():
        form.save()
    if "send" in request.POST and not form.errors and form.send(request.POST):
        messages.success(request, "Kelengkapan terkirim.")
        return "recruitment:status"
    return "" if form.errors else "recruitment:completion"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    application = opened(request)
    if application is None or not may_withdraw(application):
        return redirect("recruitment:status")
    if request.method == "POST":
        try:
            withdraw_application(application=application, arrived=arrived())
            messages.success(request, "Lamaran Anda ditarik.")
        except NotSent as refusal:
            messages.error(request, str(refusal))
        return redirect("recruitment:status")
    context = {"application": application, "round": application.round}
    return render(request, "facilitators/recruitment/withdraw.html", context)


@login_not_required
@never_cache
@require_safe
def own_invitation(request: HttpRequest) -> HttpResponse:
    """The invitation to the interview on paper, as the office sends it."""
    application = opened(request)
    interviews = shown_interviews(application) if application else []
    if not interviews:
        return redirect("recruitment:status")
    answer = HttpResponse(invitation_papers(interviews, "pdf"), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="undangan-wawancara.pdf"'
    return answer


@login_not_required
@never_cache
@require_safe
def own_paper(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A paper of the open application, so that its owner sees whether it can be read."""
    application = opened(request)
    paper = application.files.with_key(key) if application else None
    if paper is None:
        raise Http404
    return file_answer(request, paper, paper.original_name, small=request.GET.get("ukuran") == "kecil")


@login_not_required
@never_cache
@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    found = opened_sent(request, code)
    if found is None:
        return redirect("recruitment:status")
    application, issued = found
    context = {
        "application": application,
        "round": application.round,
        "receipt": issued,
        "code": shown_code(application),
        "track": what_follows(application),
    }
    return render(request, "facilitators/recruitment/apply_receipt.html", context)


@login_not_required
@never_cache
@require_safe
def receipt_paper(request: HttpRequest, code: str) -> HttpResponse:
    found = opened_sent(request, code)
    if found is None:
        return redirect("recruitment:status")
    application, issued = found
    title = "Tanda Terima Lamaran"
    invented = application.is_sample or application.round.is_sample
    paper = receipt_pdf(issued, receipt_rows(application), title=title, is_sample=invented)
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{issued.number}.pdf"'
    return answer
