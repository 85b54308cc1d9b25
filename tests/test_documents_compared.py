"""The comparison of pages before and after a change sees what a reader or a browser would, and nothing else."""

import pytest

from scripts.documents.canonical import of_html
from scripts.documents.comparing import compare

PAGE = (
    '<main><h1>Desa</h1>\n<p>Satu <b>dua</b> tiga.</p><input type="text" name="a" value="1"><ul><li>x</li></ul></main>'
)


@pytest.mark.parametrize(
    "same",
    [
        PAGE.replace("><h1>", ">\n  <h1>").replace("<li>", "\n    <li>\n      ").replace("</li>", "\n    </li>\n"),
        PAGE.replace("Satu <b>", "Satu\n    <b>"),
        PAGE.replace('type="text" name="a"', 'name="a"   type="text"'),
        PAGE.replace("<p>", '<p class="">').replace('<p class="">', "<p>"),
        PAGE.replace("tiga.</p>", "tiga.\n  </p>"),
    ],
)
def test_white_space_beside_block_elements_and_order_of_attributes_change_nothing(same):
    assert of_html(same) == of_html(PAGE)


@pytest.mark.parametrize(
    "other",
    [
        PAGE.replace("Desa", "desa"),
        PAGE.replace("dua</b> tiga", "dua</b>tiga"),
        PAGE.replace("Satu <b>", "Satu<b>"),
        PAGE.replace('value="1"', 'value="2"'),
        PAGE.replace("<ul>", '<ul class="a">'),
        PAGE.replace("<h1>Desa</h1>\n<p>Satu <b>dua</b> tiga.</p>", "<p>Satu <b>dua</b> tiga.</p>\n<h1>Desa</h1>"),
        PAGE.replace("<li>x</li>", "<li>x</li><li>x</li>"),
        PAGE.replace("<b>dua</b>", "<i>dua</i>"),
    ],
)
def test_a_change_that_somebody_could_see_is_seen(other):
    assert of_html(other) != of_html(PAGE)


@pytest.mark.parametrize(
    ("page", "same"),
    [
        ("<p>Satu<br>dua</p>", "<p>Satu<br>\n  dua</p>"),
        ('<p>Satu<span class="meta d-block">dua</span></p>', '<p>Satu\n<span class="meta d-block">\ndua</span></p>'),
        ('<li class="row-line"><a>Satu</a><b>dua</b></li>', '<li class="row-line"><a>Satu</a>\n<b>dua</b></li>'),
        ('<form>a<input type="hidden" name="b">c</form>', '<form>a\n<input type="hidden" name="b">\nc</form>'),
        ("<p>Satu <button>Kirim</button></p>", "<p>Satu <button>\n  Kirim\n</button></p>"),
        ('<a>Satu <svg><use href="#a"/></svg></a>', '<a>Satu <svg>\n<use href="#a"/>\n</svg></a>'),
    ],
)
def test_white_space_where_boxes_meet_changes_nothing(page, same):
    assert of_html(page) == of_html(same)


@pytest.mark.parametrize(
    ("page", "other"),
    [
        ("<p><a>Satu</a><b>dua</b></p>", "<p><a>Satu</a>\n<b>dua</b></p>"),
        (
            '<ol><li class="breadcrumb-item">a</li><li class="breadcrumb-item">b</li></ol>',
            '<ol><li class="breadcrumb-item">a</li> <li class="breadcrumb-item">b</li></ol>',
        ),
        ("<p>Satu<button>Kirim</button></p>", "<p>Satu <button>Kirim</button></p>"),
        ("<p><a>Satu<svg></svg></a></p>", "<p><a>Satu <svg></svg></a></p>"),
        ('<div class="links"><a>Satu<b>dua</b></a></div>', '<div class="links"><a>Satu <b>dua</b></a></div>'),
        ("<svg><text>Satu</text></svg>", "<svg><text> Satu</text></svg>"),
    ],
)
def test_white_space_inside_a_line_is_seen(page, other):
    assert of_html(page) != of_html(other)


def test_text_that_is_kept_as_typed_is_compared_as_typed():
    assert of_html("<textarea>a  b</textarea>") != of_html("<textarea>a b</textarea>")
    assert of_html('<input name="csrfmiddlewaretoken" value="1">') == of_html(
        '<input name="csrfmiddlewaretoken" value="2">'
    )


def test_documents_that_differ_or_stand_alone_are_named(tmp_path):
    for folder, name, text in (
        ("before", "a", "GET /\nstatus 200\n<p>\none"),
        ("after", "a", "GET /\nstatus 200\n<p>\ntwo"),
        ("after", "b", "GET /new/\nstatus 200"),
    ):
        (tmp_path / folder / "public").mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / "public" / f"{name}.txt").write_text(text)

    found = list(compare(tmp_path / "before", tmp_path / "after"))

    assert [each.splitlines()[0] for each in found] == ["public: GET /", "public: GET /new/"]
    assert "-one" in found[0] and "+two" in found[0] and "only after" in found[1]
