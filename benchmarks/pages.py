"""The pages of the table of goals beside bare Django, and saving the largest form beside opening it."""

import html
import re
import time
from typing import TYPE_CHECKING

from benchmarks.goals import GOALS, ON_POSTGRES, SAVING, Goal
from benchmarks.measuring import Page, Times, measure, ratio
from tests.serving import Visitor

if TYPE_CHECKING:
    from benchmarks.__main__ import Bench

STOCK_PAGE = "/bare/laporan/?baris=50"
FIELD = re.compile(r"<(?:input|textarea)\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(name|value|type|checked)\b(?:="([^"]*)")?')
ROW = re.compile(r"<tr\b")


def measure_goals(bench: "Bench", only: str = "") -> None:
    """Seed by seed: the stock page of the small one takes part in every round."""
    stock = bench.stock_page()
    for seed in dict.fromkeys(goal.seed for goal in GOALS):
        goals = [goal for goal in GOALS if goal.seed == seed and only in goal.name]
        if not goals:
            continue
        made, facts = bench.installation(seed)
        server = bench.project_server(made)
        sessions = {user: made.session_of(user) if user else "" for user in {goal.user for goal in goals}}
        pages = [Page(goal.name, server, goal.path.format(**facts), sessions[goal.user]) for goal in goals]
        times = measure([stock, *pages], rounds=bench.rounds)
        for goal, page in zip(goals, pages, strict=True):
            _judge(bench, goal, times, page)
        for page in pages:
            if page.name == "figures form, 300 lines, wide":
                _saving(bench, page)
        bench.stop(server)


def _judge(bench: "Bench", goal: Goal, times: dict[str, Times], page: Page) -> None:
    _seconds, wire, text = page.ask()
    limit = round(goal.limit * (ON_POSTGRES if bench.postgres else 1), 2)
    bench.at_most(goal.name, ratio(times, goal.name, "stock"), limit)
    if goal.raw:
        bench.at_most("  raw", len(text.encode()) / 1024, goal.raw, " KiB")
    if goal.wire:
        bench.at_most("  on the wire", wire / 1024, goal.wire, " KiB")
    if goal.rows:
        rows = sum(1 for _ in ROW.finditer(text)) - 1
        bench.at_most("  rows", rows, goal.rows)


def _saving(bench: "Bench", page: Page) -> None:
    """A whole table sent back with other figures, beside the opening that came before it."""
    session = page.headers["Cookie"].partition("=")[2]
    visitor = Visitor(page.server.url, session=session, timeout=120)
    pairs = []
    for number in range(max(3, bench.rounds // 4)):
        begun = time.perf_counter()
        answer = visitor.get(page.path)
        opened = time.perf_counter() - begun
        fields = _fields(answer.text, number)
        begun = time.perf_counter()
        sent = visitor.post(page.path, fields)
        pairs.append((time.perf_counter() - begun) / opened)
        if sent.status != 302:
            raise RuntimeError(f"saving {page.path}: {sent.status}")
    bench.at_most("saving 300 lines / opening them, wide", sorted(pairs)[len(pairs) // 2], SAVING)


def _fields(text: str, number: int) -> dict[str, str]:
    """What the form would send, with every physical figure raised a little."""
    found = {}
    for tag in FIELD.findall(text):
        attributes = dict(ATTRIBUTE.findall(tag))
        name = attributes.get("name")
        if not name or (attributes.get("type") == "checkbox" and "checked" not in attributes):
            continue
        found[name] = html.unescape(attributes.get("value", ""))
        if name.endswith("physical_to_date"):
            found[name] = f"{70 + number},5"
    return found
