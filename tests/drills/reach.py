"""An installation that is served, what each role finds on it by following links, and what the browser says of that."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from scripts.run import ACCOUNTS
from tests.browser.conftest import Watch
from tests.crawling import STARTS, Found, crawl
from tests.drills.looking import Looker
from tests.serving import Installation, Server, Visitor

ANONYMOUS = "anonymous"
ROLES = (ANONYMOUS, *(name for name in ACCOUNTS if name != "agency_operator_2"))  # the same role at another agency
APPLICANTS = tuple(f"applicant: {state}" for state in ("DRAFT", "SENT", "INCOMPLETE", "INVITED"))  # without account


def ask(installation: Installation, call: str):
    """What a function of ``further`` answers when it runs on that installation's database."""
    return installation.ask(f"from tests.drills.further import *\nanswer = {call}")


class Reach:
    def __init__(
        self, installation: Installation, server: Server, *, further: dict | None = None, seen: set[bytes] | None = None
    ):
        self.installation, self.server = installation, server
        self.further = further or {"starts": {}, "sessions": {}}
        self.looker = Looker(server, seen=set() if seen is None else seen)
        self.sessions: dict[str, str] = {
            ANONYMOUS: "",
            **self.further["sessions"],
            **ask(installation, f"sessions({ROLES!r})"),
        }
        self._found: dict[str, list[Found]] = {}

    def found(self, role: str) -> list[Found]:
        """One page of each view, and whatever ``further`` names."""
        if role not in self._found:
            visitor = Visitor(self.server.url, session=self.sessions[role], timeout=60)
            starts = (*STARTS, *self.further["starts"].get(role, ()))
            self._found[role] = list(crawl(visitor, each_view=1, starts=starts))
        return self._found[role]

    @contextmanager
    def page_as(self, browser: Browser, role: str) -> Iterator[tuple[Page, Watch]]:
        context, watch = self.looker.context(browser, self.sessions[role]), Watch(self.server.url)
        watch.follow(context)
        yield context.new_page(), watch
        context.close()

    def problems(self, browser: Browser, role: str) -> list[str]:
        """Of every page of the role whose content nobody has shown before."""
        problems, frame_seen = [], False
        with self.page_as(browser, role) as (page, watch):
            for target in self.found(role):
                shown = target.kind.startswith("text/html") and target.status in {200, 403, 404}
                if not shown or (self.looker.known(target.body.decode()) and frame_seen):
                    continue
                if self.looker.enough(target.view):
                    continue
                page.goto(target.path)
                if not target.is_page:
                    watch.problems.clear()  # the refusal itself is meant
                problems += self.looker.look(page, watch)
                frame_seen = True
        return problems
