"""Where two results differ, to nine places."""

import pytest

from p2emas.methods.comparing import differences


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ({"a": [1.0, None]}, {"a": [1.0 + 1e-10, None]}, []),
        ({"a": [1.0]}, {"a": [1.0 + 1e-8]}, [(("a", 1), 1.0, 1.0 + 1e-8)]),
        ({"a": 1, "c": 2}, {"b": 1, "c": 2}, [(("a",), 1, None), (("b",), None, 1)]),
        ({"a": None}, {}, [(("a",), None, None)]),
        ([1, 2], [1], [((), [1, 2], [1])]),
        ([1, (2, 3)], [1, [2, 4]], [((2, 2), 3, 4)]),
        ([{"name": "Lada", "score": 1}], [{"name": "Lada", "score": 2}], [(("Lada", "score"), 1, 2)]),
        (None, 0.0, [((), None, 0.0)]),
        (True, 1.0000000001, [((), True, 1.0000000001)]),
        (1e12, 1e12 + 100, []),
        (1e12, 1e12 + 10_000, [((), 1e12, 1e12 + 10_000)]),
        ("x", "x", []),
    ],
)
def test_what_differs_is_named_with_its_place(one, other, found):
    assert list(differences(one, other)) == found
