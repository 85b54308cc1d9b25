"""The pages of the table of goals beside bare Django; some of them after a write of ``saving``."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from benchmarks.goals import GOALS, ON_POSTGRES, WRITES, Goal
from benchmarks.measuring import Page, Times, measure, ratio
from benchmarks.saving import Saving
from tests.serving import Server

if TYPE_CHECKING:
    from benchmarks.__main__ import Bench

STOCK_PAGE = "/bare/laporan/?baris=50"
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
        saving = Saving(bench, server.url, {user: session for user, session in sessions.items() if session}, facts)
        for write in ("", *WRITES):
            now = [goal for goal in goals if goal.after == write]
            if write and (now or not only) and seed == "wide":
                getattr(saving, write)()
            _measure(bench, stock, server, now, sessions, facts)
        bench.stop(server)


def _measure(
    bench: "Bench", stock: Page, server: Server, goals: Sequence[Goal], sessions: dict[str, str], facts: dict
) -> None:
    pages = [Page(goal.name, server, goal.path.format(**facts), sessions[goal.user]) for goal in goals]
    times = measure([stock, *pages], rounds=bench.rounds) if pages else {}
    for goal, page in zip(goals, pages, strict=True):
        _judge(bench, goal, times, page)


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
