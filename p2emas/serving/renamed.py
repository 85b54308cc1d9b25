"""Addresses that were given another word: the old one leads to the new one for good, in bookmarks and in old mails."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.urls import path
from django.views.decorators.http import require_safe

# old route -> new address; never remove a line
RENAMED = {
    "pengingat/lepas/": "/pengingat/kirim/",
    "keputusan/kompetensi/<int:pk>/kursi/": "/keputusan/kompetensi/{pk}/penilai/",
    "keputusan/lokasi/<int:pk>/calon/<int:candidate>/naikkan/": "/keputusan/lokasi/{pk}/calon/{candidate}/cadangan/",
    "lokus/<int:pk>/akhiri/": "/lokasi-sasaran/{pk}/akhiri/",
    "desa/<slug:slug>/lokus/<int:pk>/<slug:step>/": "/desa/{slug}/lokasi-sasaran/{pk}/{step}/",
}


@login_not_required
@require_safe
def to_new_address(request: HttpRequest, to: str, **parts: object) -> HttpResponsePermanentRedirect:
    """A person who may not open the new address is told so there."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(to.format(**parts) + (f"?{query}" if query else ""))


urlpatterns = [path(old, to_new_address, {"to": new}) for old, new in RENAMED.items()]
