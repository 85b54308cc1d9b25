"""Drafts of decrees: an amendment, what it opens and closes, the check of what will change, and throwing one away."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from districts.locations.decrees.amending import (
    amendment_title,
    draft_amendment,
    effects_of,
    items_fingerprint,
    set_items,
)
from districts.locations.decrees.discarding import discard_draft, mark_of, needed_by
from p2emas.accounts.models import User
from p2emas.accounts.roles import COORDINATORS
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.models import Decree
from p2emas.drafts.page import DraftedPage
from p2emas.workflow.models import StepConflict, StepNotAllowed
from p2emas.workflow.pages import edit_conflict_page, versions_of
from programs.profiles.amend_forms import AmendForm, ItemsForm
from programs.profiles.decrees import ITEM_PARTS, check_context
from programs.profiles.drafts import ITEMS, items_version


def _in_scope(user: User, pk: int) -> Decree:
    return get_object_or_404(Decree.objects.for_user(user).select_related("amends"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def decree_amend(request: UserRequest, pk: int) -> HttpResponse:
    """ "Buat perubahan": a draft that amends this one."""
    decree = _in_scope(request.user, pk)
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    initial = {"about": amendment_title(decree)}
    form = AmendForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            draft = draft_amendment(decree=decree, about=form.cleaned_data["about"], actor=request.user)
        except StepNotAllowed as refused:
            form.add_error("about", str(refused))
        else:
            messages.success(request, "Konsep perubahan dibuat. Pilih apa yang ditetapkan dan diakhiri.")
            return redirect("profiles:decree-items", pk=draft.pk)
    context = {"decree": decree, "form": form, "drafts": decree.amendments.drafts()}
    return render(request, "programs/profiles/decree_amend.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decree_items(request: UserRequest, pk: int) -> HttpResponse:
    """What a draft opens and closes, chosen from what is in force and what was decided."""
    decree = _in_scope(request.user, pk)
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    if decree.status != Decree.Status.DRAFT:
        messages.error(request, "Keputusan ini tidak lagi konsep, jadi isinya tetap.")
        return redirect(decree)
    drafts = DraftedPage(request, ITEMS, decree, items_version(decree))
    form = drafts.on(ItemsForm(drafts.typed, decree=decree))
    if drafts.is_older:
        return _both_versions(decree, form, request, drafts)
    if request.method == "POST" and form.is_valid():
        try:
            set_items(decree=decree, seen=form.cleaned_data["seen"], wanted=form.wanted)
        except StepConflict:
            drafts.keep_typed()
            return _both_versions(decree, form, request, drafts)
        except StepNotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            drafts.was_saved()
            messages.success(request, "Isi konsep tersimpan. Belum berlaku sampai diberlakukan.")
            return redirect("profiles:decree-check", pk=pk)
    drafts.offer()
    context = {"decree": decree, "form": form, "drafts": drafts}
    return render(request, "programs/profiles/decree_items.html", context)


def _both_versions(decree: Decree, typed: ItemsForm, request: UserRequest, drafts: DraftedPage) -> HttpResponse:
    mine, theirs = versions_of(typed)[0], versions_of(ItemsForm(decree=decree))[1]
    marks = {"seen": items_fingerprint(decree)}
    return edit_conflict_page(
        request, decree, mine=mine, theirs=theirs, replace=marks, parts=["items"], typed=drafts.taken_data
    )


@require_safe
def decree_check(request: UserRequest, pk: int) -> HttpResponse:
    """What will change on which day, what depends on the rows that end, and what still prevents it."""
    decree = _in_scope(request.user, pk)
    if not request.user.sees_everything:
        raise PermissionDenied
    if decree.status != Decree.Status.DRAFT:
        return redirect(decree)
    effects = effects_of(decree)
    context = check_context(decree, effects) | {"may_edit": request.user.has_role(*COORDINATORS)}
    context["heads"] = decree.may_take(request.user, "enact")
    return render(request, "programs/profiles/decree_check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decree_discard(request: UserRequest, pk: int) -> HttpResponse:
    """A draft made by mistake goes away, after a page that shows what goes with it or why it has to stay."""
    decree = _in_scope(request.user, pk)
    if not request.user.has_role(*COORDINATORS):
        raise PermissionDenied
    errors = []
    if request.method == "POST":
        try:
            discard_draft(decree=decree, seen=request.POST.get("seen", ""), actor=request.user)
        except (StepConflict, StepNotAllowed) as refusal:
            errors = [str(refusal)]
            decree.refresh_from_db()
        else:
            messages.success(request, "Konsep keputusan dihapus.")
            return redirect("profiles:decree-list")
    if decree.status != Decree.Status.DRAFT:
        messages.error(request, "Keputusan ini tidak lagi konsep, jadi tidak dapat dihapus.")
        return redirect(decree)
    context = {"decree": decree, "errors": errors, "needs": needed_by(decree), "seen": mark_of(decree)}
    context |= {"items": decree.items.select_related(*ITEM_PARTS), "files": decree.files.all()}
    context["appoints"] = decree.recruitments.for_table()
    return render(request, "programs/profiles/decree_discard.html", context)
