"""Stories in a real Chromium against a live server: pages signed in by role, with everything that went wrong recorded.

A page from these fixtures fails its test at the end when any response was >= 400, the console showed an error (a CSP
violation too), a script raised, or a host other than the live server was asked. A story that means to meet an error
says so: ``page_as("auditor", expects_errors=True)``.
"""

import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from playwright.sync_api import BrowserContext, Page

NARROW = {"width": 360, "height": 740}
WIDE = {"width": 1280, "height": 900}
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/browser/" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict:
    """Debian's Chromium; a machine without it fails here, it does not skip."""
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.fail(
            "Chromium is missing: apt-get install chromium (`make test-whole` does it when root).", pytrace=False
        )
    # Playwright's own event loop runs in the thread of the tests, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    arguments = [
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--no-first-run",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {"executable_path": chromium, "args": arguments}


@dataclass
class Watch:
    """What went wrong on the pages of one context."""

    origin: str
    problems: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"script error: {error.error}"))

    def _request(self, request) -> None:
        if request.url.startswith("http") and not request.url.startswith(self.origin):
            self.problems.append(f"third party: {request.url}")

    def _response(self, response) -> None:
        if response.status >= 400:
            self.problems.append(f"{response.status} {response.request.method} {urlsplit(response.url).path}")

    def _console(self, message) -> None:
        if message.type == "error":
            self.problems.append(f"console: {message.text}")


@pytest.fixture(autouse=True)
def fixed_day(settings, business_day) -> None:
    """The live server's threads do not see a clock that the test's thread moved; the setting they do."""
    settings.DEMO_TODAY = business_day.isoformat()


@pytest.fixture
def answered(live_server) -> Iterator[None]:
    """A page that closes sends what it has not kept yet; nothing is asked of the server any more when tables are emptied.

    Emptying writes the content types again, which a request on its way wants at the same moment.
    """
    asked = Counter()

    def count(signal, **more) -> None:
        asked["begun" if signal is request_started else "ended"] += 1

    request_started.connect(count)
    request_finished.connect(count)
    yield
    seen, until = None, time.monotonic() + 10
    while time.monotonic() < until and (seen != asked or asked["begun"] > asked["ended"]):
        seen = asked.copy()
        time.sleep(0.2)
    request_started.disconnect(count)
    request_finished.disconnect(count)


@pytest.fixture
def open_page(answered, live_server, new_context) -> Iterator[Callable[..., Page]]:
    """``open_page(viewport=NARROW, javascript=False)``: a page of nobody; addresses are relative to the live server."""
    watches: list[tuple[Watch, bool]] = []
    cache.clear()  # rate limits of the test before

    def open_page(*, viewport: dict = WIDE, javascript: bool = True, expects_errors: bool = False) -> Page:
        context = new_context(
            base_url=live_server.url,
            viewport=viewport,
            java_script_enabled=javascript,
            locale="id-ID",
            timezone_id="Asia/Pontianak",
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        watch = Watch(live_server.url)
        watch.follow(context)
        watches.append((watch, expects_errors))
        return context.new_page()

    yield open_page
    problems = [problem for watch, expected in watches if not expected for problem in watch.problems]
    assert problems == []


@pytest.fixture
def page_as(open_page, client_as, live_server) -> Callable[..., Page]:
    """``page_as("coordinator", at=agency)``: a page whose session is that of ``client_as`` with the same arguments."""

    def page_as(
        role: str, *, viewport: dict = WIDE, javascript: bool = True, expects_errors: bool = False, **at
    ) -> Page:
        page = open_page(viewport=viewport, javascript=javascript, expects_errors=expects_errors)
        if role != "anonymous":
            session = client_as(role, **at).cookies[settings.SESSION_COOKIE_NAME]
            page.context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
        return page

    return page_as


def axe_violations(page: Page) -> list[str]:
    """Every violation of WCAG 2.2 AA on the page: rule, element and how to mend it."""
    # without preload: axe would fetch the style sheets that a style sheet imports, by addresses that do not exist
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}, "preload": False})
    return [
        f"{violation['id']} ({violation['impact']}) {node['target']}\n    {node['html'][:200]}\n"
        f"    {node['failureSummary']}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """``axe(page)`` fails with every violation."""

    def check(page: Page) -> None:
        violations = axe_violations(page)
        assert not violations, f"axe on {page.url}\n" + "\n".join(violations)

    return check


def sign_in(page: Page, login: str, password: str) -> None:
    """Through the real form, as a person does."""
    page.goto("/masuk/")
    page.locator("input[name=login]").fill(login)
    page.locator("input[name=password]").fill(password)
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.wait_for_url(lambda address: "/masuk/" not in address)
