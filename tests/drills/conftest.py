"""Drills run against a real gunicorn; on PostgreSQL when DATABASE_URL names one (`make drills` runs both)."""

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import fuzzing, worlds
from tests.drills.reach import Reach, ask
from tests.serving import Installation, Server


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/drills/" in item.path.as_posix():
            item.add_marker("drill")


def postgres_address() -> str:
    address = os.environ.get("DATABASE_URL", "")
    return address if address.startswith("postgres") else ""


@pytest.fixture(scope="session")
def workshop() -> Iterator[Path]:
    """Where databases and files of the drills lie: in memory when the machine has room there."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**30
    folder = Path(tempfile.mkdtemp(prefix="p2emas-drill-", dir=memory if roomy else None))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def prepared(workshop: Path) -> Iterator[Installation]:
    """Migrated once a run; every drill gets a copy."""
    installation = Installation(workshop / "prepared", postgres=postgres_address())
    yield installation.prepare()
    installation.remove()


@pytest.fixture(scope="session")
def filled(prepared: Installation, workshop: Path) -> Iterator[Reach]:
    """The demo and what ``further`` adds to it, for reading alone; on SQLite."""
    installation = Installation(workshop / "filled", DEMO_TODAY="2019-10-08")
    installation.prepare(template=None if prepared.postgres else prepared)
    installation.manage("load_regions")
    installation.manage("demo")
    further = ask(installation, "beginnings()")
    with Server(installation) as server:
        yield Reach(installation, server, further=further)
    installation.remove()


@pytest.fixture
def installation(prepared: Installation, workshop: Path) -> Iterator[Installation]:
    """An empty database with the schema, and a media folder, of this drill alone."""
    folder = Path(tempfile.mkdtemp(prefix="drill-", dir=workshop))
    installation = Installation(folder, postgres=prepared.postgres, name="drill")
    yield installation.prepare(template=prepared)
    installation.remove()


@pytest.fixture
def serve(installation: Installation) -> Iterator[Callable[..., Server]]:
    """``serve(WEB_CONCURRENCY="2")`` starts gunicorn on the drill's database."""
    servers: list[Server] = []

    def serve(module: str = "p2emas.wsgi", **environment: str) -> Server:
        server = Server(installation, module, environment=environment)
        servers.append(server)
        server.start()
        return server

    yield serve
    for server in servers:
        server.stop()


@pytest.fixture(scope="module")
def fuzzer(django_db_setup, django_db_blocker) -> Iterator[fuzzing.Fuzzer]:
    logging.disable(logging.CRITICAL)
    with worlds.standing(django_db_blocker) as world:
        yield fuzzing.Fuzzer(world)
    logging.disable(logging.NOTSET)
