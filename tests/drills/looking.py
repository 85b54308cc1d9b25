"""What is looked at on every page: axe, the width of the page, the size of targets, errors of the console."""

import hashlib
import re
from collections import Counter
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
# Forms that somebody fills in and sends; `form.method` would be a control of that name.
FORMS = """const forms = [...document.querySelectorAll('main form, #content form')].filter(form =>
  (form.getAttribute('method') || '').toLowerCase() === 'post' && form.checkVisibility()
  && [...form.elements].some(control => control.matches(TYPED)));"""
TYPED = "const TYPED = 'input:not([type=hidden], [type=submit], [type=button]), select, textarea';"
COUNT = f"() => {{ {TYPED} {FORMS} return forms.length; }}"
SEND = f"""([number, blank]) => {{
  {TYPED} {FORMS}
  const form = forms[number];
  form.noValidate = true;
  for (const control of blank ? form.elements : []) {{
    if (control.matches('[type=checkbox], [type=radio]')) control.checked = false;
    else if (control.matches(TYPED)) control.value = '';
  }}
  form.requestSubmit();
}}"""
CHANGING = re.compile(r'name="(?:csrfmiddlewaretoken|client_token)" value="[^"]*"|\b[0-9A-F]{10}\b')
SAME_FOR_ALL = {"admin:delete", "admin:history"}
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)


def kind_of(view: str) -> str:
    """The back office draws all models with the same templates."""
    return f"admin:{view.rpartition('_')[2]}" if view.startswith("admin:") else view


@dataclass
class Looker:
    """Looks at each content once, whoever sees it, at both widths."""

    server: Server
    seen: set[bytes] = field(default_factory=set)
    of_kind: Counter[str] = field(default_factory=Counter)
    looks: int = 0

    def context(self, browser: Browser, session: str = "") -> BrowserContext:
        context = browser.new_context(
            base_url=self.server.url,
            viewport=WIDE,
            locale="id-ID",
            timezone_id="Asia/Pontianak",
            reduced_motion="reduce",
        )
        context.set_default_timeout(60_000)  # a busy machine is not an inaccessible page
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

    def enough(self, view: str) -> bool:
        """Whether a page of the back office that says the same of every model was looked at often enough."""
        kind = kind_of(view)
        self.of_kind[kind] += 1
        return kind in SAME_FOR_ALL and self.of_kind[kind] > 3

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


def forms_on(page: Page) -> int:
    return page.evaluate(COUNT)


def send_form(page: Page, number: int, *, blank: bool) -> int:
    """Send one of the page's forms, with nothing in it or as it stands; the status of the answer."""
    with page.expect_navigation() as answer:
        page.evaluate(SEND, [number, blank])
    return answer.value.status if answer.value else 0
