"""Wild input for every address of the permission table: what its forms, its query string and its path may be sent.

Nothing here knows a form: the controls are read from the pages as a visitor gets them. A form is filled half sensibly,
so that some of what is sent gets past its checks and as far as the database.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import MULTIPART_CONTENT, Client
from django.urls import NoReverseMatch, resolve, reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests import permission_table as table
from tests import situations, worlds
from tests.addresses import address_of, takes_get, takes_post
from tests.crawling import links, view_name
from tests.filled import PageForm, page_forms

# Whose pages differ in their forms; of those who may open an address the first two are asked.
VISITORS = ("coordinator_head", "agency_operator", "admin", "district_admin", "anonymous")
FORM_BODY = "application/x-www-form-urlencoded"
ANSWERS = {200, 302, 400, 403, 404, 405, 409, 413, 429}
# What a page must be asked for before it shows its form; what else may be needed is in tests/situations.py.
ASKED = {
    "reporting:period-open": lambda world: "triwulan=2019-T4",
    "reporting:due-date-bulk": lambda world: f"laporan={world.sides[worlds.OURS].draft_report.pk}",
    "outbox:message-release": lambda world: f"surat={world.lead.letter.pk}",
}
# An address without a form in this world, of steps and buttons mostly: what their forms are made of.
ANY_FORM = ["status", "seen", "version", "versi", "note", "alasan", "catatan", "lewati", "laporan", "token", "password"]


# fmt: off
ODD: list[str] = [
    "", " ", "\t\n\r", "\x00", "a\x00b", "\x1b[31m", "\x7f", "\x85", "\ufeff", "\ufffe", "\u202e", "\u200b",
    "-1", "0", "00", "1.5", "1,5", "1e999", "-1e-999", "NaN", "Infinity", "0x10", "1_000", "٣", "¹", "Ⅷ",
    "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "9" * 400,
    "1.250.000", "Rp 1.250", "1.250,", "100,001", "12.50", "999999999999999999999,99", "-0",
    "0001-01-01", "9999-12-31", "10000-01-01", "0000-00-00", "2019-02-30", "31-02-2019", "29 Februari 2019",
    "2019-10-08T24:00", "2019-T5", "2019-T", "12:60", "1 Oktober 99999", "2019-W01",
    "true", "null", "None", "[]", "{}", "on", "unknown", "__all__", "pk", "id__in", "-", "-pk", "?", ".", "..", "%", "_",
    "' OR 1=1 --", '"', "\\", "{{7*7}}", "{% load x %}", "%s", "%(x)s", "<script>alert(1)</script>", "../../etc/passwd",
    "😀" * 80, "مرحبا", "שלום", "e\u0301" * 20, "\U0001f468\u200d\U0001f469\u200d\U0001f467", "İ", "ß", "x" * 5_000,
    "00000000-0000-4000-8000-000000000000", "00000000000040008000000000000000", "http://[", "//contoh.example", "a@b",
    "=1+1", "W10=", "bnVsbA==", "eyJhIjoxfQ==", "1,2,x", "," * 300, ";", "&", "#", "+",
]
# fmt: on
WILD_PARTS = [2**63, 10**30, "a\x00b", "😀", "x" * 5_000, "-1", "' OR 1=1", "_5F"]
BYTES = [b"\xff\xfe", b"\xed\xa0\x80", b"\xc0\x80", b"\x80"]  # what is not UTF-8
SENSIBLE = [
    "1",
    "12",
    "62,5",
    "1.250.000",
    "2019",
    "2019-10-01",
    "14 Oktober 2019",
    "Karet rakyat",
    "karet@example.go.id",
]
FILES = {
    "kosong.jpg": b"",
    "foto.jpg": b"\xff\xd8\xff\xe0" + b"\x00" * 40,
    "foto.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x02\x00\x00\x00",
    "surat.pdf": b"%PDF-1.7\n1 0 obj\n<< /Length 99999999999999 >>\nstream\n\x00\nendstream\nxref\n%%EOF",
    "tabel.xlsx": b"PK\x03\x04" + b"\x14\x00\x06\x00\x08\x00" * 9,
    "tabel.csv": b'"\x00";=1+1\r\n\xff',
    "../../\u202egpj.exe": b"MZ\x90",
    "x" * 300 + ".jpg": worlds.JPEG,
    "benar.jpg": worlds.JPEG,
}

words = st.one_of(
    st.sampled_from(ODD),
    st.sampled_from(BYTES),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.integers(-(10**25), 10**25).map(str),
    st.dates().map(str),
    st.datetimes().map(str),
)
files = st.sampled_from(sorted(FILES)).map(lambda name: SimpleUploadedFile(name, FILES[name]))
Pairs = list[tuple[str, Any]]


@dataclass(frozen=True)
class Target:
    """A form, who has it before them, and where it is sent."""

    role: str
    address: str
    form: PageForm
    keys: tuple[str, ...] = ()  # of the page's query string, for a form that is a part of it
    happened: Callable[[], object] = lambda: None  # before each request
    made_up: bool = False  # no page shows it

    def __str__(self) -> str:
        return f"{self.form.method} {self.address} as {self.role}"


def fuzzed(strategy: st.SearchStrategy, send: Callable[[Any], None], *, examples: int, seeded: bool) -> None:
    """Run ``send`` with ``examples`` values: when ``seeded`` the same ones in every run, else new ones.

    Only what failed with new values is made smaller before it is shown: that may take minutes.
    """
    limits = settings(
        max_examples=examples,
        derandomize=seeded,
        database=None,
        deadline=None,
        phases=[Phase.generate] if seeded else [Phase.generate, Phase.shrink],
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )

    @limits
    @given(strategy)
    def run(value: Any) -> None:
        send(value)

    run()


# --- What is sent ---------------------------------------------------------------------------------------------------


def filled_in(form: PageForm, keys: tuple[str, ...] = ()) -> st.SearchStrategy[Pairs]:
    """Up to three controls hold something wild, the others what is there or something sensible.

    What the values are drawn from is made once for a form: to make it for each example took an eighth of the run.
    """
    names = sorted(form.names - {"csrfmiddlewaretoken"})
    standing = dict(form.fields)
    offered = {name: st.sampled_from(form.choices.get(name) or SENSIBLE) for name in names}
    some_names = st.sets(st.sampled_from(names), max_size=3) if names else st.just(set())
    buttons = st.sampled_from([*[name for name in names if form.kinds[name] == "submit"], ""])
    page_keys = st.lists(st.tuples(st.sampled_from(keys), words), max_size=2) if keys else st.just([])

    @st.composite
    def fill(draw: st.DrawFn) -> Pairs:
        wild, sensible, pressed = draw(some_names), draw(st.booleans()), draw(buttons)
        pairs: Pairs = []
        for name in names:
            kind = form.kinds[name]
            if name in wild:
                pairs += [(name, value) for value in draw(wild_values(kind == "file"))]
            elif kind == "submit":
                pairs += [(name, draw(offered[name]))] if name == pressed else []
            elif kind == "file":
                pairs += [(name, draw(files))] if sensible else []
            elif sensible and kind != "hidden" and (name in form.choices or not standing.get(name)):
                pairs.append((name, draw(offered[name])))
            else:
                pairs += [pair for pair in form.fields if pair[0] == name]
        pairs += draw(page_keys)
        if draw(one_in_ten):
            pairs.append(draw(unknown_pair))
        return pairs

    return fill()


@cache
def wild_values(file: bool) -> st.SearchStrategy[list]:
    """None, one or several values of one name; a file where a text belongs, and the other way round."""
    value = st.one_of(files, words) if file else words
    return st.one_of(value.map(lambda one: [one]), st.lists(value, max_size=3))


one_in_ten = st.integers(0, 9).map(lambda number: number == 0)
unknown_pair = st.tuples(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), words)


@st.composite
def queries(draw: st.DrawFn, keys: tuple[str, ...]) -> Pairs:
    """A third of the names that the page knows or that some page of the site knows, now and then one that none knows."""
    pairs = [(key, draw(words)) for key in (*keys, *KNOWN_KEYS) if draw(one_in_three)]
    return pairs if draw(st.booleans()) else [*pairs, (draw(words), draw(words))]


one_in_three = st.integers(0, 2).map(lambda number: number == 0)
KNOWN_KEYS = sorted(
    {"halaman", "baris", "setelah", "sebelum", "urut", "format", "tahun", "periode", "skpd", "status", "lewati"}
    | {"laporan", "kode", "ukuran", "triwulan", "tanggal", "q", "p", "o", "e", "all", "next", "_popup", "_to_field"}
    | {"_changelist_filters", "app_label", "model_name", "field_name", "term"}
)


# --- Where it is sent -----------------------------------------------------------------------------------------------


class Fuzzer:
    """Asks as anybody; no request leaves a trace in the world."""

    def __init__(self, world: worlds.World) -> None:
        self.world = world
        cookie = site.SESSION_COOKIE_NAME
        self.sessions = {role: world.client(role).cookies[cookie].value for role in worlds.SIGNED_IN}
        self.situations = situations.build(world)
        self.sessions |= self.situations.sessions
        self.browser = Client()

    def ask(
        self,
        who: str,
        verb: str,
        address: str,
        body: Any = b"",
        content_type: str = FORM_BODY,
        happened: Callable[[], object] = lambda: None,
    ):
        """The answer to one request; fails when it is none of ``ANSWERS``, or an error of ours."""
        client = self.browser
        client.cookies.clear()
        if who in self.sessions:
            client.cookies[site.SESSION_COOKIE_NAME] = self.sessions[who]
        with worlds.undone():
            happened()
            if content_type == MULTIPART_CONTENT:
                answer = client.post(address, body)
            else:
                answer = client.generic(verb.upper(), address, body, content_type)
            b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code in ANSWERS, f"{verb} {address} as {who}: {answer.status_code}"
        return answer

    def visitors(self, row: table.Row, status: int = 200) -> list[str]:
        answers = table.answers(row.get)
        return [role for role in (*VISITORS, *worlds.EVERYBODY) if answers[role] == status][:2]

    def visitor(self, row: table.Row) -> str:
        """The first of those who are admitted, to POST where there is no page."""
        answers = table.answers(row.get if takes_get(row) else row.post)
        return min((*VISITORS, *worlds.EVERYBODY), key=lambda role: (answers[role] >= 400, answers[role] == 302))

    def targets(self, row: table.Row) -> list[Target]:
        """The forms of the page that are sent to itself, as its visitors get them."""
        address = address_of(self.world, row, worlds.OURS)
        found: dict[tuple, Target] = {}
        for role in self.visitors(row):
            asked = ASKED.get(row.name, lambda world: "")(self.world)
            for target in self.shown(role, f"{address}?{asked}"):
                likeness = (target.form.method, *sorted({re.sub(r"\d+", "N", name) for name in target.form.names}))
                found.setdefault(likeness, target)
        if takes_post(row) and all(method == "get" for method, *_ in found):
            form = PageForm(address, "post", "")
            for name in ANY_FORM:
                form.add(name, "", "text")
            return [*found.values(), Target(self.visitor(row), address, form, made_up=True)]
        return list(found.values())

    def shown(
        self, who: str, asked: str, happened: Callable[[], object] = lambda: None, sends: str = ""
    ) -> list[Target]:
        """The forms of one page that are sent to itself, or to ``sends``."""
        answer = self.ask(who, "get", asked, happened=happened)
        if answer.streaming or not answer.headers.get("Content-Type", "").startswith("text/html"):
            return []
        html, address, found = answer.content.decode(), asked.partition("?")[0], []
        for form in page_forms(html):
            action = urlsplit(form.action).path or address
            if view_name(action) == view_name(sends or address):
                keys = keys_in(html) if form.method == "get" else ()
                found.append(Target(who, action, form, keys, happened))
        return found

    def fuzz_forms(self, row: table.Row, *, examples: int, seeded: bool) -> list[Target]:
        targets = self.targets(row)
        for target in targets:
            self._fuzz(target, examples=examples, seeded=seeded)
        return targets

    def fuzz_situation(self, name: str, *, examples: int, seeded: bool) -> list[Target]:
        situation = self.situations.all[name]
        targets = self.shown(situation.visitor, situation.address, situation.happened, situation.sends)
        for target in targets:
            self._fuzz(target, examples=examples, seeded=seeded)
        return targets

    def _fuzz(self, target: Target, *, examples: int, seeded: bool) -> None:
        """A fifth of the examples where there is nothing to fill in: a lone button, or a form that no page shows."""
        bare = target.made_up or target.form.names <= {"csrfmiddlewaretoken"}
        strategy = filled_in(target.form, target.keys)
        fuzzed(strategy, partial(self.send, target), examples=examples // 5 if bare else examples, seeded=seeded)

    def fuzz_query(self, row: table.Row, *, examples: int, seeded: bool) -> None:
        address, role = address_of(self.world, row, worlds.OURS), self.visitor(row)
        page = self.ask(role, "get", address)
        fuzzed(
            queries(() if page.streaming else keys_in(page.content.decode(errors="replace"))),
            lambda pairs: self.ask(role, "get", f"{address}?{encoded(pairs)}"),
            examples=examples,
            seeded=seeded,
        )

    def send(self, target: Target, pairs: Pairs) -> None:
        ask = partial(self.ask, happened=target.happened)
        if target.form.method == "get":
            ask(target.role, "get", f"{target.address}?{encoded(pairs)}")
        elif "file" in target.form.kinds.values():
            ask(target.role, "post", target.address, gathered(pairs), MULTIPART_CONTENT)
        else:
            ask(target.role, "post", target.address, encoded(pairs))


def keys_in(html: str) -> tuple[str, ...]:
    """Keys of the query strings that the page links to itself with: what sorts it, pages it, makes a CSV of it."""
    queries = [urlsplit(link).query for link in links(html) if link.startswith("?")]
    return tuple(sorted({key for query in queries for key, _value in parse_qsl(query)}))


def encoded(pairs: Pairs) -> str:
    return urlencode([(name, value.name if isinstance(value, SimpleUploadedFile) else value) for name, value in pairs])


def gathered(pairs: Pairs) -> dict[str, list]:
    found: dict[str, list] = {}
    for name, value in pairs:
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)
        found.setdefault(name, []).append(value.decode("latin-1") if isinstance(value, bytes) else value)
    return found


def wild_paths(world: worlds.World, row: table.Row) -> Iterator[str]:
    """The address with something wild in place of each of its parts, as far as its pattern lets that through."""
    known = resolve(address_of(world, row, worlds.OURS)).kwargs
    for part in row.at:
        for value in WILD_PARTS:
            with suppress(NoReverseMatch):
                yield reverse(row.name, kwargs=known | {part: value})
