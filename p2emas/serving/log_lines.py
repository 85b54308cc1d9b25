"""Log lines as JSON in which the same error is told at length once, then by one line each time.

An outage meets every request at the same place: a traceback of 8 KB for each fills a disk and hides what else happens.
"""

import re
import threading
import time
from logging import LogRecord
from types import TracebackType
from typing import Any

from django.core.exceptions import PermissionDenied
from pythonjsonlogger.json import JsonFormatter

# Addresses that open something by themselves: dates of a person, a first password, a new one.
SECRET_PATH = re.compile(r"(/kalender/pribadi/|/undangan/[\w-]+/|/lupa-sandi/[0-9A-Za-z]+-(?=[\w-]))[^/\s?\"\\.]+")
MASK = "***"
AGAIN_SECONDS, MOST_PLACES = 60.0, 200
ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def without_secrets(text: str) -> str:
    """``text`` with the secret part of every such address left out."""
    return SECRET_PATH.sub(rf"\g<1>{MASK}", text)


class BriefFormatter(JsonFormatter):
    """Writes the traceback of an error that was raised at a place; within a minute after it only that it was again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lock = threading.Lock()
        self._told: dict[tuple[type, str, int], tuple[float, int]] = {}

    def format(self, record: LogRecord) -> str:
        return without_secrets(super().format(record))

    def formatException(self, ei: ExceptionInfo) -> str | list[str]:  # type: ignore[override]
        kind, error, traceback = ei
        if kind is None or issubclass(kind, PermissionDenied):  # an answer, not a fault
            return f"{kind.__name__}: {error}" if kind else ""
        again = self._again(kind, traceback)
        if again:
            return f"{kind.__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else ''} ({again})"
        return super().formatException(ei)

    def _again(self, kind: type[BaseException], traceback: TracebackType | None) -> str:
        while traceback is not None and traceback.tb_next is not None:
            traceback = traceback.tb_next
        place = (kind, traceback.tb_frame.f_code.co_filename, traceback.tb_lineno) if traceback else (kind, "", 0)
        now = time.monotonic()
        with self._lock:
            told_at, times = self._told.get(place, (0.0, 0))
            if not told_at or now - told_at > AGAIN_SECONDS:
                if len(self._told) >= MOST_PLACES:
                    self._told.clear()
                self._told[place] = (now, 0)
                return ""
            self._told[place] = (told_at, times + 1)
        return f"again, number {times + 1} since its traceback {now - told_at:.0f} s before"
