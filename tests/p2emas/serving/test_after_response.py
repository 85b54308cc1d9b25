"""Jobs run when the answer is out, and at once where nobody waits for one."""

import logging

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from p2emas.serving.after_response import AfterResponseMiddleware, after_response

pytestmark = pytest.mark.django_db  # the end of an answer closes stale connections


def test_job_waits_for_the_end_of_the_answer():
    done = []

    def view(request):
        after_response(lambda: done.append("job"))
        done.append("view")
        return HttpResponse("ok")

    response = AfterResponseMiddleware(view)(RequestFactory().get("/"))
    done.append("answered")
    response.close()

    assert done == ["view", "answered", "job"]


def test_job_outside_a_request_runs_at_once():
    done = []

    after_response(lambda: done.append("job"))

    assert done == ["job"]


def test_failing_job_is_logged_and_stops_no_other(caplog):
    done = []

    def view(request):
        after_response(lambda: 1 / 0)
        after_response(lambda: done.append("second"))
        return HttpResponse("ok")

    with caplog.at_level(logging.ERROR):
        AfterResponseMiddleware(view)(RequestFactory().get("/")).close()

    assert done == ["second"]
    assert "A job after the response failed" in caplog.text


def test_jobs_of_one_request_do_not_leak_into_the_next():
    done = []
    middleware = AfterResponseMiddleware(
        lambda request: after_response(lambda: done.append(request.path)) or HttpResponse()
    )

    first, second = (middleware(RequestFactory().get(path)) for path in ("/a", "/b"))
    second.close()

    assert done == ["/b"]
    first.close()
    assert done == ["/b", "/a"]
