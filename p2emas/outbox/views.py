"""Letters wait here until a coordinator has read them and lets them go."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from p2emas.accounts.models import User
from p2emas.accounts.signed_in import UserRequest
from p2emas.documents.letters import letters_response
from p2emas.outbox.forms import LetterForm, OutboxFilterForm, ticked
from p2emas.outbox.models import OutboxMessage, may_read, may_release
from p2emas.outbox.papers import paper_of_message
from p2emas.outbox.services import discard_message, release_messages, retry_message, save_words
from p2emas.ui.filters import Filters
from p2emas.ui.paging import paginate


def _letters(user: User):
    """The letters of this person's scope, or 403 for who has no outbox."""
    if not may_read(user):
        raise PermissionDenied
    return OutboxMessage.objects.for_user(user)


@never_cache
@require_safe
def message_list(request: UserRequest) -> HttpResponse:
    letters = _letters(request.user)
    form = OutboxFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    if chosen.get("status"):
        letters = letters.in_state(chosen["status"])
    if chosen.get("jenis"):
        letters = letters.of_kind(chosen["jenis"])
    page = paginate(letters.select_related("released_by"), request.GET)
    waiting = any(letter.state == OutboxMessage.State.WAITING for letter in page)
    context = {
        "page": page,
        "filters": Filters(form, request.GET),
        "may_release": waiting and may_release(request.user),
    }
    return render(request, "p2emas/outbox/message_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def message_detail(request: UserRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(_letters(request.user).select_related("released_by", "discarded_by"), pk=pk)
    if not letter.may_edit(request.user):
        if request.method == "POST":
            raise PermissionDenied
        return render(request, "p2emas/outbox/message_detail.html", {"letter": letter, **_may(request.user, letter)})
    form = LetterForm(request.POST if request.method == "POST" else None, instance=letter)
    if request.method == "POST" and form.is_valid():
        if save_words(letter, subject=form.cleaned_data["subject"], body=form.cleaned_data["body"]):
            messages.success(request, "Surat disimpan.")
        else:
            messages.warning(request, "Surat ini sudah dikirim atau dibatalkan orang lain; ubahan Anda tidak disimpan.")
        return redirect(letter)
    return render(
        request, "p2emas/outbox/message_edit.html", {"letter": letter, "form": form, **_may(request.user, letter)}
    )


def _may(user: User, letter: OutboxMessage) -> dict[str, bool]:
    return {"may_discard": letter.may_discard(user), "may_retry": letter.may_retry(user)}


@require_http_methods(["GET", "HEAD", "POST"])
def message_release(request: UserRequest) -> HttpResponse:
    """Preview of the ticked letters with their recipients; the button lets them go."""
    letters = _letters(request.user)
    if not may_release(request.user):
        raise PermissionDenied
    chosen = ticked(request.POST if request.method == "POST" else request.GET, letters.waiting_for_release())
    if request.method == "POST":
        released = release_messages([letter.pk for letter in chosen], actor=request.user)
        failed = letters.failed().among(released).count()
        messages.add_message(request, *_outcome(len(released), failed))
        return redirect("outbox:message-list")
    return render(request, "p2emas/outbox/message_release.html", {"letters": chosen})


def _outcome(released: int, failed: int) -> tuple[int, str]:
    """Level and sentence of the banner after a release."""
    if failed:
        sentence = "%(released)d surat disetujui, %(failed)d di antaranya belum terkirim dan dicoba lagi otomatis."
        return messages.WARNING, sentence % {"released": released, "failed": failed}
    if released:
        return messages.SUCCESS, f"{released} surat dikirim."
    return messages.WARNING, "Tidak ada surat yang dikirim: sudah dikirim atau dibatalkan orang lain."


@require_http_methods(["GET", "HEAD", "POST"])
def message_discard(request: UserRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(_letters(request.user), pk=pk)
    if not may_release(request.user):
        raise PermissionDenied
    if request.method == "POST":
        if letter.may_discard(request.user) and discard_message(letter, actor=request.user):
            messages.success(request, "Surat dibatalkan.")
        else:
            messages.warning(request, "Surat ini tidak dapat dibatalkan lagi.")
        return redirect(letter)
    return render(request, "p2emas/outbox/message_discard.html", {"letter": letter})


@never_cache
@require_safe
def message_paper(request: UserRequest, pk: int, form: str) -> HttpResponse:
    """The letter on paper, for somebody who reads no mail. A personal link is never printed."""
    letter = get_object_or_404(_letters(request.user), pk=pk)
    return letters_response([paper_of_message(letter)], form, name=f"surat-{pk}", title=letter.subject)


@require_POST
def message_retry(request: UserRequest, pk: int) -> HttpResponse:
    letter = get_object_or_404(_letters(request.user), pk=pk)
    if not may_release(request.user):
        raise PermissionDenied
    if retry_message(letter).sent:
        messages.success(request, "Surat terkirim.")
    else:
        messages.warning(request, "Surat belum terkirim.")
    return redirect(letter)
