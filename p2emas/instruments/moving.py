"""Addresses of minutes and regulations from when they were rows among the decrees lead to their pages for good."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import NoReverseMatch, reverse

from p2emas.instruments.models import Minutes, Regulation

View = Callable[..., HttpResponse]
STEPS = {"enact": "sign", "revoke": "cancel"}
# the last part of an old address -> the page that has it now; others lead to the record itself
PAGES = {"decree-text": "edit", "decree-scan": "scan", "decree-history": "history"}


def following_moves(view: View, name: str) -> View:
    """``view`` of a decree, or the way to what was one: only where the decree is not there, and for its readers."""

    @wraps(view)
    def answer(request: HttpRequest, pk: int, **more: str) -> HttpResponse:
        try:
            return view(request, pk=pk, **more)
        except Http404:
            if request.method not in ("GET", "HEAD") or (address := _new_address(request, int(pk), name, more)) is None:
                raise
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(address + (f"?{query}" if query else ""))

    return answer


def _new_address(request: HttpRequest, pk: int, name: str, more: dict[str, str]) -> str | None:
    for kind, model in (("minutes", Minutes), ("regulation", Regulation)):
        found = model.objects.for_user(request.user).filter(moved_from=pk).first()
        if found is not None:
            return _page_of(found.pk, kind, name, more) or found.get_absolute_url()
    return None


def _page_of(pk: int, kind: str, name: str, more: dict[str, str]) -> str:
    try:
        if name == "decree-step":
            return reverse(f"instruments:{kind}-step", args=[pk, STEPS.get(more["step"], more["step"])])
        return reverse(f"instruments:{kind}-{PAGES[name]}", args=[pk]) if name in PAGES else ""
    except NoReverseMatch:  # a regulation has one page
        return ""
