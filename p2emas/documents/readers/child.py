"""The process that reads one file: bounds itself, reads, answers, ends. Started by ``reading.Reader``, never imported.

It knows nothing of Django, settings, secrets or the database: what it needs comes with the file.
"""

import io
import os
import resource
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from p2emas.documents.readers import wire

SEVERAL = 64


def main() -> None:
    head, (data,) = wire.read(sys.stdin.buffer)
    _bound(head)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between
    try:
        answer, pieces = _read(head, data)
    except wire.Refused as refusal:
        answer, pieces = {"refused": str(refusal)}, []
    except MemoryError:
        answer, pieces = {"failed": "memory"}, []
    except Exception as error:  # noqa: BLE001 - libraries fed with malice raise anything
        place = traceback.extract_tb(error.__traceback__)[-1]
        answer = {"failed": f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"}
        pieces = []
    message = io.BytesIO()
    wire.write(message, {**answer, "peak": _peak()}, pieces)
    if message.tell() > head["most"]:
        message = io.BytesIO()
        wire.write(message, {"failed": "memory", "peak": _peak()})
    out.write(message.getbuffer())
    out.flush()


def _read(head: dict[str, Any], data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    found = import_module(head["module"]).read(data, **head["options"])
    value, pieces = found if isinstance(found, tuple) else (found, [])
    return {"value": value}, pieces


def _bound(head: dict[str, Any]) -> None:
    """The parent keeps the time; the processor seconds are for the case that the parent has died."""
    for what, most in (
        (resource.RLIMIT_AS, head["memory"]),
        (resource.RLIMIT_CPU, head["seconds"]),
        (resource.RLIMIT_FSIZE, head["most"]),
        (resource.RLIMIT_NOFILE, SEVERAL),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(head["nice"])


def _peak() -> float:
    """The most MiB of memory that this process ever held (VmHWM)."""
    try:
        status = Path("/proc/self/status").read_text("ascii")
        return round(int(status.partition("VmHWM:")[2].split()[0]) / 1024, 1)
    except (OSError, IndexError, ValueError):
        return 0.0


if __name__ == "__main__":
    main()
    os._exit(0)  # nothing is left to do: no clearing up of a large heap while somebody waits
