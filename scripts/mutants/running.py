"""A pytest plugin: runs the tests of a room once, then again in a fork for each mutant, only those that reach its line.

A fork starts with Django, the tests and the database in place, so that a mutant costs the time of its tests alone.
What is outside of functions (constants, decorators) is changed on import, in a process of its own.
"""

import ast
import hashlib
import itertools
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import coverage
import pytest
from hypothesis import Phase, settings

from scripts.mutants import readers, typesetting
from scripts.mutants.forks import TOOK, Shelf, in_fork, on_import
from scripts.mutants.operators import Mutant, mutants_of
from scripts.mutants.planting import Functions, caches
from scripts.mutants.rooms import ROOT, SEED, Room

SECONDS_OF_TESTS = 8  # of processor time, without a mutant: what it costs at most to call a mutant survived


@dataclass
class Outcome:
    mutant: Mutant
    verdict: (
        str  # killed, timeout, survived, unreached (no test runs the line), unplanted (no such function lives), broken
    )
    tests: int
    seconds: float
    source: str = ""  # of its module, so that a later run knows whether the verdict still holds


@dataclass
class Mutating:
    """The plugin. ``outcomes`` is filled when the session is over."""

    room: Room
    log: Callable[[str], None] = print
    keep: Callable[[list["Outcome"]], None] = lambda outcomes: None
    only: str = ""
    judged: frozenset[tuple[str, str]] = frozenset()  # name and source of what an earlier run has judged
    among: frozenset[str] = frozenset()  # only these, if there are any
    outcomes: list[Outcome] = field(default_factory=list)
    falls: Counter = field(default_factory=Counter)  # how often a test has brought a mutant of a module down
    green: bool = True
    seen_green: set[str] = field(default_factory=set)

    def pytest_configure(self, config: pytest.Config) -> None:
        # a failing example need not be made small, it only has to be found
        quick = settings(settings.get_profile("suite"), phases=[Phase.explicit, Phase.generate], database=None)
        settings.register_profile("mutants", quick)
        settings.load_profile("mutants")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if not _is_apart(item) and not self.room.leaves_out(item.nodeid)]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        files = self.room.modules()
        sources = {str(path.relative_to(ROOT)): fingerprint(path) for path in files}
        todo = [each for each in self.sample(files) if (each.name, sources[each.path]) not in self.judged]
        if not todo:
            return True
        files = sorted({ROOT / mutant.path for mutant in todo})
        # all of the room: a reader that is not changed itself calls a module that is
        readers.name(module_of(str(path.relative_to(ROOT))) for path in self.room.modules())
        readers.read_here()
        typesetting.set_apart()
        reach = self._reach(session, files)
        if session.testsfailed:
            self.green = False
            return True
        shelf = Shelf()
        functions = Functions(files)
        for mutant in todo:
            began = _used()
            items = self._chosen(mutant, _reaching(mutant, reach, session.items))
            verdict = self._try(mutant, items, session, functions, shelf) if items else "unreached"
            self.outcomes.append(Outcome(mutant, verdict, len(items), _used() - began, sources[mutant.path]))
            self.keep(self.outcomes)
            if verdict not in {"killed", "timeout"}:
                self.log(f"{verdict} {mutant.name} (line {mutant.line}, {len(items)} tests)")
        shelf.put_back()
        return True

    def sample(self, files: Iterable[Path]) -> list[Mutant]:
        found = [
            mutant
            for path in files
            for mutant in mutants_of(str(path.relative_to(ROOT)), path.read_text())
            if self.only in mutant.name and (not self.among or mutant.name in self.among)
        ]
        # In an order of chance that no edit changes: what has been judged so far is a fair sample of the whole.
        found.sort(key=lambda mutant: hashlib.sha256(f"{SEED} {mutant.name}".encode()).digest())
        return found if self.only or self.among else found[: self.room.sample]

    def _reach(self, session: pytest.Session, files: list[Path]) -> dict[str, dict[int, set[str]]]:
        """File -> line -> the tests that run it; the tests have to be green before anything is planted.

        Of a test with many cases the first and the last are run, the others taken for alike, unless all have time.
        """
        cov = coverage.Coverage(data_file=None, include=[str(path) for path in files], config_file=False)
        cases = [[item] for item in session.items] if self.only or self.among else _cases(session.items)
        alike = {case.nodeid: [item.nodeid for item in each] for each in cases for case in (each[0], each[-1])}
        run = [item for item in session.items if item.nodeid in alike]
        changed = {module_of(str(path.relative_to(ROOT))) for path in files}
        remembering = [each for each in caches() if each.__module__ in changed]
        cov.start()
        for place, item in enumerate(run):
            for each in remembering:  # else only the first test that asks runs the lines
                each.cache_clear()
            began = time.process_time()
            cov.switch_context(item.nodeid)
            following = run[(place + 1) % len(run)]  # never the last one: the database stays
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            item.stash[TOOK] = time.process_time() - began
            if session.testsfailed:
                self.log(f"red without a mutant: {item.nodeid}")
                return {}
            self.seen_green.add(item.nodeid)
        cov.stop()
        data = cov.get_data()
        for each in cases:
            for item in each[1:-1]:
                item.stash[TOOK] = (each[0].stash[TOOK] + each[-1].stash[TOOK]) / 2
        return {
            str(path.relative_to(ROOT)): {
                line: {like for test in tests if test for like in alike[test]}
                for line, tests in data.contexts_by_lineno(str(path)).items()
            }
            for path in files
        }

    def _try(
        self, mutant: Mutant, items: list[pytest.Item], session: pytest.Session, functions: Functions, shelf
    ) -> str:
        proven = [item for item in items if item.nodeid in self.seen_green]
        if not mutant.inside:
            return on_import(mutant, items)
        verdict, red = in_fork(mutant, items, session, functions, shelf)
        if red and red not in self.seen_green:
            named = [item for item in items if item.nodeid == red]
            if in_fork(None, named, session, functions, shelf)[0] != "survived":
                self.log(f"red without a mutant: {red}")
                verdict, red = in_fork(mutant, proven, session, functions, shelf)
            else:
                self.seen_green.add(red)
        if red:
            self.falls[mutant.path, red] += 1
        return on_import(mutant, items) if verdict == "unplanted" else verdict

    def _chosen(self, mutant: Mutant, items: list[pytest.Item]) -> list[pytest.Item]:
        """In the order in which they are likely to notice: what noticed mutants of this module before, then one case
        of each test, the quickest first, then the other cases; of a sample no more than SECONDS_OF_TESTS.
        """
        functions: Counter[str] = Counter()
        turns = {}
        for item in sorted(items, key=lambda item: item.stash[TOOK]):
            name = item.nodeid.partition("[")[0]
            turns[item] = functions[name]
            functions[name] += 1
        best = {nodeid for (path, nodeid), _times in self.falls.most_common() if path == mutant.path}
        ordered = sorted(
            items,
            key=lambda item: (
                item.nodeid not in best,
                not _is_made_for(mutant, item),
                -self.falls[mutant.path, item.nodeid] if item.nodeid in best else turns[item],
                item.stash[TOOK],
            ),
        )
        if self.only or self.among:
            return ordered
        seconds = itertools.accumulate(item.stash[TOOK] for item in ordered)
        within = [item for item, so_far in zip(ordered, seconds, strict=True) if so_far <= SECONDS_OF_TESTS]
        return within or ordered[:1]


def _cases(items: list[pytest.Item]) -> list[list[pytest.Item]]:
    """The cases of each test, which differ in their parameters alone."""
    found: dict[str, list[pytest.Item]] = {}
    for item in items:
        found.setdefault(item.nodeid.partition("[")[0], []).append(item)
    return list(found.values())


def _is_apart(item: pytest.Item) -> bool:
    """Tests that leave the database changed, need a browser, or take minutes."""
    marker = item.get_closest_marker("django_db")
    apart = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(
        apart
        or (marker and marker.kwargs.get("transaction"))
        or item.get_closest_marker("drill")
        or item.get_closest_marker("browser")
    )


def _reaching(mutant: Mutant, reach: dict[str, dict[int, set[str]]], items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests that run a line of the mutant; for what is outside of functions those that run or name its module,
    or whose case names its class, and for the methods of a view those that ask for a refusal.

    Who reads a constant runs no line, as the table of all chains reads the steps of each; nor does a request of the
    wrong method run one of the view.
    """
    lines = reach[mutant.path]
    wanted = range(mutant.line, mutant.last + 1) if mutant.inside else lines.keys()
    names = {test for line in wanted for test in lines.get(line, ())}
    if mutant.inside:
        return [item for item in items if item.nodeid in names]
    module = module_of(mutant.path)
    of_class, refuses = mutant.scope.partition(".")[0], METHODS in mutant.operator
    return [
        item
        for item in items
        if item.nodeid in names
        or _names(module, item.path)
        or of_class in _words_of_case(item)
        or (refuses and _is_made_for(mutant, item))
    ]


def _words_of_case(item: pytest.Item) -> set[str]:
    """Of the case ``[programs.ProgressReport-unlock]``: programs, ProgressReport, unlock."""
    return set(re.findall(r"\w+", item.nodeid.partition("[")[2]))


METHODS = "decorator dropped (require_"
# What a test holds that looks for just such a mutant: 405 (method not allowed), or every statement failed in turn.
SIGNS = {METHODS: 405, "decorator dropped (transaction.atomic": "check_every_statement"}


def _is_made_for(mutant: Mutant, item: pytest.Item) -> bool:
    name = getattr(item, "originalname", item.name)
    return any(name in _tests_with(sign, item.path) for kind, sign in SIGNS.items() if kind in mutant.operator)


@cache
def _tests_with(sign: object, path: Path) -> frozenset[str]:
    """Names of the tests of a file that hold the number or the name."""
    tests = [node for node in ast.walk(ast.parse(_text(path))) if isinstance(node, ast.FunctionDef)]
    return frozenset(
        test.name
        for test in tests
        if any(sign in (getattr(each, "value", None), getattr(each, "id", None)) for each in ast.walk(test))
    )


@cache
def _names(module: str, path: Path) -> bool:
    """Whether a file of tests names the module, also as ``from package import module``."""
    package, _dot, name = module.rpartition(".")
    imported = rf"from {re.escape(package)} import (\([^)]*|[^\n(]*)\b{re.escape(name)}\b"
    return module in _text(path) or re.search(imported, _text(path)) is not None


def module_of(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


@cache
def _text(path: Path) -> str:
    return path.read_text()


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _used() -> float:
    """Seconds of processor time of this process and of those that it has waited for."""
    return sum(os.times()[:4])
