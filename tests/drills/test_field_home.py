"""`/lapangan/` as it is served to a phone: how heavy it is, what follows once it is there, and that nothing comes twice."""

from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.bad_line import BadLine
from tests.browser.conftest import NARROW, browser_type_launch_args  # noqa: F401
from tests.browser.test_three_days_offline import open_field
from tests.drills.test_lost_requests import PEOPLE
from tests.serving import Visitor

QUEUE = ("sw.", "workbox", "idb", "antrean")
SCREENS = (
    "/lapangan/luring/",
    "/static/js/luring",
    "/static/js/jual",
    "/static/js/salinan",
)  # those that work without a signal
DATA = "/lapangan/data/"
AT_EACH_CONTACT = {"GET /lapangan/", "GET /lapangan/sw.js", "GET /lapangan/data/"}


@pytest.fixture
def session(installation) -> str:
    installation.environment["DEMO_TODAY"] = "2019-10-08"
    return installation.session_of(installation.ask(PEOPLE)[0][0])


@pytest.fixture
def line(session, serve) -> Iterator[BadLine]:
    line = BadLine(serve(WEB_CONCURRENCY="2").url)
    yield line
    line.stop()


def kib(visitor: Visitor, paths: set[str]) -> float:
    return sum(len(visitor.get(path, **{"Accept-Encoding": "gzip"}).body) for path in paths) / 1024


def test_first_page_is_light_and_nothing_is_fetched_twice(session, line, browser: Browser):
    context = browser.new_context(base_url=line.url, viewport=NARROW, locale="id-ID")
    context.set_default_timeout(60_000)
    context.add_cookies([{"name": "sessionid", "value": session, "url": line.url}])
    page = context.new_page()
    open_field(page)
    page.wait_for_timeout(2000)
    asked = list(line.seen)
    assert [each for each, count in Counter(asked).items() if count > 1] == []
    paths = {each.removeprefix("GET ") for each in asked}
    queue = {path for path in paths if path.rpartition("/")[2].startswith(QUEUE)}
    screens = {path for path in paths if path.startswith(SCREENS)}
    first = {path for path in paths - queue - screens if path.endswith((".css", ".js")) or path == "/lapangan/"}
    assert (len(queue), len(screens)) == (4, 4) and len(first) >= 5 and DATA in paths
    visitor = Visitor(line.url, session=session)
    assert kib(visitor, first) <= 40
    assert kib(visitor, queue) <= 16
    assert kib(visitor, screens) <= 12

    line.seen.clear()
    open_field(page)
    page.wait_for_timeout(2000)
    assert set(line.seen) <= AT_EACH_CONTACT
    context.close()
