"""Drills run against a real gunicorn; on PostgreSQL when DATABASE_URL names one (`make drills` runs both)."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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
def prepared(tmp_path_factory) -> Iterator[Installation]:
    """Migrated once a run; every drill gets a copy."""
    installation = Installation(tmp_path_factory.mktemp("prepared") / "data", postgres=postgres_address())
    yield installation.prepare()
    installation.remove()


@pytest.fixture
def installation(prepared: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An empty database with the schema, and a media folder, of this drill alone."""
    installation = Installation(tmp_path / "installation", postgres=prepared.postgres, name="drill")
    yield installation.prepare(template=prepared)
    installation.remove()


@pytest.fixture
def serve(installation: Installation) -> Iterator[Callable[..., Server]]:
    """``serve(WEB_CONCURRENCY="2")`` starts gunicorn on the drill's database."""
    servers: list[Server] = []

    def serve(**environment: str) -> Server:
        server = Server(installation, environment=environment)
        servers.append(server)
        server.start()
        return server

    yield serve
    for server in servers:
        server.stop()
