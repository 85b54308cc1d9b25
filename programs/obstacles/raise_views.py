"""Raising an obstacle from a village, an activity, a report or the list."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.page import DraftedPage
from p2emas.naming import said
from programs.obstacles.models import Obstacle
from programs.obstacles.raising import RAISING, RaiseForm, may_raise
from programs.obstacles.services import raise_obstacle


@require_http_methods(["GET", "HEAD", "POST"])
def obstacle_raise(request: UserRequest) -> HttpResponse:
    if not may_raise(request.user):
        raise PermissionDenied
    drafts = DraftedPage(request, RAISING, request.user, 0)
    files = request.FILES if request.method == "POST" else None
    form = drafts.on(RaiseForm(drafts.typed, files, user=request.user, where=request.GET))
    if request.method == "POST" and form.is_valid() and (obstacle := _raised(form, request.user)):
        drafts.was_saved()
        messages.success(request, said("Kendala tercatat. {Office} menentukan siapa yang menjawab."))
        return redirect(obstacle)
    drafts.offer()
    return render(request, "programs/obstacles/obstacle_raise.html", {"form": form, "drafts": drafts})


def _raised(form: RaiseForm, by: User) -> Obstacle | None:
    try:
        return raise_obstacle(obstacle=form.save(commit=False), files=form.cleaned_data["attached"], by=by)
    except ValidationError as refusal:  # a file that is refused after all
        form.add_error("attached", refusal)
        return None
