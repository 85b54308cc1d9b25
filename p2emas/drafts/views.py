"""Keeping what is typed while the page is open, dropping it, and the list of one's own."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from p2emas.accounts.sign_in.session_store import background
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.access import form_and_record
from p2emas.drafts.keeping import DraftRefused, drop_draft, keep_draft, page_key
from p2emas.drafts.models import FormDraft
from p2emas.drafts.page import page_of, told_rows
from p2emas.ui import formats

LARGEST_NUMBER = 2**31 - 1
MOST_LISTED = 100


@background
@require_POST
def draft_save(request: UserRequest, form: str, pk: int) -> HttpResponse:
    """Asked by the page itself some seconds after the last key; the answer is a sentence for it."""
    drafted, record = form_and_record(request.user, form, pk)
    key, version = page_key(request.POST), request.POST.get("version", "")
    if key is None or not (version.isascii() and version.isdigit() and len(version) < 11):
        return JsonResponse({"words": "Isian tidak lengkap. Muat ulang halamannya."}, status=400)
    number = min(int(version), LARGEST_NUMBER)
    try:
        draft = keep_draft(
            user=request.user, form=drafted.name, record=record, key=key, version=number, data=request.POST
        )
    except DraftRefused as refusal:
        return JsonResponse({"words": str(refusal)}, status=400)
    words = f"Tersimpan {formats.clock_time(draft.saved_at)}"
    if draft.ended_at is not None:
        words += ". Data ini tidak dapat diisi lagi; isian Anda dapat disalin di halaman Isian belum tersimpan"
    return JsonResponse({"words": words})


@require_safe
def unsaved(request: UserRequest) -> HttpResponse:
    drafts = list(FormDraft.objects.for_user(request.user)[:MOST_LISTED])
    resumable = [(draft, page_of(draft)) for draft in drafts if draft.ended_at is None]
    ended = [draft for draft in drafts if draft.ended_at is not None]
    return render(request, "p2emas/drafts/draft_list.html", {"unsaved": resumable, "ended": ended})


@require_safe
def draft_detail(request: UserRequest, pk: int) -> HttpResponse:
    """What a draft says, to read and to copy; one that was ended by a step can do no more."""
    draft = get_object_or_404(FormDraft.objects.for_user(request.user), pk=pk)
    context = {"draft": draft, "rows": told_rows(draft), "page_url": page_of(draft)}
    return render(request, "p2emas/drafts/draft_detail.html", context)


@require_POST
def draft_drop(request: UserRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(FormDraft.objects.for_user(request.user), pk=pk)
    page = page_of(draft)
    drop_draft(user=request.user, key=draft.key)
    messages.success(request, "Isian yang belum tersimpan dibuang.")
    return HttpResponseRedirect(page) if page and "kembali" in request.POST else redirect("drafts:unsaved")
