"""Keeping what is typed while the page is open, dropping it, and the list of one's own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from p2emas.accounts.models import User
from p2emas.accounts.sign_in.session_store import background
from p2emas.accounts.signed_in import UserRequest
from p2emas.drafts.access import form_and_record
from p2emas.drafts.forms import KeptForm, LookingForm
from p2emas.drafts.gone import keep_gone, token_of_gone, words_of_gone
from p2emas.drafts.keeping import DraftRefused, drop_draft, keep_draft
from p2emas.drafts.limits import may_keep_now
from p2emas.drafts.models import FormDraft
from p2emas.drafts.openings import note_open, others_words
from p2emas.drafts.page import told_rows
from p2emas.ui import formats

MOST_LISTED = 100
LATER = "Disimpan sebentar lagi"


@background
@require_POST
def draft_save(request: UserRequest, form: str, pk: int) -> HttpResponse:
    """Asked by the page itself some seconds after the last key; the answer is a sentence for it."""
    try:
        return _answer(request.user, form, pk, request.POST)
    except (Http404, PermissionDenied):
        gone = token_of_gone(request)
        if gone is None:
            raise
        if not may_keep_now(request.user, form, leaving="pergi" in request.POST):
            return JsonResponse({"words": LATER}, status=429)
        return JsonResponse({"words": words_of_gone(keep_gone(request, gone))}, status=410)


def _answer(user: User, form: str, pk: int, data: QueryDict) -> JsonResponse:
    sent = KeptForm(data)
    if not sent.is_valid():
        form_and_record(user, form, pk)
        return JsonResponse({"words": "Isian tidak lengkap. Muat ulang halamannya."}, status=400)
    about = sent.cleaned_data
    drafted, record = form_and_record(user, form, pk, about["bagian"])
    if not may_keep_now(user, form, leaving=about["pergi"]):
        return JsonResponse({"words": LATER}, status=429)
    try:
        draft = keep_draft(
            user=user, form=drafted.name, record=record, part=about["bagian"], key=about["isian"],
            version=about["version"], data=data,
        )  # fmt: skip
    except DraftRefused as refusal:
        return JsonResponse({"words": str(refusal)}, status=400)
    if about["salinan"] and draft.ended_at is None and not told_rows(draft):  # its page was saved after all
        drop_draft(user=user, key=draft.key)
        return JsonResponse({"words": "Sudah tersimpan", "known": True})
    return JsonResponse({"words": _kept_words(draft)})


def _kept_words(draft: FormDraft) -> str:
    words = f"Tersimpan {formats.clock_time(draft.saved_at)}"
    if draft.ended_at is not None:
        return f"{words}. Data ini tidak dapat diisi lagi; isian Anda dapat disalin di halaman Isian belum tersimpan"
    others = others_words(draft)
    return f"{words}. {others}" if others else words


@background
@require_POST
def draft_open(request: UserRequest, form: str, pk: int) -> JsonResponse:
    """Said by the page while somebody looks at it; the answer names who else does."""
    sent = LookingForm(request.POST)
    part = sent.cleaned_data["bagian"] if sent.is_valid() else None
    drafted, record = form_and_record(request.user, form, pk, part)
    page = FormDraft(user=request.user, form=drafted.name, record=record, part=part)
    note_open(request.user, page)
    return JsonResponse({"words": others_words(page)})


@require_safe
def unsaved(request: UserRequest) -> HttpResponse:
    drafts = list(FormDraft.objects.for_user(request.user)[:MOST_LISTED])
    resumable = [(draft, draft.page_url) for draft in drafts if draft.ended_at is None]
    ended = [draft for draft in drafts if draft.ended_at is not None]
    return render(request, "p2emas/drafts/draft_list.html", {"unsaved": resumable, "ended": ended})


@require_safe
def draft_detail(request: UserRequest, pk: int) -> HttpResponse:
    """What a draft says, to read and to copy; one that was ended by a step can do no more."""
    draft = get_object_or_404(FormDraft.objects.for_user(request.user), pk=pk)
    context = {"draft": draft, "rows": told_rows(draft), "page_url": draft.page_url}
    return render(request, "p2emas/drafts/draft_detail.html", context)


@require_POST
def draft_drop(request: UserRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(FormDraft.objects.for_user(request.user), pk=pk)
    page = draft.page_url
    drop_draft(user=request.user, key=draft.key)
    messages.success(request, "Isian yang belum tersimpan dibuang.")
    return HttpResponseRedirect(page) if page and "kembali" in request.POST else redirect("drafts:unsaved")
