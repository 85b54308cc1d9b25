"""The emblems of papers: the form of the head, and the pictures for those who read who we are."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.papers import emblem_of
from p2emas.identity.permissions import may_edit_identity, may_read_identity
from p2emas.instruments.emblems import PAPERS, EmblemForm, save_emblems, stored_emblems


@require_http_methods(["GET", "HEAD", "POST"])
def emblem_edit(request: UserRequest) -> HttpResponse:
    if not may_edit_identity(request.user):
        raise PermissionDenied
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = EmblemForm(*data)
    if request.method == "POST" and form.is_valid():
        save_emblems(form.wanted, request.user)
        messages.success(request, "Lambang disimpan. Naskah memakainya mulai sekarang.")
        return redirect("identity:identity")
    context = {"form": form, "emblems": stored_emblems()}
    return render(request, "p2emas/instruments/emblem_edit.html", context)


@require_safe
def emblem_picture(request: UserRequest, paper: str) -> HttpResponse:
    if not may_read_identity(request.user):
        raise PermissionDenied
    content = emblem_of(of_office=PAPERS.get(paper) == "emblem_of_office") if paper in PAPERS else b""
    if not content:
        raise Http404
    return HttpResponse(content, content_type="image/png", headers={"Cache-Control": "private, no-cache"})
