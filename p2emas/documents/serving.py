"""Finding a private file in the scope of the person who asks, and the answer that carries it."""

import logging
import uuid
from functools import cache

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

from p2emas.accounts.signed_in import Anyone
from p2emas.documents.models import PrivateFile

logger = logging.getLogger(__name__)
# kind in an old address -> kinds that have some of its files since
MOVED = {"decreefile": ("minutesfile", "regulationfile")}


@cache
def private_file_kinds() -> dict[str, type[PrivateFile]]:
    """Every kind of private file by the name in its address."""
    return {str(model._meta.model_name): model for model in apps.get_models() if issubclass(model, PrivateFile)}


def find_file(model_name: str, key: uuid.UUID, user: Anyone) -> tuple[PrivateFile, str] | None:
    """The file if ``user`` (who may be nobody) may open it, and the name under which it goes out.

    Through the scope of its owner it keeps the name it came with; because it is public it gets a neutral one.
    """
    model = private_file_kinds().get(model_name)
    if model is None:
        return None
    if user.is_authenticated and (found := model.objects.for_user(user).filter(key=key).first()):
        return found, found.original_name
    public = getattr(model.objects, "public", None)
    found = public().filter(key=key).first() if public else None
    return (found, found.public_name) if found else None


def moved_file(model_name: str, key: uuid.UUID, user: Anyone) -> PrivateFile | None:
    """The file of an address from when its record was one of another table, for those who may open it."""
    found = (find_file(name, key, user) for name in MOVED.get(model_name, ()))
    return next((stored for stored, _name in filter(None, found)), None)


def file_answer(request: HttpRequest, stored: PrivateFile, name: str, *, small: bool) -> HttpResponse:
    """The bytes, with headers that keep a browser from running, guessing or sharing them.

    Each use asks again (a scope may end), but an unchanged file is not sent twice. Only pictures show in the
    page; everything else is a download, since a browser's PDF viewer refuses to work inside a sandbox.
    """
    thumbnail = small and bool(stored.thumbnail)
    place = stored.thumbnail if thumbnail else stored.file
    etag = str(quote_etag(f"{stored.sha256[:32]}{'k' if thumbnail else ''}"))
    try:
        with place.open("rb") as content:
            answer = HttpResponse(content.read(), content_type=stored.content_type)
    except FileNotFoundError as gone:
        logger.error("the file of %s %s is missing", stored._meta.model_name, stored.pk)
        raise Http404 from gone
    answer["Content-Disposition"] = content_disposition_header(not stored.is_image, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-cache"
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer
