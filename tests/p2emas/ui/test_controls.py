"""Drawing long tables in Python: everything is escaped as ``format_html`` escapes it."""

import pytest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from p2emas.ui.controls import fill, fill_each

HURTS = ["<script>", 'a" onclick="x', "it's", "A & B", "&amp;", "{}", "", 12, None, 3.5, SafeString("<b>1</b>")]


@pytest.mark.parametrize("value", HURTS)
def test_value_is_escaped_as_format_html_does(value):
    assert fill('<td title="{}">{}</td>', value, value) == format_html('<td title="{}">{}</td>', value, value)
    assert fill('<i id="{key}">', key=value) == format_html('<i id="{key}">', key=value)
    assert fill_each("<td>{}</td>", [value, value]) == format_html("<td>{}</td><td>{}</td>", value, value)


@given(st.lists(st.text(), max_size=4))
def test_texts_of_any_kind_are_escaped(texts):
    assert fill_each("<td>{}</td>", texts) == "".join(format_html("<td>{}</td>", text) for text in texts)


def test_what_is_drawn_is_not_escaped_again():
    assert fill("<tr>{}</tr>", fill_each("<td>{}</td>", ["<"])) == "<tr><td>&lt;</td></tr>"
    assert isinstance(fill("{}", "a"), SafeString) and isinstance(fill_each("{}", []), SafeString)
