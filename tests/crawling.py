"""Every page that a visitor can reach by links, a few for each view; needs Django's URLs, no database."""

from collections import Counter, deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

from tests.serving import Visitor

STARTS = ("/", "/beranda/", "/dasbor/", "/kelola/")


@dataclass(frozen=True)
class Found:
    path: str
    view: str
    status: int
    kind: str
    body: bytes
    linked: bool  # from a page; not one of the addresses where the crawl begins
    source: str  # the page that has the link

    @property
    def is_page(self) -> bool:
        return self.status == 200 and self.kind.startswith("text/html")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attrs if name == "href" and value]


def links(html: str) -> list[str]:
    parser = _Links()
    parser.feed(html)
    return parser.found


@cache  # every page links to the same places
def view_name(path: str) -> str:
    try:
        match = resolve(path.partition("?")[0])
    except Resolver404:
        return f"? {path}"
    return match.view_name or match.route


def crawl(visitor: Visitor, *, each_view: int = 2, starts: Collection[str] = STARTS) -> Iterator[Found]:
    """Follow links within the site, at most ``each_view`` addresses of one view; query strings are left out."""
    waiting = deque(starts)
    seen, of_view, sources = set(waiting), Counter(), {}
    while waiting:
        path = waiting.popleft()
        answer = visitor.get(path)
        kind = answer.headers.get("Content-Type", "")
        found = Found(
            path, view_name(path), answer.status, kind, answer.body, path not in starts, sources.get(path, "")
        )
        yield found
        targets = links(answer.text) if found.is_page else []
        if answer.status in {301, 302}:
            targets = [answer.headers.get("Location", "")]
        for target in targets:
            parts = urlsplit(urljoin(f"{visitor.url}{path}", target))
            if f"{parts.scheme}://{parts.netloc}" != visitor.url or parts.path in seen:
                continue
            if parts.path.startswith("/static/"):
                continue
            name = view_name(parts.path)
            if of_view[name] >= each_view:
                continue
            of_view[name] += 1
            seen.add(parts.path)
            sources[parts.path] = path
            waiting.append(parts.path)
