"""What was typed on a page whose session has ended: sealed, carried through the sign-in, and a draft of its owner."""

import json
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, QueryDict

from p2emas.accounts.models import User
from p2emas.accounts.sign_in.carried import pick_up
from p2emas.drafts.access import form_and_record
from p2emas.drafts.keeping import DraftRefused, keep_draft, typed_fields
from p2emas.drafts.models import FormDraft, page_key
from p2emas.drafts.tokens import PageToken, read_token
from p2emas.privacy.sealing import SealBroken, seal, unseal


def token_of(request: HttpRequest) -> PageToken | None:
    """The token that the page of this POST was drawn with, when it is still good."""
    return read_token(request.POST.get("jaga", "")) if request.method == "POST" else None


def parcel_of(request: HttpRequest) -> str:
    """The typed fields sealed together with whose page they are from; "" where there is nothing to carry."""
    token = token_of(request)
    if token is None:
        return ""
    try:
        fields = typed_fields(request.POST)
    except DraftRefused:
        return ""
    key = page_key(request.POST) or uuid4()
    return seal(json.dumps([token.__dict__, str(key), fields]))


def unpack(request: HttpRequest, user: User) -> None:
    """Somebody has signed in: what came along becomes a draft of its owner, and is dropped for anybody else."""
    text = pick_up(request)
    if not text:
        return
    try:
        about, key, fields = json.loads(unseal(text))
    except (SealBroken, ValueError, UnicodeError):
        return
    token = PageToken(**about)
    if not token.is_of(user):
        messages.warning(request, "Isian dari sesi yang berakhir milik akun lain, jadi dibuang.")
    elif not token.is_current(user):
        messages.warning(request, "Kata sandi atau verifikasi dua langkah sudah berubah, jadi isian tadi dibuang.")
    elif keep_typed(user, token, UUID(key), fields) is None:
        messages.warning(request, "Isian dari sesi yang berakhir tidak dapat disimpan: data itu bukan lagi milik Anda.")
    else:
        messages.success(request, "Isian Anda aman. Pakai atau buang di halaman ini.")


def unpack_after_sign_in(sender: object, request: HttpRequest, user: User, **kwargs: object) -> None:
    """Django's own signal: it comes after the last page of the sign-in, whichever that was."""
    unpack(request, user)


def keep_typed(user: User, token: PageToken, key: UUID, fields: dict[str, list[str]]) -> FormDraft | None:
    """None when the record is out of the reach of ``user`` by now."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    try:
        drafted, record = form_and_record(user, token.form, token.record, token.part)
        return keep_draft(
            user=user, form=drafted.name, record=record, part=token.part, key=key, version=token.version, data=data
        )
    except (Http404, PermissionDenied, DraftRefused):
        return None
