"""Sets the environment that the tests run in, before Django reads its settings.

Loaded by ``-p tests.environment`` (pyproject.toml): a conftest would come too late for pytest-django.
"""

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# Files of one test process: media, and the SQLite database. A database in a file and not in memory, because the
# browser stories ask a live server whose threads need connections of their own; in /dev/shm it is as fast.
_shared_memory = Path("/dev/shm")
FOLDER = Path(
    tempfile.mkdtemp(
        prefix="p2emas-test-",
        dir=_shared_memory if _shared_memory.is_dir() and os.access(_shared_memory, os.W_OK) else None,
    )
)

os.environ["SECRET_KEY"] = "only-for-tests-0123456789-0123456789-0123456789-0123456789"
os.environ["DEBUG"] = "off"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["TESTING"] = "on"
os.environ["REQUIRE_HTTPS"] = "off"
os.environ["REQUIRE_2FA"] = "off"
os.environ["MEDIA_ROOT"] = str(FOLDER / "media")
os.environ["STATIC_ROOT"] = str(FOLDER)
os.environ["TEST_DATABASE_FILE"] = str(FOLDER / "test.sqlite3")
os.environ.pop("DEMO_TODAY", None)
os.environ["STORAGE_RESERVE_MB"] = "0"  # in memory there may be less
# A machine that runs tests is busy: only the drills hold a reader to its seconds.
os.environ.update({f"READ_{kind}_SECONDS": "60" for kind in ("PHOTO", "PDF", "SHEET", "TEMPLATE")})
os.environ.setdefault("DATABASE_URL", "sqlite:///test.sqlite3")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is read in stays to the end: looked through for garbage again and again it took a tenth of a run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
        gc.enable()


def _roomy() -> Callable[[Callable[[], object]], object]:
    """A function that calls another one from a frame of 320 KB.

    Python keeps the frames of its calls in pieces of 16 KB, and gives each back to the system when its last call
    returns. A request goes up and down a hundred frames, again and again across such an edge: a tenth of a run. A
    frame that asks for more gets a piece with room for all that is called from it.
    """
    variables = " = ".join(f"v{number}" for number in range(40_000))
    made: dict[str, Callable] = {}
    exec(f"def roomy(call):\n    if call:\n        return call()\n    {variables} = None", made)
    return made["roomy"]


in_one_piece = _roomy()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> object:
    runner = item.config.pluginmanager.get_plugin("runner")
    return in_one_piece(lambda: runner.pytest_runtest_protocol(item, nextitem))


def pytest_unconfigure() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)


atexit.register(pytest_unconfigure)  # a run that never got as far as configuring
