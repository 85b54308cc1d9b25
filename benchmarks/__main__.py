"""`python -m benchmarks`: the speed goals, measured interleaved in one run; on PostgreSQL when DATABASE_URL says so.

Ratios hold from machine to machine, milliseconds do not. Every server is gunicorn with DEBUG off; a bare page runs
twice: inside the project's own middleware ("bare") and on what `startproject` gives ("stock").
"""

import argparse
import html
import json
import os
import re
import shutil
import statistics
import sys
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path

from benchmarks import seeds, slow_links
from benchmarks.goals import GOALS
from benchmarks.measuring import Page, Times, measure, ratio
from benchmarks.others import measure_others
from benchmarks.pages import STOCK_PAGE, measure_goals
from benchmarks.searching import measure_search
from tests.serving import Installation, Server, Visitor

ONE_WORKER = {"WEB_CONCURRENCY": "1", "WEB_THREADS": "1", "MAX_REQUESTS": "0"}
PROJECT = {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
STOCK = {"DJANGO_SETTINGS_MODULE": "benchmarks.stock_settings"}
DAY = "2019-10-08"
LIST = "/laporan/?baris=100"
ADMIN = "/bare/admin/programs/progressreport/"
PARTS = ("pages", "others", "lists", "work", "imports", "ranking", "search", "machine", "links")
# Link, name, path, role, most seconds to the first paint and to the load event.
ON_SLOW_LINKS = (
    ("EDGE", "front page", "/", "", 3.0, 4.0),
    ("EDGE", "vacancy", "/rekrutmen/{round}/", "", 3.0, 4.0),
    ("EDGE", "first page of the application", "/rekrutmen/{round}/lamar/identitas/", "", 3.0, 4.0),
    ("EDGE", "sign-in", "/masuk/", "", 3.0, 4.0),
    ("EDGE", "a facilitator's own page", "/beranda/", "facilitator", 3.0, 4.0),
    ("EDGE", "a facilitator's field page", "/lapangan/", "facilitator", 3.0, 4.0),
    ("100 kbps", "first page of the application", "/rekrutmen/{round}/lamar/identitas/", "", 5.5, None),
    ("slow 3G", "figures of a report", "/laporan/{report}/realisasi/", "agency_operator", None, 3.0),
    ("3G", "dashboard", "/dasbor/", "coordinator", None, 3.0),
)
NEXT = re.compile(r'href="([^"]*)" rel="next"')


class Bench:
    def __init__(self, folder: Path, *, rounds: int, page: str = "") -> None:
        address = os.environ.get("DATABASE_URL", "")
        self.postgres = address if address.startswith("postgres") else ""
        self.folder, self.rounds, self.page = folder, rounds, page
        self.stack = ExitStack()
        self.results: list[tuple[str, str, str, bool | None]] = []
        self.first: Installation | None = None
        self.made: dict[str, tuple[Installation, dict]] = {}
        self.stock: Server | None = None

    def empty(self, name: str) -> Installation:
        made = Installation(self.folder / name, postgres=self.postgres, name=name, DEMO_TODAY=DAY)
        self.stack.callback(made.remove)
        return made.prepare(template=self.first)

    def installation(self, name: str) -> tuple[Installation, dict]:
        """The installation that holds the seed ``name``, filled once a run."""
        if name not in self.made:
            made = self.empty(name)
            self.made[name] = made, seeds.fill(made, name)
        return self.made[name]

    def demo(self) -> Installation:
        made = self.empty("demo")
        made.manage("load_regions")
        made.manage("demo")
        return made

    def server(self, installation: Installation, kind: dict[str, str], **environment: str) -> Server:
        server = Server(installation, environment={**ONE_WORKER, **kind, **environment})
        server.start(path="/bare/laporan/")
        self.stack.callback(server.stop)
        return server

    def project_server(self, installation: Installation) -> Server:
        return self.server(installation, PROJECT)

    def stop(self, server: Server) -> None:
        server.stop()  # a second stop, at the end of the run, does nothing

    def stock_page(self) -> Page:
        """The yardstick: fifty rows on what `startproject` gives."""
        small, _facts = self.installation("small")
        if self.stock is None:
            self.stock = self.server(small, STOCK)
        return Page("stock", self.stock, STOCK_PAGE, stock_session(small, "coordinator"))

    def report(self, goal: str, measured: str, limit: str, reached: bool | None) -> None:
        self.results.append((goal, measured, limit, reached))
        word = {True: "reached", False: "MISSED", None: ""}[reached]
        print(f"  {goal:66} {measured:>12} {limit:>10}  {word}", flush=True)

    def at_most(self, goal: str, value: float, limit: float, unit: str = "") -> None:
        self.report(goal, f"{value:.2f}{unit}", f"<= {limit:g}{unit}", value <= limit)

    def aside(self, what: str, value: float) -> None:
        """Measured for comparison, without a goal."""
        self.report(what, f"{value:.2f}", "", None)

    def run(self, only: str = "") -> None:
        engine = "PostgreSQL" if self.postgres else "SQLite"
        print(f"\n{engine}, Python {sys.version.split()[0]}, {os.cpu_count()} cores, {self.rounds} rounds", flush=True)
        empty = Installation(self.folder / "empty", postgres=self.postgres, name="empty", DEMO_TODAY=DAY)
        self.stack.callback(empty.remove)
        self.first = empty.prepare()
        for part in (only,) if only else PARTS:
            getattr(self, part)()

    def pages(self) -> None:
        """The table of goals, page by page."""
        measure_goals(self, self.page)

    def others(self) -> None:
        """Every other page of the demo and of the wide seed."""
        measure_others(self)

    def lists(self) -> None:
        """The report list beside the bare view and Django's admin: few rows, many rows, and row 20,000 of many."""
        small, _facts = self.installation("small")
        large, facts = self.installation("deep")
        few, many = self.server(small, PROJECT), self.server(large, PROJECT)
        stock_few, stock_many = self.server(small, STOCK), self.server(large, STOCK)
        reader, reader_many = small.session_of("coordinator"), large.session_of("coordinator")
        admin_many = stock_session(large, "admin")
        pages = [
            Page("list", few, LIST, reader),
            Page("bare", few, "/bare/laporan/", reader),
            Page("stock", stock_few, "/bare/laporan/", stock_session(small, "coordinator")),
            Page("admin", stock_few, ADMIN, stock_session(small, "admin")),
            Page("list, many", many, LIST, reader_many),
            Page("deep", few, deep_address(few, reader), reader),
            Page("deep, many", many, deep_address(many, reader_many), reader_many),
            Page("filtered", few, f"{LIST}&status=menunggu", reader),
            Page("filtered, many", many, f"{LIST}&status=menunggu", reader_many),
            Page("admin, many", stock_many, ADMIN, admin_many),
            Page("admin, deep", stock_many, f"{ADMIN}?p=201", admin_many),
        ]
        for page in pages[:2]:
            rows = page.ask()[2].count("<tr")
            assert rows == 101, f"{page.name} draws {rows - 1} rows"
        times = measure(pages, rounds=self.rounds)
        self.show(times)
        self.list_goals(times, f"{facts['reports']:,}")

    def list_goals(self, times: dict[str, Times], many: str) -> None:
        self.at_most("report list, 100 rows / bare view of the same rows", ratio(times, "list", "bare"), 2.0)
        self.at_most("report list / Django admin, 1,000 rows", ratio(times, "list", "admin"), 0.5)
        goal = f"report list / Django admin with our indexes, {many} rows"
        self.at_most(goal, ratio(times, "list, many", "admin, many"), 0.5)
        self.aside("  the same, both at row 20,000", ratio(times, "deep, many", "admin, deep"))
        for name in ("list", "deep", "filtered"):
            page = "first" if name == "list" else name
            self.at_most(f"growth 1,000 -> {many} rows, {page} page", ratio(times, f"{name}, many", name), 1.3)

    def work(self) -> None:
        """The dashboard with one quarter and with twenty; the figures table of one report."""
        one, facts = self.installation("one")
        twenty, _facts = self.installation("fifty")
        short, long = self.server(one, PROJECT), self.server(twenty, PROJECT)
        operator = one.session_of("operator")
        pages = [
            Page("dashboard, 1 quarter", short, "/dasbor/", one.session_of("coordinator")),
            Page("dashboard, 20 quarters", long, "/dasbor/", twenty.session_of("coordinator")),
            Page("figures", short, f"/laporan/{facts['report']}/realisasi/", operator),
            Page("bare lines", short, f"/bare/baris/{facts['report']}/", operator),
        ]
        times = measure(pages, rounds=self.rounds)
        self.show(times)
        self.at_most(
            "dashboard, 20 quarters of history / 1",
            ratio(times, "dashboard, 20 quarters", "dashboard, 1 quarter"),
            1.5,
        )
        self.at_most("figures table, 50 lines / bare page of 50 rows", ratio(times, "figures", "bare lines"), 3.0)
        self.memory(twenty)

    def memory(self, installation: Installation) -> None:
        """Four threads ask every kind of page; then the worker's resident memory."""
        server = Server(installation, environment={"WEB_CONCURRENCY": "1", "WEB_THREADS": "4", "MAX_REQUESTS": "0"})
        server.start(path="/sehat/")
        self.stack.callback(server.stop)
        session = installation.session_of("coordinator")
        paths = ["/", "/beranda/", "/dasbor/", LIST, "/kepatuhan/", "/verifikasi/", "/periode/", "/laporan/1/"]

        def ask() -> None:
            visitor = Visitor(server.url, session=session, timeout=120)
            for number in range(12 * len(paths)):
                visitor.get(paths[number % len(paths)])

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.at_most("worker memory after load", max(server.memory()), 160, " MiB")

    def imports(self) -> None:
        """Imports of many rows: what the worker does with the file, without the wait in the queue."""
        for kind in ("produksi", "sp2d"):
            rounds = max(5, self.rounds // 4)
            call = f"from benchmarks import imports\nanswer = imports.preview({rounds}, {kind!r})"
            times = self.empty(f"imports-{kind}").ask(call)
            values = {
                name: statistics.median(one / other for one, other in zip(times["preview"], times[name], strict=True))
                for name in ("openpyxl", "read_only")
            }
            goal = f"import preview, {times['rows']:,} rows of {kind} / reading the file with openpyxl"
            self.at_most(goal, values["openpyxl"], 2.0)
            self.aside("  the same / reading it in openpyxl's read-only mode", values["read_only"])

    def ranking(self) -> None:
        """The ranking page of 400 candidates on ten criteria, and the thousand draws of its job."""
        made, facts = self.installation("ranking")
        server, reader = self.server(made, PROJECT), made.session_of("coordinator")
        pages = [
            Page("ranking", server, f"/keputusan/lokasi/{facts['round']}/peringkat/", reader),
            Page("bare", server, "/bare/laporan/", reader),
        ]
        times = measure(pages, rounds=self.rounds)
        self.show(times)
        self.at_most("ranking of 400 x 10, 100 rows / bare view of 100 rows", ratio(times, "ranking", "bare"), 4.0)
        found = made.ask(f"from benchmarks import ranking\nanswer = ranking.draws({max(5, self.rounds // 4)})")
        pairs = zip(found["draws"], found["scores"], strict=True)
        self.at_most("1,000 draws / the 400 scores once", statistics.median(a / b for a, b in pairs), 1500)

    def search(self) -> None:
        """Exact and misspelt questions, few records and many."""
        measure_search(self)

    def machine(self) -> None:
        """From starting gunicorn to the first answer. The first start of an installation compiles."""
        compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(self.folder / "bytecode")}
        starts = []
        for _ in range(6):
            server = Server(self.first, environment={"WEB_CONCURRENCY": "1", **compiled})
            starts.append(server.start(path="/sehat/"))
            server.stop()
        self.aside("first start, which compiles", starts[0])
        self.at_most("cold start", statistics.median(starts[1:]), 2.0, " s")

    def links(self) -> None:
        """The demo on slow links, as the browser of a cheap phone sees it."""
        made = self.demo()
        facts = made.ask(slow_links.FACTS)
        sessions = {role: made.session_of(role) for *_, role, _paint, _load in ON_SLOW_LINKS if role}
        with Server(made) as server, slow_links.phone(server) as phone:
            for link, name, path, role, paint, load in ON_SLOW_LINKS:
                seen = phone.visit(path.format(**facts), link, session=sessions.get(role, ""))
                where = f"{name} on {link}, {seen.kib:.0f} KiB"
                self._within(f"{where}: first paint", seen.paint, paint)
                self._within(f"{where}: loaded", seen.load, load)
                self.at_most(f"{where}: layout shift", seen.shift, 0.05)
                self.at_most(f"{where}: blocked", seen.blocked, 200, " ms")

    def _within(self, what: str, seconds: float, limit: float | None) -> None:
        if limit is None:
            self.aside(what, seconds)
        else:
            self.at_most(what, seconds, limit, " s")

    def show(self, times: dict[str, Times]) -> None:
        for name, found in times.items():
            print(f"    {name:30} {found.p50 * 1000:8.1f} ms  {found.size / 1024:7.1f} KiB", flush=True)


def stock_session(installation: Installation, username: str) -> str:
    """A session that Django's own backend recognises."""
    return installation.ask(
        "import os\n"
        "from django.contrib.auth import get_user_model\nfrom django.test import Client\n"
        "from django.conf import settings\n"
        "settings.AUTHENTICATION_BACKENDS = ['django.contrib.auth.backends.ModelBackend']\n"
        f"client = Client()\nclient.force_login(get_user_model().objects.get(username={username!r}))\n"
        "answer = client.cookies['sessionid'].value"
    )


def deep_address(server: Server, session: str, *, pages: int = 200) -> str:
    """As deep as ``pages`` times "next" leads: page 10 of a thousand rows, row 20,000 of many."""
    visitor, address = Visitor(server.url, session=session), f"{LIST}&halaman=10"
    for _ in range(pages):
        following = NEXT.search(visitor.get(address).text)
        if following is None:
            break
        address = f"/laporan/{html.unescape(following[1])}"
    return address


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--only", choices=PARTS, default="", help="one part of the whole")
    parser.add_argument("--page", default="", help=f"of pages: only lines with this text, as in {GOALS[3].name!r}")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="p2emas-bench-"))
    bench = Bench(folder, rounds=options.rounds, page=options.page)
    try:
        with bench.stack:
            bench.run(options.only)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    target = Path("build") / f"bench-{'postgresql' if bench.postgres else 'sqlite'}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(bench.results, indent=1))
    missed = [goal for goal, _measured, _limit, reached in bench.results if reached is False]
    print(f"{len(missed)} goals missed." if missed else "Every goal reached.")


if __name__ == "__main__":
    main()
