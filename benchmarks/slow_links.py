"""Pages in Chromium as a cheap phone on a slow link sees them: first paint, load, shifts and blocked time.

Links are the published profiles of WebPageTest (kbit/s down and up, round trip in ms); the processor is slowed six
times. The seconds come almost whole from bytes and round trips, so they hold from machine to machine.
"""

import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page, sync_playwright

from tests.serving import Server

LINKS = {
    "EDGE": (240, 200, 840),
    "100 kbps": (100, 50, 840),
    "slow 3G": (400, 400, 400),
    "3G": (1600, 768, 300),
}
# An open round and a report that is still written, for the addresses of the pages.
FACTS = """
from facilitators.models import RecruitmentRound
from programs.models import ProgressReport
answer = {
    "round": RecruitmentRound.objects.filter(status="PUBLISHED").order_by("-pk").values_list("code", flat=True)[0],
    "report": ProgressReport.objects.filter(status="DRAFT", agency__assignments__user__username="agency_operator")
    .values_list("pk", flat=True)[0],
}
"""
SLOWER = 6
PHONE = {"width": 360, "height": 740}
OBSERVE = """
window.seen = {shift: 0, blocked: 0};
new PerformanceObserver(list => list.getEntries().forEach(entry => {
  if (!entry.hadRecentInput) window.seen.shift += entry.value;
})).observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(entry => {
  window.seen.blocked += Math.max(0, entry.duration - 50);
})).observe({type: 'longtask', buffered: true});
"""
READ = """() => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  const load = performance.getEntriesByType('navigation')[0];
  const files = performance.getEntriesByType('resource').reduce((sum, file) => sum + file.transferSize, 0);
  return {paint: paint.startTime / 1000, load: load.loadEventEnd / 1000, shift: window.seen.shift,
          blocked: window.seen.blocked, kib: (load.transferSize + files) / 1024};
}"""


@dataclass
class Seen:
    """Medians of the visits: seconds, seconds, score of layout shift, ms, KiB on the wire."""

    paint: float
    load: float
    shift: float
    blocked: float
    kib: float


@contextmanager
def phone(server: Server) -> Iterator["Phone"]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield Phone(server, browser)
        browser.close()


class Phone:
    def __init__(self, server: Server, browser) -> None:
        self.server, self.browser = server, browser

    def visit(self, path: str, link: str, *, session: str = "", times: int = 3) -> Seen:
        """The first visit to ``path``, with nothing in the cache, ``times`` times."""
        visits = [self._first_visit(path, link, session) for _time in range(times)]
        return Seen(**{name: statistics.median(visit[name] for visit in visits) for name in visits[0]})

    def _first_visit(self, path: str, link: str, session: str) -> dict[str, float]:
        context = self.browser.new_context(base_url=self.server.url, viewport=PHONE, locale="id-ID")
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": self.server.url}])
        page = context.new_page()
        page.add_init_script(OBSERVE)
        self._slow_down(page, link)
        answer = page.goto(path, wait_until="load", timeout=120_000)
        if answer is None or answer.status != 200:
            raise RuntimeError(f"{path}: {answer and answer.status}")
        page.wait_for_timeout(300)  # what still moves after the load event
        seen = page.evaluate(READ)
        context.close()
        return seen

    @staticmethod
    def _slow_down(page: Page, link: str) -> None:
        down, up, latency = LINKS[link]
        tools = page.context.new_cdp_session(page)
        tools.send("Network.enable")
        speeds = {"downloadThroughput": down * 1000 / 8, "uploadThroughput": up * 1000 / 8}
        tools.send("Network.emulateNetworkConditions", {"offline": False, "latency": latency, **speeds})
        tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
