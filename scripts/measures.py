"""How the house is built, in figures: sizes of folders, modules and functions, long template lines, what types check.

usage: python scripts/measures.py      ends with 1 when a limit is broken; `make check` runs it

Tests and migrations are left out; complexity is McCabe's, inside expressions too.
"""

import ast
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOUSES = ("p2emas", "districts", "facilitators", "programs")
LONG, VERY_LONG = 120, 200
BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.IfExp, ast.match_case)
Function = ast.FunctionDef | ast.AsyncFunctionDef
# Files that give functions the names that somebody else asks for: a tag is called as what it draws.
NAMED_BY_OTHERS = ("contributions.py", "templatetags")
# One thing in each module: a command of manage.py; what the process that reads a file calls; a default of migrations.
SAME_EVERYWHERE = {"Command", "read", "now"}


def modules() -> list[Path]:
    return [path for house in HOUSES for path in sorted((ROOT / house).rglob("*.py")) if "migrations" not in path.parts]


def functions(trees: Iterable[ast.Module]) -> list[Function]:
    return [node for tree in trees for node in ast.walk(tree) if isinstance(node, Function)]


def length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else "0"


def tenths(values: list[int], part: int) -> int:
    """The value that ``part`` of ten stay below or at."""
    return sorted(values)[len(values) * part // 10]


def spread(values: list[int]) -> str:
    """Median, the value that nine of ten stay below or at, and the largest."""
    return f"{tenths(values, 5)} / {tenths(values, 9)} / {max(values)}"


def complexity(node: Function) -> int:
    """Ways through a function: one more for each branch, loop, condition inside an expression and handler."""
    ways = 1
    for part in ast.walk(node):
        if isinstance(part, ast.BoolOp):
            ways += len(part.values) - 1
        elif isinstance(part, ast.comprehension):
            ways += 1 + len(part.ifs)
        elif isinstance(part, BRANCHES):
            ways += 1
    return ways


def returns_annotated(found: list[Function]) -> int:
    return sum(node.returns is not None for node in found)


def shared_names(trees: Iterable[ast.Module], kind: type) -> list[str]:
    """Names that more than one class or public function of a module has."""
    found = (node.name for tree in trees for node in tree.body if isinstance(node, kind))
    names = Counter(found)
    shared = {name for name, count in names.items() if count > 1} - SAME_EVERYWHERE
    return sorted(name for name in shared if kind is ast.ClassDef or not name.startswith("_"))


def template_lines() -> list[str]:
    files = [ROOT / "templates", *(ROOT / house for house in HOUSES)]
    return [
        line for folder in files for path in sorted(folder.rglob("*.html")) for line in path.read_text().splitlines()
    ]


@dataclass
class Measure:
    """One figure of this house, its limit, and the same figure of two projects that we learn from.

    Those were measured once, in 2026, with this script; "" where the script has no figure for them.
    """

    name: str
    value: str
    healthchecks: str = ""
    pretalx: str = ""
    limit: str = ""
    kept: bool = True
    details: Sequence[str] = ()  # what breaks the limit


def measures() -> Iterator[Measure]:
    paths = modules()
    trees = [ast.parse(path.read_text()) for path in paths]
    yield from of_modules(paths)
    yield from of_functions(functions(trees))
    yield from of_names(paths, trees)
    yield from of_templates(template_lines())
    ignores = sum(path.read_text().count("# type: ignore") for path in paths)
    yield Measure("ignored type errors", str(ignores), limit="60", kept=ignores <= 60)


def of_names(paths: list[Path], trees: list[ast.Module]) -> Iterator[Measure]:
    ours = [
        tree for path, tree in zip(paths, trees, strict=True) if not any(name in path.parts for name in NAMED_BY_OTHERS)
    ]
    for what, names in (
        ("class", shared_names(trees, ast.ClassDef)),
        ("function", shared_names(ours, ast.FunctionDef)),
    ):
        yield Measure(f"names that more than one {what} has", str(len(names)), limit="0", kept=not names, details=names)


def of_modules(paths: list[Path]) -> Iterator[Measure]:
    lines = [len(path.read_text().splitlines()) for path in paths]
    kept = max(lines) <= 400 and tenths(lines, 9) <= 230
    yield Measure("modules / lines", f"{len(paths)} / {sum(lines)}", "177 / 16,800", "405 / 59,700")
    yield Measure("lines of a module", spread(lines), "42 / 161 / 1584", "76 / 387 / 1375", "- / 230 / 400", kept)
    folder, count = Counter(path.parent for path in paths if path.name != "__init__.py").most_common(1)[0]
    yield Measure(
        "modules of the largest folder", f"{count} ({folder.relative_to(ROOT)})", limit="25", kept=count <= 25
    )


def of_functions(found: list[Function]) -> Iterator[Measure]:
    yield Measure("lines of a function", spread([length(node) for node in found]), "8 / 32 / 181", "6 / 23 / 248")
    long = sum(length(node) > 40 for node in found)
    yield Measure("functions over 40 lines", share(long, len(found)), "42 (5.5%)", "111 (3.4%)")
    yield over(10, 0.015, found, "23 (3.0%)", "84 (2.6%)")
    yield over(15, 0, found, "10 (1.3%)", "30 (0.9%)")
    told = sum(bool(ast.get_docstring(node)) for node in found)
    yield Measure("functions with a docstring", share(told, len(found)), "10%", "12%")
    yield Measure("functions with a type of what they return", share(returns_annotated(found), len(found)), "99%", "5%")


def over(most: int, few: float, found: list[Function], *others: str) -> Measure:
    tangled = [node.name for node in found if complexity(node) > most]
    kept = len(tangled) <= few * len(found)
    return Measure(
        f"functions over complexity {most}", share(len(tangled), len(found)), *others, f"{few:.1%}", kept, tangled
    )


def of_templates(text: list[str]) -> Iterator[Measure]:
    size = sum(len(line) for line in text)
    yield Measure(
        "characters of a template line", spread([len(line) for line in text]), "30 / 75 / 613", "35 / 85 / 278"
    )
    for most, others in ((LONG, ("", "")), (VERY_LONG, ("3%", "1%"))):
        long = sum(len(line) for line in text if len(line) > most)
        yield Measure(f"template characters on lines over {most}", f"{long / size:.1%}", *others)


def main() -> int:
    """1 when a limit is broken."""
    row = "{:<42} {:>24} {:>14} {:>16} {:>16}"
    sys.stdout.write(row.format("median / nine of ten / largest", "here", "limit", "healthchecks", "pretalx") + "\n")
    found = list(measures())
    for one in found:
        line = row.format(one.name, one.value, one.limit, one.healthchecks, one.pretalx).rstrip()
        sys.stdout.write(line + ("" if one.kept else "  BROKEN") + "\n")
        if one.details and not one.kept:
            sys.stdout.write(f"    {', '.join(one.details)}\n")
    return 0 if all(one.kept for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
