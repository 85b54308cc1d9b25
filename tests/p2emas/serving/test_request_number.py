"""Each request has one number: in the answer, on the error page and in the log."""

import json
import logging
import logging.config
import runpy
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.http import HttpResponse
from gunicorn.config import Config

from p2emas.serving.middleware import RequestNumberFilter, RequestNumberMiddleware

logger = logging.getLogger("tests.request_number")


def number_in_log() -> str:
    record = logging.LogRecord("name", logging.INFO, __file__, 1, "message", None, None)
    assert RequestNumberFilter().filter(record) is True
    return record.request_number


def json_formatter() -> logging.Formatter:
    """The formatter as the settings have ``logging`` make it."""
    chosen = dict(settings.LOGGING["formatters"]["json"])
    return logging.config.DictConfigurator({"version": 1}).configure_formatter(chosen)


def test_request_number_is_one_for_request_answer_and_log(rf):
    seen = {}

    def view(request):
        seen.update(request=request.number, log=number_in_log())
        return HttpResponse()

    response = RequestNumberMiddleware(view)(rf.get("/"))

    assert set(seen.values()) == {response["X-Request-Number"]}
    assert set(response["X-Request-Number"]) <= set("0123456789ABCDEF")


def test_request_number_differs_between_requests(rf):
    middleware = RequestNumberMiddleware(lambda request: HttpResponse())

    numbers = {middleware(rf.get("/"))["X-Request-Number"] for _ in range(50)}

    assert len(numbers) == 50


@pytest.mark.parametrize("fails", [False, True])
def test_request_number_ends_with_its_request(rf, fails):
    def view(request):
        if fails:
            raise ValueError
        return HttpResponse()

    try:
        RequestNumberMiddleware(view)(rf.get("/"))
    except ValueError:
        assert fails

    assert number_in_log() == "-"


def test_log_line_is_json_with_request_number(rf):
    formatter = json_formatter()
    lines = []

    def view(request):
        record = logger.makeRecord(logger.name, logging.WARNING, __file__, 1, 'Ada "kutip"\nbaris', None, None)
        RequestNumberFilter().filter(record)
        lines.append(formatter.format(record))
        return HttpResponse()

    response = RequestNumberMiddleware(view)(rf.get("/"))

    line = json.loads(lines[0])
    assert line["request_number"] == response["X-Request-Number"]
    assert line["message"] == 'Ada "kutip"\nbaris'
    assert (line["levelname"], line["name"]) == ("WARNING", logger.name)
    assert datetime.fromisoformat(line["asctime"]).utcoffset() == timedelta(hours=7)


@pytest.mark.django_db
def test_missing_page_shows_the_number_of_its_answer(client):
    response = client.get("/tidak-ada/")

    assert response.status_code == 404
    assert response["X-Request-Number"] in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status"), [("/tidak-ada/", 404), ("/pengguna/", 403)])
def test_line_about_a_refused_request_carries_its_number(client_as, caplog, address, status):
    caplog.handler.addFilter(number := RequestNumberFilter())

    response = client_as("leader").get(address)

    caplog.handler.removeFilter(number)
    assert response.status_code == status
    lines = [record.request_number for record in caplog.records if record.name == "django.request"]
    assert set(lines) == {response["X-Request-Number"]}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/tidak-ada/", "/pengguna/"])
def test_line_about_a_refused_request_holds_no_query(client_as, caplog, address):
    """What people search for (a name, a phone number) is private and not in the log."""
    caplog.handler.addFilter(number := RequestNumberFilter())

    client_as("leader").get(address, {"cari": "0812-rahasia"})

    caplog.handler.removeFilter(number)
    lines = [json_formatter().format(record) for record in caplog.records if record.name == "django.request"]
    assert lines
    assert [line for line in lines if address not in line or "rahasia" in line] == []


def test_gunicorn_writes_its_own_lines_as_json_too(capfd):
    conf = runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py"))

    conf["logger_class"](Config()).warning('Worker "%s" timed out', 7)

    line = json.loads(capfd.readouterr().err.strip().splitlines()[-1])
    assert (line["message"], line["levelname"], line["request_number"]) == ('Worker "7" timed out', "WARNING", "-")
    assert datetime.fromisoformat(line["asctime"]).utcoffset() is not None
