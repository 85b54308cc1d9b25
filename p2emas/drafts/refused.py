"""A form that cannot be accepted as it comes: its session has ended, its token is of another, its record is gone."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from p2emas.accounts.sign_in.carried import CarriedText, put_down
from p2emas.accounts.sign_in.forms import SignInForm
from p2emas.drafts.gone import COPY_LIST, LOST, keep_gone, token_of_gone
from p2emas.drafts.keeping import DraftRefused, typed_fields
from p2emas.drafts.models import FormDraft, page_key
from p2emas.drafts.page import TAKE
from p2emas.drafts.parcels import keep_typed, parcel_of, token_of
from p2emas.drafts.tokens import PageToken
from p2emas.serving import errors
from p2emas.ui.layout import Rest, form_helper

BY_ITSELF = "drafts:draft-save"  # the page asks, nobody looks at the answer
# A page older than its token is good for, or more text than a page can carry.
NOT_CARRIED = "Isian tadi tidak dapat dibawa masuk. Tekan Kembali di peramban, salin isian itu, lalu masuk lagi."


class KeepingLoginRequiredMiddleware(LoginRequiredMiddleware):
    """As Django's, but what was typed goes along to the sign-in page instead of being lost."""

    def handle_no_permission(  # type: ignore[override]  # the stubs know a redirect only
        self, request: HttpRequest, view_func: Callable
    ) -> HttpResponse:
        parcel = "" if _is_by_itself(request) else parcel_of(request)
        if not parcel and "jaga" in request.POST and not _is_by_itself(request):
            messages.warning(request, NOT_CARRIED)
        if not parcel:
            return super().handle_no_permission(request, view_func)
        if getattr(request, "held", None) is not None:  # the password was given, a code is owed
            put_down(request, parcel)
            return super().handle_no_permission(request, view_func)
        return sign_in_page(request, parcel)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """A form that was sent for what is gone: its page is answered with what was typed, to be copied."""
        sent = response.status_code == HTTPStatus.NOT_FOUND and not _is_by_itself(request)
        gone = token_of_gone(request) if sent else None
        draft = keep_gone(request, gone) if gone else None
        if draft is None:
            return response
        messages.warning(request, f"{LOST} {COPY_LIST}")
        return redirect(draft)


def sign_in_page(request: HttpRequest, parcel: str) -> HttpResponse:
    address = f"{reverse('account_login')}?{urlencode({'next': request.path})}"
    form = SignInForm(request=request)
    form.helper = form_helper("Masuk", Rest(), CarriedText(), action=address)
    return render(request, "account/login.html", {"form": form, "carried": parcel})


def _is_by_itself(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.view_name == BY_ITSELF


def keep_unsafe_post(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of a drafted form is drawn again with what was typed, and nothing is saved."""
    token = token_of(request)
    if token is None or (token.is_of(request.user) and not token.is_current(request.user)):  # type: ignore[arg-type]
        return errors.csrf_failure(request, reason)
    if not request.user.is_authenticated and (parcel := parcel_of(request)):
        return sign_in_page(request, parcel)
    key = page_key(request.POST) or uuid4()
    if not token.is_of(request.user) or _keep(request, token, key) is None:  # type: ignore[arg-type]
        return errors.csrf_failure(request, reason)
    if _is_by_itself(request):
        return JsonResponse({"words": "Tersimpan"})
    messages.warning(request, "Anda sudah masuk lagi di jendela lain. Isian Anda ada di sini dan belum disimpan.")
    return redirect(f"{request.path}?{urlencode({TAKE: str(key)})}")


def _keep(request: HttpRequest, token: PageToken, key: UUID) -> FormDraft | None:
    """None when the record is out of reach by now, or the text too long to be kept."""
    try:
        return keep_typed(request.user, token, key, typed_fields(request.POST))  # type: ignore[arg-type]
    except DraftRefused:
        return None
