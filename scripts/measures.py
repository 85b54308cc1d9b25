"""How the house is built, in figures: sizes of folders, modules and functions, long template lines, what types check.

usage: python scripts/measures.py      tests and migrations are left out; complexity is McCabe's, inside expressions too
"""

import ast
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOUSES = ("p2emas", "districts", "facilitators", "programs")
LONG, VERY_LONG = 120, 200
BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.IfExp, ast.match_case)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> list[Path]:
    return [path for house in HOUSES for path in sorted((ROOT / house).rglob("*.py")) if "migrations" not in path.parts]


def functions(trees: Iterable[ast.Module]) -> list[Function]:
    return [node for tree in trees for node in ast.walk(tree) if isinstance(node, Function)]


def length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else "0"


def spread(values: list[int]) -> str:
    """Median, the value that nine of ten stay below or at, and the largest."""
    ordered = sorted(values)
    return " / ".join(str(ordered[int(len(ordered) * part)]) for part in (0.5, 0.9)) + f" / {ordered[-1]}"


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


def classes_of_one_name(trees: Iterable[ast.Module]) -> int:
    names = Counter(
        node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef) and node.name != "Command"
    )
    return sum(count > 1 for count in names.values())


def template_lines() -> list[str]:
    files = [ROOT / "templates", *(ROOT / house for house in HOUSES)]
    return [
        line for folder in files for path in sorted(folder.rglob("*.html")) for line in path.read_text().splitlines()
    ]


def measures() -> Iterator[tuple[str, str]]:
    paths = modules()
    trees = [ast.parse(path.read_text()) for path in paths]
    lines = [len(path.read_text().splitlines()) for path in paths]
    found = functions(trees)
    yield "modules / lines", f"{len(paths)} / {sum(lines)}"
    yield "lines of a module: median / nine of ten / largest", spread(lines)
    folder, count = Counter(path.parent for path in paths).most_common(1)[0]
    yield "largest folder", f"{folder.relative_to(ROOT)}: {count}"
    yield "lines of a function: median / nine of ten / largest", spread([length(node) for node in found])
    yield "functions over 40 lines", share(sum(length(node) > 40 for node in found), len(found))
    for most in (10, 15):
        yield f"functions over complexity {most}", share(sum(complexity(node) > most for node in found), len(found))
    yield "functions with a docstring", share(sum(bool(ast.get_docstring(node)) for node in found), len(found))
    yield "functions with a type of what they return", share(returns_annotated(found), len(found))
    yield "names that more than one class has", str(classes_of_one_name(trees))
    text = template_lines()
    size = sum(len(line) for line in text)
    yield "characters of a template line: median / nine of ten / longest", spread([len(line) for line in text])
    for most in (LONG, VERY_LONG):
        long = sum(len(line) for line in text if len(line) > most)
        yield f"share of template characters on lines over {most}", f"{long / size:.1%}"
    ignores = sum(path.read_text().count("# type: ignore") for path in paths)
    yield "ignored type errors", str(ignores)


def main() -> None:
    for name, value in measures():
        sys.stdout.write(f"{name:<62} {value}\n")


if __name__ == "__main__":
    main()
