"""Work that waits until the browser has its answer: mail must not make a page slow, nor its duration tell anything."""

import logging
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

Job = Callable[[], object]

_jobs: ContextVar[list[Job] | None] = ContextVar("after_response_jobs", default=None)
logger = logging.getLogger(__name__)


def after_response(job: Job) -> None:
    """Run ``job`` when the answer of this request has been sent; at once where no request is being answered."""
    jobs = _jobs.get()
    if jobs is None:
        job()
    else:
        jobs.append(job)


class AfterResponseMiddleware:
    """The server closes a response after its last byte has gone out; the jobs run then, in the same worker.

    What must survive a crash of the worker has to be in the database before (the outbox is).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        jobs: list[Job] = []
        token = _jobs.set(jobs)
        try:
            response = self.get_response(request)
        finally:
            _jobs.reset(token)
        for job in jobs:
            when_closed(response, _logged(job))
        return response


def when_closed(response: HttpResponse, run: Job) -> None:
    """``run`` when the server closes ``response``."""
    response._resource_closers.append(run)  # type: ignore[attr-defined]  # Django has no public way


def _logged(job: Job) -> Job:
    def run() -> None:
        try:
            job()
        except Exception:  # Django drops what a closer raises without a word
            logger.exception("A job after the response failed")

    return run
