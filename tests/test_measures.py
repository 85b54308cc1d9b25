"""The measures of the house count what they say."""

import ast

import pytest

from scripts import measures


@pytest.mark.parametrize(
    ("source", "ways"),
    [
        ("def f(): return 1", 1),
        ("def f(a):\n    if a:\n        return 1\n    return 2", 2),
        ("def f(a, b, c): return a and b and c", 3),
        ("def f(rows): return [row for row in rows if row if row.pk]", 4),
        ("def f(a):\n    for b in a:\n        while b:\n            b = 1 if b else 2", 4),
        ("def f(a):\n    try:\n        g()\n    except A:\n        pass\n    except B:\n        pass", 3),
        ("def f(a):\n    match a:\n        case 1:\n            g()\n        case _:\n            h()", 3),
    ],
)
def test_complexity_counts_ways_through_a_function(source, ways):
    assert measures.complexity(ast.parse(source).body[0]) == ways


def test_spread_is_the_median_the_ninth_of_ten_and_the_largest():
    assert measures.spread(list(range(1, 101))) == "51 / 91 / 100"
    assert measures.spread([7]) == "7 / 7 / 7"


@pytest.mark.whole
def test_every_measure_has_a_figure():
    found = list(measures.measures())

    assert len(found) == 15 and all(any(sign.isdigit() for sign in one.value) for one in found)


@pytest.mark.parametrize(
    ("source", "broken"),
    [
        ("x = 1\n" * 400, []),
        ("x = 1\n" * 401, ["lines of a module"]),
        ("def f(a):\n    return " + " and ".join("a" * 15), ["functions over complexity 10"]),
        ("def f(a):\n    return " + " and ".join("a" * 16), 2 * ["functions over complexity"]),
        ("class A: pass\n" * 2, ["names that more than one class has"]),
        ("def g(): pass\n" * 2, ["names that more than one function has"]),
        ("def _g(): pass\n" * 2, []),
        ("a = b  # type: ignore[misc]\n" * 61, ["ignored type errors"]),
    ],
)
def test_broken_limit_is_named_and_fails(source, broken, tmp_path, monkeypatch, capsys):
    (tmp_path / "programs").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/a.html").write_text("<p>")
    # Half of the lines stay below 230, so that only what the source says is broken.
    for number in range(12):
        (tmp_path / f"programs/m{number}.py").write_text(f"def f{number}():\n    return 1\n")
    (tmp_path / "programs/one.py").write_text(source)
    monkeypatch.setattr(measures, "ROOT", tmp_path)

    ended = measures.main()

    lines = [line for line in capsys.readouterr().out.splitlines() if line.endswith("BROKEN")]
    assert ended == bool(broken) and len(lines) == len(broken)
    assert all(line.startswith(name) for line, name in zip(lines, broken, strict=True))
