"""The page behind the link of an invitation: the first password, then straight in."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from p2emas.staffing.forms import FirstPasswordForm
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
        logout(request)  # somebody else may have been signed in at this browser
        record_authentication(request, person, method="password", username=person.username)
        return perform_login(request, person)
    return render(request, "p2emas/staffing/invitation.html", {"form": form, "person": person})
