"""axe over every page that each role of the demo reaches by links, at both widths; and nothing wider than the screen."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from scripts.run import ACCOUNTS
from tests.browser.conftest import NARROW, WIDE, Watch, axe_violations, browser_type_launch_args  # noqa: F401
from tests.crawling import Found, crawl
from tests.drills.conftest import postgres_address
from tests.serving import Installation, Server, Visitor

ANONYMOUS = "anonymous"
ROLES = (ANONYMOUS, *ACCOUNTS)


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[tuple[Installation, Server]]:
    installation = Installation(
        tmp_path_factory.mktemp("demo") / "data", postgres=postgres_address(), name="demo", DEMO_TODAY="2019-10-08"
    ).prepare()
    installation.manage("load_regions")
    installation.manage("demo")
    with Server(installation) as server:
        yield installation, server
    installation.remove()


@pytest.fixture(scope="module")
def reach(demo) -> dict[str, tuple[str, list[Found]]]:
    """Role -> its session and what it finds by following links."""
    installation, server = demo
    found = {}
    for role in ROLES:
        session = "" if role == ANONYMOUS else installation.session_of(role)
        found[role] = session, list(crawl(Visitor(server.url, session=session)))
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_link_of_a_role_leads_somewhere(reach, role):
    """No link that a page shows is missing, forbidden or broken for the one who sees it."""
    _session, found = reach[role]

    # the crawl begins at pages that not every role may open
    wrong = [(page.status, page.path) for page in found if page.status >= 400 and page.linked]

    assert wrong == []
    assert sum(page.is_page for page in found) >= 3


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["360", "1280"])
@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_accessible(demo, reach, browser: Browser, role, viewport):
    _installation, server = demo
    session, found = reach[role]
    context = browser.new_context(
        base_url=server.url, viewport=viewport, locale="id-ID", timezone_id="Asia/Pontianak", reduced_motion="reduce"
    )
    watch = Watch(server.url)
    watch.follow(context)
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
    page, problems = context.new_page(), []

    for target in found:
        if not target.is_page:
            continue
        page.goto(target.path)
        problems += [f"{target.path}: {violation}" for violation in axe_violations(page)]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > viewport["width"]:
            problems.append(f"{target.path}: {width} px wide")
    context.close()

    assert problems + watch.problems == []
