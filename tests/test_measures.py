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


def test_every_measure_has_a_figure():
    found = dict(measures.measures())

    assert len(found) == 14 and all(any(sign.isdigit() for sign in value) for value in found.values())
