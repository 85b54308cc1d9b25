"""axe, width and targets of every page that each role of the demo reaches by links, with data and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from scripts.run import ACCOUNTS
from tests.browser.conftest import Watch, browser_type_launch_args  # noqa: F401
from tests.crawling import STARTS, Found, crawl
from tests.drills.looking import Looker, look_at
from tests.permission_table import ROWS, answers
from tests.serving import Installation, Server, Visitor

ANONYMOUS = "anonymous"
ROLES = (ANONYMOUS, *(name for name in ACCOUNTS if name != "agency_operator_2"))  # the same role at another agency


def ask(installation: Installation, call: str):
    """What a function of ``further`` answers when it runs on that installation's database."""
    return installation.ask(f"from tests.drills.further import *\nanswer = {call}")


class Reach:
    """A served installation, and what each role finds on it by following links."""

    def __init__(self, installation: Installation, server: Server, *, each_view: int, further: dict | None = None):
        self.installation, self.server = installation, server
        self.each_view, self.further = each_view, further or {}
        self.looker = Looker(server)
        self.sessions: dict[str, str] = {ANONYMOUS: "", **ask(installation, f"sessions({ROLES!r})")}
        self._found: dict[str, list[Found]] = {}

    def found(self, role: str) -> list[Found]:
        if role not in self._found:
            visitor = Visitor(self.server.url, session=self.sessions[role])
            starts = (*STARTS, *self.further.get(role, ()))
            self._found[role] = list(crawl(visitor, each_view=self.each_view, starts=starts))
        return self._found[role]

    def problems(self, browser: Browser, role: str) -> list[str]:
        """Of every page of the role whose content nobody has shown before."""
        context, problems = self.looker.context(browser, self.sessions[role]), []
        watch = Watch(self.server.url)
        watch.follow(context)
        page, frame_seen = context.new_page(), False
        for target in self.found(role):
            shown = target.kind.startswith("text/html") and target.status in {200, 403, 404}
            if not shown or (self.looker.known(target.body.decode()) and frame_seen):
                continue
            page.goto(target.path)
            if not target.is_page:
                watch.problems.clear()  # the refusal itself is meant
            problems += self.looker.look(page, watch)
            frame_seen = True
        context.close()
        return problems


@pytest.fixture(scope="module")
def filled(workshop) -> Iterator[Reach]:
    installation = Installation(workshop / "filled", DEMO_TODAY="2019-10-08").prepare()
    installation.manage("load_regions")
    installation.manage("demo")
    with Server(installation) as server:
        yield Reach(installation, server, each_view=1, further=ask(installation, "addresses()"))
    installation.remove()


@pytest.mark.parametrize("role", ROLES)
def test_every_link_of_a_role_leads_somewhere(filled, role):
    """No link that a page shows is missing, forbidden or broken for the one who sees it."""
    found = filled.found(role)
    wrong = [(page.status, page.path) for page in found if page.status >= 400 and page.linked]
    assert wrong == []
    assert sum(page.is_page for page in found) >= 3


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_accessible(filled, browser: Browser, role):
    problems = filled.problems(browser, role)
    assert not problems, "\n".join(problems)


@pytest.fixture(scope="module")
def empty(prepared, workshop) -> Iterator[Reach]:
    """The morning after the installation: people, and nothing that they have done."""
    installation = Installation(workshop / "empty", postgres=prepared.postgres, name="empty").prepare(template=prepared)
    ask(installation, f"people({ROLES[1:]!r})")
    with Server(installation) as server:
        yield Reach(installation, server, each_view=1)
    installation.remove()


@pytest.mark.parametrize("role", ROLES)
def test_every_page_without_data_is_accessible(empty, browser: Browser, role):
    problems = empty.problems(browser, role)
    assert not problems, "\n".join(problems)


def test_drill_sees_what_it_looks_for(browser: Browser):
    """The drill's own test: a page that is too wide, has a tiny button and a picture without words."""
    page = browser.new_page(viewport={"width": 360, "height": 740})
    sound = '<!doctype html><html lang="id"><title>Uji</title><main><h1>Uji</h1>{}</main></html>'
    planted = {
        "px wide": '<p style="width: 500px">lebar</p>',
        "smaller than 24 x 24": '<button style="width: 20px; height: 20px; padding: 0">x</button>',
        "image-alt": '<img src="data:,">',
        "color-contrast": '<p style="color: #999">pudar</p>',
        "target-size": '<a style="display: inline-block" href="#a">a</a><a style="display: inline-block" href="#b">b</a>',
        "label": '<input type="text" style="width: 100px; height: 44px">',
    }
    page.set_content(sound.format(""))
    assert look_at(page) == []
    for rule, damage in planted.items():
        page.set_content(sound.format(damage))
        assert rule in "\n".join(look_at(page)), rule
    page.close()


# Answered with 200 somewhere, and no page of their own that a link leads to.
NO_PAGE = {
    "health": "a word for machines",
    "ready": "a word for machines",
    "documents:file-download": "a file",
    "admin:jsi18n": "a script",
    "admin:logout": "POST only; the page after it is that of the sign-in",
    "imports:problem-download": "a file",
    "imports:template-download": "a file",
    "profiles:village-csv": "a file",
    "reporting:report-receipt-pdf": "a file",
}


def test_every_address_of_the_table_is_looked_at(filled):
    """Whatever has a page for anybody is reached by somebody, or stands above with its reason."""
    pages = {row.name for row in ROWS if 200 in answers(row.get).values()}
    reached = {found.view for role in ROLES for found in filled.found(role) if found.is_page}

    assert sorted(pages - reached - set(NO_PAGE)) == []
    assert sorted(set(NO_PAGE) - pages | set(NO_PAGE) & reached) == []
