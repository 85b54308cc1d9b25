"""A reader that does as it is told; runs in the process of the reader and imports nothing of Django."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from p2emas.documents.readers.wire import Refused


def read(data: bytes, *, task: str = "count", **more):
    return TASKS[task](data, **more)


def count(data):
    return {"bytes": len(data)}


def pieces(data, times):
    return {"times": times}, [data] * times


def refuse(data):
    raise Refused("Berkas ini tidak disukai.")


def fail(data):
    raise KeyError("x")


def hoard(data):
    return {"bytes": len(bytearray(2_000_000_000))}


def sleep(data):
    time.sleep(30)


def spin(data):
    while True:
        pass


def breed(data, note):
    """A grandchild that would write a note after two seconds."""
    subprocess.Popen([sys.executable, "-c", f"import time; time.sleep(2); open({note!r}, 'w').write('x')"])
    time.sleep(30)


def die(data):
    os.kill(os.getpid(), signal.SIGSEGV)


def chat(data):
    os.write(1, b"a library that prints")
    sys.stdout.write("and another")
    return {"fine": True}


def look(data):
    """What the process sees of the site."""
    return {
        "environment": dict(os.environ),
        "descriptors": sorted(int(each.name) for each in Path("/proc/self/fd").iterdir()),
        "django": "django" in sys.modules,
        "folder": str(Path.cwd()),
        "group": os.getpgid(0) == os.getpid(),
    }


TASKS = {each.__name__: each for each in (count, pieces, refuse, fail, hoard, sleep, spin, breed, die, chat, look)}
