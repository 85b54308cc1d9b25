"""Lists that may be long: a room registers how to make one, and a worker makes it for the person who asked."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django_tasks import task

from p2emas import clock
from p2emas.accounts.models import User
from p2emas.exports.lists import XLSX_FORMAT, ListFile, list_response, wanted_file
from p2emas.exports.models import KEPT, ListRequest
from p2emas.jobs.queue import is_under_way, register_sweep, took_too_long

logger = logging.getLogger(__name__)
LONG = 2_000  # rows of a workbook that are written while somebody waits
LOST = "Daftar tidak selesai disiapkan. Unduh lagi dari halamannya."
TOO_LONG = "Daftar ini terlalu panjang untuk disiapkan sekaligus. Persempit saringannya, lalu unduh lagi."
NOT_YOURS = "Anda tidak lagi berwenang membaca daftar ini."


class MadeFile(Protocol):
    """What a worker writes, named without its ending; ``told`` is told how much is done."""

    @property
    def name(self) -> str: ...

    @property
    def ending(self) -> str: ...

    def as_file(self, query: QueryDict, told: Callable[[int], None]) -> bytes: ...


@dataclass(frozen=True)
class LongWork:
    """``may`` and ``make`` ask again when the worker comes: rights of then, and the rows of then.

    ``unit``: of what the progress is told.
    """

    code: str
    may: Callable[[User], bool]
    make: Callable[[User, QueryDict], MadeFile]
    unit: str = "baris"

    def __post_init__(self) -> None:
        _lists[self.code] = self


@dataclass(frozen=True)
class LongList(LongWork):
    """A list, whose rows are counted first: a short one is answered at once."""

    make: Callable[[User, QueryDict], ListFile]

    def answer(self, request: HttpRequest, user: User, rows: Callable[[], int]) -> HttpResponse:
        """The file at once, or the page of a worker's progress where a workbook has many rows."""
        if wanted_file(request) == XLSX_FORMAT and (count := rows()) > LONG:
            return redirect(ask(self, user, request.GET, count))
        return list_response(request, self.make(user, request.GET))


_lists: dict[str, LongWork] = {}


def progress_unit(request: ListRequest) -> str:
    """In what its progress counts."""
    wanted = _lists.get(request.list)
    return wanted.unit if wanted else LongWork.unit


def ask(wanted: LongWork, user: User, query: QueryDict, rows: int) -> ListRequest:
    """The request of a person for a list and filter; one that is being made already is not made twice."""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)  # one at a time for each person
        said = {"list": wanted.code, "query": query.urlencode()}
        same = ListRequest.objects.for_user(user).under_way().filter(**said).for_page().first()
        if same is not None:
            return same
        made = ListRequest.objects.create(user=user, total=rows, **said)
        job = make_list.enqueue(made.pk)
        ListRequest.objects.filter(pk=made.pk).update(job=job.id)
    return made


@task()
def make_list(pk: int) -> None:
    """Write the file of a request; safe to run again from the start."""
    request = ListRequest.objects.under_way().select_related("user").filter(pk=pk).first()
    if request is None:
        return
    wanted = _lists.get(request.list)
    if wanted is None or not request.user.is_active or not wanted.may(request.user):
        _end(request, status=ListRequest.Status.FAILED, problem=NOT_YOURS)
        return
    try:
        query = QueryDict(request.query)
        made = wanted.make(request.user, query)
        content = made.as_file(query, lambda done: _note(request, done))
    except Exception:
        logger.exception("list %s could not be made", pk)
        _end(request, status=ListRequest.Status.FAILED, problem=LOST)
        return
    _end(request, status=ListRequest.Status.READY, content=content, name=f"{made.name}.{made.ending}")


def _note(request: ListRequest, done: int) -> None:
    ListRequest.objects.filter(pk=request.pk).update(done=done)


def _end(request: ListRequest, **values: object) -> None:
    ListRequest.objects.under_way().filter(pk=request.pk).update(**values)


@register_sweep
def sweep_lists() -> int:
    """End those whose job will not come back, and remove what nobody needs any more."""
    orphans = [each for each in ListRequest.objects.under_way().for_page() if not is_under_way(each.job)]
    for each in orphans:
        problem = TOO_LONG if took_too_long(each.job) else LOST
        _end(each, status=ListRequest.Status.FAILED, problem=problem)
    ListRequest.objects.asked_before(clock.now() - KEPT).delete()
    return len(orphans)
