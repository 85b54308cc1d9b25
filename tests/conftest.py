"""Fixtures that every room's tests share: people with roles, clients signed in as them, a moved clock."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache, partial
from pathlib import Path
from zlib import crc32

import pytest
from django.core.cache import cache as counters
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, settings

from p2emas import clock, naming
from p2emas.identity.reading import read_names
from p2emas.models import Agency, Identity
from tests import made, our_names, people, read_once

TODAY = date(2019, 10, 8)
LOOKS = {
    "test_calls.py",
    "test_canary.py",
    "test_new_regency.py",
    "test_other_regencies.py",
    "test_page_weight.py",
    "test_query_counts.py",
}
# A file runs in one process, so that what it prepares for all its tests is made once. The longest come first: what comes
# last is short, so that both processes end together.
LONG_FILES = (
    "test_canary.py",
    "test_permission_matrix.py",
    "test_fuzz.py",
    "test_page_weight.py",
    "test_limits.py",
    "test_look.py",
    "test_forged_forms.py",
    "test_main_job.py",
    "test_applying.py",
    "test_new_regency.py",
    "test_admin.py",
    "test_other_regencies.py",
    "test_query_counts.py",
    "test_integrity.py",
    "test_migrations.py",
    "test_upgrade.py",
    "test_story.py",
    "test_smoke.py",
    "test_papers.py",
    "test_blindness.py",
    "test_demo.py",
    "test_views.py",
    "test_verification_views.py",
    "test_line_forms.py",
    "test_sending.py",
)
LONG_DRILLS = (
    "test_axe_everywhere.py",
    "test_way_back.py",
    "test_instruments_move.py",
    "test_fuzz.py",
    "test_fuzz_further.py",
    "test_recruitment.py",
    "test_axe_forms.py",
    "test_killed_worker.py",
    "test_restore.py",
)

# A busy machine is slow, which says nothing of the property that is tested. The same input in every run, so that a
# change is judged by what it changes; FUZZ=new draws other input.
settings.register_profile(
    "suite",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("FUZZ") != "new",
)
settings.load_profile("suite")

# A page leaves thousands of objects that are freed when it is sent. To search them for cycles as often as Python does by
# default took an eighth of the suite.
gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if connection.vendor == "postgresql":
        items[:] = _those_that_meet_the_database(config, items)
    items.sort(key=_place)


def _those_that_meet_the_database(config: pytest.Config, items: list[pytest.Item]) -> list[pytest.Item]:
    """What asks no database gives the same answer as on SQLite, where it runs anyway; named files are run whole."""
    named = {config.rootpath / argument.partition("::")[0] for argument in config.args}
    drawn = _drawn(items, int(os.environ.get("POSTGRES_SAMPLE", "1")))
    kept = [item for item in items if item.path in named or (meets_the_database(item) and item.nodeid in drawn)]
    if len(kept) < len(items):
        kept_ids = {item.nodeid for item in kept}
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in kept_ids])
    return kept


def meets_the_database(item: pytest.Item) -> bool:
    """A fixture or a marker says so, or its file starts processes that do.

    How pages look, what they weigh, whom they name and how often they ask is the same on both databases.
    """
    if item.get_closest_marker("both_databases"):
        return True
    if item.get_closest_marker("browser") or item.path.name in LOOKS:
        return False
    asked = {"db", "transactional_db", "live_server", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None or _starts_processes(item.path)


def _drawn(items: list[pytest.Item], share: int) -> set[str]:
    """Every test; of one with many cases the first, and a share of the others, which are the same ones in every run."""
    first = {item.nodeid.partition("[")[0]: item.nodeid for item in reversed(items)}
    return set(first.values()) | {item.nodeid for item in items if crc32(item.nodeid.encode()) % share == 0}


@cache
def _starts_processes(path: Path) -> bool:
    text = path.read_text()
    return any(word in text for word in ("Installation", "DATABASE_URL", "vendor"))


def _place(item: pytest.Item) -> int:
    name = item.path.name
    first = LONG_DRILLS if item.get_closest_marker("drill") else LONG_FILES
    return first.index(name) if name in first else len(first)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings, django_db_blocker) -> bool:
    """All tables made at once instead of by migrations: it saves two minutes a process."""
    with django_db_blocker.unblock():
        return made.test_database()


@pytest.fixture(autouse=True)
def business_day():
    """Tests live on the demo's day unless they move the clock themselves."""
    with clock.at(TODAY):
        yield TODAY


@pytest.fixture(scope="session", autouse=True)
def names_of_sintang() -> None:
    """What a test does not fill in of who we are reads as in Sintang; ``unnamed`` shows what is stored."""
    naming.read_by(our_names.reader(read_names))


@pytest.fixture(scope="session", autouse=True)
def files_read_once() -> Iterator[None]:
    with read_once.remembered():
        yield


@pytest.fixture(autouse=True)
def forgotten_names() -> Iterator[None]:
    naming.forget()
    yield
    naming.forget()


@pytest.fixture
def unnamed(monkeypatch, db) -> None:
    """Who we are, as it is stored; a test that commits takes the row of the migrations away with all others."""
    Identity.objects.get_or_create(pk=1)
    monkeypatch.setattr(our_names, "ASSUMED", naming.Names())


@pytest.fixture(autouse=True)
def forgotten_counters(request, django_db_blocker) -> Iterator[None]:
    """What a test commits is flushed after it, but the cache with the counters of the limits is no model's table."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if {"transactional_db", "live_server"} & set(request.fixturenames) or (marker and marker.kwargs.get("transaction")):
        with django_db_blocker.unblock():
            counters.clear()


@contextmanager
def _counting(number: int, *, exactly: bool) -> Iterator[our_names.BesideTheNames]:
    with our_names.BesideTheNames(connection) as seen:
        yield seen
    asked = "\n".join(query["sql"] for query in seen)
    assert len(seen) == number if exactly else len(seen) <= number, f"{len(seen)} queries, not {number}:\n{asked}"


@pytest.fixture
def django_assert_num_queries(db):
    """So many queries beside the one that reads who we are: tests/test_query_counts.py counts that on every page."""
    return partial(_counting, exactly=True)


@pytest.fixture
def django_assert_max_num_queries(db):
    return partial(_counting, exactly=False)


@pytest.fixture
def bappeda(db) -> Agency:
    return people.lead_agency()


@pytest.fixture
def user_as(bappeda):
    return people.person_as


@pytest.fixture
def client_as(user_as):
    """``client_as("coordinator")``: a client signed in as a new person of that role; "anonymous" is nobody."""

    def make(who: str, at: Agency | None = None, village=None) -> Client:
        client = Client()
        if who != "anonymous":
            people.sign_in(client, user_as(who, at=at, village=village))
        return client

    return make
