"""What a page weighs on the wire with a hundred rows, and what it makes a first visitor fetch; nothing from elsewhere."""

import gzip
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from benchmarks.goals import MOST_OPTIONS
from districts.models import Village
from p2emas.ui import rows, stylesheet
from tests import grown, worlds
from tests import permission_table as table
from tests.addresses import PAGES, address_of, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
KB = 1_000
ROWS, LINES, VILLAGES = 100, 50, 407
HTML, PUBLIC_HTML = 25 * KB, 15 * KB
# First visit: HTML with gzip, and with Brotli each file of ours that it names or that its style sheets name.
PUBLIC, STAFF, BACK_OFFICE = 45 * KB, 70 * KB, 140 * KB
LATE = f"{settings.STATIC_URL}help/"
COMPRESSIBLE = {".css", ".js", ".svg", ".json", ".webmanifest"}
FETCHED = {("link", "href"), ("script", "src"), ("img", "src"), ("img", "srcset"), ("iframe", "src"), ("source", "src")}
FETCHED |= {
    ("use", "href"),
    ("image", "href"),
    ("object", "data"),
    ("video", "src"),
    ("form", "action"),
    ("base", "href"),
}
IN_CSS = re.compile(r"""(?:url\(|@import\s+(?!url))\s*["']?([^"')\s;]+)""")
SITE = "http://testserver"
BY_NAME = {row.name: row for row in PAGES}
FEW = 60  # as many options as a closed list may have
SELECTS = re.compile(r'<select\b[^>]*\bname="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
# The world has a hundred of what in truth are some dozens at most: agencies, quarters, commodities that the office keeps,
# outcomes, tahap seleksi, contracts of who is free, officials of one agency, groups of one kecamatan, measures.
SHORT_IN_TRUTH = {
    "skpd",
    "periode",
    "lead_agency",
    "agency",
    "responsible",
    "komoditas",
    "chosen",
    "commodity",
    "group",
}
SHORT_IN_TRUTH |= {"new_outcome", "fund", "source", "signer", "contract", "measure", "ukuran"}
SHORT_IN_TRUTH |= {"nomenclature", "versi", "procurement"}  # a handful of regulations, and of ways to procure
NO_HTML = {"health", "ready", "documents:file-download", "profiles:village-csv", "reporting:report-receipt-pdf"}
NO_HTML |= {"admin:jsi18n", "profiles:decree-paper", "imports:template-download", "imports:problem-download"}
NO_HTML |= {"imports:lane-workbook", "calendar:public-file", "fieldwork:field-data", "fieldwork:field-worker"}
NO_HTML |= {"fieldwork:month-report-pdf", "fieldwork:month-report-docx"}
NO_HTML |= {f"{room}:round-minutes-{form}" for room in ("locations", "recruitment") for form in ("pdf", "docx")}
NO_HTML |= {"recruitment:interview-letter", "recruitment:interview-letters", "recruitment:interview-letters-docx"}
NO_HTML |= {"recruitment:result-papers", "aid:handover-paper"}
NO_HTML |= {"recruitment:round-poster", "competencies:determination-minutes", "admin:p2emas_papertemplate_download"}
NO_HTML |= {"exports:list-download", "outbox:message-pdf", "outbox:message-docx", "reporting:reminder-pdf"}
NO_HTML |= {"reporting:reminder-docx"}
NO_HTML |= {"reporting:report-paper", "dashboards:summary-pdf"}
NO_HTML |= {"training:attendance-sheet", "placements:contract-pdf", "placements:contract-docx"}
NO_HTML |= {f"coordination:meeting-{name}" for name in ("invitations", "material", "attendance", "minutes")}
SHORTER = {"locations:district-list", "locations:candidate-list"}  # fourteen kecamatan, each with few candidates
# no table; the people of one panel; those who are interviewed in one round
SHORTER |= {"recruitment:vacancy-list", "recruitment:seat-list", "recruitment:score-list"}
SHORTER |= {"planning:line-list"}  # the lines of one year
SHORTER |= {"fieldwork:sale-list"}  # the groups of one facilitator's villages, and no table
SHORTER |= {"notifications:notification-list"}  # a list of what steps told one person, and no table


class _Named(HTMLParser):
    """What a browser fetches for a page by itself, where its forms are sent, and the classes that it has."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.classes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if (tag, name) in FETCHED and value:
                self.found.add(value.split()[0])
            elif name == "style" and value:
                self.found |= set(IN_CSS.findall(value))
            elif name == "class" and value:
                self.classes.update(value.split())


def parsed(html: str) -> _Named:
    parser = _Named()
    parser.feed(html)
    return parser


def named_in(html: str, address: str) -> set[str]:
    parser = parsed(html)
    return {urljoin(f"{SITE}{address}", value) for value in parser.found if not value.startswith(("#", "data:"))}


@cache
def content_of(path: str) -> bytes:
    """A static file as it is collected, but for the hash in its name."""
    name = path.removeprefix(settings.STATIC_URL)
    found = finders.find(name)
    assert found, f"{path} is named by a page and is no file of ours"
    content = Path(found).read_bytes()
    if name == stylesheet.SHEET:
        return stylesheet.shortened(content.decode(), stylesheet.words_of_pages()).encode()
    return content


@cache
def left_out() -> frozenset[str]:
    """The classes of Bootstrap's style sheet for which the collected one has nothing."""
    whole = Path(finders.find(stylesheet.SHEET)).read_text()
    return stylesheet.classes_of(whole) - stylesheet.classes_of(
        content_of(f"{settings.STATIC_URL}{stylesheet.SHEET}").decode()
    )


@cache
def weight_of(path: str) -> int:
    content = content_of(path)
    return len(brotli.compress(content)) if Path(path).suffix in COMPRESSIBLE else len(content)


def with_what_it_names(paths: set[str]) -> tuple[set[str], set[str]]:
    """Static files, those that their style sheets name too, and addresses elsewhere."""
    waiting, files, elsewhere = set(paths), set(), set()
    while waiting:
        url = waiting.pop()
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" != SITE:
            elsewhere.add(url)
        elif parts.path.startswith(settings.STATIC_URL) and parts.path not in files:
            files.add(parts.path)
            if parts.path.endswith(".css"):
                named = IN_CSS.findall(content_of(parts.path).decode())
                waiting |= {urljoin(url, name) for name in named if not name.startswith(("#", "data:"))}
    return files, elsewhere


@dataclass(frozen=True)
class Weight:
    html: int
    files: dict[str, int]
    elsewhere: set[str]
    undressed: set[str]
    rows: int

    @property
    def first_visit(self) -> int:
        """Pictures of the help are fetched when a reader scrolls to them; ``test_help`` limits each."""
        return self.html + sum(size for path, size in self.files.items() if not path.startswith(LATE))


def weigh(html: str, address: str) -> Weight:
    files, elsewhere = with_what_it_names(named_in(html, address))
    return Weight(
        len(gzip.compress(html.encode(), 6)),
        {path: weight_of(path) for path in sorted(files)},
        elsewhere,
        parsed(html).classes & left_out(),
        html.count("<tr"),
    )


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[worlds.World]:
    """As much of everything as a page shows."""
    logging.disable(logging.CRITICAL)
    with worlds.standing(django_db_blocker) as standing:
        grown.grow(standing, ROWS, sides=18, lines=LINES)
        fill_up_villages(standing)
        yield standing
    logging.disable(logging.NOTSET)


def fill_up_villages(world: worlds.World) -> None:
    """As many as the regency has: forms offer them all."""
    words, district = grown.Words(2), world.sides[worlds.OURS].district
    lacking = VILLAGES - Village.objects.count()
    Village.objects.bulk_create(
        Village(district=district, code=f"61.05.98.{1000 + n}", name=words(2), slug=f"desa-{n}") for n in range(lacking)
    )


def page_for(world: worlds.World, row: table.Row) -> tuple[str, str] | None:
    """Its text and address, with "baris=100" where it is a list; None when it is no HTML."""
    role = visitor(row)
    client = world.client(role)
    client.cookies.clear()
    if role != "anonymous":
        client.force_login(world.people[role])
    address = address_of(world, row, worlds.OURS)
    with worlds.undone():
        answer = client.get(address, {"baris": ROWS} if not row.name.startswith("admin:") else {})
    if answer.streaming or not answer["Content-Type"].startswith("text/html"):
        return None
    return answer.content.decode(), address


def weight_for(world: worlds.World, row: table.Row) -> Weight | None:
    page = page_for(world, row)
    return weigh(*page) if page else None


def is_public(name: str) -> bool:
    return table.answers(BY_NAME[name].get)["anonymous"] == 200


def limits_of(name: str) -> tuple[int, int]:
    """Of the HTML, and of the first visit."""
    if name.startswith("admin:"):  # its forms repeat the choice among all villages in each row
        return (HTML if name.endswith("_changelist") else BACK_OFFICE), BACK_OFFICE
    return (PUBLIC_HTML, PUBLIC) if is_public(name) else (HTML, STAFF)


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_page_is_light_and_fetches_nothing_elsewhere(world, row):
    weight, (html, first_visit) = weight_for(world, row), limits_of(row.name)

    assert (weight is None) == (row.name in NO_HTML)
    if weight:
        assert weight.html <= html
        assert weight.first_visit <= first_visit, weight.files
        assert weight.files
        assert weight.elsewhere == set()
        assert weight.undressed == set()
        if row.name.endswith("-list"):  # or what was weighed was an empty page
            assert (weight.rows < ROWS) == (row.name in SHORTER)


@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name)
def test_no_select_grows_with_its_table(world, row, monkeypatch):
    """The world has a hundred rows of everything: with the bound below that, who draws them all is seen."""
    monkeypatch.setattr(rows, "MOST", FEW)
    text, _address = page_for(world, row) or ("", "")

    drawn = {name: body.count("<option") for name, body in SELECTS.findall(text) if name not in SHORT_IN_TRUTH}

    assert {name: count for name, count in drawn.items() if count > FEW + 1} == {}


def test_what_a_select_may_have_is_what_the_goal_says():
    assert rows.MOST + 1 == MOST_OPTIONS == 200


def test_exceptions_name_pages():
    assert set(BY_NAME) >= NO_HTML | SHORTER
    assert all(name.endswith("-list") for name in SHORTER)


def test_class_that_the_style_sheet_lost_is_noticed():
    assert weigh('<p class="offcanvas-start d-none">', "/x/").undressed == {"offcanvas-start"}


def test_what_is_fetched_elsewhere_is_noticed():
    page = '<link rel="stylesheet" href="//cdn.example/a.css"><img src="https://img.example/b.png"><a href="https://c.example/">'

    assert weigh(page, "/x/").elsewhere == {"http://cdn.example/a.css", "https://img.example/b.png"}
    assert IN_CSS.findall('@import "a.css"; @import url("b.css"); i {background: url(c.svg#d)}') == [
        "a.css",
        "b.css",
        "c.svg#d",
    ]
