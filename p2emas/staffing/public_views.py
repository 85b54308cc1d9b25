"""Pages that open an account: behind the link of an invitation, and with a code that was read out by phone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from p2emas.accounts.sign_in.slowing import WAIT_SECONDS
from p2emas.staffing.forms import FirstPasswordForm, PhoneCodeForm
from p2emas.staffing.opening import WRONG_CODE, let_in, opened_by
from p2emas.staffing.phone_codes import use_phone_code
from p2emas.staffing.services import accept_invitation, invited_person


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    person = invited_person(uid, token)
    if person is None:
        return render(request, "p2emas/staffing/invitation_over.html", status=404)
    form = FirstPasswordForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        if not accept_invitation(person, token=token, password=form.cleaned_data["password1"]):
            return render(request, "p2emas/staffing/invitation_over.html", status=404)
        return let_in(request, person)
    return render(request, "p2emas/staffing/invitation.html", {"form": form, "person": person})


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def phone_code(request: HttpRequest) -> HttpResponse:
    """A facilitator without mail: name, the code that a coordinator read out, and a new password."""
    form = PhoneCodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        person = opened_by(request, form)
        if person and use_phone_code(person, code=form.cleaned_data["code"], password=form.cleaned_data["password1"]):
            return let_in(request, person)
        if not form.errors:  # somebody else used the code in this moment
            form.add_error("code", WRONG_CODE)
    response = render(request, "p2emas/staffing/phone_code.html", {"form": form})
    if seconds := getattr(request, WAIT_SECONDS, 0):
        response.status_code = 429
        response["Retry-After"] = str(seconds)
    return response
