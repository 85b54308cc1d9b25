"""What accounts did beside the work, and the link to a new password that a head sends."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from p2emas.accounts.sign_in.traces import AccountTrace
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.letters import PAPERS, letters_response
from p2emas.staffing.copied_links import account_letter, copy_invitation, is_invented, why_no_copy
from p2emas.staffing.filters import TraceFilterForm
from p2emas.staffing.password_links import send_password_link, why_no_link
from p2emas.staffing.permissions import may_read_people
from p2emas.staffing.services import NotPossible
from p2emas.staffing.views import managed
from p2emas.ui.filters import Filters
from p2emas.ui.paging import paginate


@never_cache
@require_safe
def trace_list(request: UserRequest) -> HttpResponse:
    if not may_read_people(request.user):
        raise PermissionDenied
    form = TraceFilterForm(request.GET)
    rows = form.apply(AccountTrace.objects.for_table())
    context = {"page": paginate(rows, request.GET), "filters": Filters(form, request.GET)}
    return render(request, "p2emas/staffing/trace_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def password_link(request: UserRequest, pk: int) -> HttpResponse:
    person = managed(request.user, pk)
    if request.method == "POST":
        try:
            send_password_link(person=person, actor=request.user)
        except NotPossible as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, f"Tautan kata sandi dikirim ke {person.email}.")
        return redirect(person)
    context = {"person": person, "refusal": why_no_link(person)}
    return render(request, "p2emas/staffing/password_link.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_copy(request: UserRequest, pk: int) -> HttpResponse:
    """The link is in the answer to the button and nowhere else; loading the page again makes another."""
    person = managed(request.user, pk)
    link = ""
    if request.method == "POST":
        try:
            link = copy_invitation(person=person, actor=request.user)
        except NotPossible as refusal:
            messages.warning(request, str(refusal))
            return redirect(person)
    context = {"person": person, "refusal": why_no_copy(person), "link": link, "hours": settings.INVITATION_HOURS}
    return render(request, "p2emas/staffing/invitation_copy.html", context)


@never_cache
@require_safe
def account_paper(request: UserRequest, pk: int, form: str) -> HttpResponse:
    """The letter about the account on paper; nobody who has signed in is told again."""
    person = managed(request.user, pk)
    if form not in PAPERS or why_no_copy(person):
        raise Http404
    letter, name = account_letter(person), f"akun-{person.username}"
    return letters_response([letter], form, name=name, title=letter.subject, is_sample=is_invented(person))
