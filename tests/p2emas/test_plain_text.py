"""Control characters: gone from what is typed, and from what goes into a paper."""

import pytest
from django.conf import settings
from django.http import QueryDict

from p2emas.middleware import PlainTextMiddleware
from p2emas.plain_text import plain, plain_data, plain_form


@pytest.mark.parametrize(("text", "expected"), [
    ("rotan\x0bmanau", "rotan\nmanau"),
    ("a\x0cb", "a\nb"),
    ("a\r\nb\rc", "a\nb\nc"),
    ("\x00\x01\x1f\ufffe\uffffa\ud800", "a"),
    ("tab\tdan\nbaris “é” 😀 \x85", "tab\tdan\nbaris “é” 😀 \x85"),
])  # fmt: skip
def test_text_is_plain(text, expected):
    assert plain(text) == expected


def test_data_is_plain_as_deep_as_it_goes():
    assert plain_data({"a": ["x\x01", {"b": ("y\x0b", 3, None)}]}) == {"a": ["x", {"b": ["y\n", 3, None]}]}


def test_form_is_the_same_object_where_nothing_is_to_do():
    data = QueryDict(mutable=True)
    data.setlist("a", ["baris\r\nkedua", "\t"])

    assert plain_form(data) is data
    data.setlist("b", ["x\x0by\r\nz", "\x1f"])
    assert dict(plain_form(data).lists()) == {"a": ["baris\r\nkedua", "\t"], "b": ["x\ny\r\nz", ""]}


def test_every_form_of_the_site_gets_plain_text(rf):
    request = rf.post("/", {"about": "rotan\x0bmanau\x01"})

    PlainTextMiddleware(lambda request: None).process_view(request, None, (), {})

    assert request.POST["about"] == "rotan\nmanau"
    assert "p2emas.middleware.PlainTextMiddleware" in settings.MIDDLEWARE
