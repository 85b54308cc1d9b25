"""Two public addresses for those who watch the service: the process lives, and it can serve."""

import logging
import os
from functools import cache as remember

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from p2emas import clock
from p2emas.configuration import database_state
from p2emas.serving import maintenance

logger = logging.getLogger(__name__)


class NotReady(Exception):
    """What is missing, in a sentence for the person who runs the service."""


@login_not_required
@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("sehat\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 when all that serving needs is there; else 503, a name, and a sentence where somebody has to do something."""
    parts = (
        ("pemeliharaan", _open),
        ("basis data", _database),
        ("migrasi", _migrations),
        ("cache", _cache),
        ("berkas statis", _static_files),
        ("berkas unggahan", _private_files),
        ("hari kerja", _business_day),
    )
    for name, works in parts:
        try:
            works()
        except NotReady as missing:
            return _not_ready(name, f"{missing}\n")
        except Exception:  # a probe wants 503 and a name for every fault; what it was is in the log
            logger.warning("not ready: %s", name, exc_info=True)
            return _not_ready(name)
    return HttpResponse("siap\n", content_type="text/plain; charset=utf-8")


def _not_ready(name: str, sentence: str = "") -> HttpResponse:
    return HttpResponse(f"belum siap: {name}\n{sentence}", status=503, content_type="text/plain; charset=utf-8")


def _open() -> None:
    if maintenance.is_closed(maintenance.files_of_this_installation()):
        raise NotReady("Situs ditutup untuk pemeliharaan. Buka lagi dengan `manage.py maintenance off`.")


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@remember
def _migrations() -> None:
    """Raises while one is missing or unknown; once all are right they stay so for the life of the process."""
    if not database_state.is_migrated(connection):
        raise NotReady("Ada migrasi yang belum dijalankan. Jalankan `manage.py migrate`.")
    if complaints := database_state.complaints(connection):
        raise NotReady(" ".join(complaints))


def _cache() -> None:
    cache.set("ready", "yes", 30)
    if cache.get("ready") != "yes":
        raise RuntimeError("the cache forgets")


def _static_files() -> None:
    """Raises where `collectstatic` was forgotten: every page asks for this style sheet by its hashed name."""
    staticfiles_storage.url("css/p2emas.css")


def _private_files() -> None:
    """Raises where an upload would fail for want of rights; the folder is made by the first one."""
    folder = maintenance.files_of_this_installation()
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        raise NotReady("MEDIA_ROOT tidak dapat ditulisi oleh pengguna layanan ini. Periksa pemilik dan izinnya.")


def _business_day() -> None:
    clock.today()
