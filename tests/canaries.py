"""Words that may not get out, written as markup that may not come alive, and a reader of every page of a role.

Each owner of `tests/worlds.py` has one word; it is in what is not published, as an element and out of quotes.
What is published carries a word too (``PUBLIC``), so that no text field of any model is without markup.
"""

import json
import re
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urlencode, urljoin, urlsplit
from zipfile import ZipFile

from django.apps import apps
from django.contrib.admin import site as back_office
from django.db import models
from django.http import QueryDict
from django.urls import reverse

from p2emas.accounts.roles import SEES_EVERYTHING
from tests import worlds
from tests.addresses import address_of, takes_get
from tests.crawling import STARTS, view_name
from tests.permission_table import ROWS, SAME, Row
from tests.worlds import (
    ANSWERS,
    APPLICANTS,
    DISTRICTS,
    DRAFTED,
    DRAFTED_BY_OTHERS,
    INTERNAL,
    LEAD,
    OURS,
    PLACED,
    PLANNERS,
    SIGN_IN,
    THEIRS,
    VISIT_DRAFTS,
    VISITED,
    World,
)

PUBLIC = "published"
HEADS = {owner: f"kx{chr(ord('a') + place)}" for place, owner in enumerate([*worlds.OWNERS, PUBLIC])}
TAIL = "zqvwj"  # searched by its head, a word that is found shows its tail; too long to turn up in a random token
NOBODYS_HEAD = "kxy"
WORD = re.compile(rf"kx[a-{chr(ord('a') + len(HEADS) - 1)}]{TAIL}", re.IGNORECASE)
OWNER_OF = {f"{head}{TAIL}": owner for owner, head in HEADS.items()}

EVERYTHING = {str(role) for role in SEES_EVERYTHING} | {"admin"}
INSIDE = EVERYTHING - {"leader"} | {"district_admin"}  # the back office
AGENCY = {"agency_operator", "agency_head"}
# Who may read whose word: the table of roles, by hand.
READERS = {
    OURS: EVERYTHING | AGENCY,
    THEIRS: EVERYTHING,
    DISTRICTS[OURS]: EVERYTHING | {"district_admin"},
    DISTRICTS[THEIRS]: EVERYTHING,
    PLACED: EVERYTHING | {"district_admin", "facilitator"},
    LEAD: EVERYTHING,
    INTERNAL: EVERYTHING,
    APPLICANTS: EVERYTHING,
    ANSWERS: EVERYTHING | {"panelist"},
    DRAFTED: {"agency_operator"},
    DRAFTED_BY_OTHERS: set(),
    PLANNERS: EVERYTHING | AGENCY,
    VISITED: EVERYTHING | AGENCY | {"facilitator"},
    VISIT_DRAFTS: {"facilitator"},
    SIGN_IN: EVERYTHING - {"coordinator", "leader"},
    PUBLIC: set(worlds.EVERYBODY),
}


def markup(owner: str) -> str:
    """The word of ``owner``, short enough for a telephone number, that would end an attribute and open an element."""
    return f"\"'><i q={HEADS[owner]}{TAIL}>"


# --- Planting ----------------------------------------------------------------------------------------------------

LONG = "javascript:kx()//{{{{7*7}}}}#{{7*7}}{}"  # a link, a template, a typst expression
# Text that people do not write freely: keys, codes with a form of their own, what the site itself writes.
NOT_FREE = {
    "Agency.code", "User.password", "User.username", "User.email", "OutboxMessage.recipient", "Regency.code",
    "District.code", "Village.code", "Village.slug", "User.session_mark", "Receipt.code", "Receipt.number",
    "StatusChange.step", "StatusChange.old", "StatusChange.new",
    "FormDraft.form", "FormDraft.page", "FormDraft.sealed", "FormDraft.ended_by", "AccountTrace.network", "AccountTrace.device", "AccountTrace.detail",
    "Import.kind", "Import.asked_cell", "LaneUpload.lane", "LaneUpload.content_type", "LaneUpload.job", "TableLayout.kind",
    "SearchWord.kind", "SearchWord.word", "Spelling.key", "Spelling.word",
    "CalendarAddress.digest", "CalendarAddress.proof",
    "PlanFile.content_type", "PlanFile.job",
    "ListRequest.list", "ListRequest.query",
    "ProductionFigure.measure", "CompetencyDetermination.measure", "DeterminationAnalysis.measure", "EvidenceMeasure.code", "EvidenceMeasure.slug",
    "Fund.code", "PlanLine.fund", "NomenclatureVersion.code", "NomenclatureEntry.code", "NomenclatureEntry.parent_code",
    "Activity.nomenclature", "PaperTemplate.sha256", "RankingRun.digest",
    "RecruitmentRound.code", "Application.code", "Application.number", "Application.email", "Application.nik_sealed",
    "Application.nik_fingerprint", "Application.nik_last4", "Application.consent_version", "Application.consented_to",
    "Facilitator.email", "Identity.reply_to",
    "Session.code", "HandoverSlip.code", "FieldPhoto.sent_sha256",
    *(f"{file}.{name}"
      for file in ("DecreeFile", "MinutesFile", "RegulationFile", "ReportAttachment", "ImportFile", "SurveyPhoto", "ApplicationFile", "ObstacleFile", "AidCheckPhoto", "HolderPhoto", "FieldPhoto")
      for name in ("file", "thumbnail", "content_type", "sha256")),
}  # fmt: skip
HOUSES = ("p2emas", "districts", "facilitators", "programs")


def text_fields() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every column of text of our models, closed lists and histories left out."""
    for model in apps.get_models():
        if model._meta.app_label in HOUSES and not model.__name__.startswith("Historical"):
            for column in model._meta.concrete_fields:
                text = isinstance(column, models.CharField | models.TextField | models.FileField)
                if text and not column.choices:
                    yield model, column


def is_bound(row: models.Model, column: models.Field) -> bool:
    """A constraint holds how the text begins: what is taken from a notebook is counted in rupiah."""
    return column.name == "unit" and bool(getattr(row, "notebook", ""))


def plant_everywhere() -> None:
    """Markup into each free text that carries no word yet; saved, so that the history shows it as an edit."""
    columns: dict[type[models.Model], list[models.Field]] = {}
    for model, column in text_fields():
        if f"{model.__name__}.{column.name}" not in NOT_FREE:
            columns.setdefault(model, []).append(column)
    for model, free in columns.items():
        for row in model._base_manager.all():
            for column in free:
                if is_bound(row, column):
                    continue
                text = getattr(row, column.attname) or ""
                if not WORD.search(text):
                    setattr(row, column.attname, published(text, column.max_length))
            row.save()


def published(text: str, most: int | None) -> str:
    """``text`` behind as much markup as fits; of a text that is too long its end stays, where numbers differ."""
    word = markup(PUBLIC)
    before = LONG.format(word) if most is None or most > 120 else word
    return before + text[-(most - len(before)) :] if most else before + text


def plant_reasons(world: World) -> None:
    """Reasons and answers that the world leaves empty, in what is not published."""
    for side in worlds.SIDES:
        word, made = markup(side), world.sides[side]
        for name in ("draft", "sent", "verifying", "returned"):
            row, obstacle = made.rows[f"{name}_row"], made.rows[f"{name}_obstacle"]
            row.nil_reason, row.over_budget_reason = f"Nihil {word}", f"Lebih {word}"
            row.video_url = f"https://video.example/{word}"
            row.save()
            obstacle.answer = f"Jawab {word}"
            obstacle.save()
            value = made.rows[f"{name}_report"].indicator_values.get()
            value.value, value.missing_reason = None, f"Belum {word}"
            value.save()
        target = made.draft_indicator.targets.get()
        target.baseline, target.baseline_missing_reason = None, f"Belum {word}"
        target.save()


# --- Reading -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What is worth keeping of it; a thousand whole pages would not be."""

    role: str
    address: str
    status: int
    location: str
    owners: frozenset[str]  # whose words are in it, headers (file names, addresses) included
    page: "Page | None"  # of markup
    alive: tuple[str, ...]

    @property
    def leaks(self) -> set[str]:
        return {owner for owner in self.owners if self.role not in READERS[owner]}


class Page(HTMLParser):
    """Links, forms of search and filter, and what came alive of the markup."""

    URLS = ("href", "src", "action", "formaction", "xlink:href", "data", "srcdoc", "content")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.searches: list[tuple[str, dict[str, list[str]]]] = []  # (address, control -> values it offers)
        self.posts: list[str] = []
        self.alive: list[str] = []
        self._search: dict[str, list[str]] | None = None
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        for name, value in attrs:
            link = name in self.URLS and (value or "").strip().lower().startswith("javascript:")
            if link or "kx" in name or (name == "q" and (value or "").startswith("kx")):
                self.alive.append(f"<{tag} {name}={value!r}>")
        if tag == "a" and known.get("href"):
            self.links.append(known["href"])
        elif tag == "form":
            action = known.get("action") or ""
            if (known.get("method") or "get").lower() == "get":
                self._search = {}
                self.searches.append((action, self._search))
            else:
                self._search = None
                self.posts.append(action)
        elif self._search is not None and tag in {"input", "select"} and known.get("name"):
            self._select = known["name"]
            self._search.setdefault(self._select, [])
            if tag == "input" and known.get("value"):
                self._search[self._select].append(known["value"])
        elif self._search is not None and tag == "option" and known.get("value"):
            self._search[self._select].append(known["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._search = None


def alive(page: Page, text: str) -> Iterator[str]:
    """Markup of ours that a browser would take for its own, or a template for an expression."""
    yield from page.alive
    yield from re.findall(r"<i q=kx\w*", text, re.IGNORECASE)
    yield from re.findall(r"kx\(\)//(?!\{\{7\*7\}\}#).{0,12}", text)


def read_answer(role: str, address: str, status: int, headers: Mapping[str, str], text: str) -> Answer:
    around = " ".join(headers.values())
    owners = frozenset(OWNER_OF[word.lower()] for word in WORD.findall(f"{around} {text}"))
    kind = headers.get("Content-Type", "").partition(";")[0]
    page = Page(text) if kind.endswith(("html", "xml")) else None
    found = tuple(alive(page, text)) if page else ()
    return Answer(role, address, status, headers.get("Location", ""), owners, page, found)


def text_of(body: bytes) -> str:
    """What is in an answer; the parts of a Word or Excel file one after another."""
    if not body.startswith(b"PK\x03\x04"):
        return body.decode("utf-8", "replace")
    with ZipFile(BytesIO(body)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


class Reader:
    """Asks as one role, and follows what the pages offer: links, filters, sorting, searches, downloads."""

    def __init__(self, world: World, role: str, *, each: int, queries: bool = True) -> None:
        self.world, self.role, self.each, self.queries = world, role, each, queries
        self.answers: list[Answer] = []
        self.searches: set[tuple[str, str]] = set()  # (address, control) of every search and filter
        self._seen: set[str] = set()
        self._asked: Counter = Counter()
        self._waiting: deque[str] = deque()

    def ask(self, address: str) -> Answer:
        answer = self.world.client(self.role).get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return read_answer(self.role, address, answer.status_code, answer.headers, text_of(body))

    def read(self, starts: Iterable[str]) -> list[Answer]:
        for address in starts:
            self._add("/", address, always=True)
        while self._waiting:
            answer = self.ask(self._waiting.popleft())
            self.answers.append(answer)
            if answer.location:
                self._add(answer.address, answer.location)
            if answer.status == 200 and answer.page:
                self._follow(answer.address, answer.page)
        return self.answers

    def _follow(self, base: str, page: Page) -> None:
        for link in page.links:
            self._add(base, link)
        for action, controls in page.searches:
            for name, values in controls.items():
                asked = (urlsplit(urljoin(base, action)).path, name)
                if self.each and self.queries and asked not in self.searches:
                    self.searches.add(asked)
                    for value in [*values[-1:], *self.guesses()]:
                        self._add(base, f"{asked[0]}?{urlencode({name: value})}", always=True)

    def guesses(self) -> Iterator[str]:
        """What somebody would type who looks for what is not theirs."""
        if self.role not in EVERYTHING:
            theirs = self.world.sides[THEIRS]
            yield HEADS[THEIRS]
            yield theirs.agency.code
            yield str(theirs.agency.pk)

    def _add(self, base: str, target: str, *, always: bool = False) -> None:
        parts = urlsplit(urljoin(f"http://testserver{base}", target))
        address = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if parts.netloc != "testserver" or parts.path.startswith("/static/") or address in self._seen:
            return
        query = QueryDict(parts.query)
        kind = (view_name(parts.path), *(sorted(query) or [""]))
        if not always and (self._asked[kind] >= self.each or (query and not self.queries)):
            return
        self._asked[kind] += 1
        self._seen.add(address)
        self._waiting.append(address)


def named(world: World, rows: Collection[Row] = tuple(ROWS), sides: Sequence[str] = worlds.SIDES) -> Iterator[str]:
    """Every named address with the ids of both sides; of reference data in the back office one is enough."""
    for row in rows:
        if takes_get(row):
            alike = row.theirs == SAME and row.name.startswith("admin:")
            for side in sides[: 1 if alike else 2]:
                address = address_of(world, row, side)
                if address:
                    yield address
    for side in sides:
        for name in ("sent", "verifying", "returned", "approved"):
            yield reverse("reporting:report-detail", args=[world.sides[side].rows[f"{name}_report"].pk])
    yield world.lead.placed.get_absolute_url()


def autocompletes() -> Iterator[str]:
    """The choices that the back office would offer for each of its foreign keys."""
    for model in back_office._registry:
        for column in model._meta.concrete_fields:
            if column.is_relation:
                query = {"app_label": model._meta.app_label, "model_name": model._meta.model_name, "term": ""}
                yield f"{reverse('admin:autocomplete')}?{urlencode(query | {'field_name': column.name})}"


def reader_of(world: World, role: str) -> Reader:
    """Who has read everything that ``role`` can reach.

    Those who see everything get the same rows, however sorted and filtered: one coordinator asks for them all. To
    whom nothing can leak, as every word is theirs to read, a page with the records of one side shows its markup; of
    them the administrator asks for the choices of the back office.
    """
    all_rows, all_words = role in EVERYTHING, all(role in readers for readers in READERS.values())
    reader = Reader(world, role, each=1 if all_rows else 2, queries=not all_rows or role == "coordinator")
    offered = autocompletes() if role in INSIDE and (role == "admin" or not all_words) else ()
    with papers_as_text():
        reader.read([*STARTS, *named(world, sides=worlds.SIDES[:1] if all_words else worlds.SIDES), *offered])
    return reader


@contextmanager
def papers_as_text() -> Iterator[None]:
    """A PDF as the text that it is made from: its letters are packed in the file."""
    import typst

    real = typst.compile
    typst.compile = lambda *args, sys_inputs, **options: json.dumps(sys_inputs, ensure_ascii=False).encode()
    try:
        yield
    finally:
        typst.compile = real
