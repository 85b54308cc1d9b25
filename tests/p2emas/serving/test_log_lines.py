"""The same error in a row of requests is told at length once."""

import json
import logging
import runpy
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError

from p2emas.serving import log_lines
from p2emas.serving.log_lines import BriefFormatter, without_secrets

ROOT = Path(__file__).resolve().parents[3]


def line_about(formatter: BriefFormatter, error: Exception) -> str:
    try:
        raise error
    except type(error) as raised:
        information = (type(raised), raised, raised.__traceback__)
    return formatter.format(logging.LogRecord("django.request", logging.ERROR, "", 0, "Oops", (), information))


def test_outage_is_told_at_length_once_and_counted_after(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(log_lines.time, "monotonic", lambda: now[0])
    formatter = BriefFormatter()

    first, *others = [line_about(formatter, OperationalError("no\nroute")) for _ in range(3)]
    now[0] += log_lines.AGAIN_SECONDS + 1
    later = line_about(formatter, OperationalError("no route"))

    assert "Traceback" in first and "Traceback" in later
    assert [json.loads(line)["exc_info"] for line in others] == [
        "OperationalError: no (again, number 1 since its traceback 0 s before)",
        "OperationalError: no (again, number 2 since its traceback 0 s before)",
    ]
    assert max(map(len, others)) < 300


def test_another_error_gets_its_own_traceback():
    formatter = BriefFormatter()

    assert all("Traceback" in line_about(formatter, error) for error in (OperationalError("a"), ValueError("b")))


def test_a_refusal_is_no_fault_and_has_no_traceback():
    assert "Traceback" not in line_about(BriefFormatter(), PermissionDenied("no"))


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/kalender/pribadi/rahasia-1_A.ics", "/kalender/pribadi/***.ics"),
        ("/undangan/MTI/c0de-rahasia/", "/undangan/MTI/***/"),
        ("/lupa-sandi/2n-c0de-rahasia/", "/lupa-sandi/2n-***/"),
        ("/lupa-sandi/selesai/", "/lupa-sandi/selesai/"),
        ("/kalender/umum.ics", "/kalender/umum.ics"),
        ("/desa/ensaid-panjang/", "/desa/ensaid-panjang/"),
    ],
)
def test_addresses_that_open_something_lose_their_secret(path, shown):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", (path,), None)

    assert without_secrets(path) == shown
    assert json.loads(BriefFormatter().format(record))["message"] == f"Not Found: {shown}"


def test_access_line_leaves_a_secret_out():
    logger_class = runpy.run_path(str(ROOT / "gunicorn.conf.py"))["logger_class"]
    logger, lines = object.__new__(logger_class), []
    logger.cfg = SimpleNamespace(accesslog="-", logconfig_dict=None)
    logger.access_log = SimpleNamespace(info=lines.append)
    environ = {"REMOTE_ADDR": "127.0.0.1", "RAW_URI": "/kalender/pribadi/rahasia.ics?x=1"}

    logger.access(SimpleNamespace(status="200 OK", headers=[]), None, environ, timedelta(seconds=1))

    assert json.loads(lines[0])["path"] == "/kalender/pribadi/***.ics"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (0, "203.0.113.9", "127.0.0.1"),
        (2, "203.0.113.9", "127.0.0.1"),
    ],
)
def test_access_line_names_the_visitor_as_far_as_proxies_vouch_for_it(monkeypatch, proxies, forwarded, address):
    monkeypatch.setenv("TRUSTED_PROXIES", str(proxies))
    logger_class = runpy.run_path(str(ROOT / "gunicorn.conf.py"))["logger_class"]
    logger, lines = object.__new__(logger_class), []
    logger.cfg = SimpleNamespace(accesslog="-", logconfig_dict=None)
    logger.access_log = SimpleNamespace(info=lines.append)
    environ = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded, "RAW_URI": "/cari/?q=nik"}

    logger.access(SimpleNamespace(status="200 OK", headers=[]), None, environ, timedelta(seconds=1))

    line = json.loads(lines[0])
    assert (line["address"], line["path"]) == (address, "/cari/")
