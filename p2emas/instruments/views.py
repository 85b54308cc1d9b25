"""Writing minutes, recording that they were signed, and adding their scan."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.page import DraftedPage
from p2emas.history.records import last_edit
from p2emas.instruments.forms import MINUTES_TEXT, MinutesForm, MinutesScanForm, save_minutes
from p2emas.instruments.models import Minutes
from p2emas.instruments.signing import sign_minutes
from p2emas.workflow.editing import EditConflict
from p2emas.workflow.models import StepNotAllowed
from p2emas.workflow.pages import edit_conflict_page, step_page, versions_of
from p2emas.workflow.riwayat import riwayat_page


def _in_scope(pk: int, user: User) -> Minutes:
    return get_object_or_404(Minutes.objects.for_user(user), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_create(request: UserRequest) -> HttpResponse:
    if not Minutes.may_attach(request.user):
        raise PermissionDenied
    form = MinutesForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        minutes = save_minutes(form, request.user)
        messages.success(request, "Konsep berita acara tersimpan.")
        return redirect(minutes)
    return render(request, "p2emas/instruments/minutes_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_edit(request: UserRequest, pk: int) -> HttpResponse:
    minutes = _in_scope(pk, request.user)
    if not minutes.may_attach(request.user):
        raise PermissionDenied
    if minutes.status != Minutes.Status.DRAFT:
        return _no_draft(minutes, request)
    drafts = DraftedPage(request, MINUTES_TEXT, minutes, last_edit(minutes) or 0)
    form = drafts.on(MinutesForm(drafts.typed, instance=minutes))
    if drafts.is_older:
        return _both_versions(pk, request, drafts)
    if request.method == "POST" and form.is_valid():
        try:
            save_minutes(form, request.user)
        except EditConflict:
            drafts.keep_typed()
            return _both_versions(pk, request, drafts)
        except StepNotAllowed:
            return _no_draft(minutes, request)
        drafts.was_saved()
        messages.success(request, "Berita acara tersimpan.")
        return redirect("instruments:minutes-detail", pk=pk)
    drafts.offer()
    context = {"minutes": minutes, "form": form, "drafts": drafts}
    return render(request, "p2emas/instruments/minutes_form.html", context)


def _no_draft(minutes: Minutes, request: UserRequest) -> HttpResponse:
    messages.error(request, "Berita acara ini tidak lagi konsep, jadi isinya tetap.")
    return redirect("instruments:minutes-detail", pk=minutes.pk)


def _both_versions(pk: int, request: UserRequest, drafts: DraftedPage) -> HttpResponse:
    stored = get_object_or_404(Minutes, pk=pk)
    mine = versions_of(MinutesForm(drafts.typed, instance=get_object_or_404(Minutes, pk=pk)))[0]
    theirs = versions_of(MinutesForm(instance=stored))[1]
    marks = {"seen": last_edit(stored)}
    return edit_conflict_page(request, stored, mine=mine, theirs=theirs, replace=marks, typed=drafts.taken_data)


@require_http_methods(["GET", "POST"])
def minutes_step(request: UserRequest, pk: int, step: str) -> HttpResponse:
    return step_page(request, _in_scope(pk, request.user), step, take=_sign if step == "sign" else None)


def _sign(minutes: Minutes, *, seen: str, actor: User, note: str) -> None:
    sign_minutes(minutes=minutes, seen=seen, actor=actor, note=note)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_scan(request: UserRequest, pk: int) -> HttpResponse:
    """One more file, also when they are signed; nothing else of them changes."""
    minutes = _in_scope(pk, request.user)
    if not minutes.may_attach(request.user):
        raise PermissionDenied
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = MinutesScanForm(*data, owner=minutes)
    if form.is_valid() and form.save(user=request.user):
        messages.success(request, "Berkas tersimpan.")
        return redirect(minutes)
    return render(request, "p2emas/instruments/minutes_scan.html", {"minutes": minutes, "form": form})


@require_safe
def minutes_history(request: UserRequest, pk: int) -> HttpResponse:
    minutes = _in_scope(pk, request.user)
    if not request.user.sees_everything:
        raise PermissionDenied
    return riwayat_page(request, minutes, parts=[])
