"""Signing in to a session by phone: no account, a code and one's number, only while the session runs."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from facilitators.training.forms import AttendForm
from facilitators.training.signing import CodeRefused, sign_in
from p2emas import clock
from p2emas.staffing.services import NotPossible
from p2emas.ui.formats import short_moment


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def attend(request: HttpRequest) -> HttpResponse:
    form = AttendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="attendance"):
            return render(request, "errors/429.html", status=429)
        chosen, now = form.cleaned_data, clock.now()
        try:
            session = sign_in(code=chosen["kode"], number=chosen["nomor"], at=now)
        except NotPossible as refusal:
            form.add_error("kode" if isinstance(refusal, CodeRefused) else "nomor", str(refusal))
        else:
            words = {"topic": session, "at": short_moment(now)}
            messages.success(request, "Kehadiran Anda pada {topic} tercatat, {at}.".format(**words))
            return redirect("training:attend")
    return render(request, "facilitators/training/attend.html", {"form": form})
