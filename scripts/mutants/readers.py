"""Lets readers of uploaded files run where mutants are planted: in this process, with the same bytes and answers.

A reader runs in a process of its own, which knows nothing of a mutant and whose lines nobody counts. What it needs a
process for (its bounds of time and memory, its end) stays there: such a call still starts one.
"""

import io
import os
from collections.abc import Iterable
from importlib import import_module
from typing import Any
from unittest import mock

MODULES = "READ_HERE"  # in the environment: their dotted names, so that a fresh process of tests does likewise
SHORTEST = 1  # second: who allows less wants to see a process stopped


def name(modules: Iterable[str]) -> None:
    os.environ[MODULES] = ",".join(modules)


def read_here() -> None:
    """From now on, what a process would read with one of the named modules is read here."""
    modules = os.environ.get(MODULES, "").split(",")
    from p2emas.documents.readers import reading, wire

    plain = reading._Run.of

    def of(run: Any, data: bytes, options: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        if run.reader.module not in modules or run.seconds < SHORTEST:
            return plain(run, data, options)
        try:
            found = import_module(run.reader.module).read(data, **options)
        except wire.Refused as refusal:
            return {"refused": str(refusal), "peak": 0.0}, []
        except MemoryError:
            return {"failed": "memory", "peak": 0.0}, []
        except Exception as error:  # noqa: BLE001 - as its own process answers
            return {"failed": type(error).__name__, "peak": 0.0}, []
        value, pieces = found if isinstance(found, tuple) else (found, [])
        message = io.BytesIO()
        wire.write(message, {"value": value, "peak": 0.0}, pieces)
        message.seek(0)
        return wire.read(message)

    mock.patch.object(reading._Run, "of", of).start()
