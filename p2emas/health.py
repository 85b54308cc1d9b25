"""Two public addresses for whoever watches the service: the process lives, and it can serve."""

import logging
from functools import cache as remember

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@login_not_required
@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("sehat\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 when database and cache answer, migrations are applied and static files collected, else 503 and a name."""
    parts = (("basis data", _database), ("migrasi", _migrations), ("cache", _cache), ("berkas statis", _static_files))
    for name, works in parts:
        try:
            works()
        except Exception:  # a probe wants 503 and a name, whatever is wrong; what it was stands in the log
            logger.warning("not ready: %s", name, exc_info=True)
            return HttpResponse(f"belum siap: {name}\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("siap\n", content_type="text/plain; charset=utf-8")


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@remember
def _migrations() -> None:
    """Raises while one is missing; once all are applied they stay so for the life of the process."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RuntimeError("unapplied migrations")


def _cache() -> None:
    cache.set("ready", "yes", 30)
    if cache.get("ready") != "yes":
        raise RuntimeError("the cache forgets")


def _static_files() -> None:
    """Raises where `collectstatic` was forgotten: every page asks for this style sheet by its hashed name."""
    staticfiles_storage.url("css/p2emas.css")
