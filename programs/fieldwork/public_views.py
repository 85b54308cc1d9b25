"""What a phone keeps for days without a signal: the shell and the worker, which hold nothing of a person."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from programs.fieldwork.models import FieldReport
from programs.fieldwork.notebook.models import SalesEntry

KEPT = (
    "bootstrap/css/bootstrap.min.css",
    "css/p2emas.css",
    "icons/p2emas.svg",
    "js/p2emas.js",
    "js/antrean.js",
    "js/jual.js",
    "js/luring.js",
    "js/salinan.js",
    "vendor/idb.js",
)


@login_not_required
@require_safe
def field_offline(request: HttpRequest) -> HttpResponse:
    """The five screens of a visit, that of a sale, and the queue of a phone; the same for everybody."""
    context = {"kinds": FieldReport.Kind.choices, "buyers": SalesEntry.Buyer.choices}
    return render(request, "programs/fieldwork/luring.html", context)


@login_not_required
@require_safe
def field_worker(request: HttpRequest) -> HttpResponse:
    shell = reverse("fieldwork:field-offline")
    digest = hashlib.sha256(field_offline(request).content).hexdigest()[:16]
    files = [(shell, digest), *((static(name), "") for name in KEPT)]
    context = {"workbox": static("vendor/workbox.js"), "shell": shell, "files": files}
    answer = render(request, "programs/fieldwork/worker.js", context, content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer
