"""A draft decree from what was decided: ticked, it becomes a draft; number, signer and text are written on its page."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from districts.locations.decrees.drafting import draft_decided
from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.forms import DECREE_TEXT, DecreeTextForm, save_decree_text
from p2emas.documents.models import Decree
from p2emas.drafts.page import DraftedPage
from p2emas.history.records import last_edit
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.pages import edit_conflict_page, versions_of
from programs.profiles.ready_form import ReadyForm


@require_http_methods(["GET", "HEAD", "POST"])
def decree_text_edit(request: UserRequest, pk: int) -> HttpResponse:
    decree = get_object_or_404(Decree.objects.for_user(request.user), pk=pk)
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    if decree.status != Decree.Status.DRAFT:
        return _no_draft(decree, request)
    drafts = DraftedPage(request, DECREE_TEXT, decree, last_edit(decree) or 0)
    form = drafts.on(DecreeTextForm(drafts.typed, instance=decree))
    if drafts.is_older:
        return _both_versions(pk, request, drafts)
    if request.method == "POST" and form.is_valid():
        try:
            save_decree_text(form)
        except EditConflict:
            drafts.keep_typed()
            return _both_versions(pk, request, drafts)
        except StepNotAllowed:
            return _no_draft(decree, request)
        drafts.was_saved()
        messages.success(request, "Naskah tersimpan.")
        return redirect("profiles:decree-check", pk=pk)
    drafts.offer()
    return render(request, "programs/profiles/decree_text.html", {"decree": decree, "form": form, "drafts": drafts})


def _no_draft(decree: Decree, request: UserRequest) -> HttpResponse:
    messages.error(request, "Keputusan ini tidak lagi konsep, jadi naskahnya tetap.")
    return redirect("profiles:decree-detail", pk=decree.pk)


def _both_versions(pk: int, request: UserRequest, drafts: DraftedPage) -> HttpResponse:
    stored = get_object_or_404(Decree, pk=pk)
    mine = versions_of(DecreeTextForm(drafts.typed, instance=get_object_or_404(Decree, pk=pk)))[0]
    theirs = versions_of(DecreeTextForm(instance=stored))[1]
    marks = {"seen": last_edit(stored)}
    return edit_conflict_page(request, stored, mine=mine, theirs=theirs, replace=marks, typed=drafts.taken_data)


@require_http_methods(["GET", "HEAD", "POST"])
def decree_ready(request: UserRequest) -> HttpResponse:
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    form = ReadyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = draft_decided(**form.ticked, actor=request.user)
        except StepNotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Konsep dibuat. Isi nomor, tanggal, dan penanda tangannya; semua boleh menyusul.")
            return redirect("profiles:decree-text", pk=draft.pk)
    drafts = Decree.objects.drafts().order_by("-created_at", "-pk") if form.is_empty else ()
    return render(request, "programs/profiles/decree_ready.html", {"form": form, "open_drafts": drafts})
