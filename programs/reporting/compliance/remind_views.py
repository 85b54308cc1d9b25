"""From /kepatuhan/: who is reminded, in which words, as mail, on paper, and as one text for the agencies' group."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.letters import letters_response
from programs.reporting.compliance.remind_forms import ReminderForm
from programs.reporting.compliance.reminding import debtors_of, paper_of, reminder_words, send_reminders, who_owes_what
from programs.reporting.verification.desk import is_verifier
from programs.reporting.verification.forms import read_keys


def _form(user: User, ticked: list[str], data: QueryDict | None = None) -> ReminderForm:
    if not is_verifier(user):
        raise PermissionDenied
    return ReminderForm(data, debtors_of(user, clock.today()), read_keys(",".join(ticked)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reminder_send(request: UserRequest) -> HttpResponse:
    """The words before they go out; the button sends them to everyone who is ticked."""
    data = request.POST if request.method == "POST" else None
    form = _form(request.user, request.GET.getlist("laporan"), data)
    if request.method == "POST" and form.is_valid() and "pratinjau" not in request.POST:
        told, letters = send_reminders(form.chosen, extra=form.extra, actor=request.user)
        if told:
            messages.success(request, f"{told} SKPD diingatkan, {letters} surel dikirim.")
        else:
            messages.warning(request, "SKPD itu sudah diingatkan hari ini. Tidak ada yang dikirim lagi.")
        return redirect("reporting:compliance")
    first = next(iter(form.chosen), None)
    context = {
        "form": form,
        "first": first,
        "words": reminder_words(first, form.extra) if first else None,
        "texts": _texts(form),
        "paper": urlencode([*(("laporan", each.report.pk) for each in form.chosen), ("kalimat", form.extra)]),
        "group_text": who_owes_what(form.debtors, clock.today()),
    }
    return render(request, "programs/reporting/remind.html", context)


def _texts(form: ReminderForm) -> list[tuple[str, str]]:
    """One text for each agency that is ticked."""
    return [
        (each.report.agency.short_name, paper_of(each, form.extra).text(is_sample=each.report.is_sample))
        for each in form.chosen
    ]


@never_cache
@require_safe
def reminder_paper(request: UserRequest, form: str) -> HttpResponse:
    """The letters on paper, one page for each agency."""
    filled = _form(request.user, request.GET.getlist("laporan"))
    extra = " ".join(request.GET.get("kalimat", "").split())[:300]
    letters = [paper_of(debtor, extra) for debtor in filled.chosen]
    if not letters:
        raise Http404
    sample = any(debtor.report.is_sample for debtor in filled.chosen)
    return letters_response(letters, form, name="pengingat", title="Pengingat laporan", is_sample=sample)
