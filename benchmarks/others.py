"""Every other page that links lead to: what it costs, how many rows its lists have, how long its selects are."""

import os
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import django

from benchmarks.goals import GOALS, MOST_OPTIONS, MOST_ROWS, ON_POSTGRES, OTHER, RAW, RECORD, WIRE
from benchmarks.measuring import Page, measure, ratio
from tests.crawling import Found, crawl
from tests.serving import Installation, Visitor

if TYPE_CHECKING:
    from benchmarks.__main__ import Bench

TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
SELECT = re.compile(r"<select\b.*?</select>", re.DOTALL)
OF_ONE_RECORD = re.compile(r"/\d+/|/\d+-T\d/|^/(rekap|renstra)/")  # the last two: the paper of one agency
KEPT_APART = ("/dasbor/",)  # the table of goals has lines of their own for its pages
ROLES = {
    "demo": ("", "coordinator", "coordinator_head", "agency_operator", "facilitator", "panelist", "admin"),
    "wide": ("", "coordinator", "operator", "admin"),
}


def measure_others(bench: "Bench") -> None:
    name_addresses(bench.first)
    stock = bench.stock_page()
    for seed, roles in ROLES.items():
        made = bench.demo() if seed == "demo" else bench.installation(seed)[0]
        server = bench.project_server(made)
        own_line = {goal.path for goal in GOALS if goal.seed == seed}
        found = _heaviest(server.url, made, roles, own_line)
        pages = {each.path: Page(each.path, server, each.path, session) for each, session in found.values()}
        times = measure([stock, *pages.values()], rounds=max(5, bench.rounds // 4), warm_up=1)
        costs = {path: ratio(times, path, "stock") for path in pages}
        _judge(bench, seed, [each for each, _session in found.values()], costs, times)
        bench.stop(server)


def name_addresses(made: Installation) -> None:
    """The views of the pages are told apart by the project's addresses, in this process; it opens no database."""
    kept = dict(os.environ)
    os.environ.update(made.environment)
    try:
        django.setup()
    finally:
        os.environ.clear()
        os.environ.update(kept)


def _heaviest(
    address: str, made: Installation, roles: tuple[str, ...], own_line: set[str]
) -> dict[str, tuple[Found, str]]:
    """One page of each view, the longest that any of the roles reads, with the session that read it."""
    found: dict[str, tuple[Found, str]] = {}
    for role in roles:
        session = made.session_of(role) if role else ""
        for each in crawl(Visitor(address, session=session, timeout=120), each_view=2):
            old = found.get(each.view)
            if (
                each.is_page
                and not each.path.startswith(KEPT_APART)
                and each.path not in own_line
                and (old is None or len(each.body) > len(old[0].body))
            ):
                found[each.view] = each, session
    return found


def _judge(bench: "Bench", seed: str, found: list[Found], costs: dict[str, float], times: dict) -> None:
    factor = ON_POSTGRES if bench.postgres else 1
    for single in (True, False):
        group = [each for each in found if bool(OF_ONE_RECORD.search(each.path)) is single]
        limit = round((RECORD if single else OTHER) * factor, 2)
        kind = "of one record" if single else "list or form"
        slowest = sorted(group, key=lambda each: -costs[each.path])
        for each in [each for each in slowest if costs[each.path] > limit] or slowest[:1]:
            bench.at_most(f"other page, {kind}, {seed}: {each.path}", costs[each.path], limit)
        heaviest = max(group, key=lambda each: len(each.body))
        bench.at_most(f"  raw, {heaviest.path}", len(heaviest.body) / 1024, RAW, " KiB")
        bench.at_most("  on the wire", max(times[each.path].size for each in group) / 1024, WIRE, " KiB")
    for path, options in _most(found, _options):
        bench.at_most(f"options of a select, {seed}: {path}", options, MOST_OPTIONS)
    lists = [each for each in found if not OF_ONE_RECORD.search(each.path)]
    for path, rows in _most(lists, _rows):
        bench.at_most(f"rows of a list, {seed}: {path}", rows, MOST_ROWS)


def _most(found: list[Found], count) -> Iterator[tuple[str, int]]:
    """The page with the most, and every other one above the limit."""
    limit = MOST_OPTIONS if count is _options else MOST_ROWS
    counted = sorted(((each.path, count(each.body.decode())) for each in found), key=lambda pair: -pair[1])
    yield from [pair for pair in counted if pair[1] > limit] or counted[:1]


def _options(text: str) -> int:
    return max((select.count("<option") for select in SELECT.findall(text)), default=0)


def _rows(text: str) -> int:
    """Rows of the longest table's body."""
    return max((table.partition("</thead>")[2].count("<tr") for table in TABLE.findall(text)), default=0)
