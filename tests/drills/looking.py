"""What is looked at on every page: axe, the width of the page, the size of targets, errors of the console."""

import hashlib
import re
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import NARROW, WIDE, Watch, axe_violations
from tests.serving import Server

# Controls below 24 x 24 CSS px; links are left to axe, which excuses those in a sentence and those with room around them.
SMALL = """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea, summary')]
  .filter(element => {
    const box = element.getBoundingClientRect();
    if (!element.checkVisibility({visibilityProperty: true}) || element.closest('.visually-hidden')) return false;
    return box.width && box.height && (box.width < 23.95 || box.height < 23.95);
  }).map(element => element.outerHTML.slice(0, 100))"""
CHANGING = re.compile(r'name="(?:csrfmiddlewaretoken|client_token)" value="[^"]*"|\b[0-9A-F]{10}\b')
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)


@dataclass
class Looker:
    """Looks at each content once, whoever sees it, at both widths."""

    server: Server
    seen: set[bytes] = field(default_factory=set)
    looks: int = 0

    def context(self, browser: Browser, session: str = "") -> BrowserContext:
        context = browser.new_context(
            base_url=self.server.url,
            viewport=WIDE,
            locale="id-ID",
            timezone_id="Asia/Pontianak",
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": self.server.url}])
        return context

    def known(self, html: str) -> bool:
        """Whether the content of this page was looked at before; the frame around it was, on the role's first page."""
        found = MAIN.search(html)
        digest = hashlib.sha256(CHANGING.sub("", found[0] if found else html).encode()).digest()
        if digest in self.seen:
            return True
        self.seen.add(digest)
        return False

    def look(self, page: Page, watch: Watch, *, name: str = "") -> list[str]:
        """Problems of the page that is open; what axe itself does to the page is not held against it."""
        name = name or page.url.removeprefix(self.server.url)
        problems = [f"{name}: {problem}" for problem in watch.problems]
        for viewport in (WIDE, NARROW):
            page.set_viewport_size(viewport)
            problems += [f"{name} at {viewport['width']}: {problem}" for problem in look_at(page)]
        page.set_viewport_size(WIDE)
        watch.problems.clear()
        self.looks += 1
        return problems


def look_at(page: Page) -> list[str]:
    width = page.evaluate("document.documentElement.scrollWidth")
    wide = [f"{width} px wide"] if width > page.viewport_size["width"] else []
    small = [f"smaller than 24 x 24: {html}" for html in page.evaluate(SMALL)]
    return wide + small + axe_violations(page)
